"""A language's `sections.toml`, compiled: what headers, datelines, credits and boilerplate look like."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ...lexicon import has, lexicon

LONG_CREDIT = 100  # characters


@dataclass(frozen=True, slots=True)
class Patterns:
    """A language's `sections.toml`, compiled."""

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
    month = _any(words["months"])
    agency = _any(sorted(words["agencies"], key=len, reverse=True), escape=True)
    date = (
        rf"(?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)(?![\d-])"
        rf"|(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.](?P<y>\d{{4}})"
        rf"|(?P<month>\d{{1,2}})/(?P<of>\d{{4}})\b"
        rf"|(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th|º|°)?\s+)?(?P<m>\b{month}\b)\.?,?\s+(?:(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,\s+)?(?P<y2>\d{{4}})\b"
    )
    plain_date = re.sub(r"\?P<\w+>", "?:", date)
    day = rf"(?:\b{_any(words['weekdays'])}\b\.?,?\s+)?"
    hour = r"\d{1,2}[:.]\s?\d{2}(?::\s?\d\d)?(?:\s*(?:[ap]\.?m\.?|[A-Z]{2,4})\b)?"
    clock = rf"(?:(?:\s*[,|·–-])?\s+(?:{_any(words['clock'])}\s+)?{hour})?"
    whole_date = rf"{day}(?:{plain_date}){clock}"
    dated = rf"(?:(?i:{plain_date})|\d{{1,2}}º?\s+(?i:{month})\.?|(?i:{month})\.?\s+\d{{1,2}})"
    word = r"[A-ZÀ-Þ][\w'’.-]*"
    caps = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ'’.-]*){0,4}"
    city = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ'’.-]*){0,2}(?:, [A-ZÀ-Þ][\w.]+(?: [A-ZÀ-Þ][\w.]+)?)?"
    place = rf"{word}(?: {word}){{0,4}}"
    not_place = rf"(?!(?:{_any(words['not_places'])})\b)"
    region = rf"(?:, {place}){{0,2}}"
    dash = r"(?:\s*(?:--?|[–—_])+(?=[\s\"“«A-ZÀ-Þ]|$))"
    sent = rf"(?:(?i:{_any(words['sent'])}),?\s+)?"
    stop = rf"(?:{dash}|\s*:(?=\s*\S))"
    by = rf"(?:{_any(words['by'])})"
    photo = _any(words["photo"])
    name = rf"{word}(?:[ ]{word}){{0,3}}"
    full = rf"{word}(?:[ ]{word}){{1,3}}"
    first_signers = rf"(?:{name}\s*(?:/|\bvia\b|[-–—,])\s*)*"
    signer = rf"{first_signers}(?:{agency})\b(?:\s*(?:/|\bvia\b|\be\b|\band\b)\s*(?:{agency}\b|{name}))*"
    alone = rf"(?:{name}\s*/\s*)*(?:{agency})(?:\s*(?:/|\bvia\b)\s*{name})*"
    return Patterns(
        date=re.compile(date, re.I),
        months=tuple(re.compile(m, re.I) for m in words["months"]),
        day_first=words.get("day_first"),
        header=re.compile(rf"(?:{_any(words['header'])})\s*[:=]?\s*{whole_date}(?:\s*[|·–-](?=\s))?", re.I),
        date_line=re.compile(rf"(?:{name},?\s+)?(?i:{whole_date})|{caps}{region}\s+\d{{4}}-\d\d-\d\d", 0),
        datelines=tuple(
            re.compile(p)
            for p in (
                # (ANSA) - ROMA, 27 GEN -
                rf"\((?:{agency})\){dash}(?:\s*{place}{region},? {dated}{stop})?",
                # MOSCOW, Sept 13 (Reuters) -    Roma, 13 set. - (Adnkronos) -    ROMA, 18 settembre 2023 -
                rf"\(?(?:{place}{region},|{caps}) {dated}\)?(?:{dash}?\s*\((?:{agency}|{word})\))?{stop}",
                # WASHINGTON (AP) —    GORLE (Bergamo) -    Hanoi (VNA) –
                rf"{not_place}{caps}{region}\s*\({word}(?:/{word})?\){dash}",
                rf"{not_place}{place}{region}\s*\((?:{agency})(?:/{word})?\){stop}",
                # NEW YORK —    (NEW YORK) —    AFP -
                rf"{sent}{not_place}(?:\({city}\)|{city}|{agency})\s+(?:--|[-–—])\s+(?=[\"“«‘A-ZÀ-Þ].{{40}})",
                # LONDON —, alone on its line
                rf"{not_place}{city}\s*(?:--|[–—])\s*$",
            )
        ),
        photo=re.compile(rf"[(\[]?(?i:{photo})(?:\s*(?:[:/©|]|[-–—]\s)|\s+(?i:{by})\b\s*:?|\s+(?=(?:{agency})\b))\s*"),
        photo_last=re.compile(
            rf"(?<=\S\s)[(\[](?:(?i:{photo})\b\s*(?:[:/©|]|(?i:{by})\b|(?=(?:{agency})\b))[^()\[\]]*|{name}\s*/\s*{signer}|(?:{agency})\s*[/|][^()\[\]]+)[)\]]\.?$"
            rf"|(?<=[.!?\"”’)»]\s)(?i:{photo})\s*[:©/][^.!?]{{2,{LONG_CREDIT}}}\.?$"
            rf"|(?<=\S\s)(?:{agency})/{name}$"
        ),
        holder=re.compile(rf"{signer}[)\]]?(?:\s*[|.:–—-](?=\s|$))?"),
        names_photographer=re.compile(
            rf"(?:©\s*)?{alone}|(?=.*(?:/|\bvia\b)){alone}\.|"
            r"[(\[][A-ZÀ-Þ][^()\[\]/]{1,60}/\s*[^\W\d][^()\[\]]{1,40}[)\]]"
        ),
        signed=re.compile(
            rf"\s[(\[](?:{agency})(?:, (?:{agency}))*[)\]]\.?$|(?<=[.!?\"”»])\s*[-–—]\s*(?:{agency})\.?$"
        ),
        caption=re.compile(rf"[(\[]?(?:{_any(words['caption'])})(?![\w])", re.I),
        byline=re.compile(
            rf"(?i:{_any(words['byline'])})\s+{full}(?:(?:,| and| e| &) {full})*(?:(?:[,|]| per| for)\s*{name})*"
        ),
        rights=re.compile(
            rf"(?:^|(?<=[.!?»”\")|–—-]\s)|(?<=\()|(?=©))(?:{_any(words['rights'])})(?=\W|$|(?<=\s)|(?<=\d)).*$",
            re.I | re.S,
        ),
        boilerplate=re.compile(rf"[(\[*→►»>-]*\s*(?:{_any(words['boilerplate'])})", re.I),
        boilerplate_end=re.compile(rf"(?:{_any(words['boilerplate_end'])})\.?\s*$", re.I),
    )


def _any(words: Iterable[str], *, escape: bool = False) -> str:
    """One of the words; where there are none, what nothing matches."""
    return f"(?:{'|'.join(re.escape(w) if escape else w for w in words) or '(?!)'})"


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
