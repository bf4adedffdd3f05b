"""Lemmas as scripts: what is cut out of a form, dropped from its end and added."""

from __future__ import annotations

import re
import zlib

CASED = frozenset({"de", "ru"})  # languages whose proper nouns are inflected


def endings(form: str, pos: str, language: str) -> list[int]:
    """Keys of a word and of its last five to one letters, the longest first."""
    low = form.lower()
    keys = [f"{language} {pos} {low}", *(f"{language} {pos} -{low[-n:]}" for n in (5, 4, 3, 2, 1))]
    return [zlib.crc32(key.encode()) for key in keys]


def script(form: str, lemma: str) -> str:
    """How the lemma is made from the form: what is cut out where it first stands ("ge" of gemacht), letters to drop at
    the end, letters to add; a circumflex where both begin with a capital."""
    a, b = form.lower(), lemma.lower()
    choices = [(_cost(a, b), _ending(a, b), "")]
    if choices[0][0] > 4:
        for size in (1, 2, 3):
            for i in range(len(a) - size):
                cut, rest = a[i : i + size], a[:i] + a[i + size :]
                if a.find(cut) == i:
                    choices.append((_cost(rest, b) + size + 1, _ending(rest, b), cut))
    _, ending, cut = min(choices)
    capital = "^" if form[:1].isupper() and lemma[:1].isupper() else ""
    return capital + (f"{cut}-" if cut else "") + ending


def _same(a: str, b: str) -> int:
    """How many letters two words have in common at their beginnings."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _cost(a: str, b: str) -> int:
    return len(a) + len(b) - 2 * _same(a, b)


def _ending(a: str, b: str) -> str:
    same = _same(a, b)
    return f"{len(a) - same}{b[same:]}"


def lemma(form: str, script: str, pos: str, language: str) -> str:
    """The lemma that ``script`` makes of the form; a proper noun keeps its capitals, and most languages' its form."""
    capital, cut, drop, add = re.fullmatch(r"(\^?)(?:(.+)-)?(\d+)(\D.*)?", script).groups(default="")  # type: ignore[union-attr]
    low = form.lower()
    if (pos == "PROPN" and language not in CASED) or int(drop) + len(cut) > len(low):
        return form
    at = low.find(cut)
    rest = low[:at] + low[at + len(cut) :] if at >= 0 else low
    made = rest[: len(rest) - int(drop)] + add
    if not capital:
        return made or form
    if form.isupper() and len(form) > 1:
        return made.upper()
    # the form's capitals stay: "McDonalds"
    kept = 0 if cut else _same(low, made)
    return form[:kept] + made[kept:] if kept else made[:1].upper() + made[1:]
