"""Pieces of which a language's patterns are made: its dates, names, places and agencies as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

UPPER = "A-ZÀ-ÖØ-ÞČĎĐĞİŁŃŇŐŒŘŚŞŠŤŰŹŻŽА-ЯЁІЇЄҐ"
NEXT = rf"[\"“«„‘{UPPER}]"  # what a sentence begins with
WORD = rf"(?:['’]s-)?[{UPPER}][\w'’.-]{{0,30}}(?![\w-])"  # bounded, as are repetitions: noise must not take for ever
NAME = rf"{WORD}(?:[ ]{WORD}){{0,3}}"
ZONE = r"(?-i:(?:[A-Z]{1,4}T|UTC|MES?Z|MSK|МСК|мск)(?!\w))"


@dataclass(frozen=True, slots=True)
class Pieces:
    """Regular expressions, to be put into others."""

    date: str  # its parts are groups
    whole_date: str  # with the weekday and the time of day
    dated: str  # in a dateline, where the year may be left out
    agency: str
    place: str
    full: str  # a person's name of two words or more
    sent: str


def pieces(words: Mapping[str, Any]) -> Pieces:
    """The pieces in the words of a `sections.toml`."""
    month, of = any_of(words["months"]), rf"(?:{any_of(words['of'])}\s+)?"
    nth = rf"(?:{any_of(words['nth'])}(?!\w))?"
    date = (
        rf"(?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)(?![\d-])"
        rf"|(?P<a>\d{{1,2}})[/.-](?P<b>\d{{1,2}})[/.-](?P<y>\d{{4}})(?!\w)"
        rf"|(?P<month>\d{{1,2}})/(?P<of>\d{{4}})\b"
        rf"|(?:(?P<d>\d{{1,2}}){nth}[\s./-]+{of})?(?P<m>\b{month}\b)\.?,?[\s/.-]+{of}"
        rf"(?:(?P<d2>\d{{1,2}}){nth},\s+)?(?P<y2>\d{{4}})\b(?:\s*{any_of(words['year'])}(?!\w))?"
    )
    plain = re.sub(r"\?P<\w+>", "?:", date)
    on = rf"(?:{any_of(words['on'])}\s+)?"
    day = rf"{on}(?:\b{any_of(words['weekdays'])}\b\.?,?\s+)?{on}"
    hour = (
        rf"(?:\d{{1,2}}[:.]\s?\d{{2}}(?::\s?\d\d)?(?:\s*[ap]\.?\s?m\b\.?)?|\d{{1,2}}\s?h(?:\s?\d{{2}})?)(?!\w)"
        rf"(?:\s*{any_of(words['hours'])}(?!\w))?(?:\s*\(?{ZONE}\)?)?"
    )
    clock = rf"(?:(?:\s*[,|·–-])?\s+(?:{any_of(words['clock'])}\s+)?{hour})?"
    short = rf"\d{{1,2}}{nth}[\s.]+{of}{month}\b\.?|{month}\b\.?\s+\d{{1,2}}(?!\w)"
    links = rf"(?:{any_of(words['links'])} )*"
    return Pieces(
        date=date,
        whole_date=rf"{day}(?:{plain}){clock}",
        dated=rf"(?i:{day}(?:(?:{plain}){clock}|{short}))",
        agency=rf"(?:{any_of(sorted(words['agencies'], key=len, reverse=True), escape=True)}(?!\w))",
        place=rf"{WORD}(?: {links}{WORD}){{0,4}}",
        full=rf"{WORD}(?: {links}{WORD}){{1,3}}",
        sent=rf"(?i:{any_of(words['sent'])})",
    )


def any_of(words: Iterable[str], *, escape: bool = False) -> str:
    """One of the words; where there are none, what nothing matches."""
    return f"(?:{'|'.join(re.escape(w) if escape else w for w in words) or '(?!)'})"
