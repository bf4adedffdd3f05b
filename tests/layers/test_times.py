"""Times by marked lines: tests/cases/times-LANGUAGE.txt says how they are written."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
import spacy
from spacy.tokens import Doc, Span

from fonti.errors import LanguageError
from fonti.layers.times import find_times
from fonti.layers.times.calendar import Partial, easter, pascha
from fonti.lexicon import LANGUAGES
from fonti.record import Time
from tests.layers.trees import tree

CASES = Path(__file__).parent.parent / "cases"
MARK = re.compile(r"\[(.+?) = (?:(DATE|TIME|DURATION|SET) )?(\S+?)\]")


def lines() -> list[tuple[str, str]]:
    found = []
    for path in sorted(CASES.glob("times-*.txt")):
        rows = path.read_text(encoding="utf-8").splitlines()
        found += [(path.stem[-2:], row) for row in rows if row and not row.startswith("#")]
    return found


blank = cache(spacy.blank)


def found(language: str, text: str, published: str | None) -> list[Time]:
    return find_times(blank(language)(text), published=published)


def interval(language: str, text: str, published: str | None) -> tuple[str | None, str | None]:
    (time,) = found(language, text, published)
    return time.earliest, time.latest


@pytest.mark.parametrize(("language", "line"), lines())
def test_lines(language: str, line: str) -> None:
    published, marked = line.split(" ", 1)
    text = MARK.sub(r"\1", marked)
    wanted = [(words, kind or "DATE", value) for words, kind, value in MARK.findall(marked)]
    times = found(language, text, None if published == "-" else published)
    assert [(text[t.start : t.end], t.type, t.value) for t in times] == wanted
    assert [t.id for t in times] == [f"t{n}" for n in range(1, len(times) + 1)]


@pytest.mark.parametrize(
    ("text", "published", "ends"),
    [
        ("Il 3 marzo 1961.", None, ("1961-03-03", "1961-03-03")),
        ("Nel febbraio 2020.", None, ("2020-02-01", "2020-02-29")),
        ("La scorsa settimana.", "2023-09-18", ("2023-09-11", "2023-09-17")),
        ("Il terzo trimestre 2011.", None, ("2011-07-01", "2011-09-30")),
        ("Negli anni '80.", None, ("1980-01-01", "1989-12-31")),
        ("Arrivato ieri.", "2023-09", ("2023-08-31", "2023-09-29")),
        ("Il 17 settembre.", None, (None, None)),
        ("Per sei giorni.", "2023-09-18", (None, None)),
        ("Adesso.", "2023-09", ("2023-09-01", "2023-09-30")),
        ("Di recente.", "2023-09-18", (None, "2023-09-18")),
    ],
)
def test_intervals(text: str, published: str | None, ends: tuple[str | None, str | None]) -> None:
    assert interval("it", text, published) == ends


def test_the_tense_of_the_governing_verb_decides() -> None:
    past = "The the DET 2 det\nport port NOUN 3 nsubj\nclosed close VERB 0 root Tense=Past|VerbForm=Fin\n"
    past += "Thursday Thursday PROPN 3 obl:tmod"
    plan = "They they PRON 2 nsubj\nplanned plan VERB 0 root Tense=Past|VerbForm=Fin\nto to PART 4 mark\n"
    plan += "close close VERB 2 xcomp VerbForm=Inf\nThursday Thursday PROPN 4 obl:tmod"
    values = [find_times(tree("en", table), published="2023-09-18")[0].value for table in (past, plan)]
    assert values == ["2023-09-14", "2023-09-21"]


def test_text_is_left_as_it_is() -> None:
    text = "İstanbul, 3\u00a0marzo 1961: «L’anno scorso»"
    assert [text[t.start : t.end] for t in found("it", text, "1961-03-03")] == ["3\u00a0marzo 1961", "L’anno scorso"]


def test_out_of_the_calendar() -> None:
    assert [t.value for t in found("it", "Il 30 febbraio 2020, 10.000 anni fa.", "2020-03-01")] == [
        "XXXX-02-30",
        "PAST_REF",
    ]


def test_calendar() -> None:
    assert easter(2024).isoformat() == "2024-03-31"
    assert [pascha(year).isoformat() for year in (2018, 2024)] == ["2018-04-08", "2024-05-05"]
    assert Partial.parse("2023-09-18T10:00") == Partial.parse("2023-09-18")
    assert Partial.parse("2023-13") is None
    day = Partial.parse("2024-01-31")
    assert day is not None
    assert day.shift(1, "month").value == "2024-02-29"
    units = ("week", "weekend", "month", "quarter", "half", "season")
    values = ["2024-W05", "2024-W05-WE", "2024-01", "2024-Q1", "2024-H1", "2023-WI"]
    assert [Partial.of(day.first, unit).value for unit in units] == values


def test_part_of_a_name() -> None:
    doc = spacy.blank("en")("Theresa May spoke in May.")
    doc.ents = [Span(doc, 0, 2, label="PER")]
    assert [t.start for t in find_times(doc, published="2018-05-02")] == [21]


def test_as_a_component_of_another_pipeline() -> None:
    nlp = spacy.blank("it")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Vera Agosto"}])  # type: ignore[attr-defined]
    nlp.add_pipe("fonti_times", config={"published": "2023-09-18"})
    first, second = nlp("Vera Agosto è arrivata ieri."), nlp.make_doc("È arrivata ieri.")
    assert [(t.start, t.value) for t in first._.times] == [(23, "2023-09-17")]
    second._.published = "2020-01-01"
    for _, pipe in nlp.pipeline:
        second = pipe(second)
    assert [t.value for t in second._.times] == ["2019-12-31"]


def test_a_component_in_a_language_that_fonti_does_not_read() -> None:
    with pytest.raises(LanguageError, match="does not read"):
        spacy.blank("sv").add_pipe("fonti_times")


@pytest.mark.parametrize("year", range(1990, 2041))
def test_weeks_and_days_at_the_end_of_every_year(year: int) -> None:
    for day in (date(year, 12, 24) + timedelta(days=n) for n in range(16)):
        told = found("en", "Last week, next week, yesterday, tomorrow, three weeks ago.", day.isoformat())
        weeks = [(day + timedelta(weeks=n)).isocalendar() for n in (-1, 1, -3)]
        last, following, third = (f"{week.year}-W{week.week:02}" for week in weeks)
        days = [(day + timedelta(days=n)).isoformat() for n in (-1, 1)]
        assert [t.value for t in told] == [last, following, *days, third]
        monday = day - timedelta(days=day.weekday())
        assert [told[0].earliest, told[0].latest] == [(monday - timedelta(days=n)).isoformat() for n in (7, 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_noise(language: str) -> None:
    noise = Random(1).randbytes(100_000).decode("latin-1")
    assert not find_times(Doc(blank(language).vocab, [noise]), published="2023-09-18")
