"""Scores of the nets alone, on gold tokens; ``bench/`` scores the whole product."""

from __future__ import annotations

from collections import Counter
from typing import Any

import corpora as C
import numpy as np

from fonti.nets import Net, entities


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


def score_names(net: Net, dev: list[tuple[str, dict[str, Any], list[C.Tagged]]]) -> dict[str, float]:
    """F1 of exact extent and label, by corpus, under the corpus' own id."""
    counts: dict[str, list[int]] = {}
    for corpus, gold, stretches in dev:
        want = {(n["start"], n["end"], n["label"]) for n in gold["names"] if n["label"] in ("PER", "ORG", "LOC")}
        tagged = zip(stretches, net.names([s.words for s in stretches], corpus), strict=True)
        got = {(s.offsets[a][0], s.offsets[b][1], label) for s, tags in tagged for a, b, label in entities(tags)}
        row = counts.setdefault(corpus, [0, 0])
        row[0] += len(want & got)
        row[1] += len(want) + len(got)
    return {k: round(200 * hit / total, 2) for k, (hit, total) in counts.items()}
