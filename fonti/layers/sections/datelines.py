"""What datelines look like: `MOSCA, 13 SET -`, `Berlin (dpa/AFP) –`, `МОСКВА, 12 мар - РИА Новости.`"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...gazetteer import Candidate, gazetteer
from .pieces import NAME, NEXT, UPPER, WORD, Pieces, any_of

LARGE = 100_000  # inhabitants of a town that a dateline tells in small letters, without an agency
DASH = rf"(?:\s*(?:--?|[–—_])+(?=[\s\d\"“«„{UPPER}]|$))"
CAPITALS = rf"[{UPPER}][{UPPER}'’.-]+(?: [{UPPER}][{UPPER}'’.-]*){{0,3}}"


def datelines(words: Mapping[str, Any], p: Pieces) -> tuple[re.Pattern[str], ...]:
    """The patterns in their order; what one has as its `town` or `place` must be one (`is_known`)."""
    initials, agency, word = any_of(words["initials"]), p.agency, WORD
    not_place = rf"(?!{any_of(words['not_places'])}(?!\w))"
    several = rf"{p.place}(?:\s*/\s*{p.place}){{0,2}}"
    region = rf"(?:, {p.place}){{0,2}}"
    where = rf"{several}(?:\s*\({p.place}\))?{region}"
    capitals = rf"{CAPITALS}(?:\s?/\s?{CAPITALS}){{0,2}}"
    known = "?P<place>" if words["checked"] else "?:"
    checked = rf"({known}{several})(?:\s*\({p.place}\))?{region}"
    state = rf"(?:, [{UPPER}][\w.]+(?: [{UPPER}][\w.]+)?)?"
    city = rf"({known}[{UPPER}][{UPPER}'’.-]+(?:[ /][{UPPER}][{UPPER}'’.-]*){{0,2}}){state}"
    one = rf"(?:{agency}|{word}|{initials})"
    agencies = rf"(?:{one}\s*/\s*){{0,3}}{agency}(?:\s*[/,+–-]\s*{one}){{0,3}}"
    signed = rf"(?:\(\s*{agencies}\s*\)|/\s*{agencies}\s*/)"
    by_agency = rf"(?:{signed}|\([^()]{{0,60}}(?<!\w){agency}[^()]{{0,40}}\)|/[^/]{{0,60}}(?<!\w){agency}[^/]{{0,40}}/)"
    sent = rf"(?:\(\s*{p.sent}[^()]{{0,40}}\)|{p.sent}(?:,? {NAME})?)"
    stop = rf"(?:\.?{DASH}|\s*:(?=\s*\S))"
    end = rf"(?:{stop}|\.(?=\s+{NEXT}|\s*$))"
    head = rf"\(?(?:{where}[,.]|{several},?\s*\({p.place}\)|{capitals})\s+(?:{p.dated})\)?"
    follows = rf"(?=\s+{NEXT})"
    return tuple(
        re.compile(pattern)
        for pattern in (
            # (ANSA) - ROMA, 27 GEN -    /ТАСС/.    EFE.-
            rf"(?:\({agencies}\)\.?{DASH}|/{agencies}/(?:\.|{DASH}))(?:\s*{where},? {p.dated}{stop})?",
            # MOSCOW, Sept 13 (Reuters) -    Roma, 13 set. - (Adnkronos) -    МОСКВА, 12 марта. /ТАСС/.
            rf"{head}\.?{DASH}?,?\s*(?:{by_agency}(?:{end}|{follows})|\((?:{word}|{initials})\){stop})",
            rf"\(?{where}, \d{{1,2}} {signed}{stop}",
            # МОСКВА, 12 мар — РИА Новости, Иван Петров.    Москва. 12 марта. INTERFAX.RU -    Lisboa, 12 mar - Lusa -
            rf"{head}\.?[\s,–—-]+{agency}(?:,? {NAME})?{end}",
            rf"(?P<town>{several}){region}[.,]\s+{agency}\.?{DASH}",
            # 12 марта, Минск /Корр. БЕЛТА/.
            rf"{p.dated},? {where}\s*{by_agency}{end}",
            # ROMA, 18 settembre 2023 -    KIEW, von unserem Korrespondenten –
            rf"{head}(?:,?\s*{sent}{stop}|,\s*{sent}\.)",
            rf"\(?(?:{checked}[,.]|{capitals})\s+(?:{p.dated})\)?{stop}(?=\s*(?:{NEXT}|$))",
            rf"{not_place}{checked}(?:[,.]?\s+|\s*[–—-]\s+){sent}(?:{end}|$)",
            # WASHINGTON (AP) —    GORLE (Bergamo) -    BOZEN (lu).    Hanoi (VNA) –    Frankfurt/Main (AP) Der …
            rf"{not_place}{capitals}{region}\s*\((?:{word}|{initials})(?:\s?/\s?(?:{word}|{initials}))?\){DASH}",
            rf"{not_place}{capitals}{region}\s*(?:{signed}|\({initials}\)){end}",
            rf"{not_place}{where}\s*{signed}{stop}",
            rf"{not_place}{several}\s*\({initials}\)(?:{DASH}|\.{follows})",
            rf"{not_place}(?P<place>{several}){region}\s*{signed}(?:{end}|{follows})",
            # NEW YORK —    (NEW YORK) —    AFP -    Paris – Le président …    BERLIN. Der Kanzler …
            rf"(?:{p.sent},?\s+)?{agency}\.?\s*(?:--|[-–—])\s+(?={NEXT}.{{40}})",
            rf"(?:{p.sent},?\s+)?{not_place}\(?{city}\)?\s+(?:--|[-–—])\s+(?={NEXT}.{{40}})",
            rf"{not_place}(?P<town>{several})\s+(?:--|[-–—])\s+(?={any_of(words['opening'])})(?=.{{40}})",
            rf"{not_place}(?P<town>{capitals})\.(?=\s+{NEXT}.{{40}})",
            # LONDON —    Brussel / Gent, alone on their lines
            rf"{not_place}{capitals}{region}\s*(?:--|[–—])\s*$",
            rf"{not_place}(?P<town>{p.place}(?:\s*/\s*{p.place}){{1,2}})$",
        )
    )


def is_known(found: re.Match[str], *, language: str) -> bool:
    """Whether the gazetteer has the places of a match that its form alone does not make sure."""
    parts = found.groupdict()
    towns, place = parts.get("town"), parts.get("place")
    known = towns is None or all(_is_town(town.strip(), language) for town in towns.split("/"))
    return known and (place is None or _is_place(place.partition("/")[0].strip(), language))


def _is_town(name: str, language: str) -> bool:
    """Whether it is the language's own name of a town: of a large one where the name is not in capitals."""
    least = LARGE // 20 if name.isupper() else LARGE
    return any(
        place.kind == "city"
        and place.how in ("name", "exonym")
        and (place.population >= least or place.seat == "country")
        for place in _meant(name, language)
    )


def _is_place(name: str, language: str) -> bool:
    """Whether it is a town or a region."""
    return any(
        place.kind in ("city", "region")
        and (place.how in ("name", "exonym") or (place.kind == "city" and place.population > LARGE // 2))
        for place in _meant(name, language)
    )


def _meant(name: str, language: str) -> list[Candidate]:
    """The gazetteer's places; none for a country, which before a dash is what the report is filed under."""
    found = gazetteer().find(name, language=language) if len(name) > 2 else []
    country = found and found[0].kind == "country" and not any(place.seat == "country" for place in found)
    return [] if country else found
