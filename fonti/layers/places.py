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
KIND = 1.5  # "the town of X": the kind that the word beside it tells
DEMONYM = 2.5  # "the Ukrainian town of X"
COUNTRY = 3.0  # the whole report speaks of the country
REGION = 3.0  # … of the region
DOUBT = 2.5  # below, a place that nothing else in the report speaks for is not the one meant
PART = 0.6  # how sure a point is that comes from a part of the name: "stazione Milano Centrale"
ROUNDS = 3  # the places settle each other; after three rounds nothing moves
SHARPNESS = 2.0  # turns weights into probabilities: a point of weight is exp(2) to one
WINDOW = 6  # words before a name that can tell the kind or the country
TRUST = {"name": 0.97, "exonym": 0.97, "foreign": 0.9, "alternate": 0.8}
MEANS = {
    "country": {"country"}, "region": {"region", "county", "area"}, "city": {"city"}, "river": {"river"}, "lake": {"lake"},
    "sea": {"sea", "strait"}, "island": {"island", "area", "country"}, "mountain": {"mountain"}, "site": {"site", "airport"},
    "area": {"area", "peninsula", "desert", "mountain", "sea", "region"},
}  # fmt: skip
STRICT = {"river", "lake", "sea", "island", "mountain"}  # "the river X" is no town, whatever town is called so
TOLD = {"county": "region", "strait": "sea", "airport": "site"}  # the gazetteer's kinds that a record tells more coarsely


@dataclass(slots=True)
class Mention:
    """A name of a place in the report, with the places it may mean and what each weighs."""

    name: Name
    text: str
    candidates: list[Candidate] = field(default_factory=list)
    whole: bool = True  # the candidates have this very name, not a part of it
    kind: str | None = None  # told beside or inside the name
    country: str | None = None  # told beside the name
    fit: dict[int, float] = field(default_factory=dict)  # by candidate: from the words beside the name
    held: dict[int, float] = field(default_factory=dict)  # by candidate: from the place that holds it
    scores: dict[int, float] = field(default_factory=dict)  # by candidate: as the whole report has it
    odds: dict[int, float] = field(default_factory=dict)  # the same as probabilities

    @property
    def best(self) -> Candidate | None:
        return max(self.candidates, key=lambda place: self.odds.get(place.id, 0.0), default=None)


def find_places(doc: Doc, names: Sequence[Name], actors: Sequence[Actor], gazetteer: Gazetteer) -> list[Place]:
    """The places that the report names (its LOC names), resolved; an unknown one keeps its mention and has no point."""
    words = lexicon(doc.lang_, "places")
    named = sorted((name for name in names if name.label == "LOC"), key=lambda name: name.start)
    mentions = [Mention(name, doc.text[name.start : name.end]) for name in named]
    demonyms = _demonyms(actors)
    for mention in mentions:
        _read_beside(mention, doc, words, demonyms)
    _read_lists(mentions, doc.text)
    for mention in mentions:
        _look_up(mention, doc, words, gazetteer)
    _read_holders(mentions, doc.text, words, gazetteer, doc.lang_)
    _settle(mentions, _countries(actors))
    return [_place(mention, number) for number, mention in enumerate(mentions, start=1)]


# --- What the words beside it tell --------------------------------------------------------------------------------------


def _read_beside(mention: Mention, doc: Doc, words: dict[str, Any], demonyms: list[tuple[int, int, str]]) -> None:
    """The kind by a head word ("regione russa di X", "the X river", "Kursk Oblast"), the country by a demonym."""
    span = doc.char_span(mention.name.start, mention.name.end, alignment_mode="expand")
    if span is None:
        return
    inside = mention.text.split()
    if len(inside) > 1:
        mention.kind = _kind_of(inside[0], words) or _kind_of(inside[-1], words)
    before = list(_run(doc, range(span.start - 1, max(-1, span.start - 1 - WINDOW), -1)))
    linked = bool(before) and doc[before[0]].lower_ in words["links"]
    if mention.kind is None:
        kinds = (_kind_of(doc[index].text, words) for index in (before if linked else before[:1]))
        mention.kind = next((kind for kind in kinds if kind), None)
    if mention.kind is None and span.end < len(doc) and doc[span.end].is_lower:
        mention.kind = _kind_of(doc[span.end].text, words)
    for start, end, country in demonyms:
        if before and doc[before[-1]].idx <= start and end <= mention.name.start and (linked or mention.kind):
            mention.country = country


