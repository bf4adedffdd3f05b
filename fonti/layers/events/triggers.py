"""Which words of a report tell an act: the word, what must stand beside it, who must take part in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from .. import syntax
from .objects import counted
from .sides import Sides, Text, is_actor, is_public, lemma, noun_sides, obliques, spread, verb_sides
from .words import Word

WINDOW = 6  # how far to the right the other words of a phrase may stand


@dataclass(slots=True)
class Act:
    """A trigger with its word and its sides."""

    head: Token  # where the sides hang
    trigger: Token
    word: Word
    sides: Sides
    things: list[Token]  # what the act is done with or to, persons and things


def acts(text: Text, tokens: Iterator[Token]) -> Iterator[Act]:
    """The acts among these words, in text order."""
    for token in tokens:
        act = act_at(text, token)
        if act:
            yield act


def act_at(text: Text, token: Token) -> Act | None:
    """The first reading of a word whose conditions hold."""
    for word, trigger in readings(text, token):
        things = things_of(text, token, word)
        if not all(holds(text, token, word, things) for holds in CONDITIONS):
            continue
        sides = noun_sides(text, token, word) if is_noun(token) else verb_sides(text, token, word)
        if GATES[word.gate](text, sides, token) and not points_back(text, token, sides) and not figurative(text, token):
            return Act(token, trigger, word, sides, things)
    return None


def is_noun(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN")


def readings(text: Text, token: Token) -> Iterator[tuple[Word, Token]]:
    """What the word may mean: phrases first, then words with conditions, then words alone."""
    words = text.words
    names = {lemma(token), syntax.lower(token)}
    for name in names:
        for word in words.phrases.get(name, ()):
            found = _phrase(token, word)
            if found:
                yield word, found
    table = None
    if token.pos_ == "VERB":
        table = words.verbs
    elif is_noun(token):
        table = words.nouns
    elif token.pos_ == "ADJ":
        table = words.adjectives
    if table is not None:
        yield from ((word, token) for word in table.get(lemma(token), ()))


def _phrase(head: Token, word: Word) -> Token | None:
    """The trigger of a phrase, where its other words stand with its head."""
    found = [head]
    for part in word.rest:
        token = _member(head, part, {token.i for token in found})
        if token is None:
            return None
        found.append(token)
    return found[word.trigger]


def _member(head: Token, part: str, used: set[int]) -> Token | None:
    doc = head.doc
    below = [token for token in head.subtree if _depth(token, head) <= 3 and abs(token.i - head.i) <= 2 * WINDOW]
    right = [doc[i] for i in range(head.i + 1, min(head.i + WINDOW, len(doc))) if doc[i].sent.start == head.sent.start]
    if head.i and doc[head.i - 1].head.i == head.i:
        right.append(doc[head.i - 1])
    for token in (*below, *right):
        if token.i not in used and part in (lemma(token), syntax.lower(token), syntax.case_form(token)):
            return token
    return None


def _depth(token: Token, head: Token) -> int:
    return next((n for n, step in enumerate(syntax.chain(token)) if step.i == head.i), 99)


def things_of(text: Text, token: Token, word: Word) -> list[Token]:
    """What the act is done to: the object, the "of" of a noun, the first part of an English compound."""
    if is_noun(token) and not word.rest:
        of = [found for case, found in obliques(token) if case in text.words.slots["of"]]
        return spread([*of, *syntax.children(token, "compound", "amod", "nmod:poss")])
    found = syntax.objects(token)
    if not found and syntax.is_passive(token):
        found = [token.head] if syntax.label(token) == "acl" else spread(syntax.children(token, "obj", "nsubj"))
    if not found and word.object & MOVING:
        found = syntax.subjects(token)
    return spread(found)


MOVING = {"FORCE", "BOMB"}  # what moves by itself: "le truppe sono arrivate"


def in_class(text: Text, token: Token, names: frozenset[str]) -> bool:
    """Whether a phrase is of one of these classes: by its head, or the thing that its head counts."""
    token = counted(text, token)
    if any(text.words.of_class(name, lemma(token)) or text.words.of_class(name, syntax.lower(token)) for name in names):
        return True
    if "PERSON" in names and is_actor(text, token):
        return True
    return "PLACE" in names and token.ent_type_ == "LOC"


def _object(text: Text, token: Token, word: Word, things: list[Token]) -> bool:
    if not word.object:
        return True
    clitic = "PERSON" in word.object and any(child.pos_ == "PRON" for child in syntax.children(token, "obj", "iobj"))
    return clitic or any(in_class(text, thing, word.object) for thing in things)


def _without(text: Text, token: Token, word: Word, things: list[Token]) -> bool:
    return not word.without or not any(in_class(text, thing, word.without) for thing in things)


def _near(text: Text, token: Token, word: Word, things: list[Token]) -> bool:
    return not word.near or any(
        other.i != token.i and text.words.of_class(name, lemma(other)) for other in token.sent for name in word.near
    )


def _predicate(text: Text, token: Token, word: Word, things: list[Token]) -> bool:
    return not word.predicate or any(
        other.i > token.i and text.words.of_class(name, lemma(other)) for other in token.subtree for name in word.predicate
    )


def _reflexive(text: Text, token: Token, word: Word, things: list[Token]) -> bool:
    return not word.reflexive or is_reflexive(token)


def is_reflexive(verb: Token) -> bool:
    """Whether the verb has a reflexive pronoun, before it or joined to it."""
    pronouns = syntax.children(verb, "expl", "obj", "iobj")
    return any("Yes" in syntax.morph(word, "Reflex") or word.dep_ == "expl" for word in (*pronouns, verb)) or (
        verb.lower_.endswith("si") and verb.doc.lang_ == "it"
    )


Condition = Callable[[Text, Token, Word, list[Token]], bool]
CONDITIONS: tuple[Condition, ...] = (_reflexive, _object, _without, _near, _predicate)

Gate = Callable[[Text, Sides, Token], bool]
GATES: dict[str, Gate] = {
    "any": lambda text, sides, token: True,
    "side": lambda text, sides, token: bool(sides.all()),
    "public": lambda text, sides, token: any(is_public(text, side) for side in sides.all()),
    "recipient": lambda text, sides, token: bool(sides.recipients),
    "recipient_public": lambda text, sides, token: any(is_public(text, side) for side in sides.recipients),
    "both_public": lambda text, sides, token: (
        any(is_public(text, side) for side in sides.actors) and any(is_public(text, side) for side in sides.recipients)
    ),
    "crowd": lambda text, sides, token: any(text.words.of_class("CROWD", lemma(side)) or _plural(side) for side in sides.actors),
}


def _plural(token: Token) -> bool:
    return "Plur" in syntax.morph(token, "Number") and token.pos_ == "NOUN"


def points_back(text: Text, token: Token, sides: Sides) -> bool:
    """A bare noun that only points to an act told before: "tale divieto", "dopo la sparatoria"."""
    if not is_noun(token):
        return False
    own = [child for child in token.children if syntax.label(child) in ("nmod", "amod", "acl", "compound", "nummod", "appos")]
    if any(syntax.lower(child) in text.words.back for child in syntax.children(token, "det")):
        return not own
    definite = any("Def" in syntax.morph(child, "Definite") for child in syntax.children(token, "det"))
    case = syntax.case_word(token)
    return not own and (definite or not syntax.children(token, "det")) and case in text.words.after


def figurative(text: Text, token: Token) -> bool:
    """"la battaglia delle idee", "attacco cardiaco"."""
    return any(lemma(child) in text.words.figurative for child in syntax.children(token, "amod", "nmod", "compound", "obj"))
