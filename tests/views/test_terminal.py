from __future__ import annotations

import pytest
from rich.console import Console

from fonti.record import (
    Actor,
    Event,
    Mention,
    Object,
    Participant,
    Place,
    Record,
    Report,
    Section,
    Span,
    Statement,
)
from fonti.views.terminal import readable, render

TEXT = (
    "Incontro a Tokyo. Il premier Rossi ha detto: «Andrò a Tokyo». Secondo Nova, lui ha dato due navi al Giappone. "
    "Ha aggiunto che forse Bianchi sostiene che la guerra finirà."
)


def at(words: str, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def side(words: str, actor: str | None) -> Participant:
    span = at(words)
    return Participant(span.start, span.end, actor)


def mention(words: str, how: str) -> Mention:
    span = at(words)
    return Mention(span.start, span.end, how)  # type: ignore[arg-type]


def said(id: str, act: str, source: str, cue: str, content: str, actor: str, inside: str | None = None) -> Statement:
    kind = "direct" if f"«{content}" in TEXT else "indirect"
    spans = [at(source)] if source else []
    return Statement(id, kind, act, spans, [at(cue)], [at(content)], actor, inside)  # type: ignore[arg-type]


@pytest.fixture
def record() -> Record:
    report = Report("r1", TEXT, "it", publisher="La Gazzetta", published="2023-09")
    report.sections = [Section(0, 17, "headline"), Section(18, len(TEXT), "body")]
    rossi = [mention("Il premier Rossi", "name"), mention("lui", "pronoun")]
    place, ships = at("Tokyo"), at("due navi")
    aid = Event("e1", "AID", at("dato"), place="p1", time_value="2023-09-13", origin=["publisher", "a2"])
    aid.actors, aid.recipients = [side("lui", "a1")], [side("Giappone", "a3")]
    aid.objects = [Object(ships.start, ships.end, "nave", 2)]
    aid.certainty, aid.polarity, aid.tense = "possible", "negative", "past"
    return Record(
        report,
        places=[Place("p1", place.start, place.end, name="Tokyo")],
        actors=[
            Actor("a1", "Rossi", "person", "ITA", "GOV", "premier", rossi),
            Actor("a2", "Nova", "agency", "ITA", "MED", None, [mention("Nova", "name")]),
            Actor("a3", "Giappone", "country", "JPN", "GOV", None, [mention("Giappone", "name")]),
            Actor("a4", "Bianchi", "person", None, None, None, [mention("Bianchi", "name")]),
        ],
        statements=[
            said("s1", "promises", "Il premier Rossi", "ha detto", "Andrò a Tokyo", "a1"),
            said("s2", "asserts", "Nova", "Secondo", "lui ha dato due navi al Giappone", "a2"),
            said("s3", "asserts", "", "Ha aggiunto", "Bianchi sostiene che la guerra finirà", "a1"),
            said("s4", "believes", "Bianchi", "sostiene", "la guerra finirà", "a4", "s3"),
        ],
        events=[aid, Event("e2", "CONSULT", at("Incontro"), "visit", tense="future")],
    )


def printed(record: Record, width: int) -> list[str]:
    console = Console(width=width, force_terminal=False)
    with console.capture() as captured:
        render(record, console)
    return captured.get().splitlines()


def test_the_page(record: Record) -> None:
    assert printed(record, 100) == [
        "Incontro a Tokyo.",
        "La Gazzetta · Sep 2023 · Italian",
        "",
        "Who says what",
        "  Il premier Rossi                  “Andrò a Tokyo”",
        "  ha detto · promises",
        "",
        "  Nova                              lui ha dato due navi al Giappone",
        "  Secondo",
        "",
        "  (Rossi)                           Bianchi sostiene che la guerra finirà",
        "  Ha aggiunto",
        "    ↳ Bianchi                         la guerra finirà",
        "      sostiene · believes",
        "",
        "What happened",
        "  13 Sep 2023  lui (Rossi) → aid → Giappone",
        "               “dato” · due navi · in Tokyo · possible · did not happen · according to Nova",
        "               somebody → visit · “Incontro” · to come",
        "",
        "Actors",
        "  Rossi ×2                      premier · person · Italy · government",
        "  Nova ×1                       agency · Italy",
        "  Giappone ×1                   country",
        "  Bianchi ×1                    person",
        "",
        "Places",
        "  Tokyo (no point)",
        "",
    ]


def test_a_wall_is_shown(record: Record) -> None:
    record.report.wall = "subscription"
    assert printed(record, 100)[2] == "tells only its beginning: the rest is for subscribers"


def test_an_actor_of_the_reports_country(record: Record) -> None:
    record.actors[1].presumed = True
    assert "  Nova ×1                       agency · Italy, presumably" in printed(record, 100)


def test_an_actor_by_its_other_names(record: Record) -> None:
    record.actors[0].name = "Mario Neri"
    record.actors[0].mentions = [
        mention("premier Rossi", "role"),
        mention("Il premier Rossi", "role"),
        mention("lui", "pronoun"),
    ]
    record.statements, record.events = record.statements[:1], []
    assert printed(record, 100)[-8:-3] == [
        "Actors",
        "  Mario Neri ×3                 premier · person · Italy · government",
        "                                also premier Rossi",
        "  Named once: Nova, Giappone, Bianchi",
        "",
    ]


@pytest.mark.parametrize("width", [30, 40, 63, 64, 80, 120, 300])
def test_it_fits_the_console(record: Record, width: int) -> None:
    lines = printed(record, width)
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    assert [line for line in lines if line and not line.startswith(" ")][-1] == "Places"


def test_places_and_how_well_they_are_known() -> None:
    text = "Da Roma a Borgo Ignoto, poi Roma e via dei Tigli, in Italia."
    points = [
        ("Roma", "ITA", 41.9, "exact"),
        ("Borgo Ignoto", None, None, None),
        ("via dei Tigli", "ITA", 41.9, "near"),
    ]
    spans = [(text.index(form), form, country, lat, how) for form, country, lat, how in points]
    spans += [(text.rindex("Roma"), *spans[0][1:]), (text.index("Italia"), "Italia", "ITA", 42.0, "area")]
    places = [
        Place(f"p{k}", a, a + len(form), form, country=country, lat=lat, lon=lat, precision=how,  # type: ignore[arg-type]
              kind="country" if form == "Italia" else None)
        for k, (a, form, country, lat, how) in enumerate(spans)
    ]  # fmt: skip
    assert printed(Record(Report("r1", text, "it"), places=places), 100)[-3:-1] == [
        "Places",
        "  Roma (Italy) ×2, Borgo Ignoto (no point), via dei Tigli (Italy, near), Italia",
    ]


def test_the_text_cannot_command_the_terminal() -> None:
    text = "Il \x1b[2Jministro\u202e\nparla."
    record = Record(
        Report("r1", text, "it"), statements=[Statement("s1", "indirect", "asserts", [], [], [Span(0, len(text))])]
    )
    page = "\n".join(printed(record, 80))
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "Il [2Jministro parla." in page


def test_colour_in_a_terminal(record: Record) -> None:
    console = Console(width=80, force_terminal=True, color_system="standard")
    with console.capture() as captured:
        render(record, console)
    assert "\x1b[" in captured.get()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2023-09-03", "3 Sep 2023"),
        ("2023-09", "Sep 2023"),
        ("2023", "2023"),
        ("2023-09-13TMO", "13 Sep 2023, morning"),
        ("2023-09-13T10:30", "13 Sep 2023, 10:30"),
        ("2023-09-13T10:30:00+02:00", "13 Sep 2023, 10:30"),
        ("2023-W38", "week 38 of 2023"),
        ("2023-Q3", "quarter 3 of 2023"),
        ("2023-H1", "half 1 of 2023"),
        ("2023-SU", "summer 2023"),
        ("199X", "1990s"),
        ("199", "1990s"),
        ("PAST_REF", "in the past"),
        ("P6D", "P6D"),
        ("XXXX-09-13", "XXXX-09-13"),
        (None, None),
    ],
)
def test_dates_as_people_write_them(value: str | None, words: str | None) -> None:
    assert readable(value) == words
