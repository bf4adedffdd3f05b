"""Statements of reports that the judge has not seen in training, by two nets trained on half of them each.

    python models/statements.py GOLD --half 0 --out NET_0
    python models/statements.py GOLD --half 1 --out NET_1
    python bench/folds.py SHARED NET_0 NET_1

Of the reports of ``all-it-reports-dev`` and ``all-en-reports-dev``, those of even number are judged by NET_1, the
others by NET_0. Prints F1 in percent (content, attributed) and the recall of nested ones: of the even, the odd, all.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from score import scorer

from fonti.intake import read
from fonti.layers.statements import judge
from fonti.reader import Reader


def main(shared: Path, nets: list[Path]) -> None:
    module, reader = scorer(shared), Reader()
    for name in ("all-it-reports-dev", "all-en-reports-dev"):
        file = shared / "gold" / f"{name}.jsonl"
        gold, reports = module.load(file), list(read(str(file)))
        records: list[Any] = [None] * len(reports)
        for half in (0, 1):
            judge.path = lambda _, net=nets[1 - half]: net  # type: ignore[misc, assignment]
            judge.judge.cache_clear()
            records[half::2] = [json.loads(record.to_json()) for record in reader.read_all(reports[half::2])]
        for part, some in (("even", slice(0, None, 2)), ("odd", slice(1, None, 2)), ("all", slice(None))):
            figures = module.score_statements(gold[some], records[some])
            told = [figures[key]["F1"] for key in ("content", "attributed")] + [figures["nested_recall"]]
            print(f"{name:20} {part:5}", *(f"{value:5.1f}" for value in told))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), [Path(sys.argv[2]), Path(sys.argv[3])])
