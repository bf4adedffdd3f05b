"""Which words of a report tell an act: the word, what must stand beside it, who must take part in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from .. import syntax
from .objects import counted
from .sides import Sides, Text, is_actor, is_public, lemma, noun_sides, obliques, spread, verb_sides
from .words import EventWords, Word

WINDOW = 8  # how far to the right the other words of a phrase may stand


@dataclass(slots=True)
class Act:
    """A trigger with its word and its sides."""

    head: Token  # where the sides hang
    trigger: Token
    word: Word
    sides: Sides
    things: list[Token]  # what the act is done with or to, persons and things


def acts(text: Text, sentence: Span) -> list[Act]:
    """The acts of a sentence, in text order."""
    found = [act for token in sentence for act in [act_at(text, token)] if act]
    barred = {act.trigger.i for act in found if act.word.concept == "none"}
    return [act for act in found if act.word.concept != "none" and act.trigger.i not in barred]


def act_at(text: Text, token: Token) -> Act | None:
    """The first reading of a word whose conditions hold."""
    for word, head, trigger in readings(text, token):
        things = things_of(text, head, word)
        if not all(holds(text, head, word, things) for holds in CONDITIONS):
            continue
        sides = noun_sides(text, head, word) if is_noun(head) else verb_sides(text, head, word)
        if word.concept == "none":
            return Act(head, trigger, word, sides, things)
        if GATES[word.gate](text, sides, head) and not any(bars(text, head, word, sides) for bars in BARS):
            return Act(head, trigger, word, sides, things)
    return None


def is_noun(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN")


def readings(text: Text, token: Token) -> Iterator[tuple[Word, Token, Token]]:
    """What the word may mean, with head and trigger: phrases first, then words with conditions, then words alone."""
    words = text.words
    for name in {lemma(token), syntax.lower(token)}:
        for word in words.phrases.get(name, ()):
            members = _members(token, word)
            if members:
                head = min(members, key=lambda member: (len(list(syntax.chain(member))), member.i))
                yield word, head, head if word.trigger is None else members[word.trigger]
    table = TABLES.get(token.pos_)
    if table is not None:
        yield from ((word, token, token) for word in table(words).get(lemma(token), ()))


TABLES: dict[str, Callable[[EventWords], dict[str, list[Word]]]] = {
    "VERB": lambda words: words.verbs,
    "NOUN": lambda words: words.nouns,
    "PROPN": lambda words: words.nouns,
    "ADJ": lambda words: words.adjectives,
}


def _members(first: Token, word: Word) -> list[Token]:
    """The words of a phrase, where all of them stand with its first."""
    found = [first]
    for part in word.rest:
        token = _member(first, part, {token.i for token in found})
        if token is None:
            return []
        found.append(token)
    return found


def _member(first: Token, part: str, used: set[int]) -> Token | None:
    doc, start, end = first.doc, first.sent.start, first.sent.end
    right = [doc[i] for i in range(first.i + 1, min(first.i + WINDOW, end))]
    left = [doc[i] for i in range(max(start, first.i - WINDOW), first.i) if first in list(syntax.chain(doc[i]))[:3]]
    for token in (*right, *left):
        if token.i not in used and part in (lemma(token), syntax.lower(token), syntax.case_form(token)):
            return token
    return None


def things_of(text: Text, token: Token, word: Word) -> list[Token]:
    """What the act is done to: the object, the "of" of a noun, the first part of an English compound."""
    if is_noun(token) and not word.rest:
        of = [found for case, found in obliques(token) if case in text.words.slots["of"]]
        return spread([*of, *syntax.children(token, "compound", "amod", "nmod:poss")])
    found = syntax.objects(token)
    if not found and syntax.is_passive(token):
        found = [token.head] if syntax.label(token) == "acl" else spread(syntax.children(token, "obj", "nsubj"))
    if not found and word.object & MOVING:
        found = syntax.subjects(token) or syntax.children(token, "nsubj:pass")
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
    if not word.near:
        return True
    start = token.sent.start
    context = token.doc[token.doc[start - 1].sent.start if start else 0 : token.sent.end]
    return any(
        other.i != token.i and text.words.of_class(name, lemma(other)) for other in context for name in word.near
    )


def _predicate(text: Text, token: Token, word: Word, things: list[Token]) -> bool:
    return not word.predicate or any(
        other.i > token.i and text.words.of_class(name, lemma(other))
        for other in token.subtree
        for name in word.predicate
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
    "side": lambda text, sides, token: bool(sides.all()) or not is_noun(token),
    "public": lambda text, sides, token: any(is_public(text, side) for side in sides.all()),
    "recipient": lambda text, sides, token: bool(sides.recipients) or any(_plural(side) for side in sides.actors),
    "recipient_public": lambda text, sides, token: any(is_public(text, side) for side in sides.recipients),
    "both_public": lambda text, sides, token: (
        any(is_public(text, side) for side in sides.actors) and any(is_public(text, side) for side in sides.recipients)
    ),
    "to_place": lambda text, sides, token: (
        any(is_public(text, side) for side in sides.actors)
        and any(side.ent_type_ == "LOC" for side in sides.recipients)
    ),
    "crowd": lambda text, sides, token: any(
        text.words.of_class("CROWD", lemma(side)) or _plural(side) for side in sides.actors
    ),
}


def _plural(token: Token) -> bool:
    return "Plur" in syntax.morph(token, "Number") and token.pos_ == "NOUN"


def points_back(text: Text, token: Token, word: Word, sides: Sides) -> bool:
    """A bare noun that only points to an act told before: "tale divieto", "dopo la sparatoria"."""
    if not is_noun(token):
        return False
    own = [child for child in syntax.children(token, "nmod", "amod", "acl", "compound", "nummod", "appos")
           if lemma(child) not in word.rest and syntax.lower(child) not in word.rest]  # fmt: skip
    if any(syntax.lower(child) in text.words.back for child in syntax.children(token, "det")):
        return not own
    definite = is_definite(token)
    return not own and (definite or not syntax.children(token, "det")) and syntax.case_word(token) in text.words.after


def is_definite(noun: Token) -> bool:
    """Whether a noun has a definite article, joined to a preposition too, or an owner."""
    marks = syntax.children(noun, "det", "case", "nmod:poss")
    return any("Def" in syntax.morph(mark, "Definite") or "Yes" in syntax.morph(mark, "Poss") for mark in marks)


def figurative(text: Text, token: Token, word: Word, sides: Sides) -> bool:
    """ "la battaglia delle idee", "attacco cardiaco"."""
    return any(
        lemma(child) in text.words.figurative for child in syntax.children(token, "amod", "nmod", "compound", "obj")
    )


def asks_whether(text: Text, token: Token, word: Word, sides: Sides) -> bool:
    """ "ha chiesto se": a question, no request."""
    return word.type == "REQUEST" and any(
        lemma(mark) in ("se", "if", "whether")
        for clause in syntax.children(token, "ccomp")
        for mark in syntax.children(clause, "mark")
    )


Bar = Callable[[Text, Token, Word, Sides], bool]
BARS: tuple[Bar, ...] = (points_back, figurative, asks_whether)
