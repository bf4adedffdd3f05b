"""An analyst's corrections, kept apart from what was read and applied on top of it when rows are made.

They hold on to what stands in the reports: a name, the words of an event and those around them. So they are found again
in a record that a newer Fonti read, and in a newer version of the report.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, exists, insert, select, update

from ..errors import FontiError
from ..gazetteer import key
from ..record import Record
from .tables import amendments, made, reports, versions

if TYPE_CHECKING:
    from .opening import Store
    from .rows import Row, Rows

AROUND = 60  # characters on each side by which an event is known again


class AmendError(FontiError):
    """A correction that fits nothing in the store."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A correction that stands."""

    id: int
    kind: str
    target: dict[str, Any]
    value: dict[str, Any]


def standing(connection: Connection) -> list[Amendment]:
    """Those that are not undone, in the order in which they were made."""
    asked = select(amendments).where(amendments.c.undone_at.is_(None)).order_by(amendments.c.id)
    return [Amendment(r.id, r.kind, json.loads(r.target), json.loads(r.value)) for r in connection.execute(asked)]


def amend_rows(rows: Rows, record: Record, chosen: Sequence[Amendment], *, address: str) -> None:
    """Applies them to the rows of one version, each on top of those before it."""
    for one in chosen:
        if one.target.get("report") in (None, address):
            KINDS[one.kind](rows, record, one)


def _merge(rows: Rows, record: Record, one: Amendment) -> None:
    _rename(rows["actors"], one)


def _place(rows: Rows, record: Record, one: Amendment) -> None:
    _rename(rows["places"], one)


def _rename(found: Sequence[Row], one: Amendment) -> None:
    """Gives what has the name the values told."""
    for row in found:
        if row["key"] == key(one.target["name"]):
            row |= one.value | {"amended": one.id}
            row["key"] = key(row["name"])


def _reject(rows: Rows, record: Record, one: Amendment) -> None:
    """The event with these words; of several, the one whose surroundings are most like those that were rejected."""
    text = record.report.text
    alike = [
        row
        for row in rows["events"]
        if row["type"] == one.target["type"] and text[row["trigger_start"] : row["trigger_end"]] == one.target["words"]
    ]
    if alike:
        best = max(alike, key=lambda row: _likeness(around(text, row["trigger_start"], row["trigger_end"]), one.target))
        best["amended"] = one.id


def around(text: str, start: int, end: int) -> dict[str, str]:
    """What stands before and behind a stretch of text."""
    return {"before": text[max(start - AROUND, 0) : start], "after": text[end : end + AROUND]}


def _likeness(found: dict[str, str], target: dict[str, Any]) -> int:
    """How many letters before and behind are the same, going away from the words."""
    sides = ((found["before"][::-1], target["before"][::-1]), (found["after"], target["after"]))
    pairs = (zip(one, other, strict=False) for one, other in sides)
    return sum(1 for side in pairs for _ in takewhile(lambda pair: pair[0] == pair[1], side))


RENAMED = {"merge": "actors", "place": "places"}
KINDS: dict[str, Callable[[Rows, Record, Amendment], None]] = {"merge": _merge, "place": _place, "reject": _reject}


# Making and undoing them ----------------------------------------------------------------------------------------------


def merge(store: Store, name: str, into: str, *, report: str | None = None, **said: str) -> int:
    """Makes two actors one: what is called `name` is `into` from now on, everywhere or in one report."""
    target = {"name": name} | ({"report": report} if report else {})
    with store.writing() as connection:
        _check_report(connection, report)
        there = made.tables["actors"]
        known = connection.execute(select(there.c.name, there.c.kind).where(there.c.key == key(into))).first()
        value = {"name": known.name if known else into}
        return _make(connection, "merge", target, value, **said)


