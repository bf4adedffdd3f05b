"""What the judge is told of a stretch of words: of each word, of each cue, and of each pair of the two.

All of it is numbers of choices, so that a net trained on the attributions of two languages reads the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from fonti.layers import syntax
from fonti.layers.parse import runs
from fonti.layers.statements.found import DASHES, Found
from fonti.layers.statements.reading import Reading
from fonti.nets import plain
from fonti.record import Act, Span

Numbers = NDArray[np.int64]

_POSITIONS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE"
_LABELS = """
other acl acl:relcl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated
expl fixed flat goeswith iobj list mark nmod nsubj nsubj:pass nummod obj obl obl:agent orphan parataxis punct
reparandum ROOT vocative xcomp
"""
POSITIONS, LABELS = _POSITIONS.split(), _LABELS.split()
FORMS = ["", "Fin", "Sub", "Cnd", "Inf", "Part", "Ger"]  # of a verb: mood where it tells, else the form
NAMES = ["", "PER", "ORG", "LOC"]
SORTS = ["", "verb", "noun", "adjective"]
ACTS = ["", *get_args(Act)]
FRAMES = ["speech", "clause", "infinitive", "object", "about", "charge", "as", "name", "self"]
RULES = ["", "direct", "aside", "introduced", "headed", "pointer", "marker", "bare", *FRAMES]
BREAKS = frozenset({",", ";", ":", "(", ")", *DASHES})
# whose habits of what a statement is: one of several, people's by our guide, PolNeAR, German Wikinews, the ADAQ thesis
GUIDES = ["", "fonti", "polnear", "wikinews", "adaq"]
STEPS = 3  # up the tree from the cue, told apart by the label of the branch
FAR = 400  # tokens; what is farther counts as that far

WORD = {
    "pos": len(POSITIONS), "label": len(LABELS), "quote": 6, "cue": 64, "act": len(ACTS), "name": len(NAMES),
    "form": len(FORMS), "head": 17, "guide": len(GUIDES),
}  # fmt: skip
CUE = {"rule": len(RULES), "act": len(ACTS), "source": 3, "verb": 4, "guide": len(GUIDES)}
PAIR = {"tree": STEPS * (len(LABELS) + 1) + 4, "rule": 4, "far": 17, "breaks": 24, "side": 6}


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
    table = _words(reading)
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
                table.numbers[own],
                np.array([_cue(reading, proposal) for proposal in here]),
                _pairs(reading, here, start, table, own),
            )


@dataclass(slots=True)
class _Table:
    """What is asked of all the words of a report, column by column, which is faster than word by word."""

    words: list[str]
    numbers: Numbers
    heads: Numbers  # of each token the number of its head
    sentences: Numbers
    breaks: Numbers  # how many there are up to each token
    at: Numbers  # where each token begins
    levels: Numbers


def _words(reading: Reading) -> _Table:
    doc = reading.doc
    raw = doc.to_array(["POS", "DEP", "ENT_TYPE", "MORPH", "HEAD", "ORTH", "IDX", "SENT_START"]).astype(np.uint64)
    n, strings = len(doc), doc.vocab.strings
    orth = raw[:, 5].tolist()
    forms = {form: strings[form] for form in set(orth)}
    shown = {form: plain(text) for form, text in forms.items()}
    broken = {form for form, text in forms.items() if text in BREAKS}
    numbers = np.zeros((n, len(WORD)), np.int64)
    asked: list[tuple[int, Callable[[str], int]]] = [(0, _position), (1, _label), (5, _name), (6, _form)]
    for source, (column, number) in enumerate(asked):
        values, which = np.unique(raw[:, source], return_inverse=True)
        numbers[:, column] = np.array([number(strings[int(value)]) for value in values])[which]
    numbers[:, -1] = GUIDES.index(reading.words.guide)
    offsets = raw[:, 4].astype(np.int64)
    numbers[:, 7] = _far(offsets)
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
    return _Table(
        [shown[form] for form in orth],
        numbers,
        np.arange(n) + offsets,
        np.cumsum(raw[:, 7] == 1),
        np.cumsum([form in broken for form in orth]),
        raw[:, 6].astype(np.int64),
        np.array(reading.levels),
    )


def _position(name: str) -> int:
    return POSITIONS.index(name) if name in POSITIONS else POSITIONS.index("X")


@cache
def _label(name: str) -> int:
    known = {label: i for i, label in enumerate(LABELS)}
    return known.get(name, known.get(name.partition(":")[0], 0))


def _name(name: str) -> int:
    return NAMES.index(name) if name in NAMES else 0


@cache
def _form(features: str) -> int:
    told = dict(pair.split("=") for pair in features.split("|") if "=" in pair)
    mood, form = told.get("Mood", ""), told.get("VerbForm", "")
    if mood in ("Sub", "Cnd"):
        return FORMS.index(mood)
    return FORMS.index(form) if form in FORMS else FORMS.index("Fin") if mood else 0


def _far(distance: Numbers) -> Numbers:
    """A signed distance by its size: 0, 1, 2, up to 4, 8, 16, 32, more."""
    size = np.abs(np.clip(distance, -FAR, FAR))
    return 8 + np.sign(distance) * np.searchsorted([1, 2, 3, 5, 9, 17, 33], size, side="right")


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


def _pairs(reading: Reading, proposals: Sequence[Proposal], start: int, table: _Table, own: slice) -> Numbers:
    """Of each proposal and each word: the way in the tree, the rules' part, distance, breaks and quotations between."""
    k, n = len(proposals), own.stop - own.start
    at, sentences, levels, breaks = table.at[own], table.sentences[own], table.levels[own], table.breaks[own]
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
            _way(table.heads[own] - start, table.numbers[own, 1], sentences, cues),
            rule,
            _far(places - cues[:, None]),
            np.minimum(np.abs(breaks - breaks[cues, None]), 3) + 4 * quotes,
            side,
        ],
        -1,
    )


