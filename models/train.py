"""Train Fonti's nets.

    python models/train.py LANGUAGES --treebanks DIR --gold DIR [--net parse|names] [--free] [--quick] [OPTIONS]

LANGUAGES are all, or such as it,en. The learning rate falls to nothing with the CPU time used, so runs of equal minutes
can be compared. It goes on from the weights of a net's file (--after), and learns from what other nets read in texts
without labels (--teachers), where these are given. It prints scores on the development sets now and then, and writes
the nets where Fonti looks for them.
Needs PyTorch; Fonti does not.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import corpora as C
import numpy as np
import teach
import torch
from graph import save
from load import take_over
from net import NamesNet, ParseNet
from scores import score_names, score_parse
from torch import Tensor

from fonti import nets
from fonti.lemmas import CASED, endings, script
from fonti.lexicon import lexicon

Item = dict[str, Any]
UNNAMED = 0.4  # how often a corpus goes by its language's id instead of its own
BATCH = 3000  # words
BF16 = "AVX512" in torch.backends.cpu.get_cpu_capability()  # LSTM layers in bfloat16 run nowhere else
JOINED = 100  # words of sentences in a row, at most


class Words:
    """Word types of each language by number, with their vectors and hashed features."""

    def __init__(self) -> None:
        self.number: dict[tuple[str, str], int] = {}

    def add(self, words: Sequence[str], language: str) -> np.ndarray:
        return np.array([self.number.setdefault((nets.plain(w), language), len(self.number)) for w in words], np.int32)

    def tables(self) -> tuple[Tensor, Tensor, float]:
        vectors = np.stack([nets.subwords().vector(w) for w, _ in self.number])
        scale = float(2 * np.sqrt((vectors**2).mean()))
        return torch.from_numpy(vectors / scale), torch.tensor([nets.features(*w) for w in self.number]), scale


def parse_meta(train: list[C.Tree], languages: list[str]) -> dict[str, Any]:
    """What the net can tell, from the corpora."""
    deps, pos, scripts, own = Counter[str](), Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    values: dict[str, Counter[str]] = {}
    for t in train:
        deps.update(t.deps)
        pos.update(t.pos)
        used = [script(nets.plain(w), x) for w, x in zip(t.words, t.lemmas, strict=True) if x]
        scripts.update(used)
        own.update((t.corpus[:2], x) for x in used)
        for pair in (p for m in t.morph for p in m.split("|") if p):
            name, value = pair.split("=")
            values.setdefault(name, Counter())[value] += 1
    listed = sorted(s for s, n in scripts.items() if n >= 4)
    return {
        "corpora": [*languages, *sorted({t.corpus for t in train})],
        "pos": sorted(pos),
        "deps": sorted({d for d, n in deps.items() if n >= 20 and d != teach.UNSURE} | {"root", "dep"}),
        "morph": {k: sorted(v for v, n in c.items() if n >= 30) for k, c in sorted(values.items())},
        "scripts": listed,
        # those that a language has
        "known": {k: [i for i, s in enumerate(listed) if own[k, s] > 1] for k in languages},
    }


def known_endings(train: list[C.Tree], meta: dict[str, Any]) -> dict[str, np.ndarray]:
    """The lemma scripts of words seen twice, and of endings, by their keys; the most frequent first."""
    at = {s: i for i, s in enumerate(meta["scripts"])}
    found: dict[int, Counter[int]] = {}
    for t in train:
        for word, base, pos in zip(t.words, t.lemmas, t.pos, strict=True):
            number = at.get(script(nets.plain(word), base)) if base else None
            if number is not None:
                for key in endings(nets.plain(word), pos, t.corpus[:2]):
                    found.setdefault(key, Counter())[number] += 1
    rows = [(key, s) for key, n in sorted(found.items()) for s, k in n.most_common() if k > 1]
    return {
        "ending": np.array([k for k, _ in rows], np.uint32),
        "ending:script": np.array([s for _, s in rows], np.uint16),
    }


def parse_items(train: list[tuple[float, C.Tree]], meta: dict[str, Any], words: Words) -> list[Item]:
    at = {k: {x: i for i, x in enumerate(meta[k])} for k in ("corpora", "pos", "deps", "scripts")}

    def morph(row: str, corpus: str) -> list[int]:
        have = dict(p.split("=") for p in row.split("|") if p)
        none = -1 if corpus in C.FEW_FEATURES else 0
        return [1 + v.index(have[k]) if have.get(k) in v else none for k, v in meta["morph"].items()]

    def lemma(word: str, base: str, pos: str, language: str) -> int:
        # most languages' proper nouns are their own lemmas
        if not base or (pos == "PROPN" and language not in CASED):
            return -1
        return at["scripts"].get(script(nets.plain(word), base), -1)

    def dep(label: str, corpus: str) -> int:
        if label == teach.UNSURE or label in C.UNSURE.get(corpus, ()):
            return -1
        return at["deps"].get(label, at["deps"].get(label.split(":")[0], at["deps"]["dep"]))

    return [
        {
            "id": at["corpora"][t.corpus],
            "weight": weight,
            "words": words.add(t.words, t.corpus[:2]),
            "sentence": np.zeros(len(t.words), np.int16),
            "heads": np.array([-1 if d == teach.UNSURE else h for h, d in zip(t.heads, t.deps, strict=True)], np.int16),
            "pos": np.array([at["pos"][p] for p in t.pos], np.int16),
            "deps": np.array([dep(d, t.corpus) for d in t.deps], np.int16),
            "morph": np.array([morph(m, t.corpus) for m in t.morph], np.int16),
            "lemmas": np.array(
                [lemma(w, x, p, t.corpus[:2]) for w, x, p in zip(t.words, t.lemmas, t.pos, strict=True)], np.int16
            ),
        }
        for weight, t in train
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
            "weight": C.NAMES[t.corpus[:2]][t.corpus[3:]],
            "words": words.add(t.words, t.corpus[:2]),
            "tags": np.array([at["tags"][x] for x in t.tags], np.int16),
        }
        for t in train
    ]


def add_lessons(items: list[Item], tagged: list[C.Tagged], meta: dict[str, Any], words: Words, a: Any) -> None:
    """Gives the items the scores that the teachers' mean has for their tags, and adds texts that have nothing else."""
    nets_, of_corpus = [nets.Net.load(path) for path in a.teachers], dict[str, list[int]]()
    for i, t in enumerate(tagged):
        of_corpus.setdefault(t.corpus, []).append(i)
    for corpus, at in of_corpus.items():
        for i, scores in zip(at, teach.named(nets_, [tagged[i].words for i in at], corpus), strict=True):
            items[i]["scores"] = scores
    for item in items[len(tagged) :]:
        item["scores"] = np.full((len(item["words"]), len(meta["tags"])), np.nan, np.float16)
    for language in sorted({t.corpus[:2] for t in tagged}):
        corpus = lexicon(language, "parse")["names_as"]
        stretches = teach.unnamed(a.gold, a.treebanks, language)
        for stretch, scores in zip(stretches, teach.named(nets_, stretches, corpus), strict=True):
            told = {"words": words.add(stretch, language), "tags": np.full(len(stretch), -1, np.int16)}
            items.append(told | {"id": meta["corpora"].index(corpus), "weight": 0.5, "scores": scores})


