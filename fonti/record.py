"""The record of a report: plain dataclasses, to JSON and back without loss.

Every span is half-open, in Unicode code points of ``report.text``: ``text[start:end]`` gives its words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import TypeAdapter

SectionKind = Literal["headline", "heading", "body", "caption", "credit", "dateline", "boilerplate"]
Wall = Literal["cookies", "subscription", "robots", "feed"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
NameLabel = Literal["PER", "ORG", "LOC"]
ActorKind = Literal["person", "organisation", "agency", "country", "group", "crowd"]
Precision = Literal[
    "exact", "area", "near"
]  # of a town or site; somewhere in a country, river …; of another place nearby
How = Literal["name", "role", "demonym", "capital", "pronoun"]
StatementKind = Literal["direct", "indirect", "mixed"]
Act = Literal["asserts", "denies", "promises", "threatens", "asks", "orders", "believes", "fears", "doubts"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Commitment = Literal["committed", "neutral", "detached"]
Certainty = Literal["certain", "probable", "possible"]
Polarity = Literal["positive", "negative"]
Tense = Literal["past", "present", "future", "unspecified"]
Context = Literal[
    "military", "intelligence", "peacekeeping", "economic", "diplomatic", "resource", "culture", "disease", "disaster",
    "migration", "humanitarian", "legal", "human_rights", "rights_freedoms", "gender", "lgbt", "terrorism",
    "human_security", "religion_ethnicity", "government", "election", "legislative", "cbrn", "cyber", "corruption",
    "crime", "historical", "future", "hypothetical", "negation",
]  # fmt: skip
CasualtyKind = Literal["killed", "injured", "missing", "arrested", "displaced"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the report's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: the layers read what the report tells, not its credits and boilerplate."""

    start: int
    end: int
    kind: SectionKind

    @property
    def silent(self) -> bool:
        """Whether the report tells nothing in it: names, places and times are read there, no statement or event."""
        return self.kind in ("caption", "credit", "dateline", "boilerplate")


@dataclass(slots=True)
class Report:
    """A report exactly as read, with what its page says of it."""

    id: str
    text: str
    language: str | None = None  # ISO 639-1
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None  # ISO 8601 at its own precision: 2023, 2023-09, 2023-09-18, 2023-09-18T10:00
    url: str | None = None
    path: str | None = None  # the file as the user named it
    sections: list[Section] = field(default_factory=list)
    read_by: dict[str, str] = field(default_factory=dict)  # Fonti's version and the models'
    dated_by: str | None = None  # who tells `published`: user, page, feed, text … or the source in its own fields
    wall: Wall | None = None  # what hides the rest of it: the text is only its beginning, or none of it


@dataclass(slots=True)
class Time:
    """A TIMEX3 time and the interval that it means (ISO 8601, both ends included; null where open or unknown)."""

    id: str
    start: int
    end: int
    type: TimeType
    value: str
    earliest: str | None = None
    latest: str | None = None


@dataclass(slots=True)
class Name:
    """A named entity, with the actor or the place that it names."""

    start: int
    end: int
    label: NameLabel
    actor: str | None = None
    place: str | None = None


@dataclass(slots=True)
class Place:
    """A place: WGS 84 point, GeoNames id, ISO 3166-1 alpha-3 country. An unknown place has no point, or one near it."""

    id: str
    start: int
    end: int
    name: str
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    country: str | None = None
    kind: str | None = None  # country, region, city, sea, river, mountain, island, site …
    confidence: float = 0.0
    precision: Precision | None = None  # of the point


@dataclass(frozen=True, slots=True)
class Mention:
    """Where the report speaks of an actor, and how."""

    start: int
    end: int
    how: How


@dataclass(slots=True)
class Actor:
    """Who acts or speaks: all the mentions of one person, organisation, country or group."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None  # ISO 3166-1 alpha-3
    sector: str | None = None  # PLOVER: GOV MIL COP REB OPP CVL JUD MED …
    role: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    presumed: bool = False  # the country is the report's: nothing tells the actor's own


@dataclass(slots=True)
class Statement:
    """Who says what: source, cue and content may be broken in several spans; a dropped subject leaves source empty."""

    id: str
    kind: StatementKind
    act: Act
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    actor: str | None = None
    inside: str | None = None  # the statement that this one is reported in
    implied: bool = False  # goes on without a cue, told by the verb's mood alone
    commitment: Commitment = "neutral"  # how far the writer, by the choice of the cue, stands behind what is said


@dataclass(frozen=True, slots=True)
class Participant:
    """A side of an event, and the actor that it names."""

    start: int
    end: int
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Object:
    """A thing given, sent, seized: "cinque droni kamikaze" is 5, "drone kamikaze"."""

    start: int
    end: int
    what: str
    quantity: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Casualties:
    """How many persons an act killed, injured …: "almeno 15 morti" is 15 or more, "nessun ferito" 0."""

    kind: CasualtyKind
    start: int
    end: int
    least: int | None = None
    most: int | None = None
    about: bool = False


@dataclass(slots=True)
class Event:
    """Who did what to whom, in PLOVER's types, and on whose word."""

    id: str
    type: EventType
    trigger: Span
    mode: str | None = None
    actors: list[Participant] = field(default_factory=list)
    recipients: list[Participant] = field(default_factory=list)
    objects: list[Object] = field(default_factory=list)
    time: str | None = None
    time_value: str | None = None
    place: str | None = None
    certainty: Certainty = "certain"
    polarity: Polarity = "positive"
    tense: Tense = "unspecified"
    said_in: list[str] = field(default_factory=list)  # innermost statements
    origin: list[str] = field(default_factory=list)  # outermost first: "publisher", then actor ids
    confidence: float = 0.0
    casualties: list[Casualties] = field(default_factory=list)
    contexts: list[Context] = field(default_factory=list)  # sorted


@dataclass(slots=True)
class Record:
    """Everything that Fonti read in one report."""

    report: Report
    times: list[Time] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    schema: Literal[1] = 1

    def to_json(self, *, indent: int | None = None) -> str:
        return _adapter().dump_json(self, indent=indent).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> Record:
        """The record that ``to_json`` wrote; raises ``pydantic.ValidationError`` (a ``ValueError``) for others."""
        return _adapter().validate_json(text)


def schema() -> dict[str, Any]:
    """The record's JSON Schema (draft 2020-12)."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | _adapter().json_schema()


def _adapter() -> TypeAdapter[Record]:
    global _ADAPTER
    if _ADAPTER is None:
        _ADAPTER = TypeAdapter(Record)
    return _ADAPTER


_ADAPTER: TypeAdapter[Record] | None = None
