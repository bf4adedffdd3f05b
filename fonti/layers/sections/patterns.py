"""A language's `sections.toml`, compiled: what headers, datelines, credits and boilerplate look like."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ...lexicon import has, lexicon
from .datelines import CAPITALS, datelines
from .pieces import NAME, UPPER, any_of, pieces

LONG_CREDIT = 100  # characters


@dataclass(frozen=True, slots=True)
class Patterns:
    """A language's `sections.toml`, compiled."""

    language: str
    agency: re.Pattern[str]
    date: re.Pattern[str]
    months: tuple[re.Pattern[str], ...]
    day_first: bool | None
    header: re.Pattern[str]
    date_line: re.Pattern[str]
    datelines: tuple[re.Pattern[str], ...]
    photo: re.Pattern[str]
    photo_last: re.Pattern[str]
    holder: re.Pattern[str]
    names_photographer: re.Pattern[str]
    signed: re.Pattern[str]
    caption: re.Pattern[str]
    byline: re.Pattern[str]
    rights: re.Pattern[str]
    boilerplate: re.Pattern[str]
    boilerplate_end: re.Pattern[str]


@cache
def patterns_of(language: str) -> Patterns:
    known = lexicon(language, "sections") if has(language, "sections") else {}
    words: defaultdict[str, Any] = defaultdict(tuple, known)  # without words shape alone tells
    p = pieces(words)
    agency, header, byline = p.agency, any_of(words["header"]), any_of(words["byline"])
    by, photo, joined = any_of(words["by"]), any_of(words["photo"]), any_of(words["and"])
    one_header = rf"{header}\s*[:=]?\s*{p.whole_date}(?:\s*[|·–-](?=\s))?"
    dispatch = rf"(?:{byline}\s+)?(?-i:(?P<agency>(?:{NAME}\s+{any_of(words['with'])}\s+)?{agency}))\s*[,|·:–-]?\s+"
    place = "?P<place>" if words["checked"] else "?:"  # a name before a date may be a caption's
    by_line = rf"{byline}\s+|[,|]\s"
    first_signers = rf"(?:{NAME}\s*(?:/|\bvia\b|[-–—,])\s*){{0,3}}"
    signer = rf"{first_signers}{agency}(?:\s*(?:/|\bvia\b|\b{joined}\b)\s*(?:{agency}|{NAME})){{0,3}}"
    alone = rf"(?:{NAME}\s*/\s*){{0,3}}{agency}(?:\s*(?:/|\bvia\b)\s*(?:{agency}|{NAME})){{0,3}}"
    reserved, rights = any_of(words["reserved"]), any_of(words["rights"])
    return Patterns(
        language=language,
        agency=re.compile(rf"(?<!\w){agency}"),
        date=re.compile(p.date, re.I),
        months=tuple(re.compile(m, re.I) for m in words["months"]),
        day_first=words.get("day_first"),
        # a sentence may begin so too: "Publicado el 12 de marzo, el informe …"
        header=re.compile(
            rf"(?:{dispatch})?{one_header}(?:[\s(,;/]*{one_header}\)?)*(?!\s*[,.]?\s*(?!{by_line})(?-i:[a-zà-ÿа-яё]))",
            re.I,
        ),
        date_line=re.compile(
            rf"(?:(?:{agency}|{p.place}(?=,?[ \t]*\n)|({place}{p.place}))(?:,|\s+[|·])?\s+)??"
            rf"(?i:{p.whole_date})(?:\.?-)?"
            rf"|{CAPITALS}(?:, {p.place}){{0,2}}\s+\d{{4}}-\d\d-\d\d"
        ),
        datelines=datelines(words, p),
        photo=re.compile(rf"[(\[]?(?i:{photo})(?:\s*(?:[:/©|]|[-–—]\s)|\s+(?i:{by})\b\s*:?|\s+(?={agency}))\s*"),
        photo_last=re.compile(
            rf"(?<=\S\s)[(\[](?:(?i:{photo})\b\s*(?:[:/©|]|(?i:{by})\b|(?={agency}))[^()\[\]]*|{NAME}\s*/\s*{signer}|{agency}\s*[/|][^()\[\]]+)[)\]]\.?$"
            rf"|(?<=[.!?\"”’)»]\s)(?i:{photo})\s*[:©/][^.!?]{{2,{LONG_CREDIT}}}\.?$"
            rf"|(?<=\S\s){agency}/{NAME}$"
        ),
        holder=re.compile(rf"{signer}[)\]]?(?:\s*[|.:–—-](?=\s|$))?"),
        names_photographer=re.compile(
            rf"(?:©\s*)?{alone}|(?=.*(?:/|\bvia\b)){alone}\.|"
            rf"[(\[][{UPPER}][^()\[\]/]{{1,60}}/\s*[^\W\d][^()\[\]]{{1,40}}[)\]]"
        ),
        signed=re.compile(
            rf"\s[(\[](?:(?i:{any_of(words['with'])})\s+)?{agency}(?:\s?[,/+]\s?{agency})*[)\]]\.?$"
            rf"|(?<=[.!?\"”»])\s*[-–—]\s*{agency}\.?$"
        ),
        caption=re.compile(rf"[(\[]?{any_of(words['caption'])}(?![\w])", re.I),
        byline=re.compile(
            rf"(?i:{byline})\s+{p.full}(?:(?:,|\s{joined}| &) {p.full})*(?:(?:[,|]|\s{any_of(words['for'])})\s*{NAME})*"
            rf"|{p.sent}(?:\s+[^\W\d]{{1,4}})?(?:[,\s]+{NAME})+"
        ),
        rights=re.compile(
            rf"(?:^|(?<=[.!?»”\")|–—-]\s)|(?<=\()|(?=©))(?:(?P<reserved>{reserved})|{rights})(?=\W|$|(?<=\s)|(?<=\d)).*$",
            re.I | re.S,
        ),
        boilerplate=re.compile(rf"[(\[*→►»>-]*\s*{any_of(words['boilerplate'])}", re.I),
        boilerplate_end=re.compile(rf"{any_of(words['boilerplate_end'])}\.?\s*$", re.I),
    )


def date_value(found: re.Match[str], patterns: Patterns) -> str | None:
    """ISO 8601 of a date in words or figures; None where day and month could be exchanged."""
    if found["iso"]:
        return found["iso"]
    if found["a"]:
        day, month, year = int(found["a"]), int(found["b"]), int(found["y"])
        if not patterns.day_first:
            if day <= 12 and month <= 12 and day != month:
                return None
            day, month = max(day, month), min(day, month)
    elif found["month"]:
        month, day, year = int(found["month"]), 0, int(found["of"])
    else:
        month = next(i for i, m in enumerate(patterns.months, 1) if m.fullmatch(found["m"]))
        day, year = int(found["d"] or found["d2"] or 0), int(found["y2"])
    try:
        return date(year, month, day).isoformat() if day else date(year, month, 1).isoformat()[:7]
    except ValueError:
        return None
