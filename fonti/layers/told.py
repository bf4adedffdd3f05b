"""What nets are told of the words of a report: numbers of choices, so that a net trained on some languages reads all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from fonti.nets import plain
from fonti.record import Span

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
DASHES = ("–", "—", "-", "--", "―")
BREAKS = frozenset({",", ";", ":", "(", ")", *DASHES})
STEPS = 3  # up the tree from the cue, told apart by the label of the branch
FAR = 400  # tokens; what is farther counts as that far

# the choices of what is told of each word, and how many ways lead through a tree from one word to another
CHOICES = {"pos": len(POSITIONS), "label": len(LABELS), "name": len(NAMES), "form": len(FORMS), "head": 17}
WAYS = STEPS * (len(LABELS) + 1) + 4


@dataclass(slots=True)
class Table:
    """What is told of all the words of a report, column by column, which is faster than word by word."""

    words: list[str]
    told: dict[str, Numbers]  # by the names in ``CHOICES``
    heads: Numbers  # of each token the number of its head
    sentences: Numbers
    breaks: Numbers  # how many there are up to each token
    at: Numbers  # where each token begins

    @classmethod
    def of(cls, doc: Doc) -> Table:
        raw = doc.to_array(["POS", "DEP", "ENT_TYPE", "MORPH", "HEAD", "ORTH", "IDX", "SENT_START"]).astype(np.uint64)
        strings = doc.vocab.strings
        orth = raw[:, 5].tolist()
        forms = {form: strings[form] for form in set(orth)}
        shown = {form: plain(text) for form, text in forms.items()}
        broken = {form for form, text in forms.items() if text in BREAKS}
        told = {}
        asked: dict[str, Callable[[str], int]] = {"pos": _position, "label": _label, "name": _name, "form": _form}
        for source, (column, number) in enumerate(asked.items()):
            values, which = np.unique(raw[:, source], return_inverse=True)
            told[column] = np.array([number(strings[int(value)]) for value in values], np.int64)[which]
        offsets = raw[:, 4].astype(np.int64)
        told["head"] = far(offsets)
        return cls(
            [shown[form] for form in orth],
            told,
            np.arange(len(doc)) + offsets,
            np.cumsum(raw[:, 7] == 1),
            np.cumsum([form in broken for form in orth]),
            raw[:, 6].astype(np.int64),
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


def far(distance: Numbers) -> Numbers:
    """A signed distance by its size: 0, 1, 2, up to 4, 8, 16, 32, more."""
    size = np.abs(np.clip(distance, -FAR, FAR))
    return 8 + np.sign(distance) * np.searchsorted([1, 2, 3, 5, 9, 17, 33], size, side="right")


def inside(at: Numbers, spans: Iterable[Span]) -> NDArray[np.bool_]:
    """Of words that begin there, which the spans hold."""
    held = np.zeros(len(at), bool)
    for span in spans:
        held |= (at >= span.start) & (at < span.end)
    return held


def ways(heads: Numbers, labels: Numbers, sentences: Numbers, cues: Numbers) -> Numbers:
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
