"""Questions to a store: which events, who is quoted, what happened when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal_column, or_, select, text
from sqlalchemy.exc import DBAPIError

from .searching import QuestionError
from .tables import made, records, versions
from .wanted import Wanted, called, days_of, events

if TYPE_CHECKING:
    from .opening import Store

Row = dict[str, Any]
Keys = Sequence[tuple[int, str]]  # of events: version and id
SOME = 100  # events that are told where nobody asks for more


def find(store: Store, wanted: Wanted, *, limit: int | None = SOME, newest_first: bool = True) -> list[Row]:
    """The events, a row of the view `told` each, with their name `event` in this store; the latest first."""
    e = made.tables["events"]
    with store.reading() as connection:
        asked, few = events(connection, wanted)
        last = e.c.latest.concat("") if few else e.c.latest  # the index of `latest` would be gone through otherwise
        first = func.coalesce(e.c.earliest, e.c.latest)
        order = last.desc().nulls_last() if newest_first else first.asc().nulls_last()
        asked = asked.order_by(order, e.c.version.desc(), e.c.id)
        keys = [(key.version, key.id) for key in connection.execute(asked.limit(limit))]
        return list(_told(connection, keys))


def each(store: Store, wanted: Wanted) -> Iterator[Row]:
    """All of them, in the order in which they came, with who is at their sides: few at a time are in memory."""
    e = made.tables["events"]
    with store.reading() as connection:
        asked, _ = events(connection, wanted)
        keys = [(key.version, key.id) for key in connection.execute(asked.order_by(e.c.version, e.c.id))]
        for i in range(0, len(keys), TOGETHER):
            some = keys[i : i + TOGETHER]
            sides = {name: _sides(connection, f"event_{name}", some) for name in ("actors", "recipients")}
            for key, row in zip(some, _told(connection, some), strict=True):
                yield row | {f"{name}_named": sides[name].get(key, []) for name in sides}


def rows_of(store: Store, view: str) -> Iterator[Row]:
    """All rows of a view; few at a time are in memory."""
    with store.reading() as connection:
        asked = text(f"SELECT * FROM {view} ORDER BY {ORDERS[view]}").execution_options(yield_per=TOGETHER)
        yield from (dict(row) for row in connection.execute(asked).mappings())


def records_of(store: Store) -> Iterator[Row]:
    """The records of the newest versions as they were read, without corrections; few at a time are in memory."""
    asked = select(records.c.record).join(versions, versions.c.id == records.c.version)
    asked = asked.where(versions.c.newest).order_by(versions.c.id).execution_options(yield_per=TOGETHER)
    with store.reading() as connection:
        yield from (dict(row) for row in connection.execute(asked).mappings())


def count_rows(store: Store, view: str) -> int:
    """How many rows of a view, or records of newest versions, there are."""
    of = f"SELECT count(*) FROM {view}" if view in ORDERS else "SELECT count(*) FROM versions WHERE newest"
    with store.reading() as connection:
        return int(connection.execute(text(of)).scalar_one())


def count(store: Store, wanted: Wanted) -> int:
    """How many events there are."""
    with store.reading() as connection:
        asked, _ = events(connection, wanted)
        return int(connection.execute(select(func.count()).select_from(asked.subquery())).scalar_one())


TOGETHER = 200  # events of which the rows are asked for at once
ORDERS = {
    "told": "version, event",
    "said": "version, statement",
    "mentions": 'version, actor, "start", "end"',
    "located": "version, place",
}


def _told(connection: Connection, keys: Keys) -> Iterator[Row]:
    """The rows of events in the order of their keys."""
    version: ColumnElement[Any] = literal_column("told.version")
    event: ColumnElement[Any] = literal_column("told.event")
    for i in range(0, len(keys), TOGETHER):
        fits = _fits(version, event, keys[i : i + TOGETHER])
        asked: Select[Any] = select(literal_column("*")).select_from(text("told")).where(fits)
        found = {(row["version"], row["event"]): dict(row) for row in connection.execute(asked).mappings()}
        for one in keys[i : i + TOGETHER]:
            row = found[one]
            yield row | {"event": f"{row['version']}:{row['event']}"}


def _fits(version: ColumnElement[Any], event: ColumnElement[Any], keys: Keys) -> ColumnElement[bool]:
    by_version: dict[int, list[str]] = {}
    for number, name in keys:
        by_version.setdefault(number, []).append(name)
    return or_(*(and_(version == number, event.in_(names)) for number, names in by_version.items()))


def _sides(connection: Connection, side: str, keys: Keys) -> dict[tuple[int, str], list[Row]]:
    """The actors at a side of events; nobody who is not named."""
    s, a = made.tables[side], made.tables["actors"]
    named = s.join(a, and_(a.c.version == s.c.version, a.c.id == s.c.actor))
    asked = select(s.c.version, s.c.event, s.c.start, s.c.end, a.c.key, a.c.name, a.c.kind, a.c.country)
    asked = (
        asked.select_from(named).where(_fits(s.c.version, s.c.event, keys)).order_by(s.c.version, s.c.event, s.c.number)
    )
    found: dict[tuple[int, str], list[Row]] = {}
    for row in connection.execute(asked).mappings():
        found.setdefault((row["version"], row["event"]), []).append(dict(row))
    return found


# Who is quoted, what happened when, anything --------------------------------------------------------------------------


def sources(store: Store, *, since: str | None = None, name: str | None = None, limit: int | None = None) -> list[Row]:
    """Who is quoted: how often, in how many reports, and in which outlets; the most quoted first."""
    s, a, v = made.tables["statements"], made.tables["actors"], versions
    outlet = func.coalesce(v.c.publisher, "")
    said = s.join(a, and_(a.c.version == s.c.version, a.c.id == s.c.actor)).join(v, v.c.id == s.c.version)
    asked = select(
        func.min(a.c.key), outlet.label("outlet"), func.min(a.c.name), func.min(a.c.kind), func.min(a.c.country),
        func.count(), func.count(v.c.report.distinct()),
    )  # fmt: skip
    asked = asked.select_from(said).where(v.c.newest)
    asked = asked.group_by(a.c.key.concat(""), outlet)  # by the statements: SQLite would go through all actors by key
    if since:
        asked = asked.where(v.c.latest >= days_of("since", since)[0])
    rows: dict[str, Row] = {}
    outlets: dict[str, list[tuple[int, str]]] = {}
    with store.reading() as connection:
        if name:
            asked = asked.where(called(connection, name))
        for known, where, words, kind, country, statements, in_reports in connection.execute(asked):
            about = {"name": words, "kind": kind, "country": country}
            row = rows.setdefault(known, about | {"statements": 0, "reports": 0})
            row["statements"] += statements
            row["reports"] += in_reports
            outlets.setdefault(known, []).append((-statements, where))
    for known, row in rows.items():
        row["outlets"] = ", ".join(f"{where} {-n}" for n, where in sorted(outlets[known]) if where)
    return sorted(rows.values(), key=lambda row: (-row["statements"], row["name"]))[:limit]


def timeline(store: Store, wanted: Wanted, *, limit: int | None = None) -> list[Row]:
    """What happened when, the earliest first; what several reports tell alike is one row, with their number."""
    same: dict[tuple[Any, ...], Row] = {}
    seen: dict[tuple[Any, ...], tuple[set[str], set[str]]] = {}
    names = ("earliest", "latest", "type", "mode", "actors", "recipients", "place", "polarity")
    for row in find(store, wanted, limit=None, newest_first=False):
        if row["dated_by"] != "time":
            continue  # the day of a report is not that of all it tells
        known = tuple(row[name] for name in names)
        one = same.setdefault(known, {name: row[name] for name in (*names, "words")})
        in_reports, origins = seen.setdefault(known, (set(), set()))
        in_reports.add(row["address"])
        origins.add(row["origin"] or "")
        one |= {"reports": len(in_reports), "origins": "; ".join(sorted(origins - {""}))}
    return list(same.values())[:limit]


def ask(store: Store, query: str) -> tuple[list[str], list[Row]]:
    """The columns and rows that an SQL query answers; it can change nothing."""
    with store.reading() as connection:
        try:
            found = connection.exec_driver_sql(query.replace("%", "%%") if store.postgres else query)
        except DBAPIError as error:
            said = " ".join(str(error.orig).split())[:300]
            if re.search("read-?only", said):
                raise QuestionError("a question changes nothing in a store", "begin it with SELECT") from None
            raise QuestionError(f"the database says: {said}", "`fonti schema --store` tells the tables") from None
        if not found.returns_rows:
            raise QuestionError("the query answers nothing", "begin it with SELECT")
        return list(found.keys()), [dict(row) for row in found.mappings()]


def names(store: Store, view: str) -> list[str]:
    """The columns of a table or view."""
    with store.reading() as connection:
        return list(connection.execute(select(literal_column("*")).select_from(text(view)).limit(0)).keys())
