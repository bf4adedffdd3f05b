"""Train one of Fonti's nets.

    python models/train.py parse|names --treebanks DIR --gold DIR [--languages it,en] [--minutes 30] [--out FILE]

The learning rate falls to nothing with the CPU time used, so runs of equal minutes can be compared. It prints scores
on the development sets now and then, and writes the net where Fonti looks for it. Needs PyTorch; Fonti does not.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import corpora as C
import numpy as np
import torch
from net import NamesNet, ParseNet
from scores import score_names, score_parse
from torch import Tensor

from fonti import nets

Item = dict[str, Any]
# how often a corpus is seen, against once an epoch for one not named here
WEIGHT = {
    "it_postwita": 0.5,
    "it_postwita_old": 0.5,
    "it_twittiro": 0.5,
    "it_twittiro_old": 0.5,
    "it_vit": 2,
    "it_partut": 2,
    "it_pud": 2,
    "it_isdt_old": 2,
    "it_parlamint": 1.5,
    "it_kindwn": 2,
    "it_kindadg": 0.5,
    "it_wikineural": 0.6,
    "en_conll2003": 2,
    "en_ewt": 0.8,
}
UNNAMED = 0.3  # how often a corpus goes by its language's id instead of its own
BATCH = 1500  # words


class Words:
    """Word types by number, with their vectors and hashed features."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}

    def add(self, words: Sequence[str]) -> np.ndarray:
        return np.array([self.number.setdefault(nets.plain(w), len(self.number)) for w in words])

    def tables(self) -> tuple[Tensor, Tensor, float]:
        vectors = np.stack([nets.subwords().vector(w) for w in self.number])
        scale = float(2 * np.sqrt((vectors**2).mean()))
        return torch.from_numpy(vectors / scale), torch.tensor([nets.features(w) for w in self.number]), scale


def parse_meta(train: list[C.Tree], languages: list[str]) -> dict[str, Any]:
    deps, pos, scripts = Counter[str](), Counter[str](), Counter[str]()
    values: dict[str, Counter[str]] = {}
    for t in train:
        deps.update(t.deps)
        pos.update(t.pos)
        scripts.update(nets.script(nets.plain(w), x) for w, x in zip(t.words, t.lemmas, strict=True))
        for pair in (p for m in t.morph for p in m.split("|") if p):
            name, value = pair.split("=")
            values.setdefault(name, Counter())[value] += 1
    return {
        "corpora": [*languages, *sorted({t.corpus for t in train})],
        "pos": sorted(pos),
        "deps": sorted(d for d, n in deps.items() if n >= 20 or d == "root"),
        "morph": {k: sorted(v for v, n in c.items() if n >= 30) for k, c in sorted(values.items())},
        "scripts": sorted(s for s, n in scripts.items() if n >= 5),
    }


def parse_items(train: list[C.Tree], meta: dict[str, Any], words: Words) -> list[Item]:
    at = {k: {x: i for i, x in enumerate(meta[k])} for k in ("corpora", "pos", "deps", "scripts")}

    def morph(row: str) -> list[int]:
        have = dict(p.split("=") for p in row.split("|") if p)
        return [1 + v.index(have[k]) if have.get(k) in v else 0 for k, v in meta["morph"].items()]

    return [
        {
            "id": at["corpora"][t.corpus],
            "corpus_name": t.corpus,
            "words": words.add(t.words),
            "sentence": np.zeros(len(t.words), int),
            "heads": np.array(t.heads),
            "pos": np.array([at["pos"][p] for p in t.pos]),
            "deps": np.array([at["deps"].get(d, at["deps"].get(d.split(":")[0], at["deps"]["dep"])) for d in t.deps]),
            "morph": np.array([morph(m) for m in t.morph]),
            # a proper noun is its own lemma
            "lemmas": np.array(
                [
                    -1 if p == "PROPN" else at["scripts"].get(nets.script(nets.plain(w), x), -1)
                    for w, x, p in zip(t.words, t.lemmas, t.pos, strict=True)
                ]
            ),
        }
        for t in train
    ]


def names_meta(train: list[C.Tagged], languages: list[str]) -> dict[str, Any]:
    return {
        "corpora": [*languages, *sorted({t.corpus for t in train})],
        "tags": ["O"] + [f"{p}-{label}" for label in ("PER", "ORG", "LOC") for p in "BIES"],
    }


def names_items(train: list[C.Tagged], meta: dict[str, Any], words: Words) -> list[Item]:
    at = {k: {x: i for i, x in enumerate(meta[k])} for k in ("corpora", "tags")}
    return [
        {
            "id": at["corpora"][t.corpus],
            "corpus_name": t.corpus,
            "words": words.add(t.words),
            "tags": np.array([at["tags"][x] for x in t.tags]),
        }
        for t in train
    ]


def join(items: Sequence[Item]) -> Item:
    """Sentences in a row as one item, so that their borders can be learned."""
    offsets = np.cumsum([0] + [len(i["words"]) for i in items])
    out = {k: np.concatenate([i[k] for i in items]) for k in ("words", "pos", "deps", "morph", "lemmas")}
    return out | {
        "id": items[0]["id"],
        "corpus_name": items[0]["corpus_name"],
        "sentence": np.repeat(np.arange(len(items)), np.diff(offsets)),
        "heads": np.concatenate(
            [np.where(i["heads"] > 0, i["heads"] + o, 0) for i, o in zip(items, offsets, strict=False)]
        ),
    }


