"""Events as rows: POLECAT's and ACLED's columns."""

from __future__ import annotations

import csv
from io import StringIO
from typing import get_args

import pytest

from fonti.record import (
    Actor,
    Casualties,
    Event,
    EventType,
    Mention,
    Name,
    Object,
    Participant,
    Place,
    Record,
    Report,
    Span,
)
from fonti.views import acled, polecat
from fonti.views.coded import clean, codes, day_of, sentence_of

TEXT = (
    'Notizie. Ieri a Kharkiv l\'esercito russo ha bombardato il mercato: "almeno 15 morti",\tdice la Tass. Poi piove.'
)


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def actor(id: str, name: str, sector: str | None, country: str | None, kind: str = "organisation") -> Actor:
    return Actor(id, name, kind, country, sector, mentions=[Mention(0, 1, "name")])  # type: ignore[arg-type]


def record(**event: object) -> Record:
    """A report of one event, which is a shelling unless told otherwise."""
    told: dict[str, object] = {
        "type": "ASSAULT", "mode": "heavy-weapons", "trigger": Span(*at("bombardato")), "time_value": "2023-09-17",
        "actors": [Participant(*at("l'esercito russo"), "a1")], "recipients": [Participant(*at("il mercato"))],
        "place": "p1", "tense": "past", "origin": ["publisher", "a2"], "contexts": ["disaster", "military"],
        "casualties": [Casualties("killed", *at("almeno 15 morti"), 15)],
    }  # fmt: skip
    actors = [
        actor("a1", "Esercito russo", "MIL", "RUS"),
        actor("a2", "Tass", "MED", "RUS", "agency"),
        actor("a3", "Esercito ucraino", "MIL", "UKR"),
        actor("a4", "Anna Neri", "OPP", "ITA", "person"),
        actor("a5", "Brigata Luna", "REB", "UKR"),
        actor("a6", "Ucraina", "GOV", "UKR", "country"),
        actor("a7", "Bruno Verdi", None, "UKR", "person"),
    ]
    report = Report("r1", TEXT, "it", publisher="La Gazzetta", published="2023-09-18", read_by={"fonti": "0.1.0"})
    place = Place("p1", *at("Kharkiv"), "Kharkiv", 49.98081, 36.25272, 706483, "UKR", "city", 0.9, "exact")
    names = [Name(*at("Kharkiv"), "LOC"), Name(*at("Tass"), "ORG")]
    return Record(report, names=names, places=[place], actors=actors, events=[Event("e1", **(told | event))])  # type: ignore[arg-type]


def cells(printed: str, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(printed), delimiter=delimiter))


def polecat_row(**event: object) -> dict[str, str]:
    return cells(polecat.printed(record(**event), header=True), "\t")[0]


def acled_rows(**event: object) -> list[dict[str, str]]:
    return cells(acled.printed(record(**event), header=True), ",")


def side(which: str, id: str = "") -> Participant:
    return Participant(*at(which), id or None)


def test_a_row_for_polecat() -> None:
    row = polecat_row()
    assert list(row) == list(polecat.COLUMNS)
    assert len(polecat.COLUMNS) == 40
    assert {column: cell for column, cell in row.items() if cell} == {
        "Event ID": "r1_e1", "Event Date": "2023-09-17", "Event Type": "ASSAULT", "Event Mode": "heavy-weapons",
        "Intensity": "-9.3", "Quad Code": "MATERIAL CONFLICT", "Contexts": "enviro_disaster; military",
        "Actor Name": "Esercito russo", "Actor Country": "RUS", "Actor COW": "365", "Primary Actor Sector": "MIL",
        "Actor Sectors": "MIL", "Actor Name Raw": "l'esercito russo", "Recipient Name": "il mercato",
        "Recipient Name Raw": "il mercato", "Placename": "Kharkiv", "City": "Kharkiv", "Country": "UKR",
        "Latitude": "49.98081", "Longitude": "36.25272", "GeoNames ID": "706483", "Raw Placename": "Kharkiv",
        "Source": "La Gazzetta", "Publication Date": "2023-09-18", "Story Organizations": "Tass",
        "Story Locations": "Kharkiv", "Language": "it", "Version": "fonti 0.1.0",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "date"), [("2023-09-17", "2023-09-17"), (None, "2023-09-18"), ("2023-09", ""), ("2023-W37", "")]
)
def test_the_date_for_polecat(value: str | None, date: str) -> None:
    assert polecat_row(time_value=value)["Event Date"] == date


