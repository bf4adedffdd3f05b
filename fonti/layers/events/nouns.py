"""Who does it and to whom: the participants of a noun, in its phrase and with the verb that carries it."""

from __future__ import annotations

from spacy.tokens import Token

from .. import syntax
from .sides import Sides, owners, reciprocal, verb_actors
from .text import Text, is_actor, is_noun, obliques, people, receives, spread, under
from .words import Word

# The actor of a noun for these may stand further up in the sentence: "said during a visit to Rome".
CARRIED = ("CONSULT", "COOPERATE", "AGREE", "SUPPORT", "CONCEDE", "PROTEST")


def noun_sides(text: Text, noun: Token, word: Word) -> Sides:
    """The participants of a noun: under its prepositions, its owner, its adjective, then those of the verb above."""
    sides = Sides()
    of = _prepositions(text, noun, word, sides)
    _owner(text, noun, word, sides, of)
    _adjectives(text, noun, word, sides)
    if not (sides.actors and sides.recipients):
        _carried(text, noun, word, sides)
    if word.reciprocal and not sides.recipients:
        return reciprocal(sides.actors)
    return Sides(sides.actors, [token for token in sides.recipients if token not in sides.actors])


def _wanted(text: Text, word: Word) -> set[str]:
    return {case for name in (*word.noun, "against") for case in text.words.slots[name]}


def _prepositions(text: Text, noun: Token, word: Word, sides: Sides) -> list[Token]:
    """Fills the sides from the noun's prepositions; what "of" holds is for the word to place."""
    slots, wanted, of = text.words.slots, _wanted(text, word), list[Token]()
    for case, found in obliques(text, noun):
        group = [token for token in spread([found]) if receives(text, token, word)]
        sides.actors += people(text, under(text, found, slots["by"] & text.words.complex))  # "of Y by X" as one
        if case in slots["between"]:
            both = reciprocal(group)
            sides.actors += both.actors
            sides.recipients += both.recipients
        elif case in slots["of"]:
            of += group
        elif case in slots["by"] and not (case in slots["from"] and case in wanted):
            sides.actors += group
        elif case in wanted:
            sides.recipients += group
    return of


def _owner(text: Text, noun: Token, word: Word, sides: Sides, of: list[Token]) -> None:
    """ "the arrest of X" and "X's arrest" tell whom, "X's arrest of Y" who; "the visit of X" tells who."""
    owner = owners(text, noun)
    if word.of == "recipient":
        sides.recipients = of or sides.recipients
        (sides.actors if sides.recipients else sides.recipients).extend(owner)
    elif word.of == "actor":
        if of and owner and owner[0] not in sides.actors:
            sides.recipients = sides.recipients or of
            sides.actors = owner
        else:
            sides.actors = sides.actors or of or owner


def _adjectives(text: Text, noun: Token, word: Word, sides: Sides) -> None:
    """ "l'invasione russa", "the Gaza bombing": a demonym acts, a place before a noun undergoes."""
    for modifier in syntax.children(noun, "amod", "compound"):
        if modifier.i not in text.actors or text.actors[modifier.i] == text.actors.get(noun.i):
            continue
        undergoes = text.actors[modifier.i][1] != "demonym" and word.of == "recipient"
        side = sides.recipients if undergoes and not sides.recipients else sides.actors
        if not side:
            side.append(modifier)


def _carried(text: Text, noun: Token, word: Word, sides: Sides) -> None:
    """What the word above gives to a noun: "ha lanciato un attacco contro X", "Obama, in visita in Polonia"."""
    slots = text.words.slots
    head, relation = noun.head, syntax.label(noun)
    if head.i == noun.i:
        sides.actors = sides.actors or people(text, spread(syntax.children(noun, "nsubj")))
        return
    if relation == "conj" and is_noun(head):
        head, relation = head.head, syntax.label(head)
    if relation == "nmod" and head.pos_ == "NOUN" and not is_actor(text, head) and head.head.i != head.i:
        sides.actors = sides.actors or people(text, under(text, head, slots["by"]))
        head, relation = head.head, syntax.label(head)
    if relation in ("nmod", "acl") and is_noun(head) and word.of == "actor" and is_actor(text, head):
        if syntax.case_word(noun) in slots["in"] | slots["on"]:
            sides.actors = sides.actors or [head]
    elif head.pos_ in ("VERB", "AUX"):
        _by_verb(text, noun, head, relation, word, sides)


def _by_verb(text: Text, noun: Token, verb: Token, relation: str, word: Word, sides: Sides) -> None:
    """What a verb gives to the noun it carries: as its object ("lanciare"), its subject ("avvenire"), or beside it."""
    support, slots, name = text.words.support, text.words.slots, text.lemma(verb)
    given = [
        token for token in under(text, verb, _wanted(text, word)) if token.i != noun.i and receives(text, token, word)
    ]

    def actors() -> list[Token]:
        return [token for token in people(text, verb_actors(text, verb)) if token not in sides.recipients]

    is_object = relation == "obj" or noun.dep_ == "nsubj:pass"
    if is_object and name in support["passive"] and not syntax.is_passive(verb):
        sides.recipients = sides.recipients or actors()
        sides.actors = sides.actors or people(text, under(text, verb, slots["from"]))
    elif is_object and (name in support["active"] or word.type in CARRIED):
        sides.actors = sides.actors or actors()
        if name in support["active"]:
            sides.recipients = sides.recipients or given
    elif relation == "nsubj" and name in support["from"]:
        sides.actors = sides.actors or people(text, under(text, verb, slots["from"]))
    elif relation == "nsubj" and name in support["happen"]:
        between = reciprocal(under(text, verb, slots["between"]))
        sides.actors = between.actors or sides.actors
        sides.recipients = between.recipients or sides.recipients or given
    elif relation == "obl" and word.of == "actor" and word.type in CARRIED:
        sides.actors = sides.actors or actors()
        if name in support["active"]:
            sides.recipients = sides.recipients or given
