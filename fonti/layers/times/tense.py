"""Whether the clause around a time tells of the past or of the future."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc, Token

from fonti.layers import syntax
from fonti.lexicon import lexicon

from .patterns import plain

END = re.compile(r"[.;:!?\n](?:\s|$)")


def direction(doc: Doc, text: str, start: int, end: int) -> int | None:
    """Past -1, future 1, ``None`` where nothing says: by the parse and by words such as "will"; the future wins."""
    language = doc.lang_
    if words(language)["ahead"].search(plain(text[max(0, start - 30) : start])):
        return 1
    found = [written(text, start, end, language)]
    if doc.has_annotation("DEP"):
        span = doc.char_span(start, end, alignment_mode="expand")
        found.append(governed(span.root) if span is not None else None)
    return 1 if 1 in found else -1 if -1 in found else None


def governed(token: Token) -> int | None:
    """The tense of the verb that governs the token, or of the first verb above it that has one."""
    below = token
    for head in list(syntax.chain(token))[1:]:
        if syntax.is_clause(head):
            tense = syntax.tense(head)
            plans = head.lemma_.lower() in planning(head.doc.lang_)
            if tense == "future" or (plans and syntax.label(below) in ("xcomp", "ccomp")):
                return 1  # "they planned to close on Friday"
            if tense == "past":
                return -1
        below = head
    return None


def written(text: str, start: int, end: int, language: str, *, reach: int = 80) -> int | None:
    """By the nearest word of the same stretch that tells: first of those before the time, else of those after it."""
    before = re.split(END, text[max(0, start - reach) : start])[-1]
    after = re.split(END, text[end : end + reach])[0]
    telling = words(language)["telling"]
    nearest = [*telling.finditer(plain(before))][-1:] or [*telling.finditer(plain(after))][:1]
    return next((1 if match["future"] else -1 for match in nearest), None)


@cache
def planning(language: str) -> frozenset[str]:
    return frozenset(lexicon(language, "times")["tense"]["planning"])


@cache
def words(language: str) -> dict[str, re.Pattern[str]]:
    tense = lexicon(language, "times")["tense"]
    telling = re.compile(rf"\b(?:(?P<future>{tense['future']})|{tense['past']})\b")
    return {"telling": telling, "ahead": re.compile(rf"\b(?:{tense['ahead']}) $")}
