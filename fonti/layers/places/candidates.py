"""What a name may mean: the gazetteer's places with the name, or else with a part of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from fonti.gazetteer import Candidate, Gazetteer
from fonti.layers.places.mention import MEANS, STRICT, Mention, Words, kind_of

KIND = 1.5  # "the town of X": the kind that the word beside it tells
SITE = -1.5  # "Washington Square" is seldom the town of the name
DEFINITE = -4.0  # "the Atlantic" is no town
DEMONYM = 2.5  # "the Ukrainian town of X"
BEFORE = 40  # characters before a name in which "airport" says that it is called after its town
WIDE = {"continent", "area", "country", "region"}  # kinds of "north Africa"
SHORTEST_TOWN = 4  # "El" of a station "El-…" is no town

# --- Rules: the name to look up, in this order; the first that finds a place stands ---


def _short(text: str, words: Words) -> Iterable[str]:
    """A state cut short, "Ga.", "NSW", "(SP)"; two capitals alone ("LA", "IN") tell too little."""
    short = text.removesuffix(")")
    if (text != short or len(text) > 2) and short in words["abbreviations"]:
        yield words["abbreviations"][short]


def _as_it_stands(text: str, words: Words) -> Iterable[str]:
    yield text


def _bare(text: str, words: Words) -> Iterable[str]:
    """Without an article before it or a possessive after it: "the Hague", "L’Aquila", "Russia’s"."""
    bare = next((text.removesuffix(ending) for ending in words["possessives"] if text.endswith(ending)), text)
    for article in words["articles"]:
        rest = bare[len(article) :]
        if bare.casefold().startswith(article) and (article[-1] in "'’" or rest.startswith(" ")):
            yield rest.strip()
    if bare != text:
        yield bare


def _headless(text: str, words: Words) -> Iterable[str]:
    """Without the head word: "oblast di Kursk", "Kursk Oblast"; but a site is not what it is called after."""
    parts = text.split() if " " in text else text.split("-")  # "Kursk-Region"
    if len(parts) > 1 and kind_of(parts[0], words) not in (None, "site"):
        rest = parts[1:]
        while len(rest) > 1 and rest[0].casefold() in words["links"]:
            rest = rest[1:]
        elided = next((link for link in words["links"] if link[-1] in "'’" and rest[0].casefold().startswith(link)), "")
        yield " ".join(rest)[len(elided) :]
    elif len(parts) > 1 and kind_of(parts[-1], words) not in (None, "site"):
        yield " ".join(parts[:-1])


def _sideless(text: str, words: Words) -> Iterable[str]:
    """ "Southern California" lies in California, near enough; so too "Sud-Liban", "Norditalien"."""
    for side in words["sides"]:
        if text.casefold().startswith(side):
            rest = text[len(side) :].lstrip(" -")
            together = rest == text[len(side) :]
            if rest and (not together or (len(rest) > 3 and words.get("compounds", False))):
                yield rest.capitalize() if together else rest


def _town(text: str, words: Words) -> Iterable[str]:
    """The town that a station or an airport is called after: "Milano Centrale", "Dubai International Airport"."""
    parts = re.split(r"[\s–-]+", text)
    capital = (index for index, part in enumerate(parts) if part[:1].isupper() and not kind_of(part, words))
    start = next(capital, len(parts))
    for end in range(len(parts), start, -1):
        if len(parts[start]) >= SHORTEST_TOWN and end - start < len(parts):
            yield " ".join(parts[start:end])


Rule = Callable[[str, Words], Iterable[str]]
WHOLE: Sequence[Rule] = (_short, _as_it_stands, _bare, _headless)
PARTS: Sequence[Rule] = (_sideless,)
PARTS_OF_SITES: Sequence[Rule] = (_sideless, _town)

# --- Looking up ---


def look_up(mention: Mention, text: str, words: Words, gazetteer: Gazetteer, *, language: str) -> None:
    """The places that the mention may mean, each with what the words beside it say for it."""
    if mention.text.casefold() in words["sides"]:  # "the West" is no place
        return
    parts = PARTS_OF_SITES if mention.kind == "site" and _called_after_a_town(mention, text, words) else PARTS
    # the stop of "Ga." may stand outside the name, as do brackets
    dotted = mention.text + text[mention.end : mention.end + 1].strip()
    for wanted in _wider(mention, text):
        mention.candidates = [place for place in gazetteer.find(wanted, language=language) if place.kind in WIDE]
        if mention.candidates:
            _weigh_beside(mention)
            return
    for rule in (*WHOLE, *parts):
        for wanted in rule(dotted if rule is _short else mention.text, words):
            found = gazetteer.find(wanted, language=language)
            if rule is _short:
                mention.candidates = [place for place in found if place.kind == "region"]
            else:
                mention.candidates = [p for p in found if _can_mean(mention, p, named_so=rule is _as_it_stands)]
            if mention.candidates:
                mention.whole = rule in WHOLE
                _weigh_beside(mention)
                return


def _wider(mention: Mention, text: str) -> Iterable[str]:
    """With the word before or after it: "north Africa", "South-east Asia", "Estremo Oriente russo"."""
    before = re.search(r"(?<![\w'’-])([^\W\d_][\w-]+)[ -]$", text[max(0, mention.start - BEFORE) : mention.start])
    after = re.match(r" ([^\W\d_A-Z]\w+)", text[mention.end : mention.end + BEFORE])
    if before:
        yield f"{before[1]} {mention.text}"
    if after:
        yield f"{mention.text} {after[1]}"


def _weigh_beside(mention: Mention) -> None:
    for place in mention.candidates:
        weight = KIND if mention.kind and place.kind in MEANS[mention.kind] else 0.0
        if mention.country and place.country == mention.country:
            weight += DEMONYM
        if place.kind == "city":
            weight += DEFINITE * mention.definite + SITE * (mention.headed == "site")
        mention.beside[place.id] = weight


def _called_after_a_town(mention: Mention, text: str, words: Words) -> bool:
    near = text[max(0, mention.start - BEFORE) : mention.end].casefold()
    return any(word in words["called_after"] for word in re.findall(r"\w+", near))


def _can_mean(mention: Mention, place: Candidate, *, named_so: bool) -> bool:
    """ "The river X" is no town, nor is "EU" the French town of Eu; but there are towns named "Beverly Hills"."""
    strict = mention.strict or (mention.headed in STRICT and not named_so)
    if strict and mention.kind and place.kind not in MEANS[mention.kind]:
        return False
    acronym = mention.text.isupper() and len(mention.text) <= 3
    return not acronym or place.kind in ("country", "area")
