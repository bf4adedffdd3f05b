"""What the trainers of judges share: the net that reads a paragraph, its batches, its training, its file."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim import swa_utils

from fonti import nets

Array = np.ndarray
SIZE = 64  # of what is added up for a pair
BATCH = 2500  # words


class ReadNet(nn.Module):
    """A bidirectional LSTM over a paragraph's words, by their vectors and what is told of each, with its heads."""

    def __init__(self, word: dict[str, int], hidden: int, drop: float, blind: float, heads: Sequence[str]) -> None:
        super().__init__()
        self.drop, self.blind = drop, blind
        self.use, self.word = nn.Linear(512, 96), tables(word)
        self.rnn = nn.ModuleList([nn.LSTM(96 + SIZE, hidden, batch_first=True, bidirectional=True)])
        self.heads = nn.ModuleDict({name: nn.Linear(2 * hidden, SIZE) for name in heads})

    def states(self, batch: dict[str, Tensor]) -> Tensor:
        use = self.use(batch["vectors"])
        if self.training:  # words are often hidden, so that the net also reads by the parse alone
            use = use * (torch.rand(*use.shape[:2], 1) >= self.blind)
        x = torch.cat([use, summed(self.word, batch["word"])], -1) * batch["mask"][..., None]
        x = F.dropout(x, self.drop / 2, self.training)
        packed = nn.utils.rnn.pack_padded_sequence(x, batch["lengths"], batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(self.rnn[0](packed)[0], batch_first=True)
        return F.dropout(states, self.drop, self.training)


def tables(parts: dict[str, int]) -> nn.ModuleDict:
    found = nn.ModuleDict({name: nn.Embedding(size, SIZE) for name, size in parts.items()})
    for table in found.values():
        nn.init.normal_(table.weight, std=0.1)  # type: ignore[arg-type]
    return found


def summed(parts: nn.ModuleDict, numbers: Tensor) -> Tensor:
    found: Any = sum(table(numbers[..., i]) for i, table in enumerate(parts.values()))
    return found


def vectors_of(words: Sequence[list[str]], vectors: dict[str, Array], scale: float) -> dict[str, Array]:
    """The words' vectors, the mask of words and the lengths of a batch."""
    widest = max(map(len, words))
    out = np.zeros((len(words), widest, 512), np.float32)
    for row, own in enumerate(words):
        out[row, : len(own)] = [vectors[word] for word in own]
    lengths = np.array([len(own) for own in words])
    return {"vectors": out / scale, "mask": np.arange(widest) < lengths[:, None], "lengths": lengths}


def states_of(weights: dict[str, Array], scale: float) -> dict[str, Array]:
    """What the file of a judge holds for the words' vectors."""
    use = np.ascontiguousarray(weights["use.weight"].T / scale)
    return {"use": use, "use:bias": weights["use.bias"], "meta": np.frombuffer(b"{}", np.uint8)}


def stored_tables(weights: dict[str, Array], named: dict[str, dict[str, int]]) -> dict[str, Array]:
    return {f"{name}:{part}": weights[f"{name}.{part}.weight"] for name, parts in named.items() for part in parts}


def batches(known: Sequence[tuple[float, Any]], rng: random.Random) -> list[list[Any]]:
    """An epoch: each lesson by its weight, those of like length together."""
    chosen = [one for weight, one in known for _ in range(int(weight + rng.random()))]
    chosen.sort(key=lambda one: len(one.words) + 5 * rng.random())
    found: list[list[Any]] = []
    while chosen:
        n = max(1, BATCH // len(chosen[-1].words))
        found.append(chosen[-n:])
        del chosen[-n:]
    rng.shuffle(found)
    return found


def train(
    known: Sequence[tuple[float, Any]],
    out: Path,
    a: argparse.Namespace,
    make: Callable[[], nn.Module],
    tensors: Callable[..., dict[str, Tensor]],
    save: Callable[..., None],
) -> None:
    """Trains by the command's options and saves the net."""
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    torch.set_flush_denormal(True)
    rng = random.Random(a.seed)
    types = sorted({word for _, one in known for word in one.words})
    vectors = {word: nets.subwords().vector(word) for word in types}
    scale = float(2 * np.sqrt(np.mean([(vector**2).mean() for vector in vectors.values()])))
    model: Any = make()
    optimizer = torch.optim.AdamW(model.parameters(), lr=a.rate, betas=(0.9, 0.95), weight_decay=0.01)
    print(f"{len(known)} lessons", flush=True)
    steady = swa_utils.AveragedModel(model, multi_avg_fn=swa_utils.get_ema_multi_avg_fn(0.997))
    spent, step, epoch = 0.0, 0, list[list[Any]]()
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


def options(description: str | None) -> argparse.ArgumentParser:
    ap = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold", type=Path)
    ap.add_argument("--out", type=Path, help="file for the net, instead of the one where Fonti looks for it")
    ap.add_argument("--half", type=int, choices=[0, 1], help="only the documents whose number is even, or odd")
    ap.add_argument("--quick", action="store_true", help="a few seconds with little data, to see that it runs")
    for option, value in {"minutes": 10.0, "hidden": 128, "drop": 0.3, "blind": 0.3, "rate": 2e-3, "seed": 1}.items():
        ap.add_argument(f"--{option}", type=type(value), default=value)
    return ap