def _run(doc: Doc, indices: Iterable[int]) -> Iterable[int]:
    """The words up to the next mark of punctuation; a hyphen inside a word is none."""
    for index in indices:
        token = doc[index]
        if token.is_punct and token.text not in {"-", "–", "'", "’"} or "\n" in token.text:
            return
        yield index


def _read_lists(mentions: list[Mention], text: str) -> None:
    """What is told of one name of a list holds for its fellows: "Camden and Charlton counties", "i fiumi Adda e Oglio"."""
    joined = [
        (one, other)
        for one, other in zip(mentions, mentions[1:], strict=False)
        if re.fullmatch(r"\s*(?:,|and|e|ed|und|et|y|en|и)\s+|\s*,\s*and\s+", text[one.name.end : other.name.start])
    ]
    for one, other in [*joined, *reversed(joined)]:
        one.kind, other.kind = one.kind or other.kind, other.kind or one.kind


def _kind_of(word: str, words: dict[str, Any]) -> str | None:
    bare = word.casefold().strip(".,;:()\"“”«»")
    return next((kind for kind, heads in words["heads"].items() if bare in heads), None)


# --- What a name may mean -----------------------------------------------------------------------------------------------


def _short(text: str, words: dict[str, Any]) -> Iterable[str]:
    """A state cut short, "Ga."; two capitals alone ("LA", "IN") tell too little."""
    if text.endswith("."):
        yield from filter(None, [words["abbreviations"].get(text)])


def _whole(text: str, words: dict[str, Any]) -> Iterable[str]:
    yield text


def _bare(text: str, words: dict[str, Any]) -> Iterable[str]:
    """Without an article before it, a possessive after it: "the Hague", "L’Aquila", "Russia’s"."""
    bare = re.sub(r"['’]s?$", "", text)
    for article in words["articles"]:
        if bare.casefold().startswith(article) and (article[-1] in "'’" or bare[len(article) : len(article) + 1] == " "):
            yield bare[len(article) :].strip()
    if bare != text:
        yield bare


def _headless(text: str, words: dict[str, Any]) -> Iterable[str]:
    """Without the head word: "oblast di Kursk", "Kursk Oblast", "lago di Garda"; a site is not what it is called after."""
    parts = text.split()
    first, last = _kind_of(parts[0], words), _kind_of(parts[-1], words)
    if first and first != "site" and len(parts) > 1:
        parts = parts[1:]
        while len(parts) > 1 and parts[0].casefold() in words["links"]:
            parts = parts[1:]
        yield re.sub(r"^(?:d|l|dell|nell)['’]", "", " ".join(parts))
    elif last and last != "site" and len(parts) > 1:
        yield " ".join(parts[:-1])


def _sideless(text: str, words: dict[str, Any]) -> Iterable[str]:
    """ "Southern California" lies in California, near enough."""
    first, _, rest = text.partition(" ")
    if rest and first.casefold() in words["sides"]:
        yield rest


def _town(text: str, words: dict[str, Any]) -> Iterable[str]:
    """The town that a station or an airport is called after: "Milano Centrale", "Dubai International Airport"."""
    parts = re.split(r"[\s–-]+", text)
    start = next((index for index, part in enumerate(parts) if part[:1].isupper() and not _kind_of(part, words)), len(parts))
    for end in range(len(parts), start, -1):
        if len(parts[start]) > 3 and end - start < len(parts):
            yield " ".join(parts[start:end])


Rule = Callable[[str, dict[str, Any]], Iterable[str]]
WHOLE: tuple[Rule, ...] = (_short, _whole, _bare, _headless)  # the first that finds a place stands
PARTS: tuple[Rule, ...] = (_sideless,)


def _look_up(mention: Mention, doc: Doc, words: dict[str, Any], gazetteer: Gazetteer) -> None:
    beside = doc.text[max(0, mention.name.start - 40) : mention.name.start] + mention.text
    called_after = any(word in words["called_after"] for word in re.findall(r"\w+", beside.casefold()))
    parts = (*PARTS, _town) if mention.kind == "site" and called_after else PARTS
    dot = "." if doc.text[mention.name.end : mention.name.end + 1] == "." else ""
    for rule in (*WHOLE, *parts):
        for wanted in rule(mention.text + dot if rule is _short else mention.text, words):
            mention.candidates = _meant(mention, gazetteer.find(wanted, language=doc.lang_))
            if mention.candidates:
                mention.whole = rule in WHOLE
                break
        if mention.candidates:
            break
    for place in mention.candidates:
        fits = mention.kind in MEANS and place.kind in MEANS[mention.kind]
        mention.fit[place.id] = KIND * fits + DEMONYM * (mention.country is not None and place.country == mention.country)


