"""Trains the net that judges statements (``fonti/layers/statements/judge.py``) on attributions labelled by people.

    python models/statements.py GOLD_DIR            the shipped net
    python models/statements.py GOLD_DIR --half 0 --out NET   without the odd reports of our guide, to be scored on them
    python models/statements.py GOLD_DIR --quick    a few seconds, to see that it runs

GOLD_DIR holds JSON lines with ``text``, ``lang`` and ``statements`` (source, cue and content as spans), by the names in
``CORPORA``; texts are parsed by Fonti itself.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from graph import Graph
from labels import labelled
from onnx import TensorProto
from torch import Tensor, nn
from torch.optim import swa_utils

from fonti import nets
from fonti.intake import read, read_text
from fonti.layers.parse import parse
from fonti.layers.statements import proposals
from fonti.layers.statements.features import CUE, PAIR, WORD, Stretch, inside, stretches
from fonti.layers.statements.reading import read as read_doc
from fonti.reader import batches as together
from fonti.record import Report, Span

Array = np.ndarray
CORPORA = {  # whose habits it has, and how often it is seen in an epoch
    "statements-en-polnear-train": ("polnear", 1.0),
    "statements-de-wikinews-train": ("wikinews", 2.0),
    "statements-ru-adaq-train": ("adaq", 2.0),
    "all-it-reports-dev": ("fonti", 4.0),
    "all-en-reports-dev": ("fonti", 4.0),
}
OWN = 2.0  # how often our own labels are seen: made faster than the reports of our guide
FIRST = 225  # of them; with the hundred after them, Italian reports not seen lose 1.5
HALVED = ("all-it-reports-dev", "all-en-reports-dev")
FLAT = "polnear"  # where nothing is labelled that is said in what another one says: the rules teach that
UNTOLD = 0.3  # how often a stretch does not tell whose habits it has
SIZE = 64  # of what is added up for a pair
BATCH = 2500  # words


@dataclass(slots=True)
class Lesson:
    """A stretch with what people say of its proposals: -1 where they do not tell; the words said, and of the source."""

    stretch: Stretch
    labels: Array
    said: Array
    source: Array


def documents(file: Path) -> list[tuple[Report, list[dict[str, Any]]]]:
    """The reports of a file of gold, and what people say of each."""
    with file.open(encoding="utf-8") as lines:
        gold = [json.loads(line)["statements"] for line in lines]
    return list(zip(read(str(file)), gold, strict=True))


def own(gold: Path) -> list[tuple[Report, list[dict[str, Any]]]]:
    """The reports that we labelled, and what we say of each."""
    known = islice(labelled(gold), FIRST)
    return [(read_text(one["text"], language=one["lang"]), one["statements"]) for one in known]


def lessons(known: Sequence[tuple[Report, list[dict[str, Any]]]], guide: str) -> Iterator[Lesson]:
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


class JudgeNet(nn.Module):
    """The judge for training; parameter names are the same in its file."""

    def __init__(self, hidden: int, drop: float, blind: float) -> None:
        super().__init__()
        self.drop, self.blind = drop, blind
        self.use = nn.Linear(512, 96)
        self.word, self.cue, self.pair = (tables(parts) for parts in (WORD, CUE, PAIR))
        self.rnn = nn.ModuleList([nn.LSTM(96 + SIZE, hidden, batch_first=True, bidirectional=True)])
        self.heads = nn.ModuleDict({name: nn.Linear(2 * hidden, SIZE) for name in ("token", "cue", "judged")})
        self.judge, self.told = nn.Linear(SIZE, 1), nn.Linear(SIZE, 2)

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """The log odds of each proposal, and of each proposal and word that it is said, that it is of the source."""
        use = self.use(batch["vectors"])
        if self.training:  # words are often hidden, so that the net also reads by the parse alone
            use = use * (torch.rand(*use.shape[:2], 1) >= self.blind)
        x = torch.cat([use, summed(self.word, batch["word"])], -1) * batch["mask"][..., None]
        x = F.dropout(x, self.drop / 2, self.training)
        packed = nn.utils.rnn.pack_padded_sequence(x, batch["lengths"], batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(self.rnn[0](packed)[0], batch_first=True)
        states = F.dropout(states, self.drop, self.training)
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


def tables(parts: dict[str, int]) -> nn.ModuleDict:
    found = nn.ModuleDict({name: nn.Embedding(size, SIZE) for name, size in parts.items()})
    for table in found.values():
        nn.init.normal_(table.weight, std=0.1)  # type: ignore[arg-type]
    return found


def summed(parts: nn.ModuleDict, numbers: Tensor) -> Tensor:
    found: Any = sum(table(numbers[..., i]) for i, table in enumerate(parts.values()))
    return found


def tensors(some: Sequence[Lesson], vectors: dict[str, Array], scale: float, rng: random.Random) -> dict[str, Tensor]:
    widest = max(len(one.stretch.words) for one in some)
    pairs = sum(len(one.labels) for one in some)
    out: dict[str, Array] = {
        "vectors": np.zeros((len(some), widest, 512), np.float32),
        "word": np.zeros((len(some), widest, len(WORD)), np.int64),
        "mask": np.zeros((len(some), widest), bool),
        "pair": np.zeros((pairs, widest, len(PAIR)), np.int64),
        "told": np.zeros((pairs, widest, 2), np.float32),
    }
    at, cues = 0, list[Array]()
    for row, one in enumerate(some):
        n, k = len(one.stretch.words), len(one.labels)
        out["vectors"][row, :n] = [vectors[word] for word in one.stretch.words]
        told = one.stretch if rng.random() >= UNTOLD else one.stretch.by("")
        cues.append(told.cue)
        out["word"][row, :n], out["mask"][row, :n] = told.word, True
        out["pair"][at : at + k, :n] = one.stretch.pair
        out["told"][at : at + k, :n] = np.stack([one.said, one.source], -1)
        at += k
    out["vectors"] /= scale
    out["lengths"] = np.array([len(one.stretch.words) for one in some])
    out["labels"] = np.concatenate([one.labels for one in some])
    out["cue"] = np.concatenate(cues)
    out["row"] = np.repeat(np.arange(len(some)), [len(one.labels) for one in some])
    out["place"] = np.array([p.token.i - one.stretch.start for one in some for p in one.stretch.proposals])
    return {key: torch.from_numpy(value) for key, value in out.items()}


def batches(known: Sequence[tuple[float, Lesson]], rng: random.Random) -> list[list[Lesson]]:
    """An epoch: each lesson by its weight, those of like length together."""
    chosen = [one for weight, one in known for _ in range(int(weight + rng.random()))]
    chosen.sort(key=lambda one: len(one.stretch.words) + 5 * rng.random())
    found: list[list[Lesson]] = []
    while chosen:
        n = max(1, BATCH // len(chosen[-1].stretch.words))
        found.append(chosen[-n:])
        del chosen[-n:]
    rng.shuffle(found)
    return found


def save(path: Path, weights: dict[str, Array], scale: float) -> None:
    """Writes the file that ``Judge.load`` reads."""
    graph = Graph()
    x, inputs = graph.states(weights)
    heads = ("token", "cue", "judged")
    for name in heads:
        graph.head(x, weights[f"heads.{name}.weight"], weights[f"heads.{name}.bias"], name)
    stored = {
        "graph:words": np.frombuffer(graph.bytes(inputs, dict.fromkeys(heads, TensorProto.FLOAT)), np.uint8),
        "use": np.ascontiguousarray(weights["use.weight"].T / scale),
        "meta": np.frombuffer(b"{}", np.uint8),
        "use:bias": weights["use.bias"],
    }
    for name in ("judge", "told"):
        stored |= {name: np.ascontiguousarray(weights[f"{name}.weight"].T), f"{name}:bias": weights[f"{name}.bias"]}
    for name, parts in {"word": WORD, "cue": CUE, "pair": PAIR}.items():
        stored |= {f"{name}:{part}": weights[f"{name}.{part}.weight"] for part in parts}
    np.savez_compressed(path, **stored)  # type: ignore[arg-type]


def train(known: Sequence[tuple[float, Lesson]], out: Path, a: argparse.Namespace) -> None:
    """Trains by the command's options and saves the net."""
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    torch.set_flush_denormal(True)
    rng = random.Random(a.seed)
    types = sorted({word for _, one in known for word in one.stretch.words})
    vectors = {word: nets.subwords().vector(word) for word in types}
    scale = float(2 * np.sqrt(np.mean([(vector**2).mean() for vector in vectors.values()])))
    model = JudgeNet(a.hidden, a.drop, a.blind)
    optimizer = torch.optim.AdamW(model.parameters(), lr=a.rate, betas=(0.9, 0.95), weight_decay=0.01)
    print(f"{len(known)} lessons, {sum(len(one.labels) for _, one in known)} proposals", flush=True)
    steady = swa_utils.AveragedModel(model, multi_avg_fn=swa_utils.get_ema_multi_avg_fn(0.997))
    spent, step, epoch = 0.0, 0, list[list[Lesson]]()
    while spent < a.minutes:
        start = time.process_time()
        epoch = epoch or batches(known, rng)
        for group in optimizer.param_groups:
            group["lr"] = a.rate * min(1, (step + 1) / 100) * (1 - spent / a.minutes)
        model.train()
        optimizer.zero_grad()
        loss = model.loss(tensors(epoch.pop(), vectors, scale, rng))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        steady.update_parameters(model)
        step, spent = step + 1, spent + (time.process_time() - start) / 60
        if step % 100 == 0:
            print(f"step {step} minutes {spent:.1f} loss {loss.item():.3f}", flush=True)
            save(out, {key: value.numpy() for key, value in steady.module.state_dict().items()}, scale)
    save(out, {key: value.numpy() for key, value in steady.module.state_dict().items()}, scale)


def options() -> argparse.ArgumentParser:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", type=Path)
    ap.add_argument("--out", type=Path, help="file for the net, instead of the one where Fonti looks for it")
    ap.add_argument("--half", type=int, choices=[0, 1], help="only the reports whose number is even, or odd")
    ap.add_argument("--quick", action="store_true", help="a few seconds with little data, to see that it runs")
    for option, value in {"minutes": 12.0, "hidden": 128, "drop": 0.3, "blind": 0.3, "rate": 2e-3, "seed": 1}.items():
        ap.add_argument(f"--{option}", type=type(value), default=value)
    return ap


def main() -> None:
    a = options().parse_args()
    if a.quick:
        a.minutes, a.hidden = 0.05, 32
    known: list[tuple[float, Lesson]] = []
    limit = 3 if a.quick else None
    for name, (guide, weight) in CORPORA.items():
        every = slice(a.half, limit, 2) if name in HALVED and a.half is not None else slice(limit)
        known += [(weight, one) for one in lessons(documents(a.gold / f"{name}.jsonl")[every], guide)]
    known += [(OWN, one) for one in lessons(own(a.gold)[:limit], "fonti")]
    train(known, a.out or nets.path("statements"), a)


if __name__ == "__main__":
    main()