def fix_place(
    store: Store,
    name: str,
    *,
    lat: float,
    lon: float,
    country: str | None = None,
    report: str | None = None,
    **said: str,
) -> int:
    """Puts a place where it is, everywhere or in one report."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise AmendError(f"{lat},{lon} is no point", "write latitude and longitude in degrees: 43.1,131.9")
    target = {"name": name} | ({"report": report} if report else {})
    value = {"lat": lat, "lon": lon, "precision": "exact", "geonameid": None, "confidence": 1.0}
    value |= {"country": country.upper()} if country else {}
    with store.writing() as connection:
        _check_report(connection, report)
        return _make(connection, "place", target, value, **said)


def read_point(told: str) -> tuple[float, float]:
    """Latitude and longitude."""
    try:
        lat, lon = map(float, told.split(","))
    except ValueError:
        raise AmendError(f"{told!r} is no point", "write latitude and longitude in degrees: 43.1,131.9") from None
    return lat, lon


def read_event(told: str) -> tuple[int, str]:
    """The version and the id that an event's name is made of."""
    version, _, event = told.partition(":")
    if not version.isdecimal() or not event:
        raise AmendError(f"{told!r} names no event", "`fonti find` tells the events' names, such as 12:e3")
    return int(version), event


def reject(store: Store, version: int, event: str, **said: str) -> int:
    """Takes an event out of all answers."""
    events = made.tables["events"]
    with store.writing() as connection:
        asked = (
            select(events, versions.c.text, reports.c.address)
            .join(versions, versions.c.id == events.c.version)
            .join(reports, reports.c.id == versions.c.report)
            .where(events.c.version == version, events.c.id == event)
        )
        row = connection.execute(asked).first()
        if row is None:
            raise AmendError(f"no event {version}:{event}", "`fonti find` tells the events' names")
        words = row.text[row.trigger_start : row.trigger_end]
        target = {"report": row.address, "type": row.type, "words": words}
        return _make(connection, "reject", target | around(row.text, row.trigger_start, row.trigger_end), {}, **said)


def undo(store: Store, number: int, *, by: str) -> None:
    """Takes a correction back; it stays listed, with who undid it."""
    from .adding import make_rows, now

    with store.writing() as connection:
        one = next((a for a in standing(connection) if a.id == number), None)
        if one is None:
            raise AmendError(f"no amendment {number} stands", "`fonti amend list` tells which do")
        touched = _touched(connection, one)
        gone = update(amendments).where(amendments.c.id == number)
        connection.execute(gone.values(undone_by=by, undone_at=now()))
        make_rows(connection, chosen=touched)


def list_amendments(store: Store) -> list[dict[str, Any]]:
    with store.reading() as connection:
        found = connection.execute(select(amendments).order_by(amendments.c.id)).mappings()
        return [dict(row) for row in found]


def _make(
    connection: Connection, kind: str, target: dict[str, Any], value: dict[str, Any], *, reason: str, by: str
) -> int:
    from .adding import make_rows, now

    row = {"kind": kind, "target": _json(target), "value": _json(value), "reason": reason, "by": by, "at": now()}
    number: int = connection.execute(insert(amendments).values(row).returning(amendments.c.id)).scalar_one()
    if "name" in target:
        table = made.tables[RENAMED[kind]]
        if not connection.execute(select(1).where(exists().where(table.c.key == key(target["name"])))).first():
            raise AmendError(f"nothing is called {target['name']!r}", "`fonti find` and `fonti sources` tell the names")
    make_rows(connection, chosen=_touched(connection, Amendment(number, kind, target, value)))
    return number


def _touched(connection: Connection, one: Amendment) -> Sequence[int]:
    """The versions whose rows it may change: of its report, or with a name that it, or one on top of it, tells."""
    if one.kind == "reject":
        asked = select(versions.c.id).join(reports, reports.c.id == versions.c.report)
        return connection.execute(asked.where(reports.c.address == one.target["report"])).scalars().all()
    names = {key(one.target["name"]), key(one.value.get("name", one.target["name"]))}
    others = [
        {key(a.target["name"]), key(a.value.get("name", a.target["name"]))}
        for a in standing(connection)
        if a.kind == one.kind
    ]
    while more := [pair for pair in others if pair & names and not pair <= names]:
        names = names.union(*more)
    table = made.tables[RENAMED[one.kind]]
    return connection.execute(select(table.c.version).where(table.c.key.in_(names)).distinct()).scalars().all()


def _check_report(connection: Connection, address: str | None) -> None:
    if address and not connection.execute(select(reports.c.id).where(reports.c.address == address)).first():
        raise AmendError(f"no report {address!r}", "`fonti find` tells the reports' addresses")


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
