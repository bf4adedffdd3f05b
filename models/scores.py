"""Scores of parses and names against corpora: of the nets alone, on gold tokens, and of texts as Fonti reads them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import corpora as C
import numpy as np
from spacy.tokens import Token

from fonti.layers.parse import parse
from fonti.nets import Net, entities, names
from fonti.record import Report


def score_parse(net: Net, trees: list[C.Tree], language: str, group: int = 1) -> dict[str, float]:
    """Percent right, ``group`` sentences at a time, borders unknown; attachment without punct, as spaCy has it."""
    hit, starts = Counter[str](), Counter[str]()
    groups = [trees[i : i + group] for i in range(0, len(trees), group)]
    for some, found in zip(groups, net.parse([[w for t in g for w in t.words] for g in groups], language), strict=True):
        cuts = np.cumsum([0] + [len(t.words) for t in some]).tolist()
        got = set(np.flatnonzero(found.starts).tolist())
        starts.update(both=len(got & set(cuts[:-1])), all=len(got) + len(some))
        for t, at in zip(some, cuts, strict=False):
            for k, head in enumerate(t.heads):
                right = int(found.heads[at + k]) == (head + at if head else 0)
                hit["words"] += 1
                hit["POS"] += found.pos[at + k] == t.pos[k]
                hit["lemma"] += found.lemmas[at + k].lower() == t.lemmas[k].lower()
                hit["morph"] += found.morph[at + k] == t.morph[k]
                if t.deps[k] != "punct":
                    hit["arcs"] += 1
                    hit["UAS"] += right
                    hit["LAS"] += right and found.deps[at + k] == t.deps[k]
    out = {k: 100 * hit[k] / hit["arcs"] for k in ("UAS", "LAS")} | {
        k: 100 * hit[k] / hit["words"] for k in ("POS", "lemma", "morph")
    }
    return {k: round(v, 2) for k, v in (out | {"sentences": 200 * starts["both"] / starts["all"]}).items()}


def score_text(trees: list[C.Tree], language: str, group: int = 1) -> dict[str, float]:
    """F1 from raw text, ``group`` sentences a text; attachment without punct on either side, as spaCy has it."""
    hit, texts, wants = Counter[str](), list[str](), list[list[Word]]()
    for i in range(0, len(trees), group):
        text, words = "", list[Word]()
        for t in trees[i : i + group]:
            spans = []
            for word, space in zip(t.words, t.spaces, strict=True):
                spans.append((len(text), len(text) + len(word)))
                text += word.replace("\u00a0", " ") + " " * space
            heads = [spans[head - 1] if head else None for head in t.heads]
            words += zip(spans, heads, t.deps, t.pos, (x.lower() for x in t.lemmas), t.morph, strict=True)
            text = text.rstrip() + " "
        texts.append(text.rstrip())
        wants.append(words)
    docs = parse([Report(str(i), text, language) for i, text in enumerate(texts)])
    for want, doc in zip(wants, docs, strict=True):
        got = [told(token) for token in doc if not token.is_space]
        for words, side in ((want, "gold"), (got, "found")):
            hit[side] += len(words)
            hit[f"{side} arcs"] += sum(dep != "punct" for _, _, dep, *_ in words)
            hit[f"{side} sentences"] += sum(head is None for _, head, *_ in words)
        known = {word[0]: word for word in want}
        starts = {min(word[0][0] for word in some) for some in sentences(want)}
        hit["sentences"] += len(starts & {min(word[0][0] for word in some) for some in sentences(got)})
        for span, head, dep, pos, base, morph in got:
            _, *gold = known.get(span, (None,) * 6)
            hit["POS"] += pos == gold[2]
            hit["lemma"] += base == gold[3]
            hit["morph"] += morph == gold[4]
            if "punct" not in (dep, gold[1]):
                hit["UAS"] += span in known and head == gold[0]
                hit["LAS"] += span in known and (head, dep) == (gold[0], gold[1])
    pairs = {"UAS": " arcs", "LAS": " arcs", "POS": "", "lemma": "", "morph": "", "sentences": " sentences"}
    return {k: round(200 * hit[k] / (hit[f"gold{of}"] + hit[f"found{of}"]), 2) for k, of in pairs.items()}


Span = tuple[int, int]
# a word's span, its head's (None: the root), its label, part of speech, lemma in small letters, features
Word = tuple[Span, Span | None, str, str, str, str]


def told(token: Token) -> Word:
    span, up = ((t.idx, t.idx + len(t)) for t in (token, token.head))
    dep = "root" if token.dep_ == "ROOT" else token.dep_
    return span, None if dep == "root" else up, dep, token.pos_, token.lemma_.lower(), str(token.morph)


def sentences(words: list[Word]) -> list[list[Word]]:
    """The words of each tree."""
    above = {word[0]: word[1] for word in words}

    def root(span: Span) -> Span:
        while above[span] is not None:
            span = above[span]  # type: ignore[assignment]
        return span

    found: dict[Span, list[Word]] = {}
    for word in words:
        found.setdefault(root(word[0]), []).append(word)
    return list(found.values())


def score_names(net: Net, dev: list[tuple[str, dict[str, Any], list[C.Tagged]]]) -> dict[str, float]:
    """F1 of exact extent and label, by corpus, under the corpus' own id."""
    counts: dict[str, list[int]] = {}
    for corpus, gold, stretches in dev:
        want = {(n["start"], n["end"], n["label"]) for n in gold["names"] if n["label"] in ("PER", "ORG", "LOC")}
        tagged = zip(stretches, names([net], [s.words for s in stretches], corpus), strict=True)
        got = {(s.offsets[a][0], s.offsets[b][1], label) for s, tags in tagged for a, b, label in entities(tags)}
        row = counts.setdefault(corpus, [0, 0])
        row[0] += len(want & got)
        row[1] += len(want) + len(got)
    return {k: round(200 * hit / total, 2) for k, (hit, total) in counts.items()}
