"""What an act is about, in PLOVER's contexts: by the words of its clause, its sentence and the headline; and whether it
is history, still to come, supposed or denied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from spacy.tokens import Token

from ...record import Context, Event, Section, Time
from .. import syntax
from ..times.calendar import Partial
from .merging import clause
from .text import Text
from .triggers import Act

LONG = timedelta(days=365)  # before the report: from here on an act is history
CONTENT = ("NOUN", "PROPN", "ADJ", "VERB")
CLAUSES = ("ccomp", "advcl", "acl", "parataxis", "conj")


def headline_contexts(text: Text, sections: Sequence[Section]) -> set[Context]:
    """The contexts of the headline, which are those of every act."""
    heads = [section for section in sections if section.kind == "headline"]
    return about(text, [token for token in text.doc if any(s.start <= token.idx < s.end for s in heads)])


def contexts_of(text: Text, act: Act, headline: set[Context]) -> set[Context]:
    """What an act is about: by its clause, or by its whole sentence where that tells nothing; and by the headline."""
    return (about(text, _clause(act.head)) or about(text, act.head.sent)) | headline


def about(text: Text, tokens: Iterable[Token]) -> set[Context]:
    """The contexts of which a word stands among the tokens."""
    words = [token for token in tokens if token.pos_ in CONTENT and token.ent_type_ != "PER"]
    forms = {form for word in words for form in (text.lemma(word), word.lemma_.lower())}
    return {context for context, listed in text.words.contexts.items() if not listed.isdisjoint(forms)}


def _clause(head: Token) -> list[Token]:
    """The words of the clause in which a word stands, without the clauses below it."""
    steps = clause(head)
    below, found = [head.doc[max(steps, key=steps.__getitem__)]], list[Token]()
    while below:
        token = below.pop()
        found.append(token)
        for child in token.children:
            if syntax.label(child) not in CLAUSES or not syntax.is_clause(child) or child.i in steps:
                below.append(child)
    return found


def special(event: Event, times: Iterable[Time], published: str | None) -> set[Context]:
    """PLOVER's special contexts: what is history, still to come, only supposed, denied."""
    told: dict[Context, bool] = {
        "historical": _is_long_ago(event, times, published),
        "future": event.tense == "future",
        "hypothetical": event.certainty == "possible",
        "negation": event.polarity == "negative",
    }
    return {context for context, holds in told.items() if holds}


def _is_long_ago(event: Event, times: Iterable[Time], published: str | None) -> bool:
    last = next((time.latest for time in times if time.id == event.time), None)
    happened, told = Partial.parse(last or ""), Partial.parse(published or "")
    return happened is not None and told is not None and told.first - happened.first > LONG
