"""A small net that judges what the rules propose: whether a cue tells a statement, what is said, who says it.

``models/statements.py`` trains it. A bidirectional LSTM layer reads a paragraph by its subword vectors and its parse. A
layer over each pair of a cue and a word, with the way between the two in the tree and what the rules make of them,
tells whether the word is said and whether it names who says it (Dozat and Manning 2017 score the arcs of trees so).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from fonti.layers.judges import Reads, Scores, bent
from fonti.layers.statements.features import CUE, PAIR, WORD, Proposal, Stretch
from fonti.nets import path


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the net says of a proposal, as log odds: that it is a statement; of each word of the stretch that it is
    said, and that it names the source."""

    proposal: Proposal
    statement: float
    stretch: Stretch
    said: Scores
    source: Scores


class Judge(Reads):
    """The net of ``models/statements.py`` at run time."""

    def verdicts(self, stretches: Sequence[Stretch]) -> Iterator[Verdict]:
        """Of every proposal of the stretches of one report."""
        for stretch, states in self.states(sorted(stretches, key=lambda stretch: -len(stretch.words)), WORD):
            cues = [proposal.token.i - stretch.start for proposal in stretch.proposals]
            judged = bent(states["judged"][cues] + self.sum("cue", CUE, stretch.cue)) @ self._tables["judge"]
            pairs = states["token"] + states["cue"][cues][:, None] + self.sum("pair", PAIR, stretch.pair)
            told = bent(pairs) @ self._tables["told"] + self._tables["told:bias"]
            for row, proposal in enumerate(stretch.proposals):
                score = float(judged[row, 0] + self._tables["judge:bias"][0])
                yield Verdict(proposal, score, stretch, told[row, :, 0], told[row, :, 1])


@cache
def judge() -> Judge:
    """The judge that Fonti brings along."""
    return Judge.load(path("statements"))