def join(items: Sequence[Item]) -> Item:
    """Sentences in a row as one item, so that their borders can be learned."""
    offsets = np.cumsum([0] + [len(i["words"]) for i in items])
    out = {k: np.concatenate([i[k] for i in items]) for k in ("words", "pos", "deps", "morph", "lemmas")}
    return out | {
        "id": items[0]["id"],
        "sentence": np.repeat(np.arange(len(items)), np.diff(offsets)),
        "heads": np.concatenate(
            [np.where(i["heads"] > 0, i["heads"] + o, i["heads"]) for i, o in zip(items, offsets, strict=False)]
        ),
    }


def epoch(items: list[Item], rng: random.Random) -> Iterator[list[Item]]:
    """Batches of like length: each item by its weight, sentences of a corpus joined one to four at a time."""
    chosen: list[Item] = []
    for turn in range(math.ceil(max(item["weight"] for item in items))):
        part = [item for item in items if rng.random() < item["weight"] - turn]
        i = 0
        while i < len(part):
            group = part[i : i + rng.choice((1, 1, 2, 3, 4))] if "heads" in part[i] else part[i : i + 1]
            group = [item for item in group if item["id"] == group[0]["id"]]
            i += len(group)
            short = sum(len(g["words"]) for g in group) <= JOINED
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
    batch = {k: v.float() if k == "scores" else v.long() for k, v in batch.items()}
    words = batch.pop("words")
    ids = [language_of[i["id"]] if rng.random() < UNNAMED else i["id"] for i in items]
    return batch | {
        "mask": torch.arange(max(lengths))[None] < torch.tensor(lengths)[:, None],
        "corpus": torch.tensor(ids),
        "vectors": tables[0][words],
        "features": tables[1][words],
    }


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("languages", help="all, or languages such as it,en")
    ap.add_argument("--net", choices=["parse", "names"], action="append", help="only this one of the two nets")
    ap.add_argument("--treebanks", type=Path, required=True)
    ap.add_argument("--gold", type=Path, required=True)
    ap.add_argument("--out", type=Path, help="folder for the nets, instead of the one where Fonti looks for them")
    ap.add_argument("--free", action="store_true", help="only from corpora that are free for every use")
    ap.add_argument("--after", type=Path, metavar="NET", help="start from the weights of this file")
    ap.add_argument("--teachers", type=Path, nargs="+", metavar="NET", default=[], help="learn from these nets, too")
    ap.add_argument("--quick", action="store_true", help="a few seconds with little data, to see that it runs")
    for option, value in {
        "minutes": 80.0,
        "hidden": 256,
        "layers": 2,
        "drop": 0.2,
        "rate": 2e-3,
        "seed": 1,
        "scores": 4,
    }.items():
        ap.add_argument(f"--{option}", type=type(value), default=value)
    a = ap.parse_args()
    if a.quick:
        a.minutes, a.hidden, a.scores = 0.05, 32, 1
    languages = sorted(C.TREEBANKS) if a.languages == "all" else a.languages.split(",")
    for net in a.net or ("parse", "names"):
        train(net, languages, a)


