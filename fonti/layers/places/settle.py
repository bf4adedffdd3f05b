"""The places of a report settle each other: a report about Texas means Paris, Texas."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import exp, log1p

from fonti.gazetteer import key
from fonti.layers.places.holders import share
from fonti.layers.places.mention import Mention
from fonti.record import Actor

COUNTRY = 3.0  # the whole report speaks of the candidate's country
REGION = 4.0  # … of its region
FEW = 0.5  # added to what speaks for all areas together: one place alone says less than ten
ROUNDS = 3  # nothing moves after three
SHARPNESS = 2.0  # turns scores into probabilities: one more is exp(2) to one
SPOKEN_FOR = 0.2  # less than that is nothing


def settle(mentions: Sequence[Mention], actors: Sequence[Actor]) -> None:
    """Scores each candidate by what the report's other names say of countries and regions, and again by the outcome."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[key(mention.text)].append(mention)
    for group in groups.values():
        for mention in group:
            share(mention, group)
            _score(mention, {})
    acting = _acting(actors)
    for _ in range(ROUNDS):
        told = {name: _support(group) for name, group in groups.items()}
        for name, group in groups.items():
            others = defaultdict(float, acting)
            for other, support in told.items():
                if other != name:  # a name says nothing for itself
                    for area, weight in support.items():
                        others[area] += weight
            context = _context(others)
            for mention in group:
                _score(mention, context)


def _acting(actors: Sequence[Actor]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for actor in actors:
        if actor.country:
            counts[actor.country] += len(actor.mentions)
    return {country: log1p(count) for country, count in counts.items()}


def _support(group: Sequence[Mention]) -> dict[str, float]:
    """How strongly the mentions of one name speak for countries ("RUS") and regions ("RU.59")."""
    support: dict[str, float] = defaultdict(float)
    for place in group[0].candidates:
        weight = group[0].odds.get(place.id, 0.0) * log1p(len(group))
        for area in (place.country, place.region):
            if area and weight > 0.01:
                support[area] += weight
    return support


def _context(others: dict[str, float]) -> dict[str, float]:
    """What it weighs to lie in each country and region: its share of all that the others say."""
    context: dict[str, float] = {}
    countries = [area for area in others if "." not in area]
    regions = [area for area in others if "." in area]
    for scale, areas in ((COUNTRY, countries), (REGION, regions)):
        total = sum(others[area] for area in areas) + FEW
        context.update({area: scale * others[area] / total for area in areas})
    return context


def _score(mention: Mention, context: dict[str, float]) -> None:
    mention.alone.clear()
    for place in mention.candidates:
        around = context.get(place.country or "", 0.0) + context.get(place.region or "", 0.0)
        beside = mention.beside.get(place.id, 0.0) + mention.held.get(place.id, 0.0)
        mention.scores[place.id] = place.weight + beside + around
        if context and place.country and place.kind != "country" and around + beside < SPOKEN_FOR:
            mention.alone.add(place.id)
    top = max(mention.scores.values(), default=0.0)
    raised = {id_: exp(SHARPNESS * (score - top)) for id_, score in mention.scores.items()}
    total = sum(raised.values())
    mention.odds = {id_: value / total for id_, value in raised.items()}