def inside(at: Numbers, spans: Iterable[Span]) -> NDArray[np.bool_]:
    """Of words that begin there, which the spans hold."""
    held = np.zeros(len(at), bool)
    for span in spans:
        held |= (at >= span.start) & (at < span.end)
    return held


def _side(places: Numbers, first: int, last: int, breaks: Numbers, sentences: Numbers) -> Numbers:
    """Before or behind what the rules take as said, beside it where no break is between, or in it."""
    near = {edge: (breaks == breaks[edge]) & (sentences == sentences[edge]) for edge in (first, last)}
    before = np.where(near[first], 5, 1)
    behind = np.where(near[last], 4, 2)
    return np.where(places < first, before, np.where(places > last, behind, 3))


def _way(heads: Numbers, labels: Numbers, sentences: Numbers, cues: Numbers) -> Numbers:
    """The way in the tree from each cue to each word: the steps up, and the label of the branch that leads down."""
    n = len(heads)
    places = np.arange(n)
    heads = np.where((heads < 0) | (heads >= n), places, heads)
    above = [places]  # of each word: itself, its head, the head of that …
    while (heads[above[-1]] != above[-1]).any():
        above.append(heads[above[-1]])
    chain = np.stack(above)
    depth = (chain != chain[-1]).sum(0)
    by_depth = chain[np.maximum(depth - np.arange(len(chain) + 1)[:, None], 0).clip(max=len(chain) - 1), places]
    known = np.arange(len(chain) + 1)[:, None] <= depth  # whether the word has something above it at that depth
    size = len(LABELS) + 1
    way = STEPS * size + np.where(sentences == sentences[cues, None], 0, 1 + (sentences > sentences[cues, None]))
    done = np.zeros((len(cues), n), bool)
    step = cues
    for up in range(STEPS + 1):
        level = depth[step]
        below = (by_depth[level] == step[:, None]) & known[level] & ~done
        branch = by_depth[level + 1]
        told = np.where(places == step[:, None], size - 1, labels[branch])
        way = np.where(below, STEPS * size + 3 if up == STEPS else up * size + told, way)
        done |= below
        step = heads[step]
    return way
