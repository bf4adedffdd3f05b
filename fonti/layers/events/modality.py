"""How an act is told: how sure it is, whether it is denied, when it is."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from ...record import Certainty, Tense
from .. import syntax
from .text import Text

CLAUSAL = ("xcomp", "ccomp", "csubj", "acl", "advcl")
NOMINAL = ("obj", "nsubj", "nmod", "obl", "iobj")
REACH = 4  # words up the tree: further up, the hypothesis is about something else


def above(text: Text, token: Token) -> Iterator[Token]:
    """The words that govern an act, nearest first: "temere un attacco", "l'ipotesi che fornisca"."""
    for _ in range(REACH):
        relation, head = syntax.label(token), token.head
        if head.i == token.i or token.dep_ == "acl:relcl" or relation in ("parataxis", "appos"):
            return
        if relation == "conj":
            token = head
            continue
        if relation == "advcl" and syntax.is_finite(token):
            return
        case = syntax.case_word(token)  # "угрожать войной" has none
        if relation == "obl" and case and case not in text.words.slots["of"] | text.words.slots["to"]:
            return
        if relation not in CLAUSAL + NOMINAL:
            return
        yield head
        if relation in NOMINAL and not _carries(text, head):
            return
        token = head


def certainty(text: Text, trigger: Token, *, said: bool) -> Certainty:
    """Certain unless a word makes it possible or probable; a conditional is sure where a source is named."""
    near = _group(text, trigger)
    if any(_is(text, word, "possible") for word in near) or _conditional_clause(text, trigger):
        return "possible"
    governors = list(above(text, trigger))
    if any(_is(text, word, "possible") for word in governors):
        return "possible"
    if any(_is(text, word, "probable") for word in (*near, *governors)):
        return "probable"
    verb = next((word for word in (trigger, *governors) if word.pos_ in ("VERB", "AUX")), None)
    if verb is not None and syntax.mood(verb) == "conditional" and not said:
        return "probable"
    return "certain"


def _is(text: Text, word: Token, kind: str) -> bool:
    """Whether a word, or this form of it, is listed: "könnte" is, "konnte" is not."""
    return not text.words.certainty[kind].isdisjoint((text.lemma(word), syntax.lower(word)))


def _group(text: Text, trigger: Token) -> list[Token]:
    """The words that modify an act: its auxiliaries, adverbs and adjectives, those of the verb that carries it too."""
    verbs = [trigger, *(word for word in above(text, trigger) if _carries(text, word))]
    found = [word for verb in verbs for word in syntax.children(verb, "aux", "advmod")]
    return found + syntax.children(trigger, "amod")


def _carries(text: Text, word: Token) -> bool:
    """Whether it is a verb that lends itself to a noun: "lanciare un attacco"."""
    return any(text.lemma(word) in text.words.support[kind] for kind in ("active", "passive", "happen"))


def _conditional_clause(text: Text, trigger: Token) -> bool:
    for token in (trigger, *above(text, trigger)):
        for step in syntax.chain(token):
            if any(text.lemma(mark) in text.words.certainty["possible"] for mark in syntax.children(step, "mark")):
                return True
            if syntax.label(step) != "conj":
                break
    return False


def is_negative(text: Text, trigger: Token) -> bool:
    """Whether the act is said not to have happened, or not to happen."""
    if syntax.negated(trigger):
        return True
    negative = text.words.certainty["negative"]
    if any(text.lemma(word) in negative for word in syntax.children(trigger, "det", "amod", "case", "mark")):
        return True
    governors = list(above(text, trigger))
    bare = syntax.label(trigger) in NOMINAL
    for word in governors[:1]:
        if (
            text.lemma(word) in negative
            and not syntax.negated(word)
            and not (bare and text.lemma(word) in text.words.certainty["denying"])
        ):
            return True
        wanted = text.words.certainty["planned"]
        if syntax.negated(word) and (_carries(text, word) or text.lemma(word) in wanted):
            return syntax.label(trigger) != "nsubj"
    return False


def tense(text: Text, trigger: Token) -> Tense:
    """When the act is: by its verb, or by the verb above it; a noun by itself tells what has happened."""
    governors = list(above(text, trigger))
    planned = text.words.certainty["planned"]
    if any(text.lemma(word) in planned for word in governors) or _conditional_clause(text, trigger):
        return "future"
    if any(text.lemma(word) in text.words.certainty["future"] for word in syntax.children(trigger, "amod")):
        return "future"
    if trigger.pos_ in ("VERB", "AUX", "ADJ"):
        told = syntax.tense(trigger)
        if told != "unspecified":
            return told
        for word in governors:
            if word.pos_ in ("VERB", "AUX"):
                told = syntax.tense(word)
                if told != "unspecified":
                    return told
        return "present" if trigger.pos_ == "ADJ" else "past"
    if governors and governors[0].pos_ == "VERB" and _carries(text, governors[0]):
        told = syntax.tense(governors[0])
        return told if told != "unspecified" else "past"
    return "past"
