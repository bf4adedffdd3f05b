"""Contexts: parses made by hand, one case a rule."""

from __future__ import annotations

from typing import get_args

import pytest

from fonti.layers.events import find_events
from fonti.layers.events.contexts import special
from fonti.lexicon import LANGUAGES, lexicon
from fonti.record import Context, Event, Section, Span, Time

from .trees import tree

ATTACK = """
Soldati soldato NOUN 3 nsubj Number=Plur
hanno avere AUX 3 aux Mood=Ind|Tense=Pres|VerbForm=Fin
attaccato attaccare VERB 0 root Tense=Past|VerbForm=Part
la il DET 5 det Definite=Def
città città NOUN 3 obj Number=Sing
mentre mentre SCONJ 9 mark _
il il DET 8 det Definite=Def
tribunale tribunale NOUN 9 nsubj Number=Sing
taceva tacere VERB 3 advcl Mood=Ind|Tense=Imp|VerbForm=Fin
"""

MEETING = """
Ministri ministro NOUN 3 nsubj Number=Plur
hanno avere AUX 3 aux Mood=Ind|Tense=Pres|VerbForm=Fin
incontrato incontrare VERB 0 root Tense=Past|VerbForm=Part
sindaci sindaco NOUN 3 obj Number=Plur
dopo dopo SCONJ 8 mark _
che che SCONJ 5 fixed _
il il DET 8 det Definite=Def
referendum referendum NOUN 9 nsubj Number=Sing
finì finire VERB 3 advcl Mood=Ind|Tense=Past|VerbForm=Fin
"""


def contexts(table: str, sections: list[Section] | None = None) -> list[list[str]]:
    return [list(e.contexts) for e in find_events(tree("it", table), [], [], [], [], sections=sections or [])]


def test_the_clause_comes_first() -> None:
    assert contexts(ATTACK) == [["military"]]


def test_else_the_sentence_tells() -> None:
    assert contexts(MEETING) == [["election"]]


def test_the_headline_counts_for_all() -> None:
    doc = tree("it", "Terremoto terremoto NOUN 0 root Number=Sing\n\n" + ATTACK.strip())
    (event,) = find_events(doc, [], [], [], [], sections=[Section(0, 9, "headline")])
    assert event.contexts == ["disaster", "military"]


def test_a_persons_name_is_no_context() -> None:
    doc = tree("it", ATTACK.replace("Soldati soldato NOUN", "Soldati soldato PROPN"))
    doc.set_ents([doc.char_span(0, 7, label="PER")])
    assert [e.contexts for e in find_events(doc, [], [], [], [], sections=[])] == [["legal"]]


YEARS = [
    Time("t1", 0, 4, "DATE", "1944", "1944-01-01", "1944-12-31"),
    Time("t2", 0, 4, "DATE", "2023-08", "2023-08-01", "2023-08-31"),
]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Event("e1", "ASSAULT", Span(0, 1), tense="past"), set()),
        (Event("e1", "ASSAULT", Span(0, 1), tense="future", certainty="possible"), {"future", "hypothetical"}),
        (Event("e1", "ASSAULT", Span(0, 1), polarity="negative"), {"negation"}),
        (Event("e1", "ASSAULT", Span(0, 1), time="t1"), {"historical"}),
        (Event("e1", "ASSAULT", Span(0, 1), time="t2"), set()),
    ],
)
def test_special_contexts(event: Event, expected: set[str]) -> None:
    assert special(event, YEARS, "2023-09") == expected


def test_nothing_is_history_of_a_report_without_date() -> None:
    assert special(Event("e1", "ASSAULT", Span(0, 1), time="t1"), YEARS, None) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_contexts(language: str) -> None:
    table = lexicon(language, "events")["contexts"]
    assert list(table) == list(get_args(Context))[:26]
    assert all(word == word.lower() for words in table.values() for word in words.split())
    assert all(words.strip() for words in table.values())
