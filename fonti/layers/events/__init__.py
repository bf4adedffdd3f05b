"""Who did what to whom: PLOVER events, with how sure they are and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from ...record import Actor, Event, Place, Section, Span, Statement, Time
from .. import syntax
from .modality import certainty, is_negative, tense
from .objects import WITH_OBJECTS, objects_of
from .sides import Sides, Text, actor_of, is_public, obliques, participants
from .triggers import Act, acts, is_definite, is_noun
from .words import event_words

SILENT = ("caption", "credit", "dateline", "boilerplate")  # sections that do not tell the report's events


def find_events(
    doc: Doc,
    times: Sequence[Time],
    places: Sequence[Place],
    actors: Sequence[Actor],
    statements: Sequence[Statement],
    *,
    sections: Sequence[Section],
) -> list[Event]:
    """The events of a report, in text order."""
    text = Text.of(doc, event_words(doc.lang_), actors)
    told: list[Act] = []
    for sentence in doc.sents:
        if silent(sentence.start_char, sections):
            continue
        found = merged(absorbed(acts(text, sentence)))
        told += [act for act in found if not repeats(text, act, told)]
    events = [_event(text, act, times, places, statements) for act in told]
    events.sort(key=lambda event: (event.trigger.start, event.type))
    for number, event in enumerate(events, 1):
        event.id = f"e{number}"
    return events


def silent(start: int, sections: Iterable[Section]) -> bool:
    return any(section.start <= start < section.end and section.kind in SILENT for section in sections)


def repeats(text: Text, act: Act, told: list[Act]) -> bool:
    """Whether a definite noun only names again an act told before, with nobody new in it: "la sua visita"."""
    if not is_noun(act.head) or act.word.type in NEWS:
        return False
    if not is_definite(act.head):
        return False
    known = {actor.id for other in told if kin(act, other) for side in other.sides.all()
             for actor in [actor_of(text, side)] if actor}  # fmt: skip
    mine = [actor_of(text, side) for side in act.sides.all()]
    return any(kin(act, other) for other in told) and all(actor is not None and actor.id in known for actor in mine)


NEWS = ("ASSAULT", "PROTEST", "COERCE")  # such acts are many, and alike


def kin(one: Act, other: Act) -> bool:
    """Whether two words may tell the same act."""
    concepts = {one.word.concept, other.word.concept}
    return len(concepts) == 1 or any(concepts <= family for family in KIN)


def absorbed(found: list[Act]) -> list[Act]:
    """Without the acts in the complement of one that tells both: "costringere a dimettersi"."""
    takers = {act.head.i for act in found if act.word.absorbs}
    return [act for act in found if not (syntax.label(act.head) in ("xcomp", "ccomp") and act.head.head.i in takers)]


def merged(found: list[Act]) -> list[Act]:
    """One act for the triggers of the same happening, on the first of them; its sides are the union."""
    kept: list[Act] = []
    for act in found:
        same = next((other for other in kept if same_act(other, act)), None)
        if same is None:
            kept.append(act)
            continue
        same.sides = Sides(same.sides.actors or act.sides.actors, same.sides.recipients or act.sides.recipients)
        same.things = same.things or act.things
    return kept


def same_act(one: Act, other: Act) -> bool:
    """Whether two triggers tell one happening: one on the other, an attack and its harm, or the same sides again."""
    if one.trigger.i == other.trigger.i:
        return True
    if one.word.type != other.word.type:
        return False
    if kin(one, other) and (_joined(one.head, other.head) or _joined(other.head, one.head)):
        return True
    if (one.word.concept in HARM) != (other.word.concept in HARM) and one.word.type == "ASSAULT":
        return _one_clause(one.head, other.head)
    retold = is_noun(one.head) != is_noun(other.head) or one.trigger.lemma_ == other.trigger.lemma_
    return kin(one, other) and retold and bool(one.sides.actors) and _same(one.sides, other.sides)


HARM = {"kill", "wound", "die", "destroy"}  # what an attack does: the same act as the attack in its clause
KIN = (
    HARM,
    {"agree", "sign", "accept"},
    {"meet", "talk", "summit", "phone"},
    {"give", "aid", "receive", "rescue"},
    {"support", "praise", "condole"},
    {"ask", "urge", "propose", "order"},
    {"accuse", "criticise", "investigate", "try", "sue"},
    {"sanction", "sever", "suspend"},
    {"attack", "bomb", "shell", "shoot", "explode", "fight", "invade"},
)


def _joined(below: Token, above: Token) -> bool:
    """Whether a word hangs on another: as its object, its complement, or the noun's "of"."""
    steps = [step.i for step in syntax.chain(below)][:3]
    return above.i in steps and syntax.label(below) not in ("conj", "advcl", "parataxis", "acl")


