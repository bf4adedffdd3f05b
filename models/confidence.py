"""Fits how sure an event is (``fonti/layers/events/confidence.py``) on events labelled by people.

    python models/confidence.py GOLD_DIR SCORE_PY           writes fonti/data/confidence.tsv
    python models/confidence.py GOLD_DIR SCORE_PY --folds   how often they are right, by confidence, on texts left out

The labels are our own (``labels.jsonl``), of reports on which no rule of events was written, or half of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from labels import labelled

from fonti.intake import read_text
from fonti.layers import events
from fonti.layers.events.confidence import signs
from fonti.reader import Reader

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from score import scorer

OUT = Path(__file__).parents[1] / "fonti" / "data" / "confidence.tsv"
HEAD = "# Log odds that an event is right, by what speaks for it; models/confidence.py fitted them on our own labels.\n"
PULL = 2.0  # towards 0: few labels tell of some signs
Told = list[tuple[list[str], bool]]  # the signs of each event that Fonti finds, and whether it is right


def found(gold: Path, shared: Path) -> list[Told]:
    """Of every report."""
    module, every, reader = scorer(shared), list[Told](), Reader()
    asked: list[list[str]] = []
    events.confidence = lambda text, act: asked.append(list(signs(text, act))) or 0.0  # type: ignore
    for document in labelled(gold):
        asked.clear()
        record = reader.read(read_text(document["text"], language=document["lang"]))
        text = document["text"]
        places = [(module.sentence_of(text, {"start": e.trigger.start, "end": e.trigger.end}), e.type)
                  for e in record.events]  # fmt: skip
        wanted = [(module.sentence_of(text, one["trigger"]), one["type"]) for one in document["events"]]
        right = []
        for place in places:
            right.append(place in wanted)
            if right[-1]:
                wanted.remove(place)
        every.append(list(zip(asked, right, strict=True)))
    return every


def fitted(some: list[Told]) -> dict[str, float]:
    """Logistic regression by Newton's method, every weight but the first drawn towards 0."""
    names = list(dict.fromkeys(sign for report in some for told, _ in report for sign in told))
    x = np.array([[name in told for name in names] for report in some for told, _ in report], float)
    y = np.array([right for report in some for _, right in report], float)
    pull = np.full(len(names), PULL)
    pull[names.index("all")] = 1e-3
    w = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + np.diag(pull), x.T @ (y - p) - pull * w)
    return dict(zip(names, w.tolist(), strict=True))


def chance(weights: dict[str, float], told: list[str]) -> float:
    return float(1 / (1 + np.exp(-sum(weights.get(sign, 0.0) for sign in told))))


def main() -> None:
    known = found(Path(sys.argv[1]), Path(sys.argv[2]).parents[1])
    if "--folds" in sys.argv:
        rows = [(chance(weights, told), right) for half in (0, 1) for weights in [fitted(known[1 - half :: 2])]
                for report in known[half::2] for told, right in report]  # fmt: skip
        for low in np.arange(0.2, 1.0, 0.1):
            within = [right for sure, right in rows if low <= sure < low + 0.1]
            if within:
                print(f"{low:.1f}–{low + 0.1:.1f}  {len(within):4} events, {100 * np.mean(within):.0f} % right")
        return
    rows = [f"{sign}\t{weight:.3f}\n" for sign, weight in sorted(fitted(known).items())]
    OUT.write_text(HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
