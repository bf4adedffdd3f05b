"""The store's tables and views as SQL to read: ``python -m fonti.store.schema > fonti/store/store.sql``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from .searching import search_tables
from .tables import kept, made
from .views import views

HEAD = """-- The tables of a store as SQLite has them; PostgreSQL's differ in the names of types and in `search`.
-- Ask the views first: told (events), said (statements), mentions (actors), located (places); they know the newest
-- versions only, and every row of theirs has its words.
-- A span is `start` and `end`, in code points of versions.text, the end not included: in SQL,
-- substr(text, "start" + 1, "end" - "start"). `end` is a word of SQL's own and wants its quotation marks.
"""


def store_sql() -> str:
    """What ``store.sql`` holds."""
    return files("fonti.store").joinpath("store.sql").read_text(encoding="utf-8")


def written() -> str:
    """What it ought to hold, from the tables and views as they are."""
    return "\n".join(_statements()).replace("\t", "  ").rstrip() + "\n"


def _statements() -> Iterator[str]:
    yield HEAD
    yield "-- What is kept ---------------------------------------------------------------------------------------\n"
    for table in kept.sorted_tables:
        yield from _table(table)
    yield from (f"{statement};\n" for statement in search_tables(postgres=False))
    yield "-- What is made from the records, and can be made again -------------------------------------------------\n"
    for table in made.sorted_tables:
        yield from _table(table)
    yield "-- What to ask ------------------------------------------------------------------------------------------"
    yield from (f"{view};" for view in views(postgres=False))


def _table(table: Table) -> Iterator[str]:
    told = str(CreateTable(table).compile(dialect=sqlite.dialect())).strip()
    for column in table.columns:
        if column.comment:
            line = rf'(?m)^(\t"?{column.name}"? [^\n]*?,?) ?$'
            told = re.sub(line, rf"\1  -- {column.comment}", told, count=1)
    yield re.sub(r" +$", "", told, flags=re.M) + ";"
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        yield str(CreateIndex(index).compile(dialect=sqlite.dialect())).strip() + ";"
    yield ""


if __name__ == "__main__":
    print(written(), end="")
