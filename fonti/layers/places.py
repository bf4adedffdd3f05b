"""Places: names of places, each with the point, country and kind that the report's other places make likeliest.

A name seldom means one place only. Each candidate starts from the gazetteer's weight (how large, how well its name fits);
the words beside the name, then the places named around it, then the whole report add to that, and the best one stays.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import exp, log1p
from typing import Any

from spacy.tokens import Doc

from fonti.gazetteer import Candidate, Gazetteer, key
from fonti.lexicon import lexicon
from fonti.record import Actor, Name, Place

# In powers of ten of inhabitants, the gazetteer's scale: a village with HOLDER outranks a city of a thousand times its size.
HOLDER = 5.0  # "Athens, Georgia": the place is inside the one named right after it
KIND = 1.2  # "the river X": the kind that the word beside it tells
UNLIKE = -0.8  # … and any other kind
DEMONYM = 2.5  # "the Ukrainian town of X"
COUNTRY = 3.0  # the whole report speaks of the country
REGION = 3.0  # … of the region
PART = 0.5  # how sure a point is that comes from a part of the name: "stazione Milano Centrale"
ROUNDS = 3  # the places settle each other; after three rounds nothing moves
SHARPNESS = 2.0  # turns weights into probabilities: a point of weight is exp(2) to one
WINDOW = 6  # words to either side that can tell the kind or the country
TRUST = {"name": 0.97, "exonym": 0.97, "alternate": 0.8}
MEANS = {
    "region": {"region", "county", "area"},
    "city": {"city"},
    "river": {"river"},
    "lake": {"lake"},
    "sea": {"sea", "strait"},
}
MEANS |= {
    "island": {"island", "area", "country"},
    "mountain": {"mountain"},
    "site": {"site", "airport"},
    "country": {"country"},
}
MEANS |= {"area": {"area", "peninsula", "desert", "mountain", "sea", "region"}}
TOLD = {
    "county": "region",
    "strait": "sea",
    "airport": "site",
}  # the gazetteer's kinds that a record tells more coarsely


@dataclass(slots=True)
class Mention:
    """A name of a place in the report, with the places it may mean and what each weighs."""

    name: Name
    text: str
    candidates: list[Candidate]
    found_by: str
    local: dict[int, float] = field(default_factory=dict)  # by candidate: from the words beside the name
    odds: dict[int, float] = field(default_factory=dict)  # by candidate: as the whole report has it
    country: str | None = None  # told beside the name
    kind: str | None = None  # told beside the name

    @property
    def best(self) -> Candidate | None:
        return max(self.candidates, key=lambda place: self.odds.get(place.id, 0.0), default=None)


def find_places(doc: Doc, names: Sequence[Name], actors: Sequence[Actor], gazetteer: Gazetteer) -> list[Place]:
    """The places that the report names (its LOC names), resolved; an unknown one keeps its mention and has no point."""
    words = lexicon(doc.lang_, "places")
    named = sorted((name for name in names if name.label == "LOC"), key=lambda name: name.start)
    mentions = [_look_up(name, doc, words, gazetteer) for name in named]
    demonyms = _demonyms(actors)
    for mention in mentions:
        _read_beside(mention, doc, words, demonyms)
    _read_holders(mentions, doc.text, words, gazetteer, doc.lang_)
    _settle(mentions, _countries(actors))
    return [_place(mention, number) for number, mention in enumerate(mentions, start=1)]


# --- What a name may mean -----------------------------------------------------------------------------------------------


def _whole(text: str, words: dict[str, Any]) -> Iterable[str]:
    yield text


def _bare(text: str, words: dict[str, Any]) -> Iterable[str]:
    """Without an article before it, a possessive after it: "the Hague", "L’Aquila", "Russia’s"."""
    bare = re.sub(r"['’]s?$", "", text)
    for article in words["articles"]:
        if bare.casefold().startswith(article) and (
            article[-1] in "'’" or bare[len(article) : len(article) + 1] == " "
        ):
            yield bare[len(article) :].strip()
    if bare != text:
        yield bare


def _headless(text: str, words: dict[str, Any]) -> Iterable[str]:
    """Without the head word: "oblast di Kursk", "Kursk Oblast", "lago di Garda"."""
    parts = text.split()
    first, last = _kind_of(parts[0], words), _kind_of(parts[-1], words)
    if first and len(parts) > 1:
        parts = parts[1:]
        while len(parts) > 1 and parts[0].casefold() in words["links"]:
            parts = parts[1:]
        yield re.sub(r"^(?:d|l|dell|nell)['’]", "", " ".join(parts))
    elif last and len(parts) > 1:
        yield " ".join(parts[:-1])


def _first_part(text: str, words: dict[str, Any]) -> Iterable[str]:
    """The town that a station or a street is called after: "Milano Centrale", "Artiom-Primorsky-1"."""
    parts = re.split(r"[\s–-]+", text)
    for length in range(len(parts) - 1, 0, -1):
        if parts[0][:1].isupper() and len(parts[0]) > 3:
            yield " ".join(parts[:length])


Rule = Callable[[str, dict[str, Any]], Iterable[str]]
RULES: tuple[Rule, ...] = (_whole, _bare, _headless)  # the first that finds a place stands


def _look_up(name: Name, doc: Doc, words: dict[str, Any], gazetteer: Gazetteer) -> Mention:
    text = doc.text[name.start : name.end]
    kind = _kind_of(text.split()[0], words) or _kind_of(text.split()[-1], words) if " " in text else None
    for rule in RULES:
        for wanted in rule(text, words):
            candidates = gazetteer.find(wanted, language=doc.lang_)
            if candidates:
                return Mention(name, text, candidates, rule.__name__.strip("_"), kind=kind)
    return Mention(name, text, [], "", kind=kind)


def _kind_of(word: str, words: dict[str, Any]) -> str | None:
    bare = word.casefold().strip('.,;:()"“”«»')
    return next((kind for kind, heads in words["heads"].items() if bare in heads), None)


# --- What the words beside it tell --------------------------------------------------------------------------------------


def _read_beside(mention: Mention, doc: Doc, words: dict[str, Any], demonyms: list[tuple[int, int, str]]) -> None:
    """The kind by a head word ("regione russa di X", "the X river"), the country by a demonym."""
    span = doc.char_span(mention.name.start, mention.name.end, alignment_mode="expand")
    if span is None:
        return
    before = list(_run(doc, range(span.start - 1, max(-1, span.start - 1 - WINDOW), -1)))
    linked = bool(before) and doc[before[0]].lower_ in words["links"]
    for distance, index in enumerate(before):
        kind = _kind_of(doc[index].text, words)
        if kind and (linked or distance == 0):
            mention.kind = mention.kind or kind
            break
    if mention.kind is None and span.end < len(doc):
        mention.kind = _kind_of(doc[span.end].text, words) if doc[span.end].is_lower else None
    reach = doc[before[-1]].idx if before else mention.name.start
    for start, end, country in demonyms:
        if reach <= start and end <= mention.name.start and (linked or mention.kind):
            mention.country = country
    for place in mention.candidates:
        weight = 0.0
        if mention.kind in MEANS:
            weight += KIND if place.kind in MEANS[mention.kind] else UNLIKE
        if mention.country:
            weight += DEMONYM * (place.country == mention.country)
        mention.local[place.id] = weight


def _run(doc: Doc, indices: Iterable[int]) -> Iterable[int]:
    """The words up to the next mark of punctuation; a hyphen inside a word is none."""
    for index in indices:
        token = doc[index]
        if token.is_punct and token.text not in {"-", "–", "'", "’"} or "\n" in token.text:
            return
        yield index


def _read_holders(
    mentions: list[Mention], text: str, words: dict[str, Any], gazetteer: Gazetteer, language: str
) -> None:
    """A place and the one that holds it: "Athens, Georgia", "Parigi (Texas)", "Athens, Ga."."""
    holding = set(words["holding"])
    for inner, outer in zip(mentions, mentions[1:], strict=False):
        between = text[inner.name.end : outer.name.start]
        if len(between) <= 40 and re.match(r"\s*[,(]|\s+\w", between) and "\n" not in between:
            if {word.casefold() for word in re.findall(r"\w+", between)} <= holding:
                _hold(inner, outer.candidates, outer)
    for mention in mentions:
        after = re.match(r"\s*[,(]\s*([A-Z][A-Za-z.]{1,5})(?![\w])", text[mention.name.end : mention.name.end + 12])
        short = (
            words["abbreviations"].get(after[1], words["abbreviations"].get(after[1].rstrip("."))) if after else None
        )
        if short:
            _hold(mention, gazetteer.find(short, language=language), None)


def _hold(inner: Mention, holders: Sequence[Candidate], outer: Mention | None) -> None:
    held_by: dict[int, list[Candidate]] = {}
    for place in inner.candidates:
        held_by[place.id] = [holder for holder in holders if _holds(holder, place)]
        if held_by[place.id]:
            inner.local[place.id] = inner.local.get(place.id, 0.0) + HOLDER
    if outer:
        for holder in {holder.id for held in held_by.values() for holder in held}:
            outer.local[holder] = outer.local.get(holder, 0.0) + HOLDER / 2
    if not inner.candidates and holders and inner.country is None:
        inner.country = holders[0].country


def _holds(holder: Candidate, place: Candidate) -> bool:
    if holder.id == place.id or holder.country != place.country or holder.country is None:
        return False
    if holder.kind == "country":
        return place.kind != "country"
    if holder.kind == "region":
        return holder.region is not None and holder.region == place.region and place.kind != "region"
    near = holder.lat is not None and place.lat is not None and _degrees(holder, place) < 0.7
    return holder.kind in ("county", "city", "area") and near and place.kind in ("city", "site")


def _degrees(one: Candidate, other: Candidate) -> float:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 360.0
    return max(abs(one.lat - other.lat), abs(one.lon - other.lon))


# --- What the whole report tells ----------------------------------------------------------------------------------------


def _settle(mentions: list[Mention], acting: Counter[str]) -> None:
    """Lets the places of the report settle each other: each name once, however often, and never by its own weight."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[key(mention.text)].append(mention)
    for group in groups.values():
        for mention in group:
            _share_local(mention, group)
            mention.odds = _odds(mention, {})
    for _ in range(ROUNDS):
        told = {name: _support(group) for name, group in groups.items()}
        total: Counter[str] = Counter({country: log1p(count) for country, count in acting.items()})
        for support in told.values():
            total.update(support)
        for name, group in groups.items():
            others = Counter(total)
            others.subtract(told[name])
            context = _context(others)
            for mention in group:
                mention.odds = _odds(mention, context)


