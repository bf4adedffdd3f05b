"""One event for one happening: the triggers that tell the same act, and the nouns that only name it again."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from .. import syntax
from .sides import Sides
from .text import Text, actor_of, is_definite, is_noun
from .triggers import Act

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
NEWS = ("ASSAULT", "PROTEST", "COERCE")  # such acts are many and alike: a noun may tell another one


def absorbed(acts: Iterable[Act]) -> list[Act]:
    """Without the acts in the complement of one that tells both: "costringere a dimettersi"."""
    found = list(acts)
    takers = {act.head.i for act in found if act.word.absorbs}
    return [act for act in found if not (syntax.label(act.head) in ("xcomp", "ccomp") and act.head.head.i in takers)]


def merged(found: list[Act]) -> list[Act]:
    """One act for the triggers of the same happening, on the first of them, with the sides that any of them has."""
    kept: list[Act] = []
    for act in found:
        same = next((other for other in kept if same_act(other, act)), None)
        if same is None:
            kept.append(act)
            continue
        same.sides = Sides(same.sides.actors or act.sides.actors, same.sides.recipients or act.sides.recipients)
        same.things = same.things or act.things
    return kept


def repeats(text: Text, act: Act, told: list[Act]) -> bool:
    """Whether a definite noun only names again an act told before, with nobody new in it: "la sua visita"."""
    if not is_noun(act.head) or not is_definite(act.head):
        return False
    before = [other for other in told if kin(act, other)]
    if act.word.type in NEWS:  # "the explosion", once one is told, if nothing new stands with it
        before = [other for other in before if other.head.lemma_ == act.head.lemma_ and not act.sides.all()]
    known = {actor.id for other in before for side in other.sides.all() for actor in [actor_of(text, side)] if actor}
    mine = [actor_of(text, side) for side in act.sides.all()]
    return bool(before) and all(actor is not None and actor.id in known for actor in mine)


def kin(one: Act, other: Act) -> bool:
    """Whether two words may tell the same act."""
    concepts = {one.word.concept, other.word.concept}
    return len(concepts) == 1 or any(concepts <= family for family in KIN)


def same_act(one: Act, other: Act) -> bool:
    """Whether two triggers tell one happening: one on the other, an attack and its harm, or the same sides again."""
    if one.trigger.i == other.trigger.i:
        return True
    if one.word.type != other.word.type:
        return False
    if one.word.type == "ASSAULT" and (one.word.concept in HARM) != (other.word.concept in HARM):
        return one_clause(one.head, other.head)
    if not kin(one, other):
        return False
    retold = is_noun(one.trigger) != is_noun(other.trigger) or one.trigger.lemma_ == other.trigger.lemma_
    again = retold and bool(one.sides.actors) and _heads(one) == _heads(other)
    return again or hangs_on(one.head, other.head) or hangs_on(other.head, one.head)


def hangs_on(below: Token, above: Token) -> bool:
    """Whether a word hangs on another: as its object, its complement, or the noun's "of"."""
    steps = [step.i for step in syntax.chain(below)][:3]
    return above.i in steps and syntax.label(below) not in ("conj", "advcl", "parataxis", "acl")


def one_clause(one: Token, other: Token) -> bool:
    """Whether two words stand in one clause, or one's clause hangs on the other."""
    return bool(clause(one).keys() & clause(other).keys())


def clause(head: Token) -> dict[int, int]:
    """The word of an act and the verbs up to its clause's with their distance; those that share its adverbs too."""
    found: dict[int, int] = {}
    for distance, step in enumerate(syntax.chain(head)):
        found[step.i] = distance
        relation = syntax.label(step)
        shared = relation == "conj" or (relation == "advcl" and not syntax.is_finite(step))
        ends = relation in ("ccomp", "acl", "advcl", "parataxis", "appos")
        if not shared and (ends or distance > 3 or (distance and step.pos_ == "VERB")):
            break
    return found


def _heads(act: Act) -> set[int]:
    return {token.i for token in act.sides.all()}
