"""Trees of one sentence each, drawn by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from fonti.layers import syntax
from fonti.record import Span
from tests.layers.trees import tree

FIN = "Mood=Ind|Tense=Pres|VerbForm=Fin"
PART = "Tense=Past|VerbForm=Part"
MINISTER = f"""
Anna Anna PROPN 8 nsubj
Rossi_ Rossi PROPN 1 flat:name
, , PUNCT 4 punct
ministra ministro NOUN 1 appos
dell’_ di ADP 6 case
Economia economia NOUN 4 nmod
ha avere AUX 8 aux {FIN}
promesso promettere VERB 0 root {PART}
aiuti aiuto NOUN 8 obj
e e CCONJ 11 cc
chiesto chiedere VERB 8 conj {PART}
calma_ calma NOUN 11 obj
. . PUNCT 8 punct
"""
BRIDGE = f"""
Il il DET 2 det
ponte ponte NOUN 5 nsubj:pass
non non ADV 5 advmod Polarity=Neg
sarà essere AUX 5 aux:pass Mood=Ind|Tense=Fut|VerbForm=Fin
chiuso chiudere VERB 0 root {PART}
dalla da ADP 7 case
città città NOUN 5 obl:agent
che che PRON 10 nsubj PronType=Rel
lo lo PRON 10 obj
gestisce_ gestire VERB 7 acl:relcl {FIN}
. . PUNCT 5 punct
"""
BANK = f"""
The the DET 2 det
bank bank NOUN 4 nsubj
had have AUX 4 aux Mood=Ind|Tense=Past|VerbForm=Fin
asked ask VERB 0 root {PART}
clients client NOUN 4 obj
to to PART 7 mark
wait wait VERB 4 xcomp VerbForm=Inf
according accord VERB 10 case
to to ADP 8 fixed
Reuters_ Reuters PROPN 4 obl
. . PUNCT 4 punct
"""


def words(doc: Doc, span: Span) -> str:
    return doc.text[span.start : span.end]


def names(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


@pytest.mark.parametrize(
    "options, phrase",
    [
        ({}, "Anna Rossi, ministra dell’Economia"),
        ({"apposition": False}, "Anna Rossi"),
    ],
)
def test_noun_phrase(options: dict[str, bool], phrase: str) -> None:
    doc = tree("it", MINISTER)
    assert words(doc, syntax.noun_phrase(doc[0], **options)) == phrase


def test_noun_phrase_leaves_preposition_and_relative_clause() -> None:
    doc = tree("it", BRIDGE)
    assert words(doc, syntax.noun_phrase(doc[6])) == "città"
    assert words(doc, syntax.noun_phrase(doc[6], relative=True)) == "città che lo gestisce"


@pytest.mark.parametrize(
    ("table", "head", "phrase"),
    [
        # what a parser hung on behind a name, and behind an adjective
        (
            "al a ADP 2 case\npremier premier NOUN 0 root\nRossi Rossi PROPN 2 flat\ndroni drone NOUN 2 nmod",
            1,
            "premier Rossi",
        ),
        (
            "al a ADP 2 case\npremier premier NOUN 0 root\nrusso russo ADJ 2 amod\ndroni drone NOUN 2 nmod",
            1,
            "premier russo",
        ),
        # but not what has a word of its own in between, or is the noun's own neighbour
        (
            "premier premier NOUN 0 root\nrusso russo ADJ 1 amod\ndi di ADP 4 case\nieri ieri NOUN 1 nmod",
            0,
            "premier russo di ieri",
        ),
        ("droni drone NOUN 0 root\nkamikaze kamikaze NOUN 1 nmod", 0, "droni kamikaze"),
        # the clause of what he is accused of
        (
            "governo governo NOUN 0 root\nrusso russo ADJ 1 amod\ndi di ADP 5 mark\naver avere AUX 5 aux\n"
            "invaso invadere VERB 1 acl",
            0,
            "governo russo",
        ),
    ],
)
def test_noun_phrase_ends_where_another_begins(table: str, head: int, phrase: str) -> None:
    doc = tree("it", table)
    assert words(doc, syntax.noun_phrase(doc[head])) == phrase


def test_shared_subject() -> None:
    doc = tree("it", MINISTER)
    assert names(syntax.subjects(doc[10])) == ["Anna"]
    assert names(syntax.objects(doc[10])) == ["calma"]


def test_passive_agent_is_found_through_a_relative_pronoun() -> None:
    doc = tree("it", BRIDGE)
    assert syntax.is_passive(doc[4]) and not syntax.is_passive(doc[9])
    assert names(syntax.agents(doc[4])) == names(syntax.agents(doc[9])) == ["città"]
    assert names(syntax.objects(doc[4])) == ["ponte"]


def test_negation_tense_and_cases() -> None:
    bridge, bank, minister = tree("it", BRIDGE), tree("en", BANK), tree("it", MINISTER)
    assert syntax.negated(bridge[4]) and not syntax.negated(bank[3])
    assert [syntax.tense(verb) for verb in (bridge[4], bridge[9], bank[3], bank[6], minister[7])] == [
        "future", "present", "past", "unspecified", "past",
    ]  # fmt: skip
    assert syntax.case_word(bridge[6]) == "da"
    assert syntax.case_word(bank[9]) == "according to"
    assert names(syntax.obliques(bank[3], ["according to"])) == ["Reuters"]


MODAL = f"""
Smith Smith PROPN 4 nsubj:pass
should should AUX 4 aux VerbForm=Fin
be be AUX 4 aux:pass VerbForm=Inf
released release VERB 0 root {PART}

I il DET 2 det
colpevoli colpevole NOUN 5 nsubj:pass
devono dovere AUX 5 aux {FIN}
essere essere AUX 5 aux:pass VerbForm=Inf
multati multare VERB 0 root {PART}

Smith Smith PROPN 4 nsubj
may may AUX 4 aux VerbForm=Fin
have have AUX 4 aux VerbForm=Inf
left leave VERB 0 root {PART}

L'_ il DET 2 det
aeroporto aeroporto NOUN 4 nsubj:pass
è essere AUX 4 aux:pass {FIN}
occupato occupare VERB 0 root {PART}
dai da ADP 6 case
ribelli ribelle NOUN 4 obl:agent
"""


def test_a_passive_under_a_modal_is_to_come_and_one_with_an_agent_goes_on() -> None:
    doc = tree("en", MODAL)
    assert [syntax.tense(verb) for verb in (doc[3], doc[8], doc[12], doc[16])] == [
        "future",
        "future",
        "past",
        "present",
    ]


def test_controlled_subject() -> None:
    doc = tree("en", BANK)
    assert names(syntax.subjects(doc[6])) == ["clients"]


def test_spans_lose_punctuation_at_their_edges() -> None:
    doc = tree("it", MINISTER)
    clause = syntax.trimmed(doc, range(doc[7].left_edge.i, doc[7].right_edge.i + 1))
    assert clause and words(doc, clause) == doc.text.strip(" .")
    assert [words(doc, span) for span in syntax.stretches(doc, [2, 3, 4, 5, 8, 12])] == [
        "ministra dell’Economia",
        "aiuti",
    ]
