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


def read_beside(mention: Mention, doc: Doc, words: Words, actors: Sequence[Actor]) -> None:
    """The kind told inside the name ("Kursk Oblast"), before it ("fiume Po") or after it ("the Kursk region")."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return
    before = list(_run(doc, range(span.start - 1, max(-1, span.start - 1 - WINDOW), -1)))
    linked = bool(before) and doc[before[0]].lower_ in words["links"]
    near = [doc[index].text for index in (before if linked else before[:1])]
    after = [doc[span.end].text] if span.end < len(doc) and doc[span.end].is_lower else []
    parts = mention.text.split()
    inside = [parts[0], parts[-1]] if len(parts) > 1 else []
    kinds = (kind_of(word, words) for word in [*inside, *near, *after])
    mention.kind = next((kind for kind in kinds if kind), None)
    if before and (linked or mention.kind):
        mention.country = _demonym(actors, doc[before[-1]].idx, mention.start)


def _run(doc: Doc, indices: Iterable[int]) -> Iterable[int]:
    """The words up to the next mark of punctuation or line."""
    for index in indices:
        token = doc[index]
        if "\n" in token.text or (token.is_punct and token.text not in INSIDE_WORDS):
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
