"""A place that the gazetteer does not have lies among those that the report is about: a street in its town."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fonti.layers.places.holders import degrees
from fonti.record import Place

LOCAL = {"city", "site", "region", "island", "lake", "mountain"}
AROUND = 1.0  # degrees
MOST = 0.5  # of the report's local places lie there: it is about that place
SOME = 0.25  # … or at least FEWEST of them, and this share
FEWEST = 2
TRUST = 0.8  # with the share and the number around it, about as often as it was right: 137 of 191 in English gold


def near(places: Sequence[Place]) -> list[Place]:
    """The places; an unknown one gets the point of the local place next to it, if the report is about that."""
    local = [place for place in places if place.kind in LOCAL and place.lat is not None]
    found = list(places)
    for number, place in enumerate(places):
        acronym = place.name.isupper()  # says too little
        if place.lat is not None or place.kind == "country" or acronym or not local:
            continue
        beside = min(local, key=lambda other: abs(other.start - place.start))
        around = [other for other in local if degrees(beside, other) < AROUND]
        share = len(around) / len(local)
        if (share >= MOST or (share >= SOME and len(around) >= FEWEST)) and place.country in (None, beside.country):
            sure = round(TRUST * share * beside.confidence * len(around) / (len(around) + 1), 2)
            found[number] = replace(
                place, lat=beside.lat, lon=beside.lon, country=beside.country, precision="near", confidence=sure
            )
    return found
