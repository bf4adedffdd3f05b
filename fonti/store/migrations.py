"""What brings an older store up to date.

What is kept changes by a numbered step in MIGRATIONS. The rows that are made from records change with the dataclasses:
where a store has others, they are made again from its records, whole, in one transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, inspect, select, text, update
from sqlalchemy.schema import CreateIndex, CreateTable

from .opening import StoreError
from .searching import search_tables
from .tables import kept, made, store
from .views import VIEWS, views

if TYPE_CHECKING:
    from .opening import Store

# Each brings what is kept from the version of its place in the list to the next; the first store has version 1.
MIGRATIONS: Sequence[Callable[[Connection], None]] = (
    lambda connection: _add(connection, "versions", "wall"),  # to version 2
    lambda connection: _add(connection, "versions", "given"),
)
ONE_AT_A_TIME = 701_963_115  # PostgreSQL's lock under which a store is made or migrated: any number that stays


def bring_up_to_date(opened: Store) -> None:
    """Makes the tables of a new store, migrates an older one, refuses one that a newer Fonti made."""
    newest = 1 + len(MIGRATIONS)
    with opened.reading() as connection:
        found = _found(connection)
    if found and found[0] > newest:
        raise StoreError("was made by a newer Fonti", "pip install --upgrade fonti", where=opened.name)
    if found == (newest, shape()):
        return
    with opened.writing() as connection:
        if opened.postgres:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        found = _found(connection)  # another program may have done it in the meantime
        if found is None:
            _make(connection, postgres=opened.postgres)
        elif found != (newest, shape()):
            for step in MIGRATIONS[found[0] - 1 :]:
                step(connection)
            _make_again(connection, postgres=opened.postgres)
        connection.execute(update(store).values(version=newest, shape=shape(), made=_names()))


def shape() -> str:
    """What tells this Fonti's made tables and views from another's."""
    told = [str(CreateTable(table)) for table in made.sorted_tables] + views(postgres=False)
    told += sorted(str(CreateIndex(index)) for table in made.sorted_tables for index in table.indexes)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _add(connection: Connection, table: str, column: str) -> None:
    """A column of words, which nothing is known of yet."""
    connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {column} TEXT"))


def _found(connection: Connection) -> tuple[int, str] | None:
    if not inspect(connection).has_table("store"):
        return None
    version, shape = connection.execute(select(store.c.version, store.c.shape)).one()
    return version, shape


def _names() -> str:
    return " ".join([*(f"TABLE:{table.name}" for table in made.sorted_tables), *(f"VIEW:{name}" for name in VIEWS)])


def _make(connection: Connection, *, postgres: bool) -> None:
    if others := inspect(connection).get_table_names():
        taken = {table.name for table in (*kept.sorted_tables, *made.sorted_tables)} & set(others)
        if taken or not postgres:
            raise StoreError("is a database of another program", "name another store with --store")
    kept.create_all(connection)
    made.create_all(connection)
    for statement in (*search_tables(postgres=postgres), *views(postgres=postgres)):
        connection.execute(text(statement))
    connection.execute(insert(store).values(version=1 + len(MIGRATIONS), shape=shape(), made=_names()))


def _make_again(connection: Connection, *, postgres: bool) -> None:
    from .adding import make_rows

    names = connection.execute(select(store.c.made)).scalar_one().split()
    for kind, name in reversed([told.split(":") for told in names]):  # what hangs on others first
        connection.execute(text(f'DROP {kind} IF EXISTS "{name}"'))
    made.create_all(connection)
    for statement in views(postgres=postgres):
        connection.execute(text(statement))
    make_rows(connection)
