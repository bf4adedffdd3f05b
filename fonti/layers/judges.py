"""Nets that judge what rules propose: an LSTM layer reads a paragraph, by its words and what is told of each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from fonti.nets import BATCH, WIDEST, Net

Scores = NDArray[np.float32]


class Told(Protocol):
    """Words in a row, and what is told of each in numbers."""

    @property
    def words(self) -> list[str]: ...
    @property
    def word(self) -> NDArray[np.int64]: ...


S = TypeVar("S", bound=Told)


class Reads(Net):
    """What every judge does: the states of a paragraph's words, and sums of what tables say of numbers."""

    def sum(self, name: str, parts: dict[str, int], numbers: NDArray[np.int64]) -> Scores:
        """The sum of the rows that the numbers name, of one table a part."""
        found: Any = sum(self._tables[f"{name}:{part}"][numbers[..., i]] for i, part in enumerate(parts))
        return np.asarray(found, np.float32)

    def states(self, stretches: Sequence[S], parts: dict[str, int]) -> Iterator[tuple[S, dict[str, Scores]]]:
        """What the LSTM layer makes of each word of stretches, told by these parts; the longest of them comes first."""
        width = self._tables["use"].shape[1] + self._tables["word:pos"].shape[1] + 2  # as ``models/graph.py`` says
        for some in (stretches[at : at + BATCH] for at in range(0, len(stretches), BATCH)):
            lengths = np.array([len(stretch.words) for stretch in some], np.int32)
            x = np.zeros((int(lengths[0]), len(some), width), np.float32)
            for k, stretch in enumerate(some):
                vectors = [self._vector(word) for word in stretch.words]
                x[: lengths[k], k, :-2] = np.concatenate([vectors, self.sum("word", parts, stretch.word)], 1)
                x[: lengths[k], k, -2:] = WIDEST, -WIDEST
            graph = self._graphs["words"]
            out = graph.run(None, {"x": x.clip(-WIDEST, WIDEST), "lengths": lengths})
            named = dict(zip((o.name for o in graph.get_outputs()), out, strict=True))
            for k, stretch in enumerate(some):
                yield stretch, {name: states[: lengths[k], k] for name, states in named.items()}

    def _vector(self, word: str) -> Scores:
        return self._once((word, ""), lambda: self._mapped(word))


def bent(x: Scores) -> Scores:
    bent: Scores = np.maximum(x, np.float32(0.1) * x)
    return bent
