"""What is given, sent or seized, and how many: "cinque droni kamikaze" is 5, "drone kamikaze"."""

from __future__ import annotations

import re

from spacy.tokens import Token

from ...record import Object
from .. import syntax
from .text import Text, counted, is_actor, under

WITH_OBJECTS = ("AID", "MOBILIZE", "RETREAT", "SANCTION", "COERCE", "COOPERATE")
FIGURES = re.compile(r"\d[\d.,']*$")


def objects_of(text: Text, things: list[Token]) -> list[Object]:
    """The things of an act, each with its quantity; persons are no things."""
    return [_object(text, thing) for thing in things if not is_actor(text, thing)]


def _object(text: Text, token: Token) -> Object:
    thing = counted(text, token)
    quantity, unit = _quantity(text, token, thing)
    span = syntax.noun_phrase(token, coordination=False)
    if unit is None and thing.i != token.i and text.words.of_class("MONEYUNIT", text.lemma(thing)):
        unit = text.lemma(thing)
    words = [thing, *(child for child in syntax.children(thing, "amod", "compound", "flat", "nmod")
                      if abs(child.i - thing.i) <= 2 and not syntax.children(child, "case", "det"))]  # fmt: skip
    told = sorted(words, key=lambda word: word.i)
    what = " ".join(text.own_lemma(word) if word is thing else word.text for word in told)
    return Object(span.start, span.end, what, quantity, unit)


def _quantity(text: Text, token: Token, thing: Token) -> tuple[float | None, str | None]:
    value: float | None = None
    unit: str | None = None
    node = token
    while True:
        number = _number(text, node)
        if number is not None:
            value = number if value is None else value * number
        if node.i == thing.i:
            break
        if value is None or text.lemma(node) not in text.words.numbers:
            unit = unit or (text.lemma(node) if text.lemma(node) not in text.words.numbers else None)
        size = text.words.numbers.get(syntax.lower(node), text.words.numbers.get(text.lemma(node)))
        if size is not None and node.pos_ != "NUM":
            value = size if value is None else value * size
        inner = under(text, node, text.words.slots["of"])
        if not inner:
            break
        node = inner[0]
    return value, unit


def _number(text: Text, token: Token) -> float | None:
    """The number on a noun, in words or figures, or its indefinite article."""
    found = syntax.children(token, "nummod")
    words = found[:1] or [det for det in syntax.children(token, "det") if "Ind" in syntax.morph(det, "Definite")][:1]
    if not words:
        return figure(token.text) if token.pos_ == "NUM" else None
    value = text.words.numbers.get(syntax.lower(words[0])) or figure(words[0].text)
    for more in syntax.children(words[0], "compound", "flat", "nummod"):
        factor = text.words.numbers.get(syntax.lower(more)) or figure(more.text)
        value = factor if value is None else value * factor if factor else value
    return value


def figure(text: str) -> float | None:
    """3.000 and 3,000 are three thousand, 2,5 and 2.5 two and a half."""
    if not FIGURES.match(text):
        return None
    digits = re.sub(r"[.,'](?=\d{3}(\D|$))", "", text).replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return None
