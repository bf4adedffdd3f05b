"""Paragraphs that tell of no political act: sport, markets, kitchen, stage and screen, weather."""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Doc, Span, Token

from .text import Text, actor_of
from .triggers import Act

ENOUGH = 3  # different words of one subject in a paragraph
IN_SENTENCE = 2
PRIVATE = ("CVL", "CRM", "BUS", "ELI", None)  # sectors of those who play, trade, cook and act


def quiet_sentences(text: Text) -> dict[int, str]:
    """The sentences, by their first token, whose paragraph is about such a subject, with the subject."""
    found: dict[int, str] = {}
    for paragraph in paragraphs(text.doc):
        told = [_told(text, sentence) for sentence in paragraph]
        for subject in text.words.quiet:
            held = set().union(*(words[subject] for words in told))
            for sentence, words in zip(paragraph, told, strict=True):
                if len(held) >= ENOUGH or len(words[subject]) >= IN_SENTENCE:
                    found.setdefault(sentence.start, subject)
    return found


def paragraphs(doc: Doc) -> list[list[Span]]:
    """The sentences of each paragraph."""
    found: list[list[Span]] = []
    text, end = doc.text, 0
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            if not found or "\n" in text[end : words[0].idx]:
                found.append([])
            found[-1].append(sentence)
            end = words[-1].idx + len(words[-1])
    return found


def _told(text: Text, sentence: Span) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for token in sentence:
        for form in (token.lemma_.lower(), token.lower_):
            for subject in text.words.subjects.get(form, ()):
                found[subject].add(token.lemma_.lower())
    return found


def is_quiet(text: Text, act: Act, quiet: dict[int, str]) -> bool:
    """Whether an act stands among such and nobody political takes part in it."""
    subject = quiet.get(act.trigger.sent.start)
    return subject is not None and not any(_political(text, side, subject) for side in act.sides.all())


def _political(text: Text, token: Token, subject: str) -> bool:
    actor = actor_of(text, token)
    if actor is None:
        return False
    if actor.kind == "country":
        return subject != "sport"  # there, countries are teams
    return actor.sector not in PRIVATE
