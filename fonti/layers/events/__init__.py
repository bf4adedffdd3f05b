"""Who did what to whom: PLOVER events, with how sure they are and on whose word.

The words stand in ``lexicon``; ``triggers`` finds the acts, ``sides``, ``nouns`` and ``deep`` who takes part in them,
``merging`` makes one act of the words that tell it, ``modality`` says how it is told, ``objects`` with what,
``casualties`` how many it killed, injured, arrested, ``contexts`` what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from ...record import Actor, Event, Place, Section, Span, Statement, Time
from .. import syntax
from .casualties import casualties_of
from .confidence import confidence
from .contexts import contexts_of, headline_contexts, special
from .deep import deepened
from .merging import absorbed, clause, merged, repeats
from .modality import certainty, is_negative, tense
from .objects import WITH_OBJECTS, objects_of
from .quiet import is_quiet, quiet_sentences
from .sides import participants
from .text import Text, under
from .triggers import Act, acts
from .words import EventWords, event_words

__all__ = ["find_events", "wire"]

SIGNATURE, MARKS = 40, 4  # characters: of a signature at most, and what it has beside the agency's name: "(ANSA)."


def find_events(
    doc: Doc,
    times: Sequence[Time],
    places: Sequence[Place],
    actors: Sequence[Actor],
    statements: Sequence[Statement],
    *,
    sections: Sequence[Section],
    published: str | None = None,
    words: EventWords | None = None,
) -> list[Event]:
    """The events of a report, in text order; by other words than the language's own where these are given."""
    text = Text.of(doc, words or event_words(doc.lang_), actors, places, times)
    told, quiet = list[Act](), quiet_sentences(text)
    for sentence in doc.sents:
        if not silent(sentence.start_char, sections):
            found = merged(absorbed(act for act in acts(text, sentence) if not is_quiet(text, act, quiet)))
            told += [act for act in found if not repeats(text, act, told)]
    told.sort(key=lambda act: (act.trigger.i, act.word.type))
    for act in told:
        act.sides = deepened(text, act)
    events = [
        _event(text, act, f"e{number}", times=times, places=places, statements=statements)
        for number, act in enumerate(told, 1)
    ]
    headline = headline_contexts(text, sections)
    for event, act, casualties in zip(events, told, casualties_of(text, told), strict=True):
        event.casualties = casualties
        event.contexts = sorted(contexts_of(text, act, headline) | special(event, times, published))
    if agency := wire(actors, sections):
        for event in events:
            event.origin = ["publisher", agency, *(actor for actor in event.origin[1:] if actor != agency)]
    return without_sides(events, places)


def without_sides(events: list[Event], places: Sequence[Place]) -> list[Event]:
    """A place that takes part in an event ("fornire armi a Mosca") is where none happens."""
    spans = [side for event in events for side in (*event.actors, *event.recipients)]
    acting = {p.id for p in places if any(s.start <= p.start and p.end <= s.end for s in spans)}
    for event in events:
        event.place = None if event.place in acting else event.place
    return events


def wire(actors: Iterable[Actor], sections: Sequence[Section]) -> str | None:
    """The agency whose dispatch the report is: "MOSCOW (Reuters) -", "… (ANSA)" at its end; a picture's is another."""
    signed = [s for s in sections if s.kind == "dateline" or (s.kind == "credit" and s.end - s.start < SIGNATURE)]
    for actor in actors:
        for mention in actor.mentions if actor.kind == "agency" else ():
            around = next((s for s in signed if s.start <= mention.start and mention.end <= s.end), None)
            bare = around and around.end - around.start <= mention.end - mention.start + MARKS
            if around and (around.kind == "dateline" or bare):
                return actor.id
    return None


def silent(start: int, sections: Iterable[Section]) -> bool:
    return any(section.silent and section.start <= start < section.end for section in sections)


def _event(
    text: Text,
    act: Act,
    id: str,
    *,
    times: Sequence[Time],
    places: Sequence[Place],
    statements: Sequence[Statement],
) -> Event:
    word, head = act.word, act.head
    trigger = Span(act.trigger.idx, act.trigger.idx + len(act.trigger))
    holding = enclosing(trigger, statements)
    negative = is_negative(text, head)
    turned = word.negated if negative else None  # "did not accept" is a refusal
    time = time_of(text, head, times)
    sure, when = certainty(text, head, said=bool(holding)), tense(text, head)
    return Event(
        id=id,
        type=turned or word.type,
        trigger=trigger,
        mode=None if turned else word.mode,
        actors=participants(text, act.sides.actors),
        recipients=participants(text, act.sides.recipients),
        objects=objects_of(text, act.things) if word.type in WITH_OBJECTS else [],
        time=time.id if time else None,
        time_value=time.value.partition("T")[0] if time else None,
        place=place_of(text, head, places),
        certainty=sure,
        polarity="negative" if negative and not turned else "positive",
        tense="future" if sure == "possible" and when == "present" else when,  # "may attack"
        said_in=[statement.id for statement in innermost(holding)],
        origin=origin(holding),
        confidence=confidence(text, act),
    )


def origin(holding: Sequence[Statement]) -> list[str]:
    """On whose word, outermost first; what somebody says of his own words is told by him once."""
    chain = ["publisher"]
    for statement in holding:
        if statement.actor and statement.actor != chain[-1]:
            chain.append(statement.actor)
    return chain


def enclosing(trigger: Span, statements: Sequence[Statement]) -> list[Statement]:
    """The statements whose content holds the trigger, outermost first; a cue is told by whoever holds the statement."""

    def holds(spans: Iterable[Span]) -> bool:
        return any(span.start <= trigger.start < span.end for span in spans)

    by_id = {statement.id: statement for statement in statements}
    found = [statement for statement in statements if holds(statement.content) and not holds(statement.cue)]
    return sorted(found, key=lambda statement: (_depth(statement, by_id), -_length(statement)))


def _depth(statement: Statement, by_id: dict[str, Statement]) -> int:
    seen = {statement.id}
    while statement.inside in by_id and statement.inside not in seen:
        statement = by_id[statement.inside]
        seen.add(statement.id)
    return len(seen)


def _length(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.content)


def innermost(holding: list[Statement]) -> list[Statement]:
    """Those that no other of them is reported in."""
    outer = {statement.inside for statement in holding}
    return [statement for statement in holding if statement.id not in outer]


def time_of(text: Text, head: Token, times: Sequence[Time]) -> Time | None:
    """The day or hour told with the act: on its word, or on the verb that carries it; the nearest of several."""
    verbs, sentence = clause(head), head.sent
    best: tuple[int, int, Time] | None = None
    for time in times:
        vague = time.type not in ("DATE", "TIME") or time.value.endswith(("_REF", "XX"))
        if vague or not sentence.start_char <= time.start < sentence.end_char:
            continue
        span = text.doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is None:
            continue
        held = next((step for step in syntax.chain(span.root) if not span.start <= step.i < span.end), span.root)
        if held.i in verbs:
            key = (verbs[held.i], abs(span.start - head.i))
            if best is None or key < best[:2]:
                best = (*key, time)
    return best[2] if best else None


def place_of(text: Text, head: Token, places: Sequence[Place]) -> str | None:
    """The place "in" which the act is, on its word or on the verb that carries it."""
    for step in clause(head):
        for found in under(text, text.doc[step], text.words.slots["in"]):
            for place in places:
                if place.start <= found.idx < place.end:
                    return place.id
    return None
