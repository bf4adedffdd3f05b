"""The rules' finds after the judge: which stay, where what is said begins and ends, who says it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from fonti.layers import syntax
from fonti.layers.statements import borders, sources
from fonti.layers.statements.features import Proposal, inside, stretches
from fonti.layers.statements.found import Found
from fonti.layers.statements.judge import Scores, Verdict, judge
from fonti.layers.statements.reading import Reading
from fonti.record import Span

RULED = 0.5  # log odds more for what the rules take as said
SWITCH = 1.0  # log odds that it costs to begin and to end what is said
OVER = -2.0  # log odds below which nobody whom the rules name is the source


def judged(reading: Reading, proposed: list[Proposal]) -> Iterator[Found]:
    """What the net keeps of the rules' finds, with its own borders, and what it finds beside them."""
    for verdict in judge().verdicts(list(stretches(reading, proposed))):
        if verdict.statement > reading.words.least or plain(verdict):
            found = _found(reading, verdict)
            if found.content:
                yield found


def plain(verdict: Verdict) -> bool:
    """Whether the layout or a pronoun tells it, of which the net has seen little: "ROSSI: …", "Lo ha detto Rossi."."""
    return verdict.proposal.found is not None and verdict.proposal.found.rule in ("headed", "pointer")


def _found(reading: Reading, verdict: Verdict) -> Found:
    proposal = verdict.proposal
    before = proposal.found
    if before is not None and (before.quotes or plain(verdict)):
        content = before.content
    else:
        content = syntax.stretches(reading.doc, _said(reading, verdict))
    cue = reading.cue_at.get(proposal.token.i)
    ruled = before.source if before else sources.source(reading, cue) if cue else []
    source = _source(reading, verdict, ruled)
    if before is not None:
        return Found(before.rule, before.act, source, before.cue, content, before.token, before.quotes)
    act = cue.act("clause") if cue else "asserts"
    words = syntax.stretches(reading.doc, (word.i for word in proposal.words))
    return Found("judged", act, source, words, content, proposal.token)


def _said(reading: Reading, verdict: Verdict) -> set[int]:
    """The words that are said, in as few stretches as their odds allow."""
    odds, found = verdict.said.copy(), verdict.proposal.found
    if found is not None:
        odds += RULED * inside(verdict.stretch.at, found.content)
    own = {word.i for word in verdict.proposal.words}
    tokens = {i for i, said in enumerate(best(odds), verdict.stretch.start) if said} - own
    for quote in reading.holding(tokens):
        span = reading.tokens_of[quote]
        part = tokens & set(span)
        if part and quote.independent and verdict.proposal.token.i not in span:
            tokens = tokens | set(span) if 2 * len(part) > len(span) else tokens - set(span)
    return borders.without_opening(reading, borders.cut(reading, verdict.proposal.token, tokens))


def best(odds: Scores) -> list[bool]:
    """The most likely words that are said, where every beginning and every end costs ``SWITCH`` (Viterbi)."""
    out, inside, back = 0.0, float("-inf"), []
    for value in odds.tolist():
        opens, closes = out - SWITCH > inside, inside - SWITCH > out
        out, inside = max(out, inside - SWITCH), max(inside, out - SWITCH) + value
        back.append((closes, opens))
    said = inside > out
    found = []
    for closes, opens in reversed(back):
        found.append(said)
        said = (not opens) if said else closes
    return found[::-1]


def _source(reading: Reading, verdict: Verdict, ruled: list[Span]) -> list[Span]:
    """Who says it: by the rules where the net agrees, else the noun phrase that the net tells."""
    doc, odds = reading.doc, verdict.source
    by_rules, by_net = inside(verdict.stretch.at, ruled), odds > 0
    if not by_net.any():
        return [] if by_rules.any() and odds[by_rules].max() < OVER else ruled
    if (by_rules & by_net).any():
        return ruled
    named = [verdict.stretch.start + int(i) for i in np.flatnonzero(by_net)]
    heads = {sources.top(doc[i]).i for i in named if doc[i].head.i not in named}
    spans = sources.phrases(reading, [doc[i] for i in sorted(heads)])
    return spans[:1] or ruled
