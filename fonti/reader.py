"""Report -> Record: the layers in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from spacy.tokens import Doc

from . import nets
from .facts import Facts
from .facts import facts as shipped_facts
from .gazetteer import Gazetteer
from .gazetteer import gazetteer as shipped_gazetteer
from .layers.actors import find_actors, locate, settle
from .layers.events import find_events
from .layers.events.own import OwnWords
from .layers.names import find_names
from .layers.parse import parse
from .layers.places import find_places
from .layers.statements import find_statements
from .layers.times import find_times
from .lexicon import lexicon
from .record import Name, Place, Record, Report

TOGETHER = 20_000  # characters of reports that are parsed together


class Reader:
    """Reads reports into records; facts, gazetteer and models stay loaded between them.

    ``lexicon`` names files of the user's own event words, which come before Fonti's.
    """

    def __init__(
        self, *, facts: Facts | None = None, gazetteer: Gazetteer | None = None, lexicon: Iterable[str | Path] = ()
    ) -> None:
        self._facts, self._gazetteer = facts or shipped_facts(), gazetteer or shipped_gazetteer()
        self._words = OwnWords(lexicon)

    def read(self, report: Report) -> Record:
        """The record of a report whose language is told (``fonti.intake`` finds it)."""
        return next(self.read_all([report]))

    def read_all(
        self, reports: Iterable[Report], *, on_error: Callable[[Report, Exception], None] | None = None
    ) -> Iterator[Record]:
        """The records of reports in their order, parsed several at a time, which is faster than one by one.

        A report that cannot be read goes to ``on_error`` with what was raised, and the others are read; without it the
        error is raised.
        """
        for some in batches(reports):
            for report, doc in zip(some, parsed(some), strict=True):
                try:
                    record = self._record(report, doc or parse([report])[0])
                except Exception as error:
                    if on_error is None:
                        raise
                    on_error(report, error)
                else:
                    yield record

    def readers(self, language: str) -> dict[str, str]:
        """What reads a language: the versions of Fonti and the nets, and digests of the user's own tables."""
        own = {"facts": self._facts.digest, "lexicon": self._words.digest(language)}
        return readers(language) | {name: digest for name, digest in own.items() if digest}

    def _record(self, report: Report, doc: Doc) -> Record:
        report = replace(report, read_by=self.readers(str(report.language)))
        times = find_times(doc, published=report.published)
        names = find_names(doc, self._facts)
        actors = find_actors(doc, names, self._facts, published=report.published)
        places = find_places(doc, names, actors, self._gazetteer)
        locate(doc, actors, places)
        settle(actors, [p.country for p in places])
        statements = find_statements(doc, actors, sections=report.sections)
        own = self._words.of(str(report.language))
        events = find_events(
            doc, times, places, actors, statements, sections=report.sections, published=report.published, words=own
        )
        return Record(report, times, link(names, places), places, actors, statements, events)


@cache
def readers(language: str) -> dict[str, str]:
    """The versions of Fonti and of the nets that read a language here."""
    own = lexicon(language, "parse")
    used = [own["trees_by"], *own["names_by"], "statements"]
    return {"fonti": version("fonti")} | {name: nets.version(name) for name in used}


def batches(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """Reports in their order, as many together as the nets read at once."""
    some, size = list[Report](), 0
    for report in reports:
        some.append(report)
        size += len(report.text)
        if size > TOGETHER:
            yield some
            some, size = [], 0
    if some:
        yield some


def parsed(reports: list[Report]) -> Sequence[Doc | None]:
    """Their texts parsed; None for each where one of them stops the others."""
    try:
        return parse(reports)
    except Exception:
        return [None] * len(reports)


def link(names: list[Name], places: list[Place]) -> list[Name]:
    """Each name with the place that it names; its actor it has from ``find_actors``."""
    by_span = {(p.start, p.end): p.id for p in places}
    return [replace(name, place=by_span.get((name.start, name.end))) for name in names]
