"""Who takes part where an act's own slots leave a side open: in what is promised, asked, refused or defended."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from .. import syntax
from .sides import BLAMES, Sides, patients, slot
from .text import (
    Text,
    actor_of,
    country_of,
    is_actor,
    is_noun,
    is_public,
    obliques,
    spread,
    state_in,
    under,
)
from .triggers import Act
from .words import Word

OPEN = ("AGREE", "REJECT", "THREATEN", "CONCEDE", "REQUEST")  # what is done stands in their complement
OF_DEEDS = ("REJECT", "SUPPORT", "ACCUSE", "THREATEN", "AID")  # what is done to somebody's deed is done to him
BELOW = ("obj", "obl", "nmod", "amod", "compound", "acl", "xcomp", "advcl")
DEPTH = 4


def deepened(text: Text, act: Act) -> Sides:
    """The sides of an act, an empty one filled from further down in its sentence."""
    head, word = act.head, act.word
    actors, recipients = act.sides.actors, act.sides.recipients
    for find in (_blamed_for, _of_country) if is_noun(head) else (_in_complement, _owner, _of_country):
        recipients = recipients or [token for token in find(text, head, word, actors) if token not in actors]
    if not actors and is_noun(head) and word.type == "ASSAULT":
        actors = [token for token in _blamed(text, head) if token not in recipients]  # "sentenced for the murder of X"
    elif not actors and "subject" in word.actor:
        actors = [token for token in _subject(head) if token not in recipients]
    return Sides(actors, recipients)


def _subject(verb: Token) -> list[Token]:
    """The noun before an active verb, though the lexicon does not know that it can act: "il centrodestra accusa X"."""
    found = [] if syntax.is_passive(verb) else spread(syntax.children(verb, "nsubj"))
    return [token for token in found if is_noun(token) and token.i < verb.i]


def _in_complement(text: Text, verb: Token, word: Word, actors: list[Token]) -> list[Token]:
    """ "asked that the government be clear", "refused to give arms to Riyadh", "to lift the ban on Cypriot ships"."""
    for clause in syntax.children(verb, "xcomp", "ccomp") if word.type in OPEN else ():
        if word.type == "REQUEST":
            found = [token for token in spread(syntax.subjects(clause)) if is_actor(text, token)]
        else:
            done_to = spread([*patients(clause), *(below for _, below in obliques(text, clause))])
            sent = text.words.classes["FORCE"]  # "refused to send troops" is none of theirs
            people = [token for token in done_to if is_actor(text, token) and text.lemma(token) not in sent]
            found = [token for token in people if token.pos_ != "PRON"][:1]
            found = found or _owners(text, syntax.objects(clause)) or _foreign(text, clause, actors)
        if found:
            return found
    return []


def _owner(text: Text, verb: Token, word: Word, actors: list[Token]) -> list[Token]:
    """ "defended Germany's decision", "rejected the request of the court"."""
    return _owners(text, syntax.objects(verb)) if word.type in OF_DEEDS else []


def _owners(text: Text, things: Iterable[Token]) -> list[Token]:
    """Whose they are: "l'invasione russa dell'Ucraina" is Russia's."""
    slots = text.words.slots
    for thing in things:
        own = syntax.children(thing, "nmod:poss", "amod", "compound")
        for told in (own, under(text, thing, slots["of"] | slots["by"] | slots["from"])):
            if found := [token for token in told if token.i in text.actors and is_public(text, token)]:
                return found
    return []


def _foreign(text: Text, clause: Token, actors: list[Token]) -> list[Token]:
    """What is nearest below a clause that belongs to another country than the actors'."""
    own = {actor.country for token in actors if (actor := actor_of(text, token))}
    level = [clause]
    for _ in range(DEPTH):
        level = [child for token in level for child in syntax.children(token, *BELOW)]
        for token in level:
            actor = actor_of(text, token) or country_of(text, token)
            if actor and not actor.presumed and actor.country and actor.country not in own:
                return [token.head if syntax.label(token) == "amod" else token]
    return []


def _of_country(text: Text, head: Token, word: Word, actors: list[Token]) -> list[Token]:
    """A thing of another country in a slot of the act: "gave money to Nigeria's schools"."""
    own = {actor.id for token in actors if (actor := actor_of(text, token))}
    for token in _things(text, head, word):
        state = state_in(text, token)
        if state and state.id not in own:
            return [token]
    return []


def _things(text: Text, head: Token, word: Word) -> list[Token]:
    if is_noun(head):
        names = [*word.noun, "of"] if word.of == "recipient" else word.noun
        return under(text, head, {case for name in names for case in text.words.slots[name]})
    names = [name for name in word.recipient if name in text.words.slots or (name == "object" and word.type != "AID")]
    return [token for name in names for token in slot(text, head, name)]


def _blamed_for(text: Text, noun: Token, word: Word, actors: list[Token]) -> list[Token]:
    """ "X was arrested on charges of fraud", "as part of an investigation"."""
    return _blamed(text, noun) if word.type == "ACCUSE" else []


def _blamed(text: Text, noun: Token) -> list[Token]:
    """Whom the verb over a noun blames or punishes."""
    if syntax.label(noun) == "nmod" and noun.head.pos_ == "NOUN":
        noun = noun.head
    verb = noun.head
    if syntax.label(noun) != "obl" or verb.pos_ != "VERB":
        return []
    blames = any(word.type in BLAMES for word in text.words.verbs.get(text.lemma(verb), ()))
    return [token for token in spread(patients(verb)) if is_actor(text, token)] if blames else []
