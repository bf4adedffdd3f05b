"""The training corpora: Universal Dependencies treebanks and names, on spaCy's tokens.

Multiword tokens (Italian "della" = di + la, "dirlo" = dire + lo) stay one token, as the text has it, except where
their words stand side by side in it ("don't" = do + n't), as spaCy's English tokenizer splits them.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

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
        "Animacy",
        "Aspect",
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
# by language, the development set first, then what is trained on: files by the beginnings of their names, and how often
# they are seen in an epoch; a sentence seen earlier (first of all in a development set) is not taken again
TREEBANKS: dict[str, dict[str, float]] = {
    "it": {
        "isdt-ud-dev": 0,
        "vit-ud": 2,
        "partut": 2,
        "pud": 2,
        "parlamint": 1.5,
        "isdt-history": 2,
        "markit": 1,
        "twittiro-ud": 0.5,
        "postwita-ud": 0.5,
        "vit-history": 1,
        "twittiro-history": 0.5,
        "postwita-history": 0.5,
    },
    "en": {"lines-ud-dev": 0, "lines": 3, "ewt": 0.5, "gum": 0.5, "pud": 1},
    "es": {"gsd-ud-dev": 0, "gsd-ud-test": 4, "ancora": 1.5, "gsd-history": 2, "pud": 1},
    "fr": {"sequoia-ud-dev": 0, "sequoia": 2.5, "gsd-ud": 1.5, "gsd-history": 1, "partut": 1},
    "de": {"gsd-ud-dev": 0, "gsd-ud-test": 4, "gsd-history": 2, "pud": 2, "lit": 1},
    "pt": {"bosque-ud-dev": 0, "bosque": 1.5, "porttinari": 1},
    "nl": {"alpino-ud-dev": 0, "alpino-ud-test": 4, "lassysmall-ud": 2, "alpino-history": 2, "lassysmall-history": 1},
    "ru": {"gsd-ud-dev": 0, "gsd-ud-test": 4, "gsd-history": 2, "pud": 2, "taiga": 1},
}
TAUGHT = 0.7  # the same for the Russian that natasha read
TAUGHT_BY_NETS = 0.4  # and for what nets of ours read
# older versions that are labelled as the newest ones are; others are a corpus of their own
SAME_LABELS = {"pt_bosque", "ru_taiga"}
# corpora that tell features of part of their words only: no lesson for those that they leave out
FEW_FEATURES = {"de_lit"}
# older versions in which these labels may also mean what has a label of its own now: no lesson either
UNSURE = {"nl_alpino_old": {"obl", "nmod"}, "nl_lassysmall_old": {"obl", "nmod"}, "de_gsd_old": {"obl", "iobj"}}
NAMES: dict[str, dict[str, float]] = {
    "it": {"kindwn": 2, "kindfic": 1, "kindadg": 0.5, "evalita2009": 1, "wikineural": 0.5},
    "en": {"conll2003": 2, "wikigold": 1},
    "es": {"conll2002": 1.5, "wikineural": 0.3},
    "fr": {"wikineural": 1.5},
    "de": {"conll2003": 1.5, "germeval": 1, "wikineural": 0.4},
    "pt": {"bosque": 2, "harem2": 1, "lener": 0.5, "wikineural": 0.4},
    "nl": {"conll2002": 2, "wikineural": 0.4},
    "ru": {"nerel": 1.5, "factrueval": 2, "bsnlp": 1, "wikineural": 0.3},
}
# corpora that are not free for every use: non-commercial, or for research alone (README.md has the licences)
BOUND = frozenset(
    [
        "it_isdt",
        "it_vit",
        "it_partut",
        "it_postwita",
        "en_lines",
        "en_gum",
        "fr_partut",
        "de_lit",
        "it_kindwn",
        "it_kindfic",
        "it_kindadg",
        "it_evalita2009",
        "en_conll2003",
        "de_conll2003",
        "es_conll2002",
        "nl_conll2002",
        "it_wikineural",
        "es_wikineural",
        "fr_wikineural",
        "de_wikineural",
        "pt_wikineural",
        "nl_wikineural",
        "ru_wikineural",
        "pt_harem2",
        "pt_lener",
        "ru_nerel",
        "ru_bsnlp",
    ]
)
# corpora of which the development part is trained on, since there is no other
DEV_IS_TRAIN = {"wikigold"}


@dataclass(slots=True)
class Tree:
    """A sentence; heads count from 1, 0 is the root."""

    corpus: str
    words: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    morph: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)  # empty where not told
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class Tagged:
    """A stretch of words with BIOES tags of names, and where its words stand in the document."""

    corpus: str
    words: list[str]
    tags: list[str]
    offsets: list[tuple[int, int]]


def treebanks(folder: Path, languages: Iterable[str]) -> tuple[list[tuple[float, Tree]], dict[str, list[Tree]]]:
    """Training sentences, each with how often an epoch has it, and the development sentences of each language."""
    train: list[tuple[float, Tree]] = []
    dev: dict[str, list[Tree]] = {}
    for language in languages:
        weights: dict[Path, float] = {}
        for name, weight in TREEBANKS[language].items():
            for file in sorted((folder / language).glob(f"{language}_{name}*")):
                weights.setdefault(file, weight)
        seen: set[str] = set()
        for file, weight in weights.items():
            for t in trees(file):
                if not weight:
                    dev.setdefault(language, []).append(t)
                elif key(t) not in seen or len(key(t)) < 4:
                    train.append((weight, t))
                seen.add(key(t))
    return train, dev


def taught(folder: Path) -> Iterator[Tree]:
    """Russian news as natasha reads it (MIT; trained on news that larger nets of its makers had read)."""
    from navec import Navec
    from pymorphy3 import MorphAnalyzer
    from razdel import sentenize, tokenize
    from slovnet import Morph, Syntax

    data = Path(str(files("natasha"))) / "data"
    vectors = Navec.load(next(data.glob("emb/navec_news*")))
    morph, syntax = (kind.load(next(data.glob(f"model/slovnet_{kind.__name__.lower()}*"))) for kind in (Morph, Syntax))
    analyzer = MorphAnalyzer(lang="ru")
    morph.navec(vectors)
    syntax.navec(vectors)
    for file in sorted(folder.glob("names-ru-*-train.jsonl")):
        if "wikineural" in file.name or "bsnlp" in file.name:  # no news; texts that are not free
            continue
        for line in file.open(encoding="utf-8"):
            sentences = [list(tokenize(s.text)) for s in sentenize(json.loads(line)["text"]) if "\n" not in s.text]
            words = [[t.text for t in sentence] for sentence in sentences if 3 < len(sentence) <= LONGEST]
            for tags, links in zip(morph.map(words), syntax.map(words), strict=True):
                heads = [int(t.head_id) for t in links.tokens]
                told = [t.feats.items() for t in tags.tokens]
                feats = ["|".join(f"{k}={v}" for k, v in sorted(f) if k in FEATURES) for f in told]
                t = Tree("ru_taught", [t.text for t in tags.tokens], [t.pos for t in tags.tokens], feats)
                t.lemmas = [base(x.text, x.pos, x.feats, analyzer) for x in tags.tokens]
                t.heads, t.deps = heads, [x.rel for x in links.tokens]
                t.deps = [d if h else "root" for h, d in zip(heads, t.deps, strict=True)]
                if heads.count(0) == 1 and not circles(heads) and UPOS.issuperset(t.pos):
                    yield t


# UPOS of a word in terms of OpenCorpora, as pymorphy3 has them
OPENCORPORA = {
    "NOUN": ("NOUN",),
    "PROPN": ("NOUN",),
    "ADJ": ("ADJF", "ADJS", "COMP"),
    "DET": ("ADJF",),
    "VERB": ("VERB", "INFN", "PRTF", "PRTS", "GRND"),
    "AUX": ("VERB", "INFN", "GRND"),
    "NUM": ("NUMR",),
    "PRON": ("NPRO",),
    "ADV": ("ADVB", "COMP"),
}


def base(form: str, pos: str, feats: dict[str, str], analyzer: Any) -> str:
    """The lemma of a Russian word by its part of speech and case; empty where the dictionary does not have it so."""
    wanted = (feats.get("Case", "")[:3].lower(), feats.get("Number", "")[:4].lower())
    cases = {"nom": "nomn", "gen": "gent", "dat": "datv", "acc": "accs", "ins": "ablt", "loc": "loct"}
    found = [p for p in analyzer.parse(form) if p.is_known and p.tag.POS in OPENCORPORA.get(pos, ())]
    fit = [p for p in found if {cases.get(wanted[0]), wanted[1] or None} - {None} <= set(p.tag.grammemes)]
    lemma = str((fit or found)[0].normal_form) if found else ""
    return lemma.title() if pos == "PROPN" else lemma


ACCENTS = str.maketrans("àèéìòùáíóúâêîôûçñäöü", "aeeiouaiouaeioucnaou")


def roughened(t: Any, rng: random.Random) -> Any | None:
    """Now and then a copy of a training item as headlines and hasty writers have it: in capitals, without accents."""
    way = rng.random()
    if way < 0.04:
        return replace(t, words=[w.upper() for w in t.words])
    if way < 0.07:
        bare = [re.sub(r"(?<=.)[àèéìòù]$", lambda m: m[0].translate(ACCENTS) + "'", w) for w in t.words]
        words = [w.translate(ACCENTS) for w in (bare if t.corpus.startswith("it") else t.words)]
        return replace(t, words=words) if words != t.words else None
    return None


def headline(t: Tree, rng: random.Random) -> Tree | None:
    """Now and then a copy of a sentence without its stop."""
    n = len(t.words) - 1
    if rng.random() > 0.05 or n < 3 or t.words[n] != "." or n + 1 in t.heads:
        return None
    cut = {k: getattr(t, k)[:n] for k in ("words", "pos", "morph", "lemmas", "heads", "deps", "spaces")}
    return Tree(t.corpus, **cut)


def key(t: Tree) -> str:
    return re.sub(r"\W", "", "".join(t.words)).lower()


def trees(file: Path) -> Iterator[Tree]:
    """The usable sentences of a CoNLL-U file, gzipped or not."""
    stem = file.name.partition(".")[0]
    # older versions have other labels: a corpus of their own
    corpus = stem.split("-")[0]
    if "history" in stem and corpus not in SAME_LABELS:
        corpus += "_old"
    text = (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8").read()
    for block in re.split(r"\n\s*\n", text.replace("\r", "")):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if rows and all(len(r) == 10 for r in rows):
            found = tree_of(rows, corpus)
            if found and len(found.words) <= LONGEST and UPOS.issuperset(found.pos):
                yield agreed(found)


def agreed(t: Tree) -> Tree:
    """The sentence with the labels that most of its language's treebanks agree on."""
    language = t.corpus[:2]
    if language in ("de", "es", "nl"):
        t.deps = ["flat" if d == "flat:name" else d for d in t.deps]
    if language == "nl":  # Alpino's marks between the parts of a compound
        t.lemmas = [x.replace("_", "") if len(x) > 1 else x for x in t.lemmas]
    if t.corpus == "es_ancora_old":  # it tells no relative clauses from other clauses on nouns
        relative = [i for i, x in enumerate(t.lemmas) if x in ("que", "quien", "cual", "donde", "cuyo", "cuando")]
        for i, d in enumerate(t.deps):
            if d == "acl" and any(j < i and i + 1 in (t.heads[j], up(t, t.heads[j])) for j in relative):
                t.deps[i] = "acl:relcl"
    return t


