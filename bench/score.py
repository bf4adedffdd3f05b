"""Score every layer on gold that is not part of Fonti.

    python bench/score.py SHARED [LAYER …]

SHARED holds ``gold/`` (JSON lines, a document a line), ``score/score.py`` and ``treebanks/``. Prints a JSON object of
figures in percent: layer/corpus -> measure -> value. Texts are read whole, with the date that the gold gives.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

from fonti.intake import read
from fonti.nets import net
from fonti.reader import Reader
from fonti.record import Report

sys.path.insert(0, str(Path(__file__).parents[1] / "models"))

# what is scored: gold file -> layers; the measures of each layer
GOLD = {
    "all-it-kim-russia": ["times", "names", "places", "statements", "events"],
    "all-it-reports-dev": ["times", "statements", "events"],
    "all-en-reports-dev": ["times", "statements", "events"],
    "times-it-meantime-dev": ["times"],
    "times-en-meantime-dev": ["times"],
    "times-en-tempeval3-dev": ["times"],
    "names-it-kindwn-dev": ["names"],
    "names-en-conll2003-dev": ["names"],
    "places-it-meantime-dev": ["places"],
    "places-en-trnews-dev": ["places"],
    "places-en-geowebnews-dev": ["places"],
    "statements-en-polnear-dev": ["statements"],
    "events-en-plv-dev": ["events"],
    "events-en-wikievents-dev": ["events"],
}
MEASURES = {
    "times": ["relaxed", "value"],
    "names": ["all"],
    "places": ["toponyms", "within161_of_all"],
    "statements": ["content", "attributed", "cue"],
    "events": ["typed", "who_to_whom", "spans"],
}
TREEBANKS = {"it": "it/it_isdt-ud-dev.conllu", "en": "en/en_lines-ud-dev.conllu"}


def scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "score" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(shared: Path, layers: set[str]) -> dict[str, dict[str, float]]:
    module, reader, out = scorer(shared), Reader(), dict[str, dict[str, float]]()
    for name, asked in GOLD.items():
        wanted = [layer for layer in asked if not layers or layer in layers]
        if not wanted:
            continue
        file = shared / "gold" / f"{name}.jsonl"
        gold = module.load(file)
        reports = (r for r in read(str(file)) if isinstance(r, Report))
        records = [json.loads(reader.read(r).to_json()) for r in reports]
        for layer in wanted:
            figures = module.SCORES[layer](gold, records)
            out[f"{layer}/{name}"] = {m: v["F1"] if isinstance(v := figures[m], dict) else v for m in MEASURES[layer]}
    if not layers or "parse" in layers:
        from corpora import trees
        from scores import score_parse

        for language, file in TREEBANKS.items():
            for group in (1, 4):
                sentences = list(trees(shared / "treebanks" / file))
                out[f"parse/{Path(file).stem} by {group}"] = score_parse(net("parse"), sentences, language, group)
    return out


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    print(json.dumps(score(Path(sys.argv[1]), set(sys.argv[2:])), indent=1))