def epoch(items: list[Item], rng: random.Random) -> Iterator[list[Item]]:
    """Batches of like length: each corpus by its weight, sentences joined one to four at a time."""
    pools: dict[str, list[Item]] = {}
    for item in items:
        pools.setdefault(item["corpus_name"], []).append(item)
    chosen: list[Item] = []
    for name, pool in pools.items():
        weight = WEIGHT.get(name, 1.0)
        while weight > 0:
            part = (
                pool
                if weight >= 1
                else [pool[i] for i in sorted(rng.sample(range(len(pool)), int(len(pool) * weight)))]
            )
            weight -= 1
            i = 0
            while i < len(part):
                group = part[i : i + rng.choice((1, 1, 2, 3, 4))] if "heads" in part[i] else part[i : i + 1]
                i += len(group)
                short = sum(len(g["words"]) for g in group) <= C.LONGEST
                chosen += [join(group)] if len(group) > 1 and short else group
    chosen.sort(key=lambda item: len(item["words"]) + 3 * rng.random())
    batches: list[list[Item]] = []
    while chosen:
        n = max(1, BATCH // len(chosen[-1]["words"]))
        batches.append(chosen[-n:])
        del chosen[-n:]
    rng.shuffle(batches)
    yield from batches


def tensors(
    items: list[Item], tables: tuple[Tensor, Tensor, float], language_of: list[int], rng: random.Random
) -> dict[str, Tensor]:
    lengths = [len(i["words"]) for i in items]
    batch = {
        k: torch.from_numpy(
            np.stack(
                [
                    np.pad(i[k], [(0, max(lengths) - n)] + [(0, 0)] * (i[k].ndim - 1))
                    for i, n in zip(items, lengths, strict=True)
                ]
            )
        )
        for k, v in items[0].items()
        if isinstance(v, np.ndarray)
    }
    words = batch.pop("words")
    ids = [language_of[i["id"]] if rng.random() < UNNAMED else i["id"] for i in items]
    return batch | {
        "mask": torch.arange(max(lengths))[None] < torch.tensor(lengths)[:, None],
        "corpus": torch.tensor(ids),
        "vectors": tables[0][words],
        "features": tables[1][words],
    }


def weights(model: torch.nn.Module, scale: float) -> dict[str, np.ndarray]:
    """The net's parameters for ``fonti.nets``, which reads the vectors unscaled."""
    out = {k: v.numpy().copy() for k, v in model.state_dict().items()}
    out["use.weight"] /= scale
    return out


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("net", choices=["parse", "names"])
    ap.add_argument("--treebanks", type=Path, required=True)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--languages", default="it,en")
    ap.add_argument("--out", type=Path)
    for option, value in {
        "minutes": 30.0,
        "hidden": 256,
        "layers": 2,
        "drop": 0.3,
        "rate": 2e-3,
        "seed": 1,
        "scores": 5,
    }.items():
        ap.add_argument(f"--{option}", type=type(value), default=value)
    a = ap.parse_args()
    languages = a.languages.split(",")
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    rng, words = random.Random(a.seed), Words()
    size = {"hidden": a.hidden, "layers": a.layers, "drop": a.drop}
    if a.net == "parse":
        trees, dev_trees = C.treebanks(a.treebanks, languages)
        meta = parse_meta(trees, languages)
        items = parse_items(trees, meta, words)
        model: torch.nn.Module = ParseNet(meta, **size)
        score = lambda net: [score_parse(net, t, k, group) for k, t in dev_trees.items() for group in (1, 4)]  # noqa: E731
    else:
        tagged = [s for _, _, stretches in C.names(a.gold, languages, "train") for s in stretches]
        dev_names = list(C.names(a.gold, languages, "dev"))
        meta = names_meta(tagged, languages)
        items = names_items(tagged, meta, words)
        model = NamesNet(meta, **size)
        score = lambda net: score_names(net, dev_names)  # noqa: E731
    tables = words.tables()
    language_of = [meta["corpora"].index(c[:2]) for c in meta["corpora"]]
    optimizer = torch.optim.AdamW(model.parameters(), lr=a.rate, betas=(0.9, 0.95), weight_decay=0.01)
    out = a.out or nets.path(a.net)
    out.parent.mkdir(parents=True, exist_ok=True)
    print(f"{len(items)} items, {sum(len(i['words']) for i in items)} words, {len(words.number)} types", flush=True)
    used, step, seen, shown, epochs, spent = 0.0, 0, 0, 1, 0, 0.0
    batches: Iterator[list[Item]] = iter(())
    while used < 1:
        start = time.process_time()
        batch = next(batches, None)
        if batch is None:
            batches, epochs = epoch(items, rng), epochs + 1
            continue
        for group in optimizer.param_groups:
            group["lr"] = a.rate * min(1, (step + 1) / 150) * (1 - used)
        model.train()
        optimizer.zero_grad(set_to_none=True)
        inputs = tensors(batch, tables, language_of, rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = model.loss(inputs)  # type: ignore[operator]
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        step, seen, spent = step + 1, seen + int(inputs["mask"].sum()), spent + time.process_time() - start
        used = spent / 60 / a.minutes
        if used >= min(1, shown / a.scores):
            shown += 1
            nets.Net.save(out, weights(model, tables[2]), meta)
            print(
                f"step {step} epoch {epochs} words {seen} minutes {spent / 60:.1f} loss {loss.item():.3f}", flush=True
            )
            print("  ", score(nets.Net.load(out)), flush=True)


if __name__ == "__main__":
    main()
