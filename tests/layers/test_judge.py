"""The judge of statements: its features, its decoding, and marked cases in languages without gold."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc

from fonti.layers.parse import parse
from fonti.layers.statements import find_statements, proposals
from fonti.layers.statements.features import CUE, LABELS, PAIR, WORD, stretches
from fonti.layers.statements.reading import read
from fonti.layers.statements.verdicts import best
from fonti.record import Report, Span
from tests.layers.trees import tree

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import cases

FIN = "Mood=Ind|VerbForm=Fin"
SAID = f"""
Rossi Rossi PROPN 2 nsubj
dice dire VERB 0 root {FIN}
che che SCONJ 6 mark
il il DET 5 det
ponte ponte NOUN 6 nsubj
crolla_ crollare VERB 2 ccomp {FIN}
, , PUNCT 9 punct
ma ma CCONJ 9 cc
ride_ ridere VERB 2 conj {FIN}
. . PUNCT 2 punct
"""
with_model = pytest.mark.skipif(
    not files("fonti").joinpath("data", "nets", "statements.npz").is_file(), reason="no trained judge here"
)
# of the marked cases of each language: how many are read as marked, source and content to the letter
RIGHT = {"es": 27, "fr": 21, "nl": 24, "pt": 23}


def said(doc: Doc) -> list[str]:
    return [doc.text[s.content[0].start : s.content[0].end] for s in find_statements(doc, [], sections=[])]


def test_features_are_numbers_of_choices() -> None:
    reading = read(tree("it", SAID), [])
    (stretch,) = stretches(reading, proposals(reading))
    for numbers, parts in ((stretch.word, WORD), (stretch.cue, CUE), (stretch.pair, PAIR)):
        assert (numbers >= 0).all()
        assert (numbers < np.array(list(parts.values()))).all()
    assert [proposal.token.text for proposal in stretch.proposals] == ["dice"]
    way = stretch.pair[0, :, 0]
    step = len(LABELS) + 1
    assert way[1] == step - 1  # the cue itself
    assert list(way[2:6]) == [LABELS.index("ccomp")] * 4  # below it, by that branch
    assert list(way[6:9]) == [LABELS.index("conj")] * 3
    assert list(stretch.pair[0, :, 1]) == [2, 3, 0, 1, 1, 1, 0, 0, 0, 0]  # source, cue, what the rules take as said


@pytest.mark.parametrize(
    ("odds", "kept"),
    [
        ([2, 2, 2], "111"),
        ([-2, 3, 3, -2], "0110"),
        ([3, 3, -0.5, 3, 3], "11111"),  # a doubt in the middle costs less than a break
        ([3, 3, -9, 3, 3], "11011"),
        ([-1, 0.5, -1], "000"),  # too little to begin for
    ],
)
def test_what_is_said_comes_in_few_stretches(odds: list[float], kept: str) -> None:
    assert "".join(str(int(word)) for word in best(np.array(odds))) == kept


@with_model
def test_the_judge_reads_alone_as_among_others() -> None:
    texts = ["Rossi ha detto che il ponte crolla.", "Secondo Bianchi, la diga regge. Verdi teme che crolli."]
    alone = [said(parse([Report("t", text, "it")])[0]) for text in texts]
    (together,) = parse([Report("t", "\n\n".join(texts), "it")])
    assert said(together) == [*alone[0], *alone[1]]


@with_model
@pytest.mark.parametrize("language", sorted(RIGHT))
def test_marked_cases(language: str) -> None:
    documents = cases.statements()[language]
    docs = parse([Report(one["id"], one["text"], language) for one in documents])
    assert sum(_told(doc) == _marked(one) for doc, one in zip(docs, documents, strict=True)) >= RIGHT[language]


def _told(doc: Doc) -> set[tuple[str, ...]]:
    found = find_statements(doc, [], sections=[])
    return {(_words(doc.text, s.source), _words(doc.text, s.content)) for s in found}


def _marked(document: dict) -> set[tuple[str, ...]]:
    spans = [
        [[Span(**span) for span in statement[part]] for part in ("source", "content")]
        for statement in document["statements"]
    ]
    return {tuple(_words(document["text"], part) for part in parts) for parts in spans}


def _words(text: str, spans: list[Span]) -> str:
    return " … ".join(text[span.start : span.end].strip(".,!?»” ") for span in spans)