def up(t: Tree, word: int) -> int:
    return t.heads[word - 1] if word else 0


def tree_of(rows: list[list[str]], corpus: str) -> Tree | None:
    """A sentence of CoNLL-U rows on surface tokens; None if that is no tree."""
    words = {int(r[0]): r for r in rows if r[0].isdigit()}
    if sorted(words) != list(range(1, len(words) + 1)) or not all(r[6].isdigit() for r in words.values()):
        return None
    spans = {int(a): (int(b), r) for r in rows for a, _, b in [r[0].partition("-")] if b.isdigit()}
    if any(b not in words for b, _ in spans.values()) or any(int(r[6]) > len(words) for r in words.values()):
        return None
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
    out = Tree(corpus)
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
        out.lemmas.append(row[2] if row[2] != "_" else "")
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


def names(folder: Path, languages: Iterable[str], part: str) -> Iterator[tuple[str, dict[str, object], list[Tagged]]]:
    """(corpus, gold document, its stretches) of one part, train or dev."""
    for language in languages:
        nlp = blank(language)
        for name in NAMES[language]:
            stored = "dev" if name in DEV_IS_TRAIN else part
            file = folder / f"names-{language}-{name}-{stored}.jsonl"
            if not file.exists() or (part == "dev" and name in DEV_IS_TRAIN):
                continue
            for line in file.open(encoding="utf-8"):
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
