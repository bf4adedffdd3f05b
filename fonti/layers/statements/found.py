"""What a rule finds, before it is a statement, and the small questions that the rules share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from fonti.layers.quotes import Quote
from fonti.layers.statements.reading import Reading, Sentence
from fonti.record import Act, Span

DASHES = ("–", "—", "-", "--", "―")


@dataclass(slots=True)
class Found:
    """A statement before it gets its id: which rule found it, at which cue."""

    rule: str
    act: Act
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    token: Token | None = None  # the cue's head, None where nothing stands for it
    quotes: list[Quote] = field(default_factory=list)
    sentence: Sentence | None = None  # of a quotation that stands alone
    carries: Found | None = None  # the statement before, with which it goes on


def separates(item: Token | Quote) -> bool:
    return isinstance(item, Token) and item.text in (",", *DASHES)


def verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def indices_of(reading: Reading, items: Sequence[Token | Quote]) -> set[int]:
    found: set[int] = set()
    for item in items:
        found |= {item.i} if isinstance(item, Token) else set(reading.tokens_of[item])
    return found


def joined(reading: Reading, around: set[int], hole: set[int]) -> set[int]:
    """The tokens of a sentence without the commas that set off what was taken out."""
    return {i for i in around if not (reading.doc[i].text == "," and (i + 1 in hole or i - 1 in hole))}