def _share_local(mention: Mention, group: list[Mention]) -> None:
    """What is told beside one mention ("Athens, Ga.") holds for the report's other mentions of the name, if less."""
    for place in mention.candidates:
        best = max(other.local.get(place.id, 0.0) for other in group)
        mention.local[place.id] = max(mention.local.get(place.id, 0.0), 0.8 * best)


def _support(group: list[Mention]) -> Counter[str]:
    """How strongly the mentions of one name speak for each country and region."""
    support: Counter[str] = Counter()
    for place in group[0].candidates:
        weight = group[0].odds.get(place.id, 0.0) * log1p(len(group))
        if weight > 0.01:
            for area in {place.country, place.region} - {None}:
                support[area] += weight
    return support


def _context(others: Counter[str]) -> dict[str, float]:
    """Shares of the report's countries (three letters) and regions (with a point); few places speak less loudly."""
    context: dict[str, float] = {}
    for scale, areas in ((COUNTRY, [a for a in others if "." not in a]), (REGION, [a for a in others if "." in a])):
        total = sum(others[area] for area in areas) + 0.5
        context.update({area: scale * others[area] / total for area in areas})
    return context


def _odds(mention: Mention, context: dict[str, float]) -> dict[int, float]:
    weights = {
        place.id: place.weight
        + mention.local.get(place.id, 0.0)
        + context.get(place.country or "", 0.0)
        + context.get(place.region or "", 0.0) * (place.kind != "region")
        for place in mention.candidates
    }
    top = max(weights.values(), default=0.0)
    raised = {id_: exp(SHARPNESS * (weight - top)) for id_, weight in weights.items()}
    total = sum(raised.values())
    return {id_: value / total for id_, value in raised.items()}


def _demonyms(actors: Sequence[Actor]) -> list[tuple[int, int, str]]:
    return [
        (mention.start, mention.end, actor.country)
        for actor in actors
        if actor.country
        for mention in actor.mentions
        if mention.how == "demonym"
    ]


def _countries(actors: Sequence[Actor]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for actor in actors:
        if actor.country:
            counts[actor.country] += len(actor.mentions)
    return counts


def _place(mention: Mention, number: int) -> Place:
    start, end = mention.name.start, mention.name.end
    best = mention.best
    place = Place(f"p{number}", start, end, mention.text, country=mention.country, kind=mention.kind)
    if best is None:
        return place
    same = sum(
        odds
        for candidate in mention.candidates
        for odds in [mention.odds[candidate.id]]
        if _degrees(candidate, best) < 1
    )
    return replace(
        place, name=best.name, lat=best.lat, lon=best.lon, geonameid=best.geonameid, country=best.country,
        kind=TOLD.get(best.kind, best.kind), confidence=round(same * TRUST[best.how], 2),
    )  # fmt: skip
