"""The country of a report, for those whose country it need not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from fonti.layers.actors.lookup import countries_at
from fonti.layers.syntax import children
from fonti.record import Actor, Place

STATELESS = ("IGO", "NGO", "REB", "BUS", "CRM", "REL")  # whose country a report must tell


def locate(doc: Doc, actors: Sequence[Actor], places: Sequence[Place]) -> None:
    """Gives those who are told by their role the country of the place in its phrase: "the police in Nairobi"."""
    countries = countries_at(doc, places)
    for actor in actors:
        if actor.country or actor.kind in ("agency", "country") or actor.sector in STATELESS:
            continue
        roles = [doc.char_span(m.start, m.end, alignment_mode="expand") for m in actor.mentions if m.how == "role"]
        found = {countries[i] for role in roles if role for i in _below(role.root) if i in countries}
        if len(found) == 1:
            actor.country = found.pop()


def _below(noun: Token) -> Iterator[int]:
    """The nominals in a noun's phrase, and those in theirs: "a court in Vietnam's largest city"."""
    for child in children(noun, "nmod"):
        yield child.i
        yield from (below.i for below in children(child, "nmod"))


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
