"""Who acts and speaks: persons, organisations, agencies, countries, groups and crowds, with all their mentions.

The span of a name is the name; of a role its noun phrase without article and name ("ministro della Difesa russo").
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from fonti.facts import Facts
from fonti.layers.actors.finder import Finder
from fonti.layers.actors.home import home, locate, settle
from fonti.layers.actors.lookup import actor_at, dropped_subject
from fonti.layers.actors.roles import expression_at
from fonti.record import Actor, Name

__all__ = ["actor_at", "dropped_subject", "find_actors", "home", "locate", "settle"]


def find_actors(doc: Doc, names: list[Name], facts: Facts, *, published: str | None) -> list[Actor]:
    """The actors in order of first mention; tells each name its actor."""
    own = [name for name in names if not _is_role(doc, name, facts)]
    with_names(doc, own)
    finder = Finder(doc, facts, published)
    for name in own:
        finder.read_name(name)
    finder.join_typing_errors()
    finder.read_roles()
    finder.read_demonyms()
    finder.read_pronouns()
    return finder.actors(names)


def _is_role(doc: Doc, name: Name, facts: Facts) -> bool:
    """Whether a name is only the word for a role: "полиции", "el Gobierno"."""
    span = doc.char_span(name.start, name.end, alignment_mode="expand")
    role = expression_at(doc, span.start) if span is not None else None
    if span is None or role is None or len(role.words) < len(span):
        return False
    known = facts.seat(span.text) or facts.group(span.text) or facts.outlet(span.text)
    return span.text.islower() or (name.label == "ORG" and role.table == "bodies" and not known)


def with_names(doc: Doc, names: Sequence[Name]) -> None:
    """The corrected names as the Doc's entities, so that the phrases around them end where the names do."""
    spans = [doc.char_span(n.start, n.end, label=n.label, alignment_mode="expand") for n in names]
    doc.set_ents([span for k, span in enumerate(spans) if span and not any(_crossing(span, s) for s in spans[:k] if s)])


def _crossing(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
