"""A record -> the rows that are made from it, table by table."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from functools import cache
from typing import Any

from ..dates import days
from ..gazetteer import key
from ..record import Event, Record, Span
from .tables import ITEMS, LAYERS, SCALARS, bare, columns, hints, listed, singular

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def rows(record: Record, version: int) -> Rows:
    """The rows of one version, with the keys that `columns` of the tables have."""
    made: Rows = defaultdict(list)
    for layer in LAYERS:
        items = record.report.sections if layer == "sections" else getattr(record, layer)
        for number, item in enumerate(items):
            made[layer].append(_row(item, version, number))
            for table, name in _lists(layer):
                made[table] += _children(item, version, singular(layer), name)
    for row in (*made["actors"], *made["places"]):
        row["key"] = key(row["name"])
    for row, event in zip(made["events"], record.events, strict=True):
        row["earliest"], row["latest"], row["dated_by"] = dated(event, record)
    for layer in ("actors", "places", "events"):
        for row in made[layer]:
            row["amended"] = None
    return made


def dated(event: Event, record: Record) -> tuple[str | None, str | None, str | None]:
    """The days in which an event may lie: of its time; where it has none, those of its report."""
    time = next((t for t in record.times if t.id == event.time), None)
    if time is not None and (time.earliest or time.latest):
        return _day(time.earliest), _day(time.latest), "time"
    earliest, latest = days(event.time_value)
    if earliest:
        return earliest, latest, "time"
    earliest, latest = days(record.report.published)
    return earliest, latest, "report" if earliest else None


def _day(moment: str | None) -> str | None:
    return moment[:10] if moment else None


@cache
def _lists(layer: str) -> Sequence[tuple[str, str]]:
    """The tables of the lists of a layer's items, and their fields."""
    found = [name for name, hint in hints(LAYERS[layer]).items() if listed(hint) is not None]
    return [(f"{singular(layer)}_{name}", name) for name in found]


def _row(item: Any, version: int, number: int) -> Row:
    row = {"version": version} | _values(item)
    return row if "id" in row else row | {"number": number}


def _children(item: Any, version: int, owner: str, name: str) -> list[Row]:
    word = ITEMS.get(name, "value")
    return [
        {"version": version, owner: item.id, "number": number}
        | (_values(child) if is_dataclass(child) else {word: child})
        for number, child in enumerate(getattr(item, name))
    ]


@cache
def _plain(shape: type) -> Sequence[tuple[str, Any]]:
    """The fields that are columns, with their types."""
    kept = {name for name, _ in columns(shape)}
    return [(n, bare(h)) for n, h in hints(shape).items() if n in kept or f"{n}_start" in kept]


def _values(item: Any) -> Row:
    row: Row = {}
    for name, kind in _plain(item.__class__):
        value = getattr(item, name)
        if kind is Span:
            row[f"{name}_start"], row[f"{name}_end"] = (value.start, value.end) if value else (None, None)
        elif kind in SCALARS or value is None:
            row[name] = value
        else:
            row[name] = json.dumps(value, default=asdict, ensure_ascii=False)
    return row
