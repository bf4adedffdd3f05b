"""Events as rows in ACLED's columns, with a comma between: those that its codebook codes, and only what is told as a
fact.

Columns, names of types, actors and interactions follow the codebook as it stands on ACLED's site. ACLED's own numbers
(event_id_cnty, timestamp, tags) and what takes a researcher (source_scale, admin2, admin3, the years of a regime) are
not Fonti's to give; event_id_cnty holds Fonti's own id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..facts import facts
from ..layers.events.words import event_words
from ..lexicon import LANGUAGES
from ..record import Actor, CasualtyKind, Event, Participant, Place, Record
from .coded import Cell, actor_of, codes, day_of, holds_place, joined, place_of, sentence_of, table, words_of

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

BATTLES, EXPLOSIONS, CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"
PROTESTS, RIOTS, STRATEGIC = "Protests", "Riots", "Strategic developments"
CLASH, ATTACK, FORCE = "Armed clash", "Attack", "Excessive force against protesters"
# of an attack the mode alone, where it tells
ATTACKS = {
    "suicide-attack": (EXPLOSIONS, "Suicide bomb"),
    "drone": (EXPLOSIONS, "Air/drone strike"),
    "heavy-weapons": (EXPLOSIONS, "Shelling/artillery/missile attack"),
    "explosives": (EXPLOSIONS, "Remote explosive/landmine/IED"),
    "sexual": (CIVILIANS, "Sexual violence"),
    "abduct": (CIVILIANS, "Abduction/forced disappearance"),
    "torture": (CIVILIANS, ATTACK),
    "assassinate": (CIVILIANS, ATTACK),
}
STRATEGIES = {
    ("RETREAT", "ceasefire"): "Agreement",
    ("CONCEDE", "release"): "Agreement",
    ("RETREAT", "withdraw"): "Change to group/activity",
    ("RETREAT", "disarm"): "Change to group/activity",
    ("MOBILIZE", "troops"): "Change to group/activity",
    ("MOBILIZE", "militia"): "Change to group/activity",
}
DISORDER = {PROTESTS: "Demonstrations", RIOTS: "Demonstrations", STRATEGIC: STRATEGIC}  # of others "Political violence"

STATE, REBEL, MILITIA, RIOTERS = "State forces", "Rebel group", "Political militia", "Rioters"
PROTESTERS, CIVIL, EXTERNAL = "Protesters", "Civilians", "External/Other forces"
ORDER = (STATE, REBEL, MILITIA, RIOTERS, PROTESTERS, EXTERNAL, CIVIL)  # of the two in `interaction`
INTER = {
    "GOV": STATE, "MIL": STATE, "COP": STATE, "SPY": STATE, "REB": REBEL, "SEP": REBEL, "UAF": MILITIA, "CRM": MILITIA,
    "RAD": MILITIA, "IGO": EXTERNAL,
}  # fmt: skip
ARMED = {STATE, REBEL, MILITIA, EXTERNAL}
FORCES = {"MIL": "Military Forces of {}", "COP": "Police Forces of {}"}
NOTABLE = {"GOV", "LEG", "OPP", "PTY", "JUD", "MIL", "COP", "REB", "SEP", "MED", "NGO", "REL"}  # whose arrest is coded
MASS = 10  # arrested together, whoever they are

GEO = {"exact": 1, "near": 2, "area": 3}


@dataclass(frozen=True, slots=True)
class Side:
    """A side of an event as ACLED names it."""

    name: str = ""
    inter: str = ""
    beside: str = ""  # associated actors


def printed(record: Record, *, header: bool) -> str:
    """The events of a record that ACLED codes, a line each."""
    rows = [cells for event in record.events if (cells := row(record, event))]
    return table(COLUMNS, rows, delimiter=",", header=header)


def row(record: Record, event: Event) -> dict[str, Cell] | None:
    """An event by ACLED's columns; None for one that it does not code, that is to come, denied or only possible."""
    kind = coded(record, event) if is_fact(event) else None
    if kind is None:
        return None
    event_type, sub_event_type = kind
    place, told = place_of(record, event), day_of(event)
    one, other = sides(record, event, event_type, place)
    if not one.name:
        return None
    violent = event_type in (CIVILIANS, EXPLOSIONS, RIOTS) or sub_event_type == FORCE
    targeted = CIVIL in (one.inter, other.inter) or sub_event_type == FORCE
    return {
        "event_id_cnty": f"{record.report.id}_{event.id}",
        "event_date": told[0] if told else None,
        "year": told[0][:4] if told else None,
        "time_precision": told[1] if told else None,
        "disorder_type": disorder(event_type, sub_event_type),
        "event_type": event_type,
        "sub_event_type": sub_event_type,
        "actor1": one.name,
        "assoc_actor_1": one.beside,
        "inter1": one.inter,
        "actor2": other.name,
        "assoc_actor_2": other.beside,
        "inter2": other.inter,
        "interaction": interaction(one.inter, other.inter),
        "civilian_targeting": "Civilians targeted" if violent and targeted else None,
        **_where(place),
        "source": joined([record.report.publisher, *_agencies(record, event)]),
        "notes": sentence_of(record, event),
        "fatalities": _count(event, "killed"),
    }


