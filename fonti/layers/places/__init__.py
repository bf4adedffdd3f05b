"""Places: names of places, each with the point, country and kind that the report's other places make likeliest.

A name seldom means one place only. Each candidate starts from the gazetteer's weight (how large, how well its name
fits); the words beside the name (``beside``), the place that holds it (``holders``) and then the whole report
(``settle``) add to that, and the best one stays. Weights are powers of ten of inhabitants, the gazetteer's scale.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from fonti.gazetteer import Gazetteer
from fonti.layers.places.beside import find_lists, read_beside, read_fellows, read_lists
from fonti.layers.places.candidates import look_up
from fonti.layers.places.holders import degrees, read_holders
from fonti.layers.places.mention import Mention
from fonti.layers.places.near import near
from fonti.layers.places.settle import settle
from fonti.lexicon import lexicon
from fonti.record import Actor, Name, Place

DOUBT = 3.3  # a score below says that the place meant is likelier not in the gazetteer
LONELY = 5.0  # the same, where the report's other places are all of other countries
# How sure a point is, beside the odds against its namesakes.
TRUST = {"name": 0.97, "exonym": 0.97, "foreign": 0.9, "alternate": 0.8}
PART = 0.6  # it comes from a part of the name: "stazione Milano Centrale"
ALONE = 0.7  # nothing else in the report speaks for its country
LARGE = 6.0  # weight of both places of a pair
LEAST = 0.2  # a point less sure than that is not told
EXACT = {"city", "site", "airport"}  # the others' point is somewhere in them
TOLD = {"county": "region", "strait": "sea", "airport": "site"}  # kinds that a record tells more coarsely


def find_places(doc: Doc, names: Sequence[Name], actors: Sequence[Actor], gazetteer: Gazetteer) -> list[Place]:
    """The places that the report names (its LOC names), resolved; an unknown one has a point near it or none."""
    words, text = lexicon(doc.lang_, "places"), doc.text
    named = sorted((name for name in names if name.label == "LOC"), key=lambda name: name.start)
    spans = [span for name in named for span in _pair(name, text, gazetteer, doc.lang_)]
    mentions = [Mention(start, end, text[start:end]) for start, end in spans]
    for mention, earlier in zip(mentions, [0, *(mention.end for mention in mentions)], strict=False):
        read_beside(mention, doc, words, actors, after=earlier)
    lists = find_lists(mentions, text, words)
    read_lists(lists)
    for mention in mentions:
        look_up(mention, text, words, gazetteer, language=doc.lang_)
    read_fellows(lists)
    read_holders(mentions, lists, text, words, gazetteer, language=doc.lang_)
    settle(mentions, actors)
    return near([_place(mention, number) for number, mention in enumerate(mentions, start=1)])


def _pair(name: Name, text: str, gazetteer: Gazetteer, language: str) -> list[tuple[int, int]]:
    """The span of a name; those of both places, where it joins two: "DPRK-South Korea"."""
    whole = text[name.start : name.end]
    parts = list(re.finditer(r"[^-–/]+", whole))
    known = [gazetteer.find(part[0], language=language) for part in parts]
    if len(parts) != 2 or not all(places and places[0].weight > LARGE for places in known):
        return [(name.start, name.end)]
    if gazetteer.find(whole, language=language):  # "Guinea-Bissau"
        return [(name.start, name.end)]
    return [(name.start + part.start(), name.start + part.end()) for part in parts]


def _place(mention: Mention, number: int) -> Place:
    unknown = Place(f"p{number}", mention.start, mention.end, mention.text, country=mention.country, kind=mention.kind)
    best = mention.best
    if best is None or mention.scores[best.id] < (LONELY if best.id in mention.alone else DOUBT):
        return unknown
    # a town and the province around it are one answer, so far as the point goes
    sure = sum(mention.odds[other.id] for other in mention.candidates if other is best or degrees(other, best) < 1)
    sure *= TRUST[best.how] * (1.0 if mention.whole else PART) * (ALONE if best.id in mention.alone else 1.0)
    if sure < LEAST:
        return unknown
    return replace(
        unknown,
        name=best.name,
        lat=best.lat,
        lon=best.lon,
        geonameid=best.geonameid,
        country=best.country,
        kind=TOLD.get(best.kind, best.kind),
        precision="exact" if best.kind in EXACT else "area",
        confidence=round(sure, 2),
    )
