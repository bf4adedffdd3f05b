"""The country of a report, for those whose country it need not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from fonti.record import Actor

STATELESS = ("IGO", "NGO", "REB", "BUS", "CRM", "REL")  # whose country a report must tell


def settle(actors: Sequence[Actor], countries: Iterable[str | None] = ()) -> None:
    """Gives the report's home country to those who tell none: a report says so where the police or a man is foreign.

    `countries` are those of the report's places, where they are known.
    """
    country = home(actors, countries)
    for actor in actors:
        if country and actor.country is None and actor.kind != "agency" and actor.sector not in STATELESS:
            actor.country, actor.presumed = country, True


def home(actors: Sequence[Actor], countries: Iterable[str | None] = ()) -> str | None:
    """The country of most mentions and places, if it is plainly one: three of them at least, twice any other."""
    counts = Counter(country for country in countries if country)
    for actor in actors:
        if actor.country:
            counts[actor.country] += len(actor.mentions)
    (first, most), (_, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return first if most > 2 and most >= 2 * next_most else None
