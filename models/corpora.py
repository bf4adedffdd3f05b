"""The training corpora: Universal Dependencies treebanks and names, on spaCy's tokens.

Multiword tokens (Italian "della" = di + la, "dirlo" = dire + lo) stay one token, as the text has it, except where
their words stand side by side in it ("don't" = do + n't), as spaCy's English tokenizer splits them.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fonti.layers.parse import LONGEST, blank, runs

UPOS = frozenset(
    [
        "ADJ",
        "ADP",
        "ADV",
        "AUX",
        "CCONJ",
        "DET",
        "INTJ",
        "NOUN",
        "NUM",
        "PART",
        "PRON",
        "PROPN",
        "PUNCT",
        "SCONJ",
        "SYM",
        "VERB",
        "X",
    ]
)
# features that the treebanks agree on
FEATURES = frozenset(
    [
        "Case",
        "Definite",
        "Degree",
        "Gender",
        "Mood",
        "NumType",
        "Number",
        "Person",
        "Polarity",
        "Poss",
        "PronType",
        "Reflex",
        "Tense",
        "VerbForm",
        "Voice",
    ]
)
# by language, the development set first; a sentence seen earlier (first of all in a development set) is not taken again
TREEBANKS = {
    "it": [
        "isdt-ud-dev",
        "vit-ud",
        "partut",
        "pud",
        "parlamint",
        "isdt-history",
        "markit",
        "twittiro-ud",
        "postwita-ud",
        "vit-history",
        "twittiro-history",
        "postwita-history",
    ],
    "en": ["lines-ud-dev", "ewt", "gum", "pud", "lines"],
}
# cut off for trees: English would drown the Italian (words)
CAP = {"en": 330_000}
NAMES = {"it": ["kindwn", "kindfic", "kindadg", "evalita2009", "wikineural"], "en": ["conll2003", "wikigold"]}
# corpora of which the development part is trained on, since there is no other
DEV_IS_TRAIN = {"wikigold"}


@dataclass(slots=True)
class Tree:
    """A sentence; heads count from 1, 0 is the root."""

    corpus: str
    words: list[str]
    pos: list[str]
    morph: list[str]
    lemmas: list[str]
    heads: list[int]
    deps: list[str]
    spaces: list[bool]


@dataclass(slots=True)
class Tagged:
    """A stretch of words with BIOES tags of names, and where its words stand in the document."""

    corpus: str
    words: list[str]
    tags: list[str]
    offsets: list[tuple[int, int]]


def treebanks(folder: Path, languages: list[str]) -> tuple[list[Tree], dict[str, list[Tree]]]:
    """Training sentences, and the development sentences of each language."""
    train: list[Tree] = []
    dev: dict[str, list[Tree]] = {}
    for language in languages:
        names = [f for n in TREEBANKS[language] for f in sorted((folder / language).glob(f"{language}_{n}*"))]
        held, *rest = dict.fromkeys(names)
        dev[language] = list(trees(held))
        seen, words = {key(t) for t in dev[language]}, 0
        for file in rest:
            for t in trees(file):
                if words > CAP.get(language, words) or (key(t) in seen and len(key(t)) > 3):
                    continue
                seen.add(key(t))
                words += len(t.words)
                train.append(t)
    return train, dev


def key(t: Tree) -> str:
    return re.sub(r"\W", "", "".join(t.words)).lower()


def trees(file: Path) -> Iterator[Tree]:
    """The usable sentences of a CoNLL-U file, gzipped or not."""
    stem = file.name.partition(".")[0]
    # older versions have other labels: a corpus of their own
    corpus = stem.split("-")[0] + ("_old" if "history" in stem else "")
    text = (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8").read()
    for block in re.split(r"\n\s*\n", text.replace("\r", "")):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if rows and all(len(r) == 10 for r in rows):
            found = tree_of(rows, corpus)
            if found and len(found.words) <= LONGEST and UPOS.issuperset(found.pos):
                yield found


def tree_of(rows: list[list[str]], corpus: str) -> Tree | None:
    """A sentence of CoNLL-U rows on surface tokens; None if that is no tree."""
    words = {int(r[0]): r for r in rows if r[0].isdigit()}
    if sorted(words) != list(range(1, len(words) + 1)) or not all(r[6].isdigit() for r in words.values()):
        return None
    spans = {int(a): (int(b), r) for r in rows for a, _, b in [r[0].partition("-")] if b.isdigit()}
    kids = {i: sum(int(r[6]) == i for r in words.values()) for i in words}
    groups: list[tuple[list[int], list[str]]] = []
    i = 1
    while i <= len(words):
        last, surface = spans.get(i, (i, words[i]))
        inner = list(range(i, last + 1))
        if last > i and corpus.startswith("en") and "".join(words[w][1] for w in inner) == surface[1]:
            groups += [([w], [*words[w][:9], "SpaceAfter=No" if w < last else surface[9]]) for w in inner]
        else:
            groups.append((inner, surface))
        i = last + 1
    where = {w: g for g, (inner, _) in enumerate(groups) for w in inner}
    out = Tree(corpus, [], [], [], [], [], [], [])
    for inner, surface in groups:
        outer = [w for w in inner if int(words[w][6]) not in inner]
        if not outer:
            return None
        # the word that stands for the token: a verb, the root, one with others under it, else the first
        top = max(outer, key=lambda w: (words[w][3] in ("VERB", "AUX"), words[w][6] == "0", kids[w], -w))
        row, head, feats = words[top], int(words[top][6]), dict[str, str]()
        for w in [top, *inner]:
            for pair in words[w][5].split("|"):
                name, _, value = pair.partition("=")
                if name in FEATURES and (name, value) != ("Gender", "Com"):
                    feats.setdefault(name, value)
        out.words.append(surface[1].replace(" ", "\u00a0"))
        out.pos.append(row[3])
        out.morph.append("|".join(f"{k}={v}" for k, v in sorted(feats.items())))
        out.lemmas.append(row[2] if row[2] != "_" else row[1])
        out.heads.append(where[head] + 1 if head else 0)
        out.deps.append(row[7] if head else "root")
        out.spaces.append("SpaceAfter=No" not in surface[9])
    return out if out.heads.count(0) == 1 and not circles(out.heads) else None


def circles(heads: list[int]) -> bool:
    for i in range(len(heads)):
        seen, at = set(), i + 1
        while at:
            if at in seen:
                return True
            seen.add(at)
            at = heads[at - 1]
    return False


def names(folder: Path, languages: list[str], part: str) -> Iterator[tuple[str, dict[str, object], list[Tagged]]]:
    """(corpus, gold document, its stretches) of one part, train or dev."""
    for language in languages:
        nlp = blank(language)
        for name in NAMES[language]:
            stored = "dev" if name in DEV_IS_TRAIN else part
            file = folder / f"names-{language}-{name}-{stored}.jsonl"
            if not file.exists() or (part == "dev" and name in DEV_IS_TRAIN):
                continue
            for line in file.read_text(encoding="utf-8").splitlines():
                gold = json.loads(line)
                doc = nlp.make_doc(gold["text"])
                spans = sorted(
                    (n["start"], n["end"], n["label"]) for n in gold["names"] if n["label"] in ("PER", "ORG", "LOC")
                )
                which = [0] * len(doc)
                for k, (start, end, _) in enumerate(spans, 1):
                    for token in doc.char_span(start, end, alignment_mode="expand") or ():
                        which[token.i] = which[token.i] or k
                yield (
                    f"{language}_{name}",
                    gold,
                    [
                        Tagged(
                            f"{language}_{name}",
                            [doc[i].text for i in stretch],
                            bioes([which[i] for i in stretch], spans),
                            [(doc[i].idx, doc[i].idx + len(doc[i])) for i in stretch],
                        )
                        for stretch in runs(doc)
                    ],
                )


def bioes(which: list[int], spans: list[tuple[int, int, str]]) -> list[str]:
    """Tags from the number of the span that each word is in (0: none)."""
    around = [0, *which, 0]
    return [
        "SEBI"[2 * (around[i + 1] == w) + (around[i - 1] == w)] + "-" + spans[w - 1][2] if w else "O"
        for i, w in enumerate(which, 1)
    ]
