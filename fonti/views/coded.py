"""What the rows of other people's codebooks share: looked-up parts of a record, days, countries' numbers, cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from io import StringIO

from ..record import Actor, Event, Participant, Place, Record, Span

MIDDLE = 15  # of a month: the day that stands for it
SENTENCE = re.compile(r"(?<=[.!?…»”])\s+|\n+")

LOCAL = ("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT")  # acts that are where whoever undergoes them is

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Codes:
    """The numbers of a country: ISO 3166-1, Correlates of War, and ACLED's region."""

    iso: str = ""
    cow: str = ""
    region: str = ""


@cache
def codes() -> dict[str, Codes]:
    """By ISO 3166-1 alpha-3."""
    table = files("fonti").joinpath("data", "codes.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {country: Codes(*numbers) for country, *numbers in rows[1:]}


def actor_of(record: Record, side: Participant) -> Actor | None:
    return next((actor for actor in record.actors if actor.id == side.actor), None)


def place_of(record: Record, event: Event) -> Place | None:
    """Where an event is: the place it is told to be in, or what it is done to: an attack on Kharkiv is there."""
    if event.place or event.type not in LOCAL:
        return next((place for place in record.places if place.id == event.place), None)
    held = [p for p in record.places for side in event.recipients if side.start <= p.start and p.end <= side.end]
    return held[0] if held else None


def holds_place(record: Record, side: Participant) -> bool:
    return any(side.start <= place.start and place.end <= side.end for place in record.places)


def words_of(record: Record, span: Span | Participant | Place) -> str:
    return record.report.text[span.start : span.end]


def sentence_of(record: Record, event: Event) -> str:
    """The sentence that tells an event."""
    text, start, end = record.report.text, 0, len(record.report.text)
    for found in SENTENCE.finditer(text):
        if found.end() <= event.trigger.start:
            start = found.end()
        elif found.start() >= event.trigger.end:
            end = found.start()
            break
    return text[start:end]


def day_of(event: Event) -> tuple[str, int] | None:
    """The day of an event and ACLED's precision of it: 1 the day, 2 the middle of a week, 3 the middle of a month."""
    told = event.time_value or ""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", told):
            return date.fromisoformat(told).isoformat(), 1
        if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", told):
            first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return (first + timedelta(days=5 if found[3] else 2)).isoformat(), 2
        if re.fullmatch(r"\d{4}-\d\d", told):
            return date.fromisoformat(f"{told}-{MIDDLE}").isoformat(), 3
    except ValueError:  # a week 53 or a thirteenth month
        return None
    return None


def published_on(record: Record) -> str:
    """The day of the report, where it is known."""
    found = re.match(r"\d{4}-\d\d-\d\d", record.report.published or "")
    return found[0] if found else ""


def joined(values: Iterable[str | None]) -> str:
    """Each value once, as both codebooks list several."""
    return "; ".join(dict.fromkeys(value for value in values if value))


def table(columns: Sequence[str], rows: Iterable[dict[str, Cell]], *, delimiter: str, header: bool) -> str:
    """Rows as text, a line each; a column that a row lacks is blank."""
    printed = StringIO()
    writer = csv.writer(printed, delimiter=delimiter, lineterminator="\n")
    if header:
        writer.writerow(columns)
    for row in rows:
        writer.writerow([clean(row.get(column)) for column in columns])
    return printed.getvalue()


def clean(cell: Cell) -> str:
    """On one line, without what separates cells and what a terminal would obey."""
    told = "" if cell is None else str(cell)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in told).split())
