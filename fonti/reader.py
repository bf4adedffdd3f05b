"""Report -> Record: the layers in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version

from . import nets
from .facts import Facts
from .facts import facts as shipped_facts
from .gazetteer import Gazetteer
from .gazetteer import gazetteer as shipped_gazetteer
from .layers.actors import find_actors, settle
from .layers.events import find_events
from .layers.names import find_names
from .layers.parse import parse
from .layers.places import find_places
from .layers.statements import find_statements
from .layers.times import find_times
from .record import Name, Place, Record, Report


class Reader:
    """Reads reports into records; facts, gazetteer and models stay loaded between them."""

    def __init__(self, *, facts: Facts | None = None, gazetteer: Gazetteer | None = None) -> None:
        self._facts, self._gazetteer = facts or shipped_facts(), gazetteer or shipped_gazetteer()

    def read(self, report: Report) -> Record:
        """The record of a report whose language is told (``fonti.intake`` finds it)."""
        read_by = {"fonti": version("fonti")} | {name: nets.version(name) for name in ("parse", "names")}
        report = replace(report, read_by=read_by)
        doc = parse(report)
        times = find_times(doc, published=report.published)
        names = find_names(doc, self._facts)
        actors = find_actors(doc, names, self._facts, published=report.published)
        places = find_places(doc, names, actors, self._gazetteer)
        settle(actors, [p.country for p in places])
        statements = find_statements(doc, actors, sections=report.sections)
        events = find_events(doc, times, places, actors, statements, sections=report.sections)
        return Record(report, times, link(names, places), places, actors, statements, events)

    def read_all(self, reports: Iterable[Report]) -> Iterator[Record]:
        return map(self.read, reports)


def link(names: list[Name], places: list[Place]) -> list[Name]:
    """Each name with the place that it names; its actor it has from ``find_actors``."""
    by_span = {(p.start, p.end): p.id for p in places}
    return [replace(name, place=by_span.get((name.start, name.end))) for name in names]
