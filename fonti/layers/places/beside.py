"""What the words beside a name tell: the kind by a head word, the country by a demonym."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from fonti.layers.places.mention import STRICT, Mention, Words, kind_of
from fonti.record import Actor

FELLOWS = 3.0  # named among the regions of its country, a region outranks a city or a country of its name
WINDOW = 6  # words before the name: "nella regione russa estremo-orientale di Primorye"
INSIDE_WORDS = {"-", "–", "'", "’"}


def read_beside(mention: Mention, doc: Doc, words: Words, actors: Sequence[Actor], *, after: int) -> None:
    """The kind told inside the name ("Kursk Oblast"), before it ("fiume Po") or after it ("the Kursk region").

    Nothing is read before the offset ``after``, where the place named before this one ends.
    """
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return
    article = doc[span.start - 1] if span.start else None
    mention.definite = bool(article and article.text in words["articles"] and article.head in span)
    before = list(_run(doc, range(span.start - 1, max(-1, span.start - 1 - WINDOW), -1), after))
    if before and doc[before[0]].lower_ not in words["links"]:
        before = before[: 1 + (kind_of(doc[before[0]].text, words) is not None)]  # "in der russischen Region Kursk"
    near = [doc[index].text for index in before]
    parts = mention.text.split()
    inside = [parts[0], parts[-1]] if len(parts) > 1 else []
    follows = doc[span.end] if span.end < len(doc) else None
    next_word = [follows.text] if follows is not None and follows.is_lower and follows.pos_ in ("NOUN", "") else []
    mention.kind = _kind([*inside, *near, *next_word], words)
    mention.strict = mention.kind in STRICT and _kind([*near[:1], *next_word], words) is not None
    mention.headed = _kind(inside, words)
    if before and (len(before) == 1 or _kind(near, words)):
        mention.country = _demonym(actors, doc[before[-1]].idx, mention.start)


def _kind(candidates: Iterable[str], words: Words) -> str | None:
    return next((kind for kind in (kind_of(word, words) for word in candidates) if kind), None)


def _run(doc: Doc, indices: Iterable[int], after: int) -> Iterable[int]:
    """The words up to the next mark of punctuation or line."""
    for index in indices:
        token = doc[index]
        if token.idx < after or "\n" in token.text or (token.is_punct and token.text not in INSIDE_WORDS):
            return
        yield index


def _demonym(actors: Sequence[Actor], start: int, end: int) -> str | None:
    """The country of a demonym between the two offsets: "la città ucraina di"."""
    for actor in actors:
        for mention in actor.mentions:
            if mention.how == "demonym" and start <= mention.start and mention.end <= end:
                return actor.country
    return None


def read_lists(lists: Sequence[Sequence[Mention]]) -> None:
    """What is told of one name of a list holds for its fellows: "Camden and Charlton counties", "i fiumi Adda e Po"."""
    for listed in lists:
        for one, other in [*pairwise(listed), *reversed(list(pairwise(listed)))]:
            one.kind, other.kind = one.kind or other.kind, other.kind or one.kind


def find_lists(mentions: Sequence[Mention], text: str, words: Words) -> list[list[Mention]]:
    """The names that stand together, with only a comma or "and" between."""
    found: list[list[Mention]] = []
    for mention in mentions:
        gap = re.sub(r"\s+", " ", text[found[-1][-1].end : mention.start].strip()) if found else ""
        if gap in words["joins"]:
            found[-1].append(mention)
        else:
            found.append([mention])
    return [listed for listed in found if len(listed) > 1]


def read_fellows(lists: Sequence[Sequence[Mention]]) -> None:
    """A name among states is likelier a state: "Georgia, Oklahoma, Pennsylvania and Texas"."""
    for listed in lists:
        first = [(m.candidates[0].country, m.candidates[0].kind) for m in listed if m.candidates]
        for area in {area for area in first if area[1] == "region"}:
            if first.count(area) >= max(2, len(listed) / 2):
                for mention in listed:
                    for place in mention.candidates:
                        if (place.country, place.kind) == area:
                            mention.beside[place.id] += FELLOWS
