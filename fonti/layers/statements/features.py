"""What the judge is told of a stretch of words: of each word, of each cue, and of each pair of the two.

All of it is numbers of choices, so that a net trained on the attributions of two languages reads the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from spacy.tokens import Token

from fonti.layers import syntax
from fonti.layers.parse import runs
from fonti.layers.statements.found import Found
from fonti.layers.statements.reading import Reading
from fonti.layers.told import CHOICES, WAYS, Numbers, Table, far, inside, ways
from fonti.record import Act

SORTS = ["", "verb", "noun", "adjective"]
ACTS = ["", *get_args(Act)]
FRAMES = ["speech", "clause", "infinitive", "object", "about", "charge", "as", "name", "self"]
RULES = ["", "direct", "aside", "introduced", "headed", "pointer", "marker", "bare", *FRAMES]
# whose habits of what a statement is: one of several, people's by our guide, PolNeAR, German Wikinews, the ADAQ thesis
GUIDES = ["", "fonti", "polnear", "wikinews", "adaq"]

WORD = {
    "pos": CHOICES["pos"], "label": CHOICES["label"], "quote": 6, "cue": 64, "act": len(ACTS), "name": CHOICES["name"],
    "form": CHOICES["form"], "head": CHOICES["head"], "guide": len(GUIDES),
}  # fmt: skip
CUE = {"rule": len(RULES), "act": len(ACTS), "source": 3, "verb": 4, "guide": len(GUIDES)}
PAIR = {"tree": WAYS, "rule": 4, "far": 17, "breaks": 24, "side": 6}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A cue that may tell a statement, and what the rules make of it."""

    token: Token
    words: tuple[Token, ...]
    found: Found | None


@dataclass(slots=True)
class Stretch:
    """Words in a row with the proposals among them, as numbers: ``word`` (n, 9), ``cue`` (k, 5), ``pair`` (k, n, 5)."""

    start: int  # the first token
    at: Numbers  # where each word begins
    words: list[str]
    proposals: list[Proposal]
    word: Numbers
    cue: Numbers
    pair: Numbers

    def by(self, guide: str) -> Stretch:
        """The stretch, to be judged by the habits of that guide."""
        word, cue = self.word.copy(), self.cue.copy()
        word[:, -1] = cue[:, -1] = GUIDES.index(guide)
        return replace(self, word=word, cue=cue)


def stretches(reading: Reading, proposals: Sequence[Proposal]) -> Iterator[Stretch]:
    """The paragraphs that hold proposals."""
    table = Table.of(reading.doc)
    numbers, levels = _numbers(reading, table), np.array(reading.levels)
    by_token = {proposal.token.i: proposal for proposal in proposals}
    for run in runs(reading.doc):
        start, stop = run[0], run[-1] + 1
        here = [by_token[i] for i in range(start, stop) if i in by_token]
        if here:
            own = slice(start, stop)
            yield Stretch(
                start,
                table.at[own],
                table.words[own],
                here,
                numbers[own],
                np.array([_cue(reading, proposal) for proposal in here]),
                _pairs(here, start, table, own, levels[own]),
            )


def _numbers(reading: Reading, table: Table) -> Numbers:
    doc = reading.doc
    numbers = np.zeros((len(doc), len(WORD)), np.int64)
    for column, name in enumerate(WORD):
        if name in table.told:
            numbers[:, column] = table.told[name]
    numbers[:, -1] = GUIDES.index(reading.words.guide)
    for quote, span in reading.tokens_of.items():
        if not span:
            continue
        numbers[span.start : span.stop, 2] = np.maximum(numbers[span.start : span.stop, 2], 1 + quote.independent)
    for quote, span in reading.tokens_of.items():
        for i in {span.start, span.stop - 1} if span else ():
            if not quote.inner.start <= doc[i].idx < quote.inner.end and numbers[i, 2] < 3:
                numbers[i, 2] += 3
    for cue in reading.cues:
        frames = 8 * cue.takes("speech") + 4 * cue.takes("clause") + 2 * cue.takes("infinitive") + cue.takes("object")
        numbers[cue.token.i, 3] = 16 * SORTS.index(cue.sort) + frames
        telling = next((entry.act for entry in cue.entries if entry.act != "asserts"), "asserts")
        numbers[cue.token.i, 4] = ACTS.index(telling)
    return numbers


def _cue(reading: Reading, proposal: Proposal) -> tuple[int, ...]:
    token, found = proposal.token, proposal.found
    cue = reading.cue_at.get(token.i)
    frame = found.rule if found and found.rule in FRAMES else "speech"
    return (
        RULES.index(found.rule) if found else 0,
        ACTS.index(cue.act(frame)) if cue else 0,
        1 + bool(found.source) if found else 0,
        2 * syntax.is_passive(token) + syntax.negated(token),
        GUIDES.index(reading.words.guide),
    )


def _pairs(proposals: Sequence[Proposal], start: int, table: Table, own: slice, levels: Numbers) -> Numbers:
    """Of each proposal and each word: the way in the tree, the rules' part, distance, breaks and quotations between."""
    k, n = len(proposals), own.stop - own.start
    at, sentences, breaks = table.at[own], table.sentences[own], table.breaks[own]
    cues = np.array([proposal.token.i - start for proposal in proposals])
    places = np.arange(n)
    rule = np.zeros((k, n), np.int64)
    side = np.zeros((k, n), np.int64)
    for row, proposal in enumerate(proposals):
        if proposal.found is not None:
            rule[row] = np.where(inside(at, proposal.found.source), 2, inside(at, proposal.found.content))
        rule[row, [word.i - start for word in proposal.words if start <= word.i < own.stop]] = 3
        said = np.flatnonzero(rule[row] == 1)
        if len(said):
            side[row] = _side(places, said[0], said[-1], breaks, sentences)
    quotes = np.where(levels == levels[cues, None], 0, np.where(levels == -1, 1, 2)) + 3 * (levels[cues, None] >= 0)
    return np.stack(
        [
            ways(table.heads[own] - start, table.told["label"][own], sentences, cues),
            rule,
            far(places - cues[:, None]),
            np.minimum(np.abs(breaks - breaks[cues, None]), 3) + 4 * quotes,
            side,
        ],
        -1,
    )


def _side(places: Numbers, first: int, last: int, breaks: Numbers, sentences: Numbers) -> Numbers:
    """Before or behind what the rules take as said, beside it where no break is between, or in it."""
    near = {edge: (breaks == breaks[edge]) & (sentences == sentences[edge]) for edge in (first, last)}
    before = np.where(near[first], 5, 1)
    behind = np.where(near[last], 4, 2)
    return np.where(places < first, before, np.where(places > last, behind, 3))
