"""How many persons an act killed, injured, arrested …: "almeno 15 morti e 30 feriti", "ha ucciso due persone"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from spacy.tokens import Token

from ...record import Casualties, CasualtyKind, Span
from .. import syntax
from .merging import one_clause
from .objects import figure
from .sides import patients
from .text import Text, case_of, counted, is_actor, is_noun, is_plural, spread, under
from .triggers import Act

VIOLENT = ("ASSAULT", "PROTEST", "COERCE")
# the acts that leave such persons, the likeliest first
ACTS: dict[CasualtyKind, tuple[str, ...]] = {
    "killed": VIOLENT,
    "injured": VIOLENT,
    "missing": ("ASSAULT", "COERCE", "PROTEST"),
    "arrested": ("COERCE", "PROTEST", "ASSAULT"),
    "displaced": ("ASSAULT", "COERCE", "PROTEST"),
}
# who undergoes an act that a phrase tells is counted too: "hanno perso la vita due persone"
CONCEPTS: dict[str, CasualtyKind] = {
    "kill": "killed", "die": "killed", "assassinate": "killed", "execute": "killed", "wound": "injured",
}  # fmt: skip
RANGE = re.compile(r"(\d+)[-–](\d+)$")
DASHES = ("-", "–", "—")
VAGUE, HUNDRED = 10, 100  # a bare plural tells two or more of it: "decine", "several hundred"
NUMERALS = ("NUM", "NOUN", "ADJ", "PROPN", "X")  # what the words of a number may be tagged
LONGEST = 4  # words of a bound: "no menos de"
BESIDE = 1  # tokens from a number to a word that tells what became of them: "une trentaine blessés"


@dataclass(frozen=True, slots=True)
class Amount:
    """How many, and the tokens that tell it."""

    tokens: list[Token]
    least: int | None
    most: int | None
    about: bool = False


def casualties_of(text: Text, acts: Sequence[Act]) -> list[list[Casualties]]:
    """The casualties of each act: those told in its sentence which fit no other act better."""
    found: list[list[Casualties]] = [[] for _ in acts]
    for start in sorted({act.head.sent.start for act in acts if act.word.type in VIOLENT}):
        here = [(i, act) for i, act in enumerate(acts) if act.head.sent.start == start and act.word.type in VIOLENT]
        seen = set[tuple[str, int]]()
        found_here = told(text, text.doc[start].sent, [act for _, act in here])
        counts = [(kind, word, phrase, counted(text, phrase)) for kind, word, phrase in found_here]
        beside = {thing.i for _, word, _, thing in counts if _is_beside(word, thing)}
        for kind, word, phrase, thing in counts:
            if thing.i in beside and not _is_beside(word, thing):
                continue  # "23 soldats ont été tués et une trentaine blessés": the thirty are no dead
            phrase = phrase if _value(text, phrase) is not None else thing  # "un gruppo di 15 persone"
            amount = amount_of(text, phrase, thing)
            if amount is None or (kind, thing.i) in seen:
                continue
            seen.add((kind, thing.i))
            at, _ = min(here, key=lambda numbered: _fit(numbered[1], word, kind))
            span = _span(text, amount)
            found[at].append(Casualties(kind, span.start, span.end, amount.least, amount.most, amount.about))
    return found


def _is_beside(word: Token, thing: Token) -> bool:
    return 0 <= word.i - thing.i <= BESIDE


def _span(text: Text, amount: Amount) -> Span:
    first, last = amount.tokens[0], amount.tokens[-1]
    if first.i == last.i and (amount.least, amount.most) == (1, 1):  # a name
        return syntax.noun_phrase(first, apposition=False, coordination=False)
    return syntax.trimmed(text.doc, range(first.i, last.i + 1)) or Span(first.idx, last.idx + len(last))


def _fit(act: Act, word: Token, kind: CasualtyKind) -> tuple[bool, bool, int, int]:
    """How well a count fits an act, less is better: its own word, its clause, its type, how far it stands."""
    own = word.i in (act.trigger.i, act.head.i)
    return not own, not one_clause(act.head, word), ACTS[kind].index(act.word.type), abs(act.trigger.i - word.i)


def told(text: Text, sentence: Iterable[Token], acts: Sequence[Act]) -> Iterator[tuple[CasualtyKind, Token, Token]]:
    """The words of a sentence that count persons, with the phrase that says whom: kind, word, head of the phrase."""
    counted_so = set[CasualtyKind]()
    for token in sentence:
        forms = {text.lemma(token), text.own_lemma(token), token.lemma_.lower(), syntax.lower(token)}
        for kind in get_args(CasualtyKind):
            if not forms.isdisjoint(text.words.casualties[kind]):
                for phrase in _phrases(text, token):
                    yield kind, token, phrase
                    counted_so.add(kind)
    for act in acts:
        kind_of_act = CONCEPTS.get(act.word.concept) if act.word.rest else None
        if kind_of_act and kind_of_act not in counted_so:
            for side in act.sides.recipients:
                yield kind_of_act, act.trigger, side


def _phrases(text: Text, word: Token) -> list[Token]:
    """Who is counted: the word itself ("15 morti"), or whoever undergoes what it says ("uccise due persone")."""
    phrase = _counter(text, word)
    if syntax.label(word) != "amod" and amount_of(text, phrase, word):
        return [phrase]
    before = _before(word)
    counts = before is not None and (before.head.i == word.i or syntax.label(before) == "conj")
    if before is not None and before.pos_ == "NUM" and counts and not is_noun(word) and not is_year(before):
        return [before]  # "15 killed and 30 wounded"
    return [other for other in _undergoing(text, word) if _is_person(text, other)]


def _is_person(text: Text, token: Token) -> bool:
    return _value(text, token) is not None or is_actor(text, token) or bool(_none(text, token))


def _undergoing(text: Text, word: Token) -> list[Token]:
    if syntax.label(word) == "xcomp":
        return spread(syntax.subjects(word))
    if syntax.label(word) == "obj" and word.head.pos_ == "VERB":  # "30 resultaron heridas", where the tree errs
        carried = spread(syntax.subjects(word.head))
        if not is_noun(word) or (carried and all(other.pos_ == "NUM" for other in carried)):
            return carried
    if is_noun(word):
        return under(text, word, text.words.slots["of"])
    if word.pos_ != "VERB":
        return [word.head] if syntax.label(word) == "amod" else spread(syntax.subjects(word))
    found = spread([*patients(word), *(child for child in syntax.children(word, "obl") if _is_bounded(text, child))])
    if any(_is_person(text, other) for other in found):
        return found
    forms = {text.own_lemma(word), syntax.lower(word)}
    bare = not syntax.children(word, "aux") and "Part" in syntax.morph(word, "VerbForm")
    if bare or not forms.isdisjoint(text.words.casualties["subject"]):
        return spread(syntax.subjects(word))
    # "Uccisi tre civili", of which the tagger makes a finite verb
    return [other for other in syntax.children(word, "nsubj") if word.i < other.i and syntax.children(other, "nummod")]


def _is_bounded(text: Text, noun: Token) -> bool:
    """ "killed up to 20 people", "between 10 and 15": the words of the bound are no preposition."""
    cases = {syntax.case_word(noun), " ".join(syntax.lower(case) for case in syntax.children(noun, "case"))}
    between = text.words.slots["between"]
    counts = noun.pos_ == "NUM" or bool(syntax.children(noun, "nummod"))
    return counts and any(case in text.words.bounds or case in between for case in cases)


def _before(token: Token) -> Token | None:
    return token.nbor(-1) if token.i > token.sent.start else None


def _counter(text: Text, noun: Token) -> Token:
    """The word of quantity over a noun: "decine" in "decine di morti"; else the noun."""
    head = noun.head
    if syntax.label(noun) != "nmod" or head.i == noun.i or _value(text, head) is None:
        return noun
    return _counter(text, head) if case_of(noun) in {"", *text.words.slots["of"]} else noun


def amount_of(text: Text, phrase: Token, thing: Token) -> Amount | None:
    """How many a phrase tells: an exact number, a bound, a range, none; None where it tells no number."""
    if negatives := _none(text, phrase) or _none(text, thing):
        return Amount(_ordered(negatives), 0, 0)
    words = _numerals(text, phrase, thing)
    value = product(_values(text, words))
    if value is None:
        return Amount([thing], 1, 1) if _is_one(text, thing) else None
    if _negated(thing) or value != int(value):
        return None
    if both := _range(text, words[0]):
        low, high, first, last = both
        return Amount(_ordered([*words, thing, first, last]), low, high)
    bound, start = _bound(text, words[0])
    tokens = _ordered([*words, thing, start])
    if any(_is_vague(text, word, words) for word in words):
        return Amount(tokens, 2 * int(value), None)
    rough = bound is None and any(is_noun(word) and not word.text[0].isdigit() for word in words)
    least, most = (None if bound == "most" else int(value)), (None if bound == "least" else int(value))
    return Amount(tokens, least, most, bound == "about" or rough)


def _ordered(tokens: Iterable[Token]) -> list[Token]:
    return sorted(set(tokens), key=lambda token: token.i)


def product(values: Sequence[float]) -> float | None:
    """Number words in a row as one number: ninety six, two dozen, two thousand five hundred; None for none."""
    whole = part = 0.0
    for value in values:
        if value >= 1000:
            whole, part = whole + (part or 1) * value, 0
        elif part and value > part:
            part *= value
        else:
            part += value
    return whole + part if values else None


def _values(text: Text, words: Sequence[Token]) -> list[float]:
    """The numbers of the words; "28 000" is one."""
    found = list[float]()
    for word in words:
        if found and re.fullmatch(r"\d{3}", word.text) and word.i and word.nbor(-1).text.isdigit():
            found[-1] = found[-1] * 1000 + float(word.text)
        else:
            found.append(_value(text, word) or 0)
    return found


def _none(text: Text, token: Token) -> list[Token]:
    """The words of a phrase that tells nobody: "nessun ferito", "senza vittime", "non ci sono feriti", "nobody"."""
    negative = text.words.certainty["negative"]
    if token.pos_ == "VERB":
        return []
    words = [token, *syntax.children(token, "det", "case")]
    if found := [word for word in words if not negative.isdisjoint((text.lemma(word), syntax.lower(word)))]:
        return [*found, token]
    bare = is_noun(token) and is_plural(token) and not syntax.children(token, "nummod", "det", "nmod", "acl")
    return [token] if bare and _negated(token) else []


def _negated(noun: Token) -> bool:
    return syntax.label(noun) in ("nsubj", "obj") and syntax.negated(noun.head)


def _is_one(text: Text, thing: Token) -> bool:
    """Whether it names one person."""
    known = text.actors.get(thing.i)
    singular = thing.pos_ == "PROPN" or "Sing" in syntax.morph(thing, "Number")
    return known is not None and known[0].kind == "person" and is_noun(thing) and singular


def _numerals(text: Text, phrase: Token, thing: Token) -> list[Token]:
    """The words of a phrase that are numbers, in order: numerals, words of quantity, else the indefinite article."""
    nodes = [thing]
    while nodes[-1].i != phrase.i and nodes[-1].head.i != nodes[-1].i:
        nodes.append(nodes[-1].head)
    before = _before(thing)
    if before is not None and is_noun(before) and is_noun(thing) and _value(text, before) is not None:
        nodes.append(before)  # "Dutzende Tote", however the tree has them
    found = set(nodes)
    counts = [child for node in nodes for child in syntax.children(node, "nummod")]
    for child in counts or [child for node in nodes for child in syntax.children(node, "det")]:
        if counts or ("Ind" in syntax.morph(child, "Definite") and not is_many(child)):
            found |= {other for other in child.subtree if other is child or other.pos_ in NUMERALS}
    told = [word for word in _ordered(found) if _value(text, word) is not None]
    first = [word for word in told if word.i <= thing.i] or [word for word in told if not is_year(word)]
    for i, word in enumerate(first[1:], 1):  # "four of the five" are four, "decine di migliaia" a product
        if word.i > first[i - 1].i + 1 and (_value(text, word) or 0) < HUNDRED:
            return first[:i]
    return first


def is_many(token: Token) -> bool:
    return "Plur" in syntax.morph(token, "Number")


def is_year(token: Token) -> bool:
    return re.fullmatch("(19|20)[0-9][0-9]", token.text) is not None


def _value(text: Text, token: Token) -> float | None:
    numbers = text.words.numbers
    told = numbers.get(syntax.lower(token)) or numbers.get(token.lemma_.lower())
    return told if told is not None else figure(token.text)


def _is_vague(text: Text, word: Token, words: Sequence[Token]) -> bool:
    """ "decine", "hundreds": a plural that no number counts; "several hundred"."""
    size, before = _value(text, word) or 0, _before(word)
    if size < VAGUE or word.text[0].isdigit() or before in words:
        return False
    several = size >= HUNDRED and before is not None and before.pos_ == "ADJ"
    return (is_many(word) and word.pos_ != "NUM" and word.lemma_.lower() in text.words.numbers) or several


def _range(text: Text, number: Token) -> tuple[int, int, Token, Token] | None:
    """ "tra 10 e 15", "10-15", "10 o 15": the lower, the higher, and the tokens at its ends."""
    doc, i = text.doc, number.i
    if found := RANGE.match(number.text):
        low, high = int(found[1]), int(found[2])
        return (low, high, number, number) if low < high else None
    for first in (i, i - 2):
        if not number.sent.start <= first or first + 2 >= number.sent.end:
            continue
        one, joiner, other = doc[first], doc[first + 1], doc[first + 2]
        low_value, high_value = _value(text, one), _value(text, other)
        between = first > number.sent.start and syntax.case_form(doc[first - 1]) in text.words.slots["between"]
        joined = other.head.i == one.i or one.head.i == other.i or between
        joins = joiner.text in DASHES or joiner.pos_ == "CCONJ" or syntax.case_form(joiner) in text.words.slots["to"]
        if low_value and high_value and low_value < high_value and joins and (joined or joiner.text in DASHES):
            return int(low_value), int(high_value), doc[first - 1] if between else one, other
    return None


def _bound(text: Text, number: Token) -> tuple[str | None, Token]:
    """What stands before a number: least, most or about, and the token where the phrase begins."""
    doc, sentence = text.doc, number.sent
    for end in (number.i, number.i - 1):  # "almeno altri tre"
        for length in range(LONGEST, 0, -1):
            words = [doc[i] for i in range(end - length, end) if i >= sentence.start]
            if len(words) < length:
                continue
            for form in (syntax.lower, syntax.case_form):
                bound = text.words.bounds.get(" ".join(map(form, words)).replace("' ", "'"))
                if bound:
                    return bound, words[0]
    return None, number