def is_fact(event: Event) -> bool:
    return event.polarity == "positive" and event.certainty == "certain" and event.tense != "future"


def coded(record: Record, event: Event) -> tuple[str, str] | None:
    """ACLED's event type and sub-event type; None where it has none."""
    if event.type == "ASSAULT":
        return _attack(record, event)
    if event.type == "PROTEST":
        return _protest(event)
    if event.type == "COERCE" and event.mode == "crowd-control":
        return PROTESTS, FORCE if _harmed(event) else "Protest with intervention"
    if event.type == "COERCE" and event.mode == "arrest":
        return (STRATEGIC, "Arrests") if _is_notable(record, event) else None
    if event.type == "COERCE" and event.mode == "seize":
        return STRATEGIC, "Disrupted weapons use" if _takes_weapons(record, event) else "Looting/property destruction"
    if event.type == "AGREE" and _all_armed(record, event):
        return STRATEGIC, "Agreement"
    strategy = STRATEGIES.get((event.type, event.mode or ""))
    return (STRATEGIC, strategy) if strategy else None


def _attack(record: Record, event: Event) -> tuple[str, str] | None:
    if event.mode == "crowd-control":
        return PROTESTS, FORCE if _harmed(event) else "Protest with intervention"
    if event.mode == "execute":  # after a sentence: no political violence
        return None
    if event.mode in ATTACKS:
        return ATTACKS[event.mode]
    if not (event.actors or event.recipients):
        return None
    return (BATTLES, CLASH) if _all_armed(record, event) else (CIVILIANS, ATTACK)


def _protest(event: Event) -> tuple[str, str] | None:
    if event.mode in ("strike", "hunger", "boycott"):  # no demonstration, so not coded
        return None
    if event.mode == "riot":
        return RIOTS, "Violent demonstration"
    if _harmed(event):
        return PROTESTS, FORCE
    return PROTESTS, "Protest with intervention" if _count(event, "arrested") else "Peaceful protest"


def _count(event: Event, kind: CasualtyKind) -> int:
    """The fewest that are told, as the codebook asks; 0 where none are."""
    return sum(casualties.least or 0 for casualties in event.casualties if casualties.kind == kind)


def _harmed(event: Event) -> bool:
    return bool(_count(event, "killed") or _count(event, "injured"))


def _is_notable(record: Record, event: Event) -> bool:
    """Whether an arrest is of somebody in public life, or of many."""
    known = [actor_of(record, side) for side in event.recipients]
    return _count(event, "arrested") >= MASS or any(actor and actor.sector in NOTABLE for actor in known)


def _takes_weapons(record: Record, event: Event) -> bool:
    language = record.report.language
    weapons = event_words(language).classes["WEAPON"] if language in LANGUAGES else frozenset()
    return any(not weapons.isdisjoint(thing.what.lower().split()) for thing in event.objects)


def _all_armed(record: Record, event: Event) -> bool:
    """Whether states or armed groups stand on both sides."""
    both = [[actor_of(record, side) for side in given] for given in (event.actors, event.recipients)]
    return all(given and all(actor and inter(actor, None) in ARMED for actor in given) for given in both)