def _one_clause(one: Token, other: Token) -> bool:
    """Whether two words stand in one clause, or one's clause hangs on the other."""
    first, second = _clause(one), _clause(other)
    return bool(first.keys() & second.keys())


def _same(one: Sides, other: Sides) -> bool:
    def heads(tokens: list[Token]) -> set[int]:
        return {token.i for token in tokens}

    return heads(one.all()) == heads(other.all())


def _event(
    text: Text, act: Act, times: Sequence[Time], places: Sequence[Place], statements: Sequence[Statement]
) -> Event:
    word = act.word
    trigger = Span(act.trigger.idx, act.trigger.idx + len(act.trigger))
    holding = enclosing(trigger, statements)
    negative = is_negative(text, act.head)
    turned = negative and word.negated is not None
    time = time_of(text, act.head, times)
    return Event(
        id="",
        type=word.negated if turned and word.negated else word.type,
        trigger=trigger,
        mode=None if turned else word.mode,
        actors=participants(text, act.sides.actors),
        recipients=participants(text, act.sides.recipients),
        objects=objects_of(text, act.head, act.things) if word.type in WITH_OBJECTS else [],
        time=time.id if time else None,
        time_value=time.value if time else None,
        place=place_of(text, act.head, places),
        certainty=certainty(text, act.head, said=bool(holding)),
        polarity="negative" if negative and not turned else "positive",
        tense=tense(text, act.head),
        said_in=[statement.id for statement in innermost(holding)],
        origin=["publisher", *(statement.actor for statement in holding if statement.actor)],
        confidence=confidence(text, act),
    )


def enclosing(trigger: Span, statements: Sequence[Statement]) -> list[Statement]:
    """The statements whose content holds the trigger, outermost first; a cue is told by whoever holds the statement."""
    found = [
        statement
        for statement in statements
        if any(span.start <= trigger.start < span.end for span in statement.content)
        and not any(span.start <= trigger.start < span.end for span in statement.cue)
    ]
    by_id = {statement.id: statement for statement in statements}
    return sorted(found, key=lambda statement: (depth(statement, by_id), -length(statement)))


def depth(statement: Statement, by_id: dict[str, Statement]) -> int:
    level, seen = 0, {statement.id}
    while statement.inside in by_id and statement.inside not in seen:
        statement = by_id[statement.inside]
        seen.add(statement.id)
        level += 1
    return level


def length(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.content)


def innermost(holding: list[Statement]) -> list[Statement]:
    """Those that no other of them is reported in."""
    outer = {statement.inside for statement in holding}
    return [statement for statement in holding if statement.id not in outer]


def time_of(text: Text, head: Token, times: Sequence[Time]) -> Time | None:
    """The day or hour told with the act: on its word, or on the verb that carries it."""
    governors = _clause(head)
    best: tuple[int, int, Time] | None = None
    for time in times:
        if time.type not in ("DATE", "TIME") or time.value.endswith("_REF"):
            continue
        if not head.sent.start_char <= time.start < head.sent.end_char:
            continue
        span = text.doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is None:
            continue
        held = _holder(span.root, set(range(span.start, span.end)))
        if held.i in governors:
            key = (governors[held.i], abs(span.start - head.i))
            if best is None or key < best[:2]:
                best = (*key, time)
    return best[2] if best else None


def _holder(token: Token, inside: set[int]) -> Token:
    """What a time hangs on: a verb or a noun of an act."""
    for step in syntax.chain(token):
        if step.i not in inside and step.pos_ in ("VERB", "AUX", "NOUN", "PROPN", "ADJ"):
            return step
    return token


def _clause(head: Token) -> dict[int, int]:
    """The word of an act and the verbs up to its clause's, with how far up they are; those joined before it too."""
    found: dict[int, int] = {}
    for distance, step in enumerate(syntax.chain(head)):
        found[step.i] = distance
        if syntax.label(step) in ("ccomp", "acl", "advcl", "parataxis", "appos") or distance > 3:
            break
        if step.i != head.i and step.pos_ == "VERB" and syntax.label(step) != "conj":
            break
    return found


def place_of(text: Text, head: Token, places: Sequence[Place]) -> str | None:
    """The place "in" which the act is, on its word or on the verb that carries it."""
    for step in [head, *(text.doc[i] for i in _clause(head) if i != head.i)]:
        for case, found in obliques(step):
            if case in text.words.slots["in"]:
                for place in places:
                    if place.start <= found.idx < place.end:
                        return place.id
    return None


def confidence(text: Text, act: Act) -> float:
    """How sure the reading is: 0.6 for a word, 0.15 for each side known, 0.1 less where no side is public or the word is weak."""
    sure = 0.6 + 0.15 * bool(act.sides.actors) + 0.15 * bool(act.sides.recipients)
    sure -= 0.1 * (not any(is_public(text, side) for side in act.sides.all()))
    return round(sure - 0.1 * (act.word.gate == "public" and is_noun(act.head)), 2)
