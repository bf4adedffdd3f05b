"""Statements: who says what, by rules over trees, quotation marks and the order of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spacy.tokens import Doc, Token

from fonti.layers import syntax
from fonti.layers.actors import actor_at, dropped_subject
from fonti.layers.statements import asides, contents, markers, sources, speech
from fonti.layers.statements.cues import Cue
from fonti.layers.statements.features import Proposal
from fonti.layers.statements.found import Found
from fonti.layers.statements.implied import implied, torn
from fonti.layers.statements.reading import Reading, read
from fonti.layers.statements.verdicts import judged
from fonti.record import Actor, Commitment, Section, Span, Statement, StatementKind

_LETTER = re.compile(r"[^\W_]")  # or digit

__all__ = ["find_statements", "proposals"]


def find_statements(doc: Doc, actors: Sequence[Actor], *, sections: Sequence[Section]) -> list[Statement]:
    """Every statement that the report tells, in order of what is said."""
    reading = read(doc, sections)
    candidates = list(_candidates(reading))
    bare = (found for found in candidates if found.token is None)
    kept = sorted(judged(reading, proposals(reading, candidates)), key=lambda found: _nominal(reading, found))
    found = speech.carried(reading, _settled([*kept, *bare]))
    found = [*found, *implied(reading, found), *speech.parts(reading, found)]
    found.sort(key=lambda item: (item.content[0].start, -item.content[-1].end))
    holders = _holders(found)
    found = [item for item in found if not _echoes(reading, item, holders.get(id(item)))]
    holders = _holders(found)
    names = {id(item): f"s{number}" for number, item in enumerate(found, 1)}
    statements: list[Statement] = []
    for item in found:
        holder = holders.get(id(item))
        statements.append(
            Statement(
                id=names[id(item)],
                kind=_kind(reading, item.content),
                act=item.act,
                source=item.source,
                cue=item.cue,
                content=item.content,
                actor=_actor(doc, item, actors),
                inside=names[id(holder)] if holder else None,
                implied=item.rule == "implied",
                commitment=_commitment(reading, item),
            )
        )
    actor_of = {id(item): statement.actor for statement, item in zip(statements, found, strict=True)}
    for statement, item in zip(statements, found, strict=True):
        if item.carries is not None and not statement.source:
            statement.actor = actor_of.get(id(item.carries))
    return statements


def _commitment(reading: Reading, found: Found) -> Commitment:
    """How far the writer stands behind what is said, by the words of the cue."""
    if found.rule == "implied":
        return "detached"
    cue = reading.cue_at.get(found.token.i) if found.token is not None else None
    told = {"_".join(entry.words) for entry in cue.entries} if cue else set()
    told.add("_".join(reading.text[span.start : span.end].lower() for span in found.cue).replace(" ", "_"))
    return "committed" if told & reading.words.committed else "detached" if told & reading.words.detached else "neutral"


def _actor(doc: Doc, found: Found, actors: Sequence[Actor]) -> str | None:
    """The actor that the source names, or that a verb without subject plainly has."""
    for span in found.source:
        words = doc.char_span(span.start, span.end, alignment_mode="expand")
        if words is None:
            continue
        head = words.root
        near = [head, *syntax.children(head, "flat", "appos", "compound", "nmod:poss")]
        named = (actor_at(actors, token.idx, token.idx + len(token), head=token.idx) for token in near)
        actor = next((actor for actor in named if actor), None)
        return actor.id if actor else None
    verb = found.token
    if verb is None or verb.pos_ != "VERB" or syntax.is_passive(verb):
        return None
    return dropped_subject(verb, actors)


def _candidates(reading: Reading) -> Iterator[Found]:
    """What each rule finds, the surest rule first."""
    direct = list(speech.direct(reading))
    yield from (found for found in direct if found.token is not None)
    yield from asides.pointers(reading)
    yield from asides.introduced(reading)
    yield from asides.headed(reading)
    yield from markers.markers(reading)
    for cue in reading.cues:
        aside = asides.aside(reading, cue)
        if aside is not None:
            yield aside
    for cue in reading.cues:
        indirect = _indirect(reading, cue)
        if indirect is not None:
            yield indirect
    yield from torn(reading)
    yield from (found for found in direct if found.token is None)


def proposals(reading: Reading, candidates: Sequence[Found] | None = None) -> list[Proposal]:
    """Every cue that may tell a statement, with what the surest rule makes of it; also verbs with a clause that the
    lexicon does not know."""
    first: dict[int, Found] = {}
    for found in candidates if candidates is not None else _candidates(reading):
        if found.token is not None and found.content:
            first.setdefault(found.token.i, found)
    tokens = {*first, *reading.cue_at, *_with_clause(reading)}
    proposed = []
    for i in sorted(tokens):
        cue = reading.cue_at.get(i)
        words = cue.words if cue else (reading.doc[i],)
        proposed.append(Proposal(reading.doc[i], words, first.get(i)))
    return proposed


def _with_clause(reading: Reading) -> Iterator[int]:
    """The verbs that govern a clause."""
    doc = reading.doc
    labels = np.array([doc.vocab.strings[label] for label in ("ccomp", "parataxis")], np.uint64)
    for i in np.flatnonzero(np.isin(doc.to_array(["DEP"]), labels)).tolist():
        head = doc[i].head
        if head.pos_ == "VERB" and head.i in reading.at:
            yield head.i


def _indirect(reading: Reading, cue: Cue) -> Found | None:
    said = contents.content(reading, cue)
    if said is None:
        return None
    frame, tokens = said
    doc = reading.doc
    source = sources.source(reading, cue)
    if frame == "infinitive" and _leads(reading, cue):
        return None  # "seems to suggest that": the saying is in the infinitive
    if frame in ("object", "infinitive", "about") and sources.mute(reading, source):
        return None  # "le operazioni garantiscono la sicurezza": nobody speaks
    lone = "Inf" in syntax.morph(cue.token, "VerbForm") and not syntax.children(cue.token, "aux")
    if lone and not source and frame in ("object", "about", "name", "charge"):
        return None  # "è inutile parlare di crisi": nobody says it
    return Found(
        frame,
        cue.act(frame),
        source,
        syntax.stretches(doc, (word.i for word in (*_lead(reading, cue), *cue.words))),
        syntax.stretches(doc, tokens),
        cue.token,
    )


def _leads(reading: Reading, cue: Cue) -> bool:
    """Whether the verb only leads up to an infinitive that says something itself."""
    if cue.act("infinitive") not in ("believes", "promises"):
        return False
    inner = [reading.cue_at.get(child.i) for child in syntax.children(cue.token, "xcomp")]
    return any(other is not None and other.sort == "verb" and contents.content(reading, other) for other in inner)


def _lead(reading: Reading, cue: Cue) -> list[Token]:
    """The words that lead up to an infinitive: "appeared to" before "suggest"."""
    outer = reading.cue_at.get(cue.token.head.i)
    if (
        syntax.label(cue.token) != "xcomp"
        or outer is None
        or not outer.takes("infinitive")
        or not _leads(reading, outer)
    ):
        return []
    return [*outer.words, *syntax.children(cue.token, "mark")]


def _echoes(reading: Reading, inner: Found, outer: Found | None) -> bool:
    """Whether a speaker only tells his own thought: "I think" in a quotation, "X says he hopes"."""
    if outer is None or not inner.cue:
        return False
    quoted = _kind(reading, outer.content) == "direct"
    own = reading.words.first if quoted or outer.rule == "headed" else reading.words.third
    texts = {reading.text[span.start : span.end].lower() for span in inner.source}
    return bool(texts & own) or (quoted and bool(own) and not texts)


def _settled(candidates: Iterable[Found]) -> list[Found]:
    """One statement for each cue; two cues of one content, without a second source, are one statement."""
    taken: set[int] = set()
    kept: list[Found] = []
    for found in candidates:
        if not found.content or (found.token is not None and found.token.i in taken):
            continue
        if found.token is not None and any(_within(found.token, span) for other in kept for span in other.cue):
            continue  # "secondo quanto riferito da": one cue
        if found.token is not None:
            taken.add(found.token.i)
        if any(found.content == other.content and found.source in ([], other.source) for other in kept):
            continue  # "ha detto in una nota che …"
        if found.token is None and any(_same(found, other) or _inset(found, other) for other in kept):
            continue
        kept.append(found)
    return kept


def _nominal(reading: Reading, found: Found) -> bool:
    """Whether a noun or an adjective tells it: a verb with the same content comes first."""
    cue = reading.cue_at.get(found.token.i) if found.token is not None else None
    return cue is not None and cue.sort != "verb"


def _within(token: Token, span: Span) -> bool:
    return span.start <= token.idx < span.end


def _same(first: Found, second: Found) -> bool:
    """Whether a statement holds the first one's content with marks and all."""
    span = first.content[0]
    return any(part.start <= span.start and span.end <= part.end for part in second.content)


