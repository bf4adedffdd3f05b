"""A place and the one that holds it: "Athens, Georgia", "Parigi (Texas)", "Athens, Ga."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from fonti.gazetteer import Candidate, Gazetteer
from fonti.layers.places.mention import Mention, Words
from fonti.record import Place

HOLDER = 4.5  # a village with it outranks a city of ten thousand times its size
HOLDING = HOLDER / 2  # and the region that holds a place named before it is that region, not a namesake
SHARED = 0.8  # what is told beside one mention holds for the report's other mentions of the name, if less
LONGEST = 40  # characters between the two: "Athens, in the US state of Georgia"
LIST = 3  # more names than that, with commas between, are a list: "Denver, Hartford, Houston, Miami"
BIG_CITY = 100_000  # inhabitants of a city that holds the places around it
AROUND = 0.7  # degrees

BETWEEN = re.compile(r"\s*[,(]|\s+\w")
ABBREVIATED = re.compile(r"\s*[,(]\s*([A-Z][A-Za-z.]{1,5})(?!\w)")


def read_holders(
    mentions: Sequence[Mention],
    lists: Sequence[Sequence[Mention]],
    text: str,
    words: Words,
    gazetteer: Gazetteer,
    *,
    language: str,
) -> None:
    """Favours the candidates that lie in a place named right after them, and that place."""
    holding = set(words["holding"])
    many = {id(mention) for listed in lists if len(listed) > LIST for mention in listed}
    for inner, outer in pairwise(mentions):
        between = text[inner.end : outer.start]
        if len(between) > LONGEST or "\n" in between or not BETWEEN.match(between):
            continue
        if {word.casefold() for word in re.findall(r"\w+", between)} <= holding:
            # in a list of towns none holds another
            whole = [place for place in outer.candidates if place.kind in ("region", "country")]
            _hold(inner, whole if id(outer) in many else outer.candidates, outer)
            if not inner.held:
                _hold_namesakes(inner, outer, gazetteer)
    for mention in mentions:
        after = ABBREVIATED.match(text, mention.end)
        short = after and (words["abbreviations"].get(after[1]) or words["abbreviations"].get(after[1].rstrip(".")))
        if short:
            _hold(mention, gazetteer.find(short, language=language), None)


def share(mention: Mention, namesakes: Sequence[Mention]) -> None:
    """Lets "Athens" lie where the report said "Athens, Ga."."""
    for place in mention.candidates:
        told = max(other.held.get(place.id, 0.0) for other in namesakes)
        mention.held[place.id] = max(mention.held.get(place.id, 0.0), SHARED * told)


def _hold(inner: Mention, holders: Sequence[Candidate], outer: Mention | None) -> None:
    for place in inner.candidates:
        for holder in holders:
            if _holds(holder, place):
                inner.held[place.id] = HOLDER
                if outer:
                    outer.held[holder.id] = HOLDING
    if not inner.candidates and holders and inner.country is None:
        inner.country = holders[0].country


def _hold_namesakes(inner: Mention, outer: Mention, gazetteer: Gazetteer) -> None:
    """ "Parigi, Texas": the exonym of a large city serves for the towns called after it, if a region follows."""
    region = outer.candidates[0] if outer.candidates else None
    if region is None or region.kind != "region" or not inner.candidates:
        return
    own_name = gazetteer.find(inner.text, language="")[:1]
    namesakes = [place for known in own_name for place in gazetteer.find(known.name, language="")]
    inner.candidates += [place for place in namesakes if _holds(region, place)]
    _hold(inner, [region], outer)


def _holds(holder: Candidate, place: Candidate) -> bool:
    if holder.id == place.id or holder.country != place.country or holder.country is None:
        return False
    if holder.kind == "country":
        return place.kind != "country"
    if holder.kind == "region":
        return holder.region is not None and holder.region == place.region and place.kind != "region"
    if holder.kind in ("county", "area") or (holder.kind == "city" and holder.population > BIG_CITY):
        return place.kind in ("city", "site") and degrees(holder, place) < AROUND
    return False


def degrees(one: Candidate | Place, other: Candidate | Place) -> float:
    """How far apart, in degrees of latitude or longitude; a place without a point is far from everything."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 360.0
    return max(abs(one.lat - other.lat), abs(one.lon - other.lon))
