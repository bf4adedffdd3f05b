"""Which actor a noun phrase or a verb without a subject means: for the layers that read statements and events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from fonti.layers.syntax import chain, children, is_clause, is_finite, label, morph, subjects
from fonti.record import Actor, Place

ORDER = {"name": 0, "role": 1, "pronoun": 2, "capital": 3, "demonym": 4}


def actor_at(actors: Sequence[Actor], start: int, end: int, *, head: int | None = None) -> Actor | None:
    """The actor of a noun phrase: the mention that overlaps it most; with `head` (an offset) one that covers it."""
    best: tuple[tuple[int, int, int], Actor] | None = None
    for actor in actors:
        for m in actor.mentions:
            overlap = min(end, m.end) - max(start, m.start)
            if overlap <= 0 or (head is not None and not m.start <= head < m.end):
                continue
            rank = (overlap, -ORDER[m.how], -m.start)
            if best is None or rank > best[0]:
                best = (rank, actor)
    return best[1] if best else None


def countries_at(doc: Doc, places: Iterable[Place]) -> dict[int, str]:
    """The country of the place that each token names, where one is known."""
    return {
        token.i: place.country
        for place in places
        if place.country
        for token in doc.char_span(place.start, place.end, alignment_mode="expand") or ()
    }


def dropped_subject(verb: Token, actors: Sequence[Actor]) -> str | None:
    """The actor that a finite verb without a subject plainly has: that of the clause above it, or of the one before."""
    told = label(verb) == "parataxis"  # "«Partiamo», ha detto": the clause above is what is said
    own = children(verb, "nsubj") if told else subjects(verb)
    if own:
        return _actor_of_token(own[0], actors)
    for step in () if told else list(chain(verb))[1:]:
        if is_clause(step) and step.i < verb.i and (found := subjects(step)):
            return _agreeing(found[0], verb, actors)
    sentence = verb.sent
    if (
        any(child.dep_.startswith(("csubj", "expl:impers", "expl:pass")) for child in verb.children)
        or not is_finite(verb)
        or not sentence.start
    ):
        return None
    previous = verb.doc[sentence.start - 1].sent
    found = subjects(previous.root)
    return _agreeing(found[0], verb, actors) if found else None


def _agreeing(subject: Token, verb: Token, actors: Sequence[Actor]) -> str | None:
    """The subject's actor, unless number tells otherwise."""
    group = [verb, *(child for child in verb.children if child.dep_.startswith(("aux", "cop")))]
    number = {value for word in group if morph(word, "VerbForm") != ["Part"] for value in morph(word, "Number")}
    if number and set(morph(subject, "Number")) and not number & set(morph(subject, "Number")):
        return None
    return _actor_of_token(subject, actors)


def _actor_of_token(token: Token, actors: Sequence[Actor]) -> str | None:
    actor = actor_at(actors, token.idx, token.idx + len(token), head=token.idx)
    return actor.id if actor else None
