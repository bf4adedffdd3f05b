"""A reader that needs no nets: it finds a statement and an event in each of its reports, the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from fonti.record import (
    Actor,
    Event,
    Mention,
    Name,
    Object,
    Participant,
    Place,
    Record,
    Report,
    Span,
    Statement,
    Time,
)

# The sentence of which all reports here are made: every word in it that a record has is found by `record`.
TEXT = "Kim Jong-un ha consegnato cinque droni a Vladimir Putin a Vladivostok il 9 aprile 2023, ha riferito la Tass."


def text(number: int = 0, *, more: str = "") -> str:
    return f"Rapporto numero {number}. {TEXT}{more}"


def span(report: Report, words: str) -> Span:
    start = report.text.index(words)
    return Span(start, start + len(words))


def record(report: Report, *, place: str = "Vladivostok", lat: float = 43.1, lon: float = 131.9) -> Record:
    def at(words: str) -> tuple[int, int]:
        found = span(report, words)
        return found.start, found.end

    kim, putin, tass = "Kim Jong-un", "Vladimir Putin", "Tass"
    return Record(
        replace(report, read_by={"fonti": "stub"}),
        [Time("t1", *at("9 aprile 2023"), "DATE", "2023-04-09", "2023-04-09", "2023-04-09")],
        [Name(*at(kim), "PER", "a1"), Name(*at("Vladivostok"), "LOC", None, "p1")],
        [Place("p1", *at("Vladivostok"), place, lat, lon, 2013348, "RUS", "city", 0.9, "exact")],
        [
            Actor("a1", kim, "person", "PRK", "GOV", "leader", [Mention(*at(kim), "name")]),
            Actor("a2", putin, "person", "RUS", "GOV", None, [Mention(*at(putin), "name")]),
            Actor("a3", tass, "agency", "RUS", "MED", None, [Mention(*at(tass), "name")]),
        ],
        [
            Statement(
                "s1", "indirect", "asserts", [span(report, "la Tass")], [span(report, "ha riferito")],
                [Span(at(kim)[0], at("2023,")[1] - 1)], "a3",
            )
        ],
        [
            Event(
                "e1", "AID", span(report, "consegnato"), None, [Participant(*at(kim), "a1")],
                [Participant(*at(putin), "a2")], [Object(*at("cinque droni"), "drone", 5)], "t1", "2023-04-09", "p1",
                "certain", "positive", "past", ["s1"], ["publisher", "a3"], 0.8,
            )
        ],
    )  # fmt: skip


class StubReader:
    """Stumbles over a word; counts what it reads."""

    def __init__(self, *tables: Path, lexicon: tuple[Path, ...] = ()) -> None:
        self.read: list[str] = []
        own = {"facts": tables, "lexicon": lexicon}
        words = {name: "".join(path.read_text(encoding="utf-8") for path in paths) for name, paths in own.items()}
        self.by = {"fonti": "stub"} | {name: told for name, told in words.items() if told}

    def readers(self, language: str) -> dict[str, str]:
        return self.by

    def read_all(self, reports: Iterable[Report], *, on_error: Callable[[Report, Exception], None]) -> Iterator[Record]:
        for report in reports:
            self.read.append(report.text)
            if re.search("inciampo", report.text):
                on_error(report, KeyError("inciampo"))
            else:
                found = record(report)
                found.report.read_by = self.by
                yield found
