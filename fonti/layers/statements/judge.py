"""A small net that judges what the rules propose: whether a cue tells a statement, what is said, who says it.

``models/statements.py`` trains it. A bidirectional LSTM layer reads a paragraph by its subword vectors and its parse. A
layer over each pair of a cue and a word, with the way between the two in the tree and what the rules make of them,
tells whether the word is said and whether it names who says it (Dozat and Manning 2017 score the arcs of trees so).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fonti.layers.statements.features import CUE, PAIR, WORD, Proposal, Stretch
from fonti.nets import BATCH, WIDEST, Net, path

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the net says of a proposal, as log odds: that it is a statement; of each word of the stretch that it is
    said, and that it names the source."""

    proposal: Proposal
    statement: float
    stretch: Stretch
    said: Scores
    source: Scores


class Judge(Net):
    """The net of ``models/statements.py`` at run time."""

    def verdicts(self, stretches: Sequence[Stretch]) -> Iterator[Verdict]:
        """Of every proposal of the stretches of one report."""
        for stretch, states in self._states(sorted(stretches, key=lambda stretch: -len(stretch.words))):
            cues = [proposal.token.i - stretch.start for proposal in stretch.proposals]
            judged = _bent(states["judged"][cues] + self._sum("cue", CUE, stretch.cue)) @ self._tables["judge"]
            pairs = states["token"] + states["cue"][cues][:, None] + self._sum("pair", PAIR, stretch.pair)
            told = _bent(pairs) @ self._tables["told"] + self._tables["told:bias"]
            for row, proposal in enumerate(stretch.proposals):
                score = float(judged[row, 0] + self._tables["judge:bias"][0])
                yield Verdict(proposal, score, stretch, told[row, :, 0], told[row, :, 1])

    def _sum(self, name: str, parts: dict[str, int], numbers: NDArray[np.int64]) -> Scores:
        """The sum of the rows that the numbers name, of one table a part."""
        found: Any = sum(self._tables[f"{name}:{part}"][numbers[..., i]] for i, part in enumerate(parts))
        return np.asarray(found, np.float32)

    def _states(self, stretches: Sequence[Stretch]) -> Iterator[tuple[Stretch, dict[str, Scores]]]:
        """What the LSTM layer makes of each word of stretches, the longest of which comes first."""
        width = self._tables["use"].shape[1] + self._tables["word:pos"].shape[1] + 2  # as ``models/graph.py`` says
        for some in (stretches[at : at + BATCH] for at in range(0, len(stretches), BATCH)):
            lengths = np.array([len(stretch.words) for stretch in some], np.int32)
            x = np.zeros((int(lengths[0]), len(some), width), np.float32)
            for k, stretch in enumerate(some):
                vectors = [self._vector(word) for word in stretch.words]
                x[: lengths[k], k, :-2] = np.concatenate([vectors, self._sum("word", WORD, stretch.word)], 1)
                x[: lengths[k], k, -2:] = WIDEST, -WIDEST
            graph = self._graphs["words"]
            out = graph.run(None, {"x": x.clip(-WIDEST, WIDEST), "lengths": lengths})
            named = dict(zip((o.name for o in graph.get_outputs()), out, strict=True))
            for k, stretch in enumerate(some):
                yield stretch, {name: states[: lengths[k], k] for name, states in named.items()}

    def _vector(self, word: str) -> Scores:
        return self._once((word, ""), lambda: self._mapped(word))


def _bent(x: Scores) -> Scores:
    bent: Scores = np.maximum(x, np.float32(0.1) * x)
    return bent


@cache
def judge() -> Judge:
    """The judge that Fonti brings along."""
    return Judge.load(path("statements"))
