"""The store's tables.

What is kept: `reports`, their `versions` and the `records` read in them, `failures`, `amendments`. All other rows are
made from the records, and can be made again: their tables and columns are those of the dataclasses in
``fonti.record``, so that a field added there is a column here. A span is the two columns `start` and `end` into the
version's `text`; a list is a table of its own, `event_actors` for the `actors` of `events`.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from ..record import Record, Section, Span

kept = MetaData()
made = MetaData()

store = Table(
    "store",
    kept,
    Column("version", Integer, nullable=False, comment="of what is kept: one more with each migration"),
    Column("shape", Text, nullable=False, comment="of the rows that are made from records"),
    Column("made", Text, nullable=False, comment="the tables and views of these rows"),
)
reports = Table(
    "reports",
    kept,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False, unique=True, comment="where its versions were met: url, file, or its text"),
)
versions = Table(
    "versions",
    kept,
    Column("id", Integer, primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("number", Integer, nullable=False, comment="1, 2 … of the report"),
    Column("newest", Boolean, nullable=False, comment="the one of its report that is asked for"),
    Column("digest", Text, nullable=False, unique=True, comment="of what the source gave"),
    Column("place", Text, nullable=False, comment="where it was met: file, archive!member, line"),
    Column("added", Text, nullable=False, comment="when, in UTC"),
    Column("language", Text),
    Column("title", Text),
    Column("author", Text),
    Column("publisher", Text),
    Column("published", Text, comment="as precise as it is known"),
    Column("dated_by", Text, comment="who tells `published`"),
    Column("earliest", Text, comment="first day of `published`"),
    Column("latest", Text, comment="last day of `published`"),
    Column("url", Text),
    Column("wall", Text, comment="what hides the rest, or all, of it: subscription, cookies, robots, feed"),
    Column("given", Text, comment="what its source told of language, date, sections and wall, as JSON"),
    Column(
        "read_by",
        Text,
        nullable=False,
        comment="versions of Fonti and its nets, digests of own facts and lexicon, as JSON",
    ),
    Column("text", Text, nullable=False, comment="exactly as read: spans are offsets into it"),
    Index("versions_report", "report", "number", unique=True),
    Index("versions_latest", "latest"),
    Index("versions_publisher", "publisher"),
)
records = Table(
    "records",
    kept,
    Column("version", ForeignKey("versions.id"), primary_key=True, autoincrement=False),
    Column("record", LargeBinary, nullable=False, comment="its JSON, whole, deflated"),
)
failures = Table(
    "failures",
    kept,
    Column("place", Text, primary_key=True),
    Column("source", Text, nullable=False, comment="as it was named to `fonti add`"),
    Column("met", Text, nullable=False),
    Column("then", Text, comment="what to do next"),
    Column("options", Text, nullable=False, comment="of `fonti add`, as JSON"),
    Column("tries", Integer, nullable=False),
    Column("last", Text, nullable=False, comment="when, in UTC"),
)
amendments = Table(
    "amendments",
    kept,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False, comment="merge, place or reject"),
    Column("target", Text, nullable=False, comment="what is amended, as JSON"),
    Column("value", Text, nullable=False, comment="what it becomes, as JSON"),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undone_by", Text),
    Column("undone_at", Text),
)

LAYERS: dict[str, type] = {"sections": Section} | {
    name: get_args(hint)[0] for name, hint in get_type_hints(Record).items() if get_origin(hint) is list
}
SCALARS = {str: Text, int: Integer, float: Double, bool: Boolean}
ITEMS = {"said_in": "statement", "origin": "actor"}  # what a list of ids holds; other lists of words hold a `value`
# What a row has besides its dataclass: found again, dated, amended
BESIDES: dict[str, dict[str, type]] = {
    "actors": {"key": str, "amended": int},
    "places": {"key": str, "amended": int},
    "events": {"earliest": str, "latest": str, "dated_by": str, "amended": int},
}
# The one of `events` also has what most questions look at, so that few events need to be fetched to be passed over.
INDEXED: dict[str, list[tuple[str, ...]]] = {
    "actors": [("country",), ("key",)],
    "places": [("lat", "lon"), ("key",)],
    "events": [("latest", "earliest", "type", "certainty", "amended")],
    "statements": [("version", "actor")],
    "event_actors": [("version", "actor")],
    "event_recipients": [("version", "actor")],
    "event_origin": [("version", "actor")],
}

called = Table(
    "called",
    made,
    Column("word", Text, primary_key=True, comment="of the name of an actor"),
    Column("key", Text, primary_key=True, comment="as in `actors`"),
)


def singular(name: str) -> str:
    return name.removesuffix("s")


def bare(hint: Any) -> Any:
    """A type without its `| None`; a Literal is a str."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    return str if get_origin(hint) is Literal else hint


def listed(hint: Any) -> Any:
    """What a list holds; None for other types."""
    hint = bare(hint)
    return bare(get_args(hint)[0]) if get_origin(hint) is list else None


def hints(shape: Any) -> dict[str, Any]:
    told = get_type_hints(shape)
    return {field.name: told[field.name] for field in fields(shape)}


def columns(shape: Any) -> Iterator[tuple[str, type]]:
    """Name and type of each column of a dataclass; what is neither plain, a span nor a list is kept as JSON."""
    for name, hint in hints(shape).items():
        if listed(hint) is not None and shape in LAYERS.values():
            continue  # a table of its own
        if bare(hint) is Span:
            yield f"{name}_start", int
            yield f"{name}_end", int
        else:
            yield name, bare(hint) if bare(hint) in SCALARS else str


def _layer(layer: str, shape: type) -> None:
    identified = "id" in hints(shape)
    own = [(name, kind) for name, kind in columns(shape) if name != "id"]
    own += BESIDES.get(layer, {}).items()
    key = _key("id", Text) if identified else _key("number", Integer)
    Table(layer, made, _version(), key, *map(_column, own), *_indexes(layer))
    owner = singular(layer)
    for name, hint in hints(shape).items():
        if (item := listed(hint)) is not None:
            child = f"{owner}_{name}"
            of = ForeignKeyConstraint(["version", owner], [f"{layer}.version", f"{layer}.id"])
            keys = _key(owner, Text), _key("number", Integer)
            inner = list(columns(item)) if is_dataclass(item) else [(ITEMS.get(name, "value"), item)]
            Table(child, made, _version(), *keys, of, *map(_column, inner), *_indexes(child))


def _version() -> Column[int]:
    return Column("version", ForeignKey(versions.c.id), primary_key=True, autoincrement=False)


def _key(name: str, kind: Any) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _column(told: tuple[str, type]) -> Column[Any]:
    return Column(told[0], SCALARS.get(told[1], Text)())


def _indexes(table: str) -> list[Index]:
    return [Index(f"{table}_{next(c for c in of if c != 'version')}", *of) for of in INDEXED.get(table, ())]


for _name, _shape in LAYERS.items():
    _layer(_name, _shape)
