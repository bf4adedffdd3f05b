"""What the words beside a name tell: the kind by a head word, the country by a demonym."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from fonti.layers.places.mention import Mention, Words, kind_of
from fonti.record import Actor

WINDOW = 6  # words before the name: "nella regione russa estremo-orientale di Primorye"
INSIDE_WORDS = {"-", "–", "'", "’"}
STRICT = {"river", "lake", "sea", "island", "mountain"}  # "the river X" is no town, whatever town is called so


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
        before = before[:1]
    near = [doc[index].text for index in before]
    parts = mention.text.split()
    inside = [parts[0], parts[-1]] if len(parts) > 1 else []
    next_word = [doc[span.end].text] if span.end < len(doc) and doc[span.end].is_lower else []
    mention.kind = _kind([*inside, *near, *next_word], words)
    mention.strict = mention.kind in STRICT and _kind([*inside, *near[:1], *next_word], words) is not None
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


def read_lists(mentions: Sequence[Mention], text: str, words: Words) -> None:
    """What is told of one name of a list holds for its fellows: "Camden and Charlton counties", "i fiumi Adda e Po"."""
    joins = set(words["joins"])
    joined = [
        pair for pair in pairwise(mentions) if re.sub(r"\s+", " ", text[pair[0].end : pair[1].start].strip()) in joins
    ]
    for one, other in [*joined, *reversed(joined)]:
        one.kind, other.kind = one.kind or other.kind, other.kind or one.kind