def train(net: str, languages: list[str], a: argparse.Namespace) -> None:
    """Trains one net by the command's options and saves it."""
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    torch.set_flush_denormal(True)
    rng, words = random.Random(a.seed), Words()
    size = {"hidden": a.hidden, "layers": a.layers, "drop": a.drop}
    if net == "parse":
        trees, dev_trees = C.treebanks(a.treebanks, languages)
        if "ru" in languages:
            trees += [(C.TAUGHT, t) for t in C.taught(a.gold)]
        if a.teachers:
            teachers = [nets.Net.load(path) for path in a.teachers]
            trees += [(C.TAUGHT_BY_NETS, t) for k in languages for t in teach.parsed(teachers, a.gold, k)]
        if a.free:
            trees = [(w, t) for w, t in trees if t.corpus.removesuffix("_old") not in C.BOUND]
        if a.quick:
            trees = rng.sample(trees, min(300, len(trees)))
            dev_trees = {k: t[:20] for k, t in dev_trees.items()}
        meta = parse_meta([t for _, t in trees], languages)
        copies = [(w, copy) for w, t in trees for copy in (C.roughened(t, rng), C.headline(t, rng)) if copy]
        items = parse_items(trees + copies, meta, words)
        model: torch.nn.Module = ParseNet(meta, **size)
        score = lambda net: [score_parse(net, t, k, group) for k, t in dev_trees.items() for group in (1, 4)]  # noqa: E731
    else:
        tagged = [s for _, _, stretches in C.names(a.gold, languages, "train") for s in stretches]
        dev_names = list(C.names(a.gold, languages, "dev"))
        if a.free:
            tagged = [t for t in tagged if t.corpus not in C.BOUND]
        if a.quick:
            tagged, dev_names = rng.sample(tagged, min(300, len(tagged))), dev_names[:20]
        meta = names_meta(tagged, languages)
        items = names_items(tagged + [copy for t in tagged if (copy := C.roughened(t, rng))], meta, words)
        if a.teachers:
            add_lessons(items, tagged, meta, words, a)
        model = NamesNet(meta, **size)
        score = lambda net: score_names(net, dev_names)  # noqa: E731
    tables, more = words.tables(), known_endings([t for _, t in trees], meta) if net == "parse" else {}
    language_of = [meta["corpora"].index(c[:2]) for c in meta["corpora"]]
    if a.after:
        take_over(model, meta, a.after, tables[2])
    optimizer = torch.optim.AdamW(model.parameters(), lr=a.rate, betas=(0.9, 0.95), weight_decay=0.01, fused=True)
    out = (a.out or nets.path(net).parent) / f"{net}{'-free' if a.free else ''}.npz"
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
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=BF16):
            loss = model.loss(inputs)  # type: ignore[operator]
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step, seen, spent = step + 1, seen + int(inputs["mask"].sum()), spent + time.process_time() - start
        used = spent / 60 / a.minutes
        if step % 200 == 0:
            print(
                f"step {step} epoch {epochs} words {seen} minutes {spent / 60:.1f} loss {loss.item():.3f}", flush=True
            )
        if used >= min(1, shown / a.scores):
            shown += 1
            save(out, {k: v.numpy() for k, v in model.state_dict().items()}, meta, tables[2], more)
            print("  ", score(nets.Net.load(out)), flush=True)


if __name__ == "__main__":
    main()