def _meant(mention: Mention, candidates: list[Candidate]) -> list[Candidate]:
    """Leaves out what the name cannot mean: towns for "the river X", for "EU" the French town of Eu."""
    if mention.kind in STRICT:
        candidates = [place for place in candidates if place.kind in MEANS[mention.kind]]
    if mention.text.isupper() and len(mention.text) <= 3:
        candidates = [place for place in candidates if place.kind in ("country", "region", "continent", "area")]
    return candidates


# --- Which place holds it -----------------------------------------------------------------------------------------------


def _read_holders(mentions: list[Mention], text: str, words: dict[str, Any], gazetteer: Gazetteer, language: str) -> None:
    """A place and the one that holds it: "Athens, Georgia", "Parigi (Texas)", "Athens, Ga."."""
    holding = set(words["holding"])
    for inner, outer in zip(mentions, mentions[1:], strict=False):
        between = text[inner.name.end : outer.name.start]
        if len(between) <= 40 and re.match(r"\s*[,(]|\s+\w", between) and "\n" not in between:
            if {word.casefold() for word in re.findall(r"\w+", between)} <= holding:
                _hold(inner, outer.candidates, outer)
    for mention in mentions:
        after = re.match(r"\s*[,(]\s*([A-Z][A-Za-z.]{1,5})(?![\w])", text[mention.name.end : mention.name.end + 12])
        short = words["abbreviations"].get(after[1], words["abbreviations"].get(after[1].rstrip("."))) if after else None
        if short:
            _hold(mention, gazetteer.find(short, language=language), None)


def _hold(inner: Mention, holders: Sequence[Candidate], outer: Mention | None) -> None:
    for place in inner.candidates:
        for holder in holders:
            if _holds(holder, place):
                inner.held[place.id] = HOLDER
                if outer:
                    outer.held[holder.id] = HOLDER / 2
    if not inner.candidates and holders and inner.country is None:
        inner.country = holders[0].country


def _holds(holder: Candidate, place: Candidate) -> bool:
    if holder.id == place.id or holder.country != place.country or holder.country is None:
        return False
    if holder.kind == "country":
        return place.kind != "country"
    if holder.kind == "region":
        return holder.region is not None and holder.region == place.region and place.kind != "region"
    if holder.kind in ("county", "area") or (holder.kind == "city" and holder.population > 100_000):
        return place.kind in ("city", "site") and _degrees(holder, place) < 0.7
    return False


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
            _share(mention, group)
            _weigh(mention, {})
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
                _weigh(mention, context)


def _share(mention: Mention, group: list[Mention]) -> None:
    """What is told beside one mention ("Athens, Ga.") holds for the report's other mentions of the name, if less."""
    for place in mention.candidates:
        best = max(other.held.get(place.id, 0.0) for other in group)
        mention.held[place.id] = max(mention.held.get(place.id, 0.0), 0.8 * best)


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


def _weigh(mention: Mention, context: dict[str, float]) -> None:
    for place in mention.candidates:
        beside = mention.fit.get(place.id, 0.0) + mention.held.get(place.id, 0.0)
        around = context.get(place.country or "", 0.0) + context.get(place.region or "", 0.0)
        mention.scores[place.id] = place.weight + beside + around
    top = max(mention.scores.values(), default=0.0)
    raised = {id_: exp(SHARPNESS * (score - top)) for id_, score in mention.scores.items()}
    total = sum(raised.values())
    mention.odds = {id_: value / total for id_, value in raised.items()}


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
    best = mention.best
    place = Place(f"p{number}", mention.name.start, mention.name.end, mention.text, country=mention.country, kind=mention.kind)
    if best is None or mention.scores[best.id] < DOUBT:
        return place
    sure = sum(mention.odds[other.id] for other in mention.candidates if other is best or _degrees(other, best) < 1)
    sure *= TRUST[best.how] * (1.0 if mention.whole else PART)
    return replace(
        place, name=best.name, lat=best.lat, lon=best.lon, geonameid=best.geonameid, country=best.country or place.country,
        kind=TOLD.get(best.kind, best.kind), confidence=round(sure, 2),
    )  # fmt: skip
