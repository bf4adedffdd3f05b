"""Events as rows in the columns of POLECAT's files (Harvard Dataverse, doi:10.7910/DVN/AJGVIT), tab between.

The columns and their order are those that readers of the files tell; scores, quad categories and contexts are those of
the PLOVER manual (2021). What Fonti does not know is blank: Wikipedia's name of an actor, district, feature type.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..record import Event, EventType, Participant, Record
from .coded import Cell, actor_of, codes, day_of, joined, place_of, published_on, table, words_of

SIDE = (
    "{} Name",
    "{} Country",
    "{} COW",
    "Primary {} Sector",
    "{} Sectors",
    "{} Title",
    "{} Name Raw",
    "Wikipedia {} ID",
)
COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *(column.format("Actor") for column in SIDE), *(column.format("Recipient") for column in SIDE),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
INTENSITY: dict[EventType, float] = {
    "ASSAULT": -9.3, "COERCE": -7.2, "PROTEST": -6.6, "MOBILIZE": -5.3, "SANCTION": -5.2, "THREATEN": -5.1,
    "REQUEST": -5.0, "REJECT": -4.2, "ACCUSE": -2.0, "CONSULT": 2.1, "AGREE": 4.2, "SUPPORT": 4.6, "CONCEDE": 5.0,
    "COOPERATE": 6.8, "AID": 7.4, "RETREAT": 7.6,
}  # fmt: skip
QUADS: dict[str, tuple[EventType, ...]] = {
    "VERBAL COOPERATION": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "MATERIAL COOPERATION": ("COOPERATE", "AID", "RETREAT"),
    "VERBAL CONFLICT": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "MATERIAL CONFLICT": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
CONTEXTS = {"disaster": "enviro_disaster", "government": "executive"}  # what the manual calls otherwise


def printed(record: Record, *, header: bool) -> str:
    """The events of a record, a line each."""
    return table(COLUMNS, [row(record, event) for event in record.events], delimiter="\t", header=header)


def row(record: Record, event: Event) -> dict[str, Cell]:
    """An event by POLECAT's columns; one that is denied or only possible says so in its contexts."""
    report, told = record.report, day_of(event)
    happened = "" if told and told[1] > 1 else told[0] if told else published_on(record)  # none told: as POLECAT does
    return {
        "Event ID": f"{report.id}_{event.id}",
        "Event Date": happened,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": INTENSITY[event.type],
        "Quad Code": next(quad for quad, types in QUADS.items() if event.type in types),
        "Contexts": joined(CONTEXTS.get(context, context) for context in event.contexts),
        **_side(record, event.actors, "Actor"),
        **_side(record, event.recipients, "Recipient"),
        **_where(record, event),
        "Source": report.publisher,
        "Publication Date": published_on(record),
        "Story People": _names(record, "PER"),
        "Story Organizations": _names(record, "ORG"),
        "Story Locations": _names(record, "LOC"),
        "Language": report.language,
        "Version": " ".join(f"{name} {version}" for name, version in report.read_by.items() if name == "fonti"),
    }


def _side(record: Record, sides: Sequence[Participant], which: str) -> dict[str, Cell]:
    known = [actor for side in sides if (actor := actor_of(record, side))]
    sectors = joined(actor.sector for actor in known)
    countries = [actor.country for actor in known if actor.country]
    cells = (
        joined(actor.name if (actor := actor_of(record, side)) else words_of(record, side) for side in sides),
        joined(countries),
        joined(codes()[country].cow for country in countries if country in codes()),
        sectors.partition(";")[0],
        sectors,
        joined(actor.role for actor in known),
        joined(words_of(record, side) for side in sides),
    )
    return dict(zip((column.format(which) for column in SIDE), cells, strict=False))


def _where(record: Record, event: Event) -> dict[str, Cell]:
    place = place_of(record, event)
    if place is None:
        return {}
    return {
        "Placename": place.name,
        "City": place.name if place.kind == "city" else None,
        "Province": place.name if place.kind == "region" else None,
        "Country": place.country,
        "Latitude": place.lat,
        "Longitude": place.lon,
        "GeoNames ID": place.geonameid,
        "Raw Placename": words_of(record, place),
    }


def _names(record: Record, label: str) -> str:
    text = record.report.text
    return joined(text[name.start : name.end] for name in record.names if name.label == label)
