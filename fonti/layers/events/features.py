"""What the judge of events is told of a paragraph: of each word, of each trigger, and of each pair of the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from spacy.tokens import Doc, Token

from ...record import EventType, How, Statement
from .. import syntax
from ..parse import runs
from ..told import CHOICES, WAYS, Numbers, Table, far, inside, ways
from .text import Text
from .triggers import TABLES, Act

TYPES = get_args(EventType)
GATES = ["", "any", "side", "public", "recipient", "willing", "crowd", "force"]
HOWS = ["", *get_args(How)]
_SECTORS = "GOV MIL COP SPY JUD LEG OPP PTY REB SEP UAF CVL MED BUS LAB EDU HLH REL REF CRM SET RAD IGO NGO NGM MNC ELI"
SECTORS = ["", *_SECTORS.split()]
# whose habits of what an event is: one of several, people's by our guide, or a corpus'
GUIDES = ["", "fonti", "plv", "petrarch2", "meantime", "protestas", "colombianotes", "wikievents", "rams"]

WORD = {
    "pos": CHOICES["pos"], "label": CHOICES["label"], "name": CHOICES["name"], "form": CHOICES["form"],
    "head": CHOICES["head"], "listed": len(TYPES) + 1, "gate": len(GATES), "fired": len(TYPES) + 1, "how": len(HOWS),
    "sector": len(SECTORS) + 1, "said": 2, "guide": len(GUIDES),
}  # fmt: skip
TRIGGER = {"type": len(TYPES) + 1, "fired": 2, "verb": 4, "guide": len(GUIDES)}
PAIR = {"tree": WAYS, "rule": 4, "far": 17, "breaks": 4}


@dataclass(slots=True)
class Stretch:
    """Words in a row and what is told of each (n, 12), with the acts that the rules find among them by their place."""

    start: int  # the first token
    words: list[str]
    word: Numbers
    acts: dict[int, Act]
    table: Table
    doc: Doc

    @property
    def own(self) -> slice:
        return slice(self.start, self.start + len(self.words))

    def by(self, guide: str) -> Stretch:
        """The stretch, to be judged by the habits of that guide."""
        word = self.word.copy()
        word[:, -1] = GUIDES.index(guide)
        return replace(self, word=word)


def stretches(text: Text, acts: Sequence[Act], statements: Sequence[Statement]) -> Iterator[Stretch]:
    """The paragraphs of a report."""
    table = Table.of(text.doc)
    numbers = _numbers(text, table, acts, statements)
    by_token = {act.trigger.i: act for act in acts}
    for run in runs(text.doc):
        own = slice(run[0], run[-1] + 1)
        here = {i - own.start: by_token[i] for i in run if i in by_token}
        yield Stretch(own.start, table.words[own], numbers[own], here, table, text.doc)


def _numbers(text: Text, table: Table, acts: Sequence[Act], statements: Sequence[Statement]) -> Numbers:
    columns = {name: np.zeros(len(text.doc), np.int64) for name in WORD} | table.told
    for token in text.doc:
        known = TABLES.get(token.pos_)
        word = next(iter(known(text.words).get(text.lemma(token), ())), None) if known else None
        if word is not None and word.concept != "none":
            columns["listed"][token.i] = 1 + TYPES.index(word.type)
            columns["gate"][token.i] = GATES.index(word.gate) if word.gate in GATES else 1
    for i, (actor, how) in text.actors.items():
        columns["how"][i] = HOWS.index(how)
        sector = actor.sector or ""
        columns["sector"][i] = SECTORS.index(sector) if sector in SECTORS else len(SECTORS)
    for act in acts:
        columns["fired"][act.trigger.i] = 1 + TYPES.index(act.word.type)
    said = [span for statement in statements for span in statement.content]
    columns["said"] = inside(table.at, said).astype(np.int64)
    columns["guide"][:] = GUIDES.index("fonti")
    return np.stack([columns[name] for name in WORD], -1)


def trigger(stretch: Stretch, token: Token, type: str) -> tuple[int, ...]:
    """What is told of one trigger."""
    fired = stretch.acts.get(token.i - stretch.start)
    verb = 2 * syntax.is_passive(token) + syntax.negated(token)
    return 1 + TYPES.index(type), int(fired is not None), verb, int(stretch.word[token.i - stretch.start, -1])


def pairs(stretch: Stretch, tokens: Sequence[Token]) -> Numbers:
    """Of each trigger and each word: the way in the tree, the rules' part in it, distance, and breaks between."""
    own, table = stretch.own, stretch.table
    cues = np.array([token.i - stretch.start for token in tokens])
    places, breaks = np.arange(len(stretch.words)), table.breaks[own]
    rule = np.zeros((len(cues), len(places)), np.int64)
    for row, place in enumerate(cues.tolist()):
        act = stretch.acts.get(place)
        for number, side in enumerate((act.sides.actors, act.sides.recipients) if act else ()):
            for token in side:
                held = inside(table.at[own], [syntax.noun_phrase(token, coordination=False)])
                rule[row, held] = number + 1
        rule[row, place] = 3
    return np.stack(
        [
            ways(table.heads[own] - stretch.start, table.told["label"][own], table.sentences[own], cues),
            rule,
            far(places - cues[:, None]),
            np.minimum(np.abs(breaks - breaks[cues, None]), 3),
        ],
        -1,
    )