def test_every_type_has_a_score_and_a_quad() -> None:
    types = set(get_args(EventType))
    assert set(polecat.INTENSITY) == types
    assert {name for names in polecat.QUADS.values() for name in names} == types


def test_the_denied_and_the_possible_are_told_by_contexts() -> None:
    row = polecat_row(polarity="negative", certainty="possible", contexts=["hypothetical", "negation"])
    assert row["Contexts"] == "hypothetical; negation"


def test_a_row_for_acled() -> None:
    (row,) = acled_rows()
    assert list(row) == list(acled.COLUMNS)
    assert len(acled.COLUMNS) == 31
    assert {column: cell for column, cell in row.items() if cell} == {
        "event_id_cnty": "r1_e1", "event_date": "2023-09-17", "year": "2023", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack", "actor1": "Military Forces of Russia",
        "inter1": "External/Other forces", "actor2": "Civilians (Ukraine)", "inter2": "Civilians",
        "interaction": "External/Other forces-Civilians", "civilian_targeting": "Civilians targeted", "iso": "804",
        "region": "Europe", "country": "Ukraine", "location": "Kharkiv", "latitude": "49.9808", "longitude": "36.2527",
        "geo_precision": "1", "source": "La Gazzetta; Tass", "fatalities": "15",
        "notes": 'Ieri a Kharkiv l\'esercito russo ha bombardato il mercato: "almeno 15 morti", dice la Tass.',
    }  # fmt: skip


@pytest.mark.parametrize(
    "event",
    [
        {"polarity": "negative"},
        {"certainty": "possible"},
        {"certainty": "probable"},
        {"tense": "future"},
        {"type": "ACCUSE", "mode": None},
        {"type": "PROTEST", "mode": "strike"},
        {"mode": "execute"},
        {"mode": None, "actors": [], "recipients": []},
        {"type": "COERCE", "mode": "arrest", "recipients": [side("il mercato")]},
        {"type": "AGREE", "mode": None, "recipients": [side("il mercato", "a4")]},
        {"type": "RETREAT", "mode": "ceasefire", "actors": [], "recipients": []},
    ],
)
def test_what_acled_does_not_code(event: dict[str, object]) -> None:
    assert acled_rows(**event) == []


SOLDIERS, REBELS, NERI = side("il mercato", "a3"), side("il mercato", "a5"), side("il mercato", "a4")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"mode": None, "recipients": [SOLDIERS]}, "Battles: Armed clash: External/Other forces, State forces"),
        ({"mode": None, "actors": [REBELS], "recipients": [SOLDIERS]},
         "Battles: Armed clash: Rebel group, State forces"),
        ({"mode": "firearms"}, "Violence against civilians: Attack: External/Other forces, Civilians"),
        ({"mode": None, "actors": [], "recipients": [NERI]},
         "Violence against civilians: Attack: Political militia, Civilians"),
        ({"mode": "sexual"}, "Violence against civilians: Sexual violence: External/Other forces, Civilians"),
        ({"mode": "abduct"},
         "Violence against civilians: Abduction/forced disappearance: External/Other forces, Civilians"),
        ({"mode": "drone"}, "Explosions/Remote violence: Air/drone strike: External/Other forces, Civilians"),
        ({"mode": "suicide-attack", "actors": []},
         "Explosions/Remote violence: Suicide bomb: Political militia, Civilians"),
        ({"mode": "explosives"},
         "Explosions/Remote violence: Remote explosive/landmine/IED: External/Other forces, Civilians"),
        ({"type": "PROTEST", "mode": "demo", "casualties": []}, "Protests: Peaceful protest: Protesters, "),
        ({"type": "PROTEST", "mode": "riot"}, "Riots: Violent demonstration: Rioters, "),
        ({"type": "PROTEST", "mode": "demo"}, "Protests: Excessive force against protesters: Protesters, "),
        ({"type": "PROTEST", "mode": None, "casualties": [Casualties("arrested", 0, 1, 5, 5)]},
         "Protests: Protest with intervention: Protesters, "),
        ({"mode": "crowd-control", "actors": [SOLDIERS], "casualties": []},
         "Protests: Protest with intervention: Protesters, State forces"),
        ({"type": "COERCE", "mode": "arrest", "recipients": [NERI]},
         "Strategic developments: Arrests: External/Other forces, Civilians"),
        ({"type": "COERCE", "mode": "arrest", "casualties": [Casualties("arrested", 0, 1, 20)]},
         "Strategic developments: Arrests: External/Other forces, Civilians"),
        ({"type": "COERCE", "mode": "seize", "actors": [SOLDIERS], "recipients": []},
         "Strategic developments: Looting/property destruction: State forces, "),
        ({"type": "COERCE", "mode": "seize", "objects": [Object(0, 1, "missile", 3)], "recipients": []},
         "Strategic developments: Disrupted weapons use: External/Other forces, "),
        ({"type": "RETREAT", "mode": "ceasefire", "recipients": [REBELS]},
         "Strategic developments: Agreement: External/Other forces, Rebel group"),
        ({"type": "AGREE", "mode": None, "actors": [side("il mercato", "a6")], "recipients": [REBELS]},
         "Strategic developments: Agreement: State forces, Rebel group"),
        ({"type": "MOBILIZE", "mode": "troops", "recipients": []},
         "Strategic developments: Change to group/activity: External/Other forces, "),
    ],
)  # fmt: skip
def test_how_acled_codes_it(event: dict[str, object], expected: str) -> None:
    (row,) = acled_rows(**event)
    assert f"{row['event_type']}: {row['sub_event_type']}: {row['inter1']}, {row['inter2']}" == expected


