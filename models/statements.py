"""Trains the net that judges statements (``fonti/layers/statements/judge.py``) on attributions labelled by people.

    python models/statements.py GOLD_DIR            the shipped net
    python models/statements.py GOLD_DIR --half 0 --out NET   without the odd reports of our guide, to be scored on them
    python models/statements.py GOLD_DIR --quick    a few seconds, to see that it runs

GOLD_DIR holds JSON lines with ``text``, ``lang`` and ``statements`` (source, cue and content as spans), by the names in
``CORPORA``; texts are parsed by Fonti itself.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from graph import Graph
from judging import SIZE, ReadNet, options, states_of, stored_tables, summed, tables, train, vectors_of
from onnx import TensorProto
from torch import Tensor, nn

from fonti import nets
from fonti.intake import read
from fonti.layers.parse import parse
from fonti.layers.statements import proposals
from fonti.layers.statements.features import CUE, PAIR, WORD, Stretch, stretches
from fonti.layers.statements.reading import read as read_doc
from fonti.layers.told import inside
from fonti.reader import batches as together
from fonti.record import Span

Array = np.ndarray
CORPORA = {  # whose habits it has, and how often it is seen in an epoch
    "statements-en-polnear-train": ("polnear", 1.0),
    "statements-de-wikinews-train": ("wikinews", 2.0),
    "statements-ru-adaq-train": ("adaq", 2.0),
    "all-it-reports-dev": ("fonti", 4.0),
    "all-en-reports-dev": ("fonti", 4.0),
}
HALVED = ("all-it-reports-dev", "all-en-reports-dev")
FLAT = "polnear"  # where nothing is labelled that is said in what another one says: the rules teach that
UNTOLD = 0.3  # how often a stretch does not tell whose habits it has


@dataclass(slots=True)
class Lesson:
    """A stretch with what people say of its proposals: -1 where they do not tell; the words said, and of the source."""

    stretch: Stretch
    labels: Array
    said: Array
    source: Array

    @property
    def words(self) -> list[str]:
        return self.stretch.words


def lessons(file: Path, guide: str, *, half: int | None = None, limit: int | None = None) -> Iterator[Lesson]:
    with file.open(encoding="utf-8") as lines:
        gold = [json.loads(line)["statements"] for line in lines]
    known = list(zip(read(str(file)), gold, strict=True))
    known = (known if half is None else known[half::2])[:limit]
    told = iter([statements for _, statements in known])
    for some in together([report for report, _ in known]):
        for report, doc in zip(some, parse(some), strict=True):
            at, statements = np.array([token.idx for token in doc]), next(told)
            spans = [
                {key: inside(at, [Span(**span) for span in one[key]]) for key in ("cue", "content", "source")}
                for one in statements
            ]
            reading = read_doc(doc, report.sections)
            for stretch in stretches(reading, proposals(reading)):
                yield lesson(stretch.by(guide), spans, flat=guide == FLAT)


def lesson(stretch: Stretch, spans: list[dict[str, Array]], *, flat: bool) -> Lesson:
    own = slice(stretch.start, stretch.start + len(stretch.words))
    none = np.zeros(len(stretch.words), bool)
    labels, said, source = [], [], []
    for proposal in stretch.proposals:
        found = proposal.found
        marker = found is not None and found.rule == "marker"
        words = [proposal.token.i, *(word.i for word in proposal.words if marker)]
        one = next((one for one in spans if one["cue"][words].any()), None)
        held = flat and any(other["content"][proposal.token.i] for other in spans)
        taught = held and one is None and found is not None
        labels.append(1 if one or taught else -1 if held else 0)
        if found is not None and taught:
            said.append(inside(stretch.at, found.content))
            source.append(inside(stretch.at, found.source))
        else:
            said.append(one["content"][own] if one else none)
            source.append(one["source"][own] if one else none)
    return Lesson(stretch, np.array(labels), np.array(said), np.array(source))


class JudgeNet(ReadNet):
    """The judge for training; parameter names are the same in its file."""

    def __init__(self, hidden: int, drop: float, blind: float) -> None:
        super().__init__(WORD, hidden, drop, blind, heads=("token", "cue", "judged"))
        self.cue, self.pair = tables(CUE), tables(PAIR)
        self.judge, self.told = nn.Linear(SIZE, 1), nn.Linear(SIZE, 2)

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """The log odds of each proposal, and of each proposal and word that it is said, that it is of the source."""
        states = self.states(batch)
        row, cues = batch["row"], states[batch["row"], batch["place"]]
        judged = self.judge(F.leaky_relu(self.heads["judged"](cues) + summed(self.cue, batch["cue"]), 0.1))[:, 0]
        pairs = self.heads["token"](states)[row] + self.heads["cue"](cues)[:, None] + summed(self.pair, batch["pair"])
        return judged, self.told(F.leaky_relu(pairs, 0.1))

    def loss(self, batch: dict[str, Tensor]) -> Tensor:
        judged, told = self(batch)
        known, right = batch["labels"] >= 0, batch["labels"] == 1
        words = batch["mask"][batch["row"]][right]
        odds = F.binary_cross_entropy_with_logits(told[right][words], batch["told"][right][words])
        return F.binary_cross_entropy_with_logits(judged[known], batch["labels"][known].float()) + 4 * odds


def tensors(some: Sequence[Lesson], vectors: dict[str, Array], scale: float, rng: random.Random) -> dict[str, Tensor]:
    widest, pairs = max(len(one.words) for one in some), sum(len(one.labels) for one in some)
    out = vectors_of([one.words for one in some], vectors, scale) | {
        "word": np.zeros((len(some), widest, len(WORD)), np.int64),
        "pair": np.zeros((pairs, widest, len(PAIR)), np.int64),
        "told": np.zeros((pairs, widest, 2), np.float32),
    }
    at, cues = 0, list[Array]()
    for row, one in enumerate(some):
        n, k = len(one.words), len(one.labels)
        told = one.stretch if rng.random() >= UNTOLD else one.stretch.by("")
        cues.append(told.cue)
        out["word"][row, :n] = told.word
        out["pair"][at : at + k, :n] = one.stretch.pair
        out["told"][at : at + k, :n] = np.stack([one.said, one.source], -1)
        at += k
    out["labels"] = np.concatenate([one.labels for one in some])
    out["cue"] = np.concatenate(cues)
    out["row"] = np.repeat(np.arange(len(some)), [len(one.labels) for one in some])
    out["place"] = np.array([p.token.i - one.stretch.start for one in some for p in one.stretch.proposals])
    return {key: torch.from_numpy(value) for key, value in out.items()}


def save(path: Path, weights: dict[str, Array], scale: float) -> None:
    """Writes the file that ``Judge.load`` reads."""
    graph = Graph()
    x, inputs = graph.states(weights)
    heads = ("token", "cue", "judged")
    for name in heads:
        graph.head(x, weights[f"heads.{name}.weight"], weights[f"heads.{name}.bias"], name)
    stored = states_of(weights, scale) | stored_tables(weights, {"word": WORD, "cue": CUE, "pair": PAIR})
    stored["graph:words"] = np.frombuffer(graph.bytes(inputs, dict.fromkeys(heads, TensorProto.FLOAT)), np.uint8)
    for name in ("judge", "told"):
        stored |= {name: np.ascontiguousarray(weights[f"{name}.weight"].T), f"{name}:bias": weights[f"{name}.bias"]}
    np.savez_compressed(path, **stored)  # type: ignore[arg-type]


def main() -> None:
    a = options(__doc__).parse_args()
    if a.quick:
        a.minutes, a.hidden = 0.05, 32
    known: list[tuple[float, Lesson]] = []
    for name, (guide, weight) in CORPORA.items():
        found = lessons(
            a.gold / f"{name}.jsonl", guide, half=a.half if name in HALVED else None, limit=3 if a.quick else None
        )
        known += [(weight, one) for one in found]
    train(
        known,
        a.out or nets.path("statements"),
        a,
        lambda: JudgeNet(a.hidden, a.drop, a.blind),
        tensors,
        save,
    )


if __name__ == "__main__":
    main()
