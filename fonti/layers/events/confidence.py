"""How sure the reading of an event is: of the events at 0.8, some 80 in 100 are right."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from .text import Text, is_definite, is_noun, is_plural, is_public
from .triggers import Act


def confidence(text: Text, act: Act) -> float:
    """The chance that it is an act of that type: a logistic regression over its signs (``models/confidence.py``)."""
    known = weights()
    return round(1 / (1 + math.exp(-sum(known.get(sign, 0.0) for sign in signs(text, act)))), 2)


def signs(text: Text, act: Act) -> Iterator[str]:
    """What speaks for an act or against it."""
    word, sides = act.word, act.sides
    noun = "noun" if is_noun(act.head) else "verb"
    yield from ("all", noun, f"type {word.type}", f"gate {word.gate} {noun}")
    yield f"sides {noun} {bool(sides.actors):d}{bool(sides.recipients):d}"
    if any(is_public(text, side) for side in sides.all()):
        yield "public"
    if word.rest:
        yield "phrase"
    if word.object or word.near or word.predicate:
        yield "conditions"
    if noun == "noun":
        yield f"noun {'definite' if is_definite(act.head) else 'bare'} {'many' if is_plural(act.head) else 'one'}"


@cache
def weights() -> dict[str, float]:
    """Sign -> log odds."""
    table = files("fonti").joinpath("data", "confidence.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {sign: float(weight) for sign, weight in rows}