def disorder(event_type: str, sub_event_type: str) -> str:
    if sub_event_type == FORCE:
        return "Political violence; Demonstrations"
    return DISORDER.get(event_type, "Political violence")


def inter(actor: Actor, country: str | None) -> str:
    """ACLED's kind of an actor; a state's forces abroad are external."""
    found = STATE if actor.kind == "country" else INTER.get(actor.sector or "", CIVIL)
    abroad = found == STATE and country and actor.country and actor.country != country
    return EXTERNAL if abroad else found


def sides(record: Record, event: Event, event_type: str, place: Place | None) -> tuple[Side, Side]:
    """Actor 1 and actor 2: of a demonstration the crowd and who is beside it, of violence whoever is attacked too."""
    country = place.country if place else None
    where = _country(country)
    one, other = (_side(record, given, country) for given in (event.actors, event.recipients))
    if event_type in (PROTESTS, RIOTS):
        crowd = RIOTERS if event_type == RIOTS else PROTESTERS
        led = event.recipients if event.mode == "crowd-control" else event.actors
        against = one if event.mode == "crowd-control" else Side()
        return Side(_of(crowd, where), crowd, joined(_named(record, side) for side in led)), against
    if event_type == STRATEGIC:
        return (one, other) if one.name else (other, Side())
    unknown = Side(_of("Unidentified Armed Group", where), MILITIA)
    acting = one if one.name and one.inter != CIVIL else unknown
    if event_type == CIVILIANS or not other.name:
        named = joined([other.name if other.inter != CIVIL else None, other.beside])
        other = Side(_of("Civilians", where or _country(_first_country(record, event.recipients))), CIVIL, named)
    return acting, other


def _first_country(record: Record, given: Sequence[Participant]) -> str | None:
    return next((actor.country for side in given if (actor := actor_of(record, side)) and actor.country), None)


def _side(record: Record, given: Sequence[Participant], country: str | None) -> Side:
    """The first actor of a side by ACLED's name, the others beside it; civilians by their own names beside."""
    known = [actor for side in given if (actor := actor_of(record, side))]
    if not known:
        people = any(not holds_place(record, side) for side in given)
        return Side(_of("Civilians", _country(country)), CIVIL) if people else Side()
    kind = inter(known[0], country)
    beside = known if kind == CIVIL else known[1:]
    return Side(_acled_name(known[0], kind, country), kind, joined(actor.name for actor in beside))


def _acled_name(actor: Actor, kind: str, country: str | None) -> str:
    """ "Military Forces of Italy", "Government of Italy", "Civilians (Italy)", or the group's own name."""
    of = _country(actor.country)
    if kind == CIVIL:
        return _of("Civilians", _country(country) or of)
    if kind in (STATE, EXTERNAL) and actor.sector != "IGO" and of:
        return FORCES.get(actor.sector or "", "Government of {}").format(of)
    return actor.name


def _named(record: Record, side: Participant) -> str:
    actor = actor_of(record, side)
    return actor.name if actor else words_of(record, side)


def _of(name: str, country: str) -> str:
    return f"{name} ({country})" if country else name


def _country(code: str | None) -> str:
    return facts().common_name(code, "en") or "" if code else ""


def interaction(one: str, other: str) -> str:
    """ "State forces-Civilians", whoever is named first; "Protesters only"."""
    if not (one and other):
        return f"{one or other} only" if one or other else ""
    first, second = sorted((one, other), key=ORDER.index)
    return f"{first}-{second}"


def _where(place: Place | None) -> dict[str, Cell]:
    if place is None:
        return {}
    numbers = codes().get(place.country or "")
    return {
        "iso": numbers.iso if numbers else None,
        "region": numbers.region if numbers else None,
        "country": _country(place.country),
        "admin1": place.name if place.kind == "region" else None,
        "location": place.name,
        "latitude": None if place.lat is None else f"{place.lat:.4f}",
        "longitude": None if place.lon is None else f"{place.lon:.4f}",
        "geo_precision": GEO.get(place.precision or ""),
    }


def _agencies(record: Record, event: Event) -> list[str]:
    """The agencies on whose word it is."""
    return [actor.name for id_ in event.origin for actor in record.actors if actor.id == id_ and actor.kind == "agency"]
