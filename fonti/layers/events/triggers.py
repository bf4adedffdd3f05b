"""Which words of a report tell an act: the word, what must stand beside it, who must take part in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from .. import syntax
from .nouns import noun_sides
from .sides import Sides, patients, verb_sides
from .text import (
    Text,
    counted,
    is_actor,
    is_definite,
    is_noun,
    is_plural,
    is_public,
    is_reflexive,
    spread,
    under,
)
from .words import EventWords, Word

WINDOW = 8  # how far from the first the other words of a phrase may stand
MOVING = {"FORCE", "BOMB"}  # what moves by itself: "le truppe sono arrivate"


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
    meant = {act.trigger.i: act.word.type for act in found if act.word.rest}  # "air strike" is no strike of workers
    return [
        act
        for act in found
        if act.trigger.i not in barred and (act.word.rest or meant.get(act.trigger.i, act.word.type) == act.word.type)
    ]


def act_at(text: Text, token: Token) -> Act | None:
    """The first reading of a word whose conditions hold."""
    for word, head, trigger in readings(text, token):
        things = things_of(text, head, word)
        if not all(holds(text, head, word, things) for holds in CONDITIONS):
            continue
        sides = noun_sides(text, head, word) if is_noun(head) else verb_sides(text, head, word)
        if word.concept == "none":
            return Act(head, trigger, word, sides, things)
        if GATES[word.gate](text, sides, head) and not any(bars(text, head, word) for bars in BARS):
            return Act(head, trigger, word, sides, things)
    return None


def readings(text: Text, token: Token) -> Iterator[tuple[Word, Token, Token]]:
    """What the word may mean, with head and trigger: phrases first, then words with conditions, then words alone."""
    for name in {text.lemma(token), syntax.lower(token)}:
        for word in text.words.phrases.get(name, ()):
            members = _members(text, token, word)
            if members:
                head = min(members, key=lambda member: (len(list(syntax.chain(member))), member.i))
                yield word, head, head if word.trigger is None else members[word.trigger]
    table = TABLES.get(token.pos_)
    if table is not None:
        yield from ((word, token, token) for word in table(text.words).get(text.lemma(token), ()))


TABLES: dict[str, Callable[[EventWords], dict[str, list[Word]]]] = {
    "VERB": lambda words: words.verbs,
    "NOUN": lambda words: words.nouns,
    "PROPN": lambda words: words.nouns,
    "ADJ": lambda words: words.adjectives,
}


def _members(text: Text, first: Token, word: Word) -> list[Token]:
    """The words of a phrase, where all of them stand with its first."""
    here = text.places(first.sent)
    if any(part not in here for part in word.rest):
        return []
    found = [first]
    for part in word.rest:
        token = _member(first, here[part], found)
        if token is None:
            return []
        found.append(token)
    cases = {syntax.case_form(case) for token in found if is_noun(token) for case in syntax.children(token, "case")}
    return found if cases <= {word.lemma, *word.rest} or is_noun(first) else []


def _member(first: Token, places: list[int], used: list[Token]) -> Token | None:
    """Another word of a phrase: right of its first, or left of it and hanging on it."""
    near = [first.doc[i] for i in places if -WINDOW <= i - first.i < WINDOW]
    right = [token for token in near if token.i > first.i]
    below = [token for token in near if token.i < first.i and first in list(syntax.chain(token))[:3]]
    for token in (*right, *below):
        if token in used:
            continue
        if token.pos_ not in LOOSE or token.i - first.i <= 2 or first in list(syntax.chain(token))[:3]:
            return token
    return None


LOOSE = ("ADP", "ADV", "PART", "ADJ")  # such words belong to a phrase only where they stand next to it or hang on it


def things_of(text: Text, token: Token, word: Word) -> list[Token]:
    """What the act is done to: the object, the "of" of a noun, the first part of an English compound."""
    if is_noun(token) and not word.rest:
        return spread([*under(text, token, text.words.slots["of"]), *syntax.children(token, *MODIFIERS)])
    found = patients(token)
    if not found and word.object & MOVING:
        found = syntax.subjects(token) or syntax.children(token, "nsubj:pass")
    return spread(found) or _after(text, token, word)


def _after(text: Text, verb: Token, word: Word) -> list[Token]:
    """The nouns of the class that follow a verb to which the tree gives no object."""
    found: list[Token] = []
    for token in verb.doc[verb.i + 1 : min(verb.i + REACH, verb.sent.end)]:
        if token.pos_ in ("VERB", "AUX") or token.text in ";:":
            break
        if is_noun(token) and any(text.words.of_class(name, text.lemma(token)) for name in word.object - LIVING):
            found.append(token)
    return found


REACH = 14
LIVING = {"PERSON", "PLACE", "FORCE"}


MODIFIERS = ("compound", "amod", "nmod:poss")

Condition = Callable[[Text, Token, Word, list[Token]], bool]


def in_class(text: Text, token: Token, names: frozenset[str]) -> bool:
    """Whether a phrase is of one of these classes: by its head, or the thing that its head counts."""
    token = counted(text, token)
    if any(text.words.of_class(name, form) for name in names for form in (text.lemma(token), syntax.lower(token))):
        return True
    return ("PERSON" in names and is_actor(text, token)) or ("PLACE" in names and token.ent_type_ == "LOC")


def has_object(text: Text, token: Token, word: Word, things: list[Token]) -> bool:
    clitic = "PERSON" in word.object and any(child.pos_ == "PRON" for child in syntax.children(token, "obj", "iobj"))
    return not word.object or clitic or any(in_class(text, thing, word.object) for thing in things)


def lacks_object(text: Text, token: Token, word: Word, things: list[Token]) -> bool:
    return not word.without or not any(in_class(text, thing, word.without) for thing in things)


def is_near(text: Text, token: Token, word: Word, things: list[Token]) -> bool:
    """Whether a word of the class stands in the sentence or the one before."""
    if not word.near:
        return True
    start = token.sent.start
    context = token.doc[token.doc[start - 1].sent.start if start else 0 : token.sent.end]
    lemmas = {text.lemma(other) for other in context if other.i != token.i}
    return any(not lemmas.isdisjoint(text.words.classes[name]) for name in word.near)


def calls_it(text: Text, token: Token, word: Word, things: list[Token]) -> bool:
    """Whether it is called something of the class: "definire una vergogna"."""
    after = [other for other in token.subtree if other.i > token.i]
    return not word.predicate or any(text.words.of_class(name, text.lemma(o)) for name in word.predicate for o in after)


def fits_reflexive(text: Text, token: Token, word: Word, things: list[Token]) -> bool:
    return not word.reflexive or is_reflexive(text, token)


CONDITIONS: tuple[Condition, ...] = (fits_reflexive, has_object, lacks_object, is_near, calls_it)


def _public(text: Text, tokens: list[Token]) -> bool:
    return any(is_public(text, token) for token in tokens)


Gate = Callable[[Text, Sides, Token], bool]
GATES: dict[str, Gate] = {
    "any": lambda text, sides, token: True,
    "side": lambda text, sides, token: bool(sides.all()) or not is_noun(token),
    "public": lambda text, sides, token: _public(text, sides.all()),
    "recipient": lambda text, sides, token: bool(sides.recipients) or any(is_plural(side) for side in sides.actors),
    "recipient_public": lambda text, sides, token: _public(text, sides.recipients),
    "both_public": lambda text, sides, token: _public(text, sides.actors) and _public(text, sides.recipients),
    "to_place": lambda text, sides, token: (
        _public(text, sides.actors) and any(side.ent_type_ == "LOC" for side in sides.recipients)
    ),
    "force": lambda text, sides, token: any(text.words.of_class("FORCE", text.lemma(side)) for side in sides.actors),
    "willing": lambda text, sides, token: (
        bool(syntax.children(token, "xcomp", "ccomp", "advcl")) and bool(sides.actors)
    ),
    "crowd": lambda text, sides, token: any(
        text.words.of_class("CROWD", text.lemma(side)) or is_plural(side) for side in sides.actors
    ),
}


def points_back(text: Text, token: Token, word: Word) -> bool:
    """A bare noun that only points to an act told before: "tale divieto", "dopo la sparatoria"."""
    if not is_noun(token):
        return False
    own = syntax.children(token, "nmod", "amod", "acl", "compound", "nummod", "appos")
    if any(not {text.lemma(child), syntax.lower(child)} & set(word.rest) for child in own):
        return False
    determiners = syntax.children(token, "det")
    if any(syntax.lower(child) in text.words.back for child in determiners):
        return True
    return (is_definite(token) or not determiners) and syntax.case_word(token) in text.words.after


def figurative(text: Text, token: Token, word: Word) -> bool:
    """ "la battaglia delle idee", "attacco cardiaco"."""
    below = syntax.children(token, "amod", "nmod", "compound", "obj")
    return any(text.lemma(child) in text.words.figurative for child in below)


def asks_whether(text: Text, token: Token, word: Word) -> bool:
    """ "ha chiesto se": a question, no request."""
    marks = [mark for clause in syntax.children(token, "ccomp") for mark in syntax.children(clause, "mark")]
    return word.type == "REQUEST" and any(text.lemma(mark) in text.words.whether for mark in marks)


def inside_name(text: Text, token: Token, word: Word) -> bool:
    """ "Cooperazione Italiana Solidarietà", "the job-killing bill": part of a name or of a compound."""
    joined = token.i > 0 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_
    return joined or (is_noun(token) and token.ent_type_ != "")


def is_topic(text: Text, token: Token, word: Word) -> bool:
    """ "hanno discusso della cooperazione": what was talked of, not what was done."""
    if word.type not in ("COOPERATE", "AGREE") or not is_noun(token) or syntax.label(token) not in ("obl", "obj"):
        return False
    return any(known.concept == "talk" for known in text.words.verbs.get(text.lemma(token.head), ()))


Bar = Callable[[Text, Token, Word], bool]
BARS: tuple[Bar, ...] = (points_back, figurative, asks_whether, inside_name, is_topic)
