"""Lessons that trained nets give: texts that they read, for another net to learn from."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import corpora as C
import numpy as np

from fonti.layers.parse import blank, runs
from fonti.lexicon import lexicon
from fonti.nets import Net, trees

MOST = 300_000  # words of each language that are parsed for a lesson
AGREED = 0.85  # of a sentence's labels, at least
UNSURE = "?"  # a label that the nets do not agree on: no lesson
KINDS_PARSED = ("names", "statements")  # gold whose training texts are parsed; none of its labels are used
KINDS_NAMED = ("statements", "times", "places")  # the same, for names


def texts(gold: Path, language: str, kinds: Sequence[str]) -> list[tuple[list[str], list[bool]]]:
    """Stretches of the training texts of some kinds of gold: their words, and whether a space follows each."""
    nlp = blank(language)
    found = []
    for kind in kinds:
        for file in sorted(gold.glob(f"{kind}-{language}-*-train.jsonl")):
            for line in file.open(encoding="utf-8"):
                doc = nlp.make_doc(json.loads(line)["text"])
                found += [([doc[i].text for i in run], [bool(doc[i].whitespace_) for i in run]) for run in runs(doc)]
    return found


def parsed(nets: Sequence[Net], gold: Path, language: str) -> list[C.Tree]:
    """Sentences as the nets parse them together; a label that they do not agree on is UNSURE."""
    found: list[C.Tree] = []
    stretches = texts(gold, language, KINDS_PARSED)
    random.Random(1).shuffle(stretches)
    while stretches and sum(len(t.words) for t in found) < MOST:
        some, stretches = stretches[:512], stretches[512:]
        for (words, spaces), (starts, heads, deps, tags, one) in zip(
            some, together(nets, [words for words, _ in some], language), strict=True
        ):
            cuts = [*np.flatnonzero(starts).tolist(), len(words)]
            for a, b in pairwise(cuts):
                sure = b - a - deps[a:b].count(UNSURE)
                if 5 <= b - a <= 60 and sure >= AGREED * (b - a):
                    inside = [int(h) - a if h else 0 for h in heads[a:b]]
                    t = C.Tree(f"{language}_taught", words[a:b], tags[a:b], one.morph[a:b], one.lemmas[a:b])
                    t.heads, t.deps, t.spaces = inside, deps[a:b], spaces[a:b]
                    found.append(t)
    return found


def together(nets: Sequence[Net], words: list[list[str]], language: str) -> list[Any]:
    """Starts, heads, labels and tags by the nets' scores together, and what the first net says alone."""
    corpus = lexicon(language, "parse")["trees_as"]
    alone = [net.parse(words, corpus) for net in nets]
    found: list[Any] = [None] * len(words)
    for said in zip(*(net._run(words, corpus) for net in nets), strict=True):
        for k, i in enumerate(said[0][0]):
            n = len(words[i])
            starts = sum(out["start"][:n, k, 0] for _, out in said) > 0
            starts[0] = True
            heads = trees(sum(chances(out["arcs"][:n, k, : n + 1]) for _, out in said), starts)
            deps, first = [], alone[0][i]
            for w in range(n):
                told = {one[i].deps[w] for one in alone if one[i].heads[w] == heads[w]}
                deps.append(told.pop() if len(told) == 1 else UNSURE if heads[w] else "root")
            found[i] = (starts, heads, deps, first.pos, first)
    return found


def chances(scores: np.ndarray) -> np.ndarray:
    """Logarithms of the chances of each head; / 16 as in training."""
    scores = scores / 16
    scores = scores - scores.max(-1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(-1, keepdims=True)))


def named(nets: Sequence[Net], stretches: list[list[str]], corpus: str) -> list[np.ndarray]:
    """The mean of the nets' scores of each word's tags, around zero."""
    found = [np.zeros(0)] * len(stretches)
    for a in range(0, len(stretches), 4096):
        part = stretches[a : a + 4096]
        for said in zip(*(net._run(part, corpus) for net in nets), strict=True):
            for k, i in enumerate(said[0][0]):
                mean = np.mean([out["tags"][: len(part[i]), k] for _, out in said], 0)
                found[a + i] = (mean - mean.mean(-1, keepdims=True)).clip(-30, 30).astype(np.float16)
    return found


def unnamed(gold: Path, treebanks: Path, language: str) -> list[list[str]]:
    """Stretches without names' labels: texts of other gold, and up to three sentences of the treebanks in a row."""
    found = [words for words, _ in texts(gold, language, KINDS_NAMED)]
    sentences, rng, i = [t.words for _, t in C.treebanks(treebanks, [language])[0]], random.Random(1), 0
    while i < len(sentences):
        group = sentences[i : i + rng.choice((1, 2, 3))]
        i += len(group)
        words = [word for sentence in group for word in sentence]
        found += [words] if len(words) <= C.LONGEST else group
    return found