def test_who_is_who_for_acled() -> None:
    (row,) = acled_rows(mode=None, actors=[side("il mercato", "a6")], recipients=[NERI, side("il mercato", "a7")])
    assert (row["actor1"], row["actor2"], row["assoc_actor_2"]) == (
        "Government of Ukraine", "Civilians (Ukraine)", "Anna Neri; Bruno Verdi",
    )  # fmt: skip
    (row,) = acled_rows(type="PROTEST", mode="demo", actors=[NERI], casualties=[])
    assert (row["actor1"], row["assoc_actor_1"], row["interaction"]) == (
        "Protesters (Ukraine)", "Anna Neri", "Protesters only",
    )  # fmt: skip
    assert row["disorder_type"] == "Demonstrations"
    assert row["civilian_targeting"] == ""


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("State forces", "Rebel group", "State forces-Rebel group"),
        ("Rebel group", "State forces", "State forces-Rebel group"),
        ("Civilians", "External/Other forces", "External/Other forces-Civilians"),
        ("Rioters", "", "Rioters only"),
        ("", "", ""),
    ],
)
def test_interaction(one: str, other: str, told: str) -> None:
    assert acled.interaction(one, other) == told


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-09-17", ("2023-09-17", 1)),
        ("2023-W37", ("2023-09-13", 2)),
        ("2023-W37-WE", ("2023-09-16", 2)),
        ("2023-09", ("2023-09-15", 3)),
        ("2023", None),
        ("2023-W54", None),
        ("2023-02-30", None),
        ("PAST_REF", None),
        (None, None),
    ],
)
def test_the_day_and_its_precision(value: str | None, day: tuple[str, int] | None) -> None:
    assert day_of(Event("e1", "ASSAULT", Span(0, 1), time_value=value)) == day


def test_an_attack_on_a_place_is_there() -> None:
    row = polecat_row(place=None, recipients=[Participant(*at("a Kharkiv"))])
    assert (row["Placename"], row["Country"]) == ("Kharkiv", "UKR")
    row = polecat_row(type="CONSULT", place=None, recipients=[Participant(*at("a Kharkiv"))])
    assert row["Placename"] == ""


def test_a_header_only_where_it_is_asked_for() -> None:
    assert polecat.printed(record(), header=False).count("\n") == 1
    assert acled.printed(Record(Report("r1", "")), header=True) == ",".join(acled.COLUMNS) + "\n"
    assert acled.printed(Record(Report("r1", "")), header=False) == ""


def test_the_sentence_of_an_event() -> None:
    assert sentence_of(record(), Event("e1", "ASSAULT", Span(*at("Notizie")))) == "Notizie."


def test_a_cell_is_one_line() -> None:
    assert clean("a\tb\n\x1b[2Jc") == "a b [2Jc"


def test_the_numbers_of_countries() -> None:
    assert (codes()["ITA"].iso, codes()["ITA"].cow, codes()["ITA"].region) == ("380", "325", "Europe")
    assert all(len(numbers.iso) in (0, 3) for numbers in codes().values())
