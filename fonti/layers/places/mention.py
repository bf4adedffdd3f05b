"""A name of a place in the report, and what is known of it on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fonti.gazetteer import Candidate

Words = dict[str, Any]  # the language's lexicon of places

# The gazetteer's kinds that a kind told in the text can mean.
MEANS = {
    "country": {"country"},
    "region": {"region", "county", "area"},
    "city": {"city"},
    "river": {"river"},
    "lake": {"lake"},
    "sea": {"sea", "strait"},
    "island": {"island", "area", "country", "region"},
    "mountain": {"mountain"},
    "area": {"area", "peninsula", "desert", "mountain", "sea", "region"},
    "site": {"site", "airport"},
}

STRICT = {"river", "lake", "sea", "island", "mountain"}  # "the river X" is no town, whatever town is called so


@dataclass(slots=True)
class Mention:
    """A name with the places it may mean, and what each weighs; the dicts are by candidate."""

    start: int
    end: int
    text: str
    kind: str | None = None  # told beside or inside the name
    strict: bool = False  # the word beside it leaves no doubt: "fiume Po", "the Po river"
    headed: str | None = None  # the kind that a word of the name tells: "Lake Como", but also "Beverly Hills"
    definite: bool = False  # with an article of its own: "the Atlantic", not "the London talks"
    country: str | None = None  # told beside the name
    candidates: list[Candidate] = field(default_factory=list)
    whole: bool = True  # the candidates have this very name, not a part of it
    beside: dict[int, float] = field(default_factory=dict)  # from the words beside the name
    held: dict[int, float] = field(default_factory=dict)  # from the place that holds it
    scores: dict[int, float] = field(default_factory=dict)  # as the whole report has it
    odds: dict[int, float] = field(default_factory=dict)  # the scores as probabilities
    alone: set[int] = field(default_factory=set)  # in a country that nothing else in the report speaks of

    @property
    def best(self) -> Candidate | None:
        return max(self.candidates, key=lambda place: self.odds.get(place.id, 0.0), default=None)


def kind_of(word: str, words: Words) -> str | None:
    """The kind of place that a head word tells: "lago" a lake."""
    bare = word.casefold().strip('.,;:()"“”«»')
    return next((kind for kind, heads in words["heads"].items() if bare in heads), None)