def _inset(bare: Found, other: Found) -> bool:
    """Whether a quotation without cue outside has one inside: "«Q - aggiunge X - Q»"."""
    span = bare.content[0]
    return other.rule == "aside" and all(span.start <= part.start and part.end <= span.end for part in other.content)


def _holders(found: Sequence[Found]) -> dict[int, Found]:
    """By the ``id`` of a statement: the smallest one whose content holds it. They come in order of their contents."""
    holders: dict[int, Found] = {}
    around: list[Found] = []
    for item in found:
        around = [other for other in around if other.content[-1].end > item.content[0].start]
        holding = [other for other in around if _holds(other, item)]
        if holding:
            holders[id(item)] = min(holding, key=lambda other: sum(span.end - span.start for span in other.content))
        around.append(item)
    return holders


def _holds(outer: Found, inner: Found) -> bool:
    """Whether the outer content has room for the inner one and for its cue."""
    if outer.content == inner.content:
        return False
    return all(
        any(span.start <= part.start and part.end <= span.end for span in outer.content)
        for part in (*inner.content, *(() if inner.rule == "part" else inner.cue))
    )


def _kind(reading: Reading, content: Sequence[Span]) -> StatementKind:
    """By the marks: all of the words between them, none, or some."""
    quoted = unquoted = False
    for span in content:
        at = span.start
        for inner in (quote.inner for quote in reading.quotes if quote.inner.end > span.start):
            if inner.start >= span.end:
                break
            unquoted |= bool(_LETTER.search(reading.text, at, max(at, inner.start)))
            quoted |= bool(_LETTER.search(reading.text, max(at, inner.start), min(inner.end, span.end)))
            at = max(at, min(inner.end, span.end))
        unquoted |= bool(_LETTER.search(reading.text, at, span.end))
    return "direct" if not unquoted else "mixed" if quoted else "indirect"
