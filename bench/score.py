"""Score every layer on gold that is not part of Fonti.

    python bench/score.py SHARED [LAYER …]

SHARED holds ``gold/`` (JSON lines, a document a line), ``score/score.py`` and ``treebanks/``. Prints a JSON object of
figures in percent: layer/corpus -> measure -> value. Texts are read whole, with the date that the gold gives.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import cases

from fonti.intake import read
from fonti.language import find_language
from fonti.lexicon import LANGUAGES
from fonti.reader import Reader
from fonti.record import Report

sys.path.insert(0, str(Path(__file__).parents[1] / "models"))

# what is scored: gold file -> layers; the measures of each layer
GOLD = {
    "all-it-kim-russia": ["times", "names", "places", "actors", "statements", "events"],
    "all-it-reports-dev": ["times", "actors", "statements", "events"],
    "all-en-reports-dev": ["times", "actors", "statements", "events"],
    "times-it-meantime-dev": ["times"],
    "times-en-meantime-dev": ["times"],
    "times-en-tempeval3-dev": ["times"],
    "times-es-meantime-dev": ["times"],
    "times-nl-meantime-dev": ["times"],
    "times-de-krauts-dev": ["times"],
    "times-it-recognizers-dev": ["times"],
    "times-es-recognizers-dev": ["times"],
    "times-fr-recognizers-dev": ["times"],
    "times-de-recognizers-dev": ["times"],
    "times-pt-recognizers-dev": ["times"],
    "times-nl-recognizers-dev": ["times"],
    "times-it-duckling-dev": ["times"],
    "times-ru-duckling-dev": ["times"],
    "names-it-kindwn-dev": ["names"],
    "names-it-evalita2009-dev": ["names"],
    "names-en-conll2003-dev": ["names"],
    "names-es-conll2002-dev": ["names"],
    "names-fr-wikineural-dev": ["names"],
    "names-de-conll2003-dev": ["names"],
    "names-pt-bosque-dev": ["names"],
    "names-nl-conll2002-dev": ["names"],
    "names-ru-nerel-dev": ["names"],
    "names-ru-factrueval-dev": ["names"],
    "places-it-meantime-dev": ["places"],
    "places-en-trnews-dev": ["places"],
    "places-en-geowebnews-dev": ["places"],
    "places-en-lgl-dev": ["places"],
    "places-en-geovirus-dev": ["places"],
    "places-en-tudloc-dev": ["places"],
    "statements-en-polnear-dev": ["statements"],
    "statements-de-wikinews-dev": ["statements"],
    "statements-ru-adaq-dev": ["statements"],
    "events-en-plv-dev": ["actors", "events"],
    "events-en-petrarch2-dev": ["actors", "events"],
    "events-en-wikievents-dev": ["events"],
    "events-en-rams-dev": ["events"],
    "events-en-meantime-dev": ["events"],
    "events-it-meantime-dev": ["actors", "events"],
    "events-es-meantime-dev": ["actors", "events"],
    "events-nl-meantime-dev": ["actors", "events"],
    "events-es-protestas-dev": ["actors", "events"],
}
MEASURES = {
    "times": ["strict", "relaxed", "value"],
    "names": ["all"],
    "places": ["toponyms", "within161_of_found", "within161_of_all"],
    "statements": ["content", "attributed", "cue", "nested_recall"],
    "events": ["typed", "arguments", "sides", "who_to_whom"],
}


def scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "score" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def actors(gold: list[dict[str, Any]], records: list[dict[str, Any]]) -> dict[str, float]:
    """Of the sides of gold events whose country is told: how many are an actor, how many of these in that country."""
    hit = Counter[str]()
    for document, record in zip(gold, records, strict=True):
        mentions = [(m["start"], m["end"], a["country"]) for a in record["actors"] for m in a["mentions"]]
        for event in document["events"]:
            for side in ("actor", "recipient"):
                spans, countries = (event.get(key) or [] for key in (side, f"{side}_country"))
                wanted = {countries} if isinstance(countries, str) else set(countries)
                if not spans or not wanted:
                    continue
                over = [c for a, b, c in mentions for s in spans if a < s["end"] and s["start"] < b]
                hit.update(sides=1, found=bool(over), right=bool(wanted & set(over)))
    return {"found": 100 * hit["found"] / hit["sides"], "country_of_found": 100 * hit["right"] / max(1, hit["found"])}


def kinds(module: Any, gold: list[dict[str, Any]], records: list[dict[str, Any]]) -> dict[str, float]:
    """Of the gold statements of each kind: how many are found, how many with who says it."""
    out: dict[str, float] = {}
    for kind in ("direct", "mixed", "indirect"):
        of_kind = [document | {"statements": _of(kind, document)} for document in gold]
        figures = module.score_statements(of_kind, records)
        if figures["gold"]:
            out |= {f"{kind}_content": figures["content"]["R"], f"{kind}_attributed": figures["attributed"]["R"]}
    return out


def _of(kind: str, document: dict[str, Any]) -> list[dict[str, Any]]:
    return [statement for statement in document["statements"] if statement["kind"] == kind]


def languages(gold: Path) -> dict[str, float]:
    """Texts over 200 characters in a language that Fonti reads: how many are told to be in it."""
    texts: dict[str, str] = {}
    for file in sorted(gold.glob("*.jsonl")):
        for line in file.open(encoding="utf-8"):
            document = json.loads(line)
            if document.get("lang") in LANGUAGES and len(document["text"]) > 200:
                texts[document["text"]] = document["lang"]
    right = Counter(language for text, language in texts.items() if find_language(text) == language)
    every = Counter(texts.values())
    out = {language: 100 * right[language] / every[language] for language in sorted(every)}
    return {"all": 100 * right.total() / every.total()} | out


def score(shared: Path, layers: set[str]) -> dict[str, dict[str, float]]:
    module, reader, out = scorer(shared), Reader(), dict[str, dict[str, float]]()
    for name, asked in GOLD.items():
        wanted = [layer for layer in asked if not layers or layer in layers]
        if not wanted:
            continue
        file = shared / "gold" / f"{name}.jsonl"
        gold = module.load(file)
        records = [json.loads(record.to_json()) for record in reader.read_all(read(str(file)))]
        for layer in wanted:
            if layer == "actors":
                out[f"actors/{name}"] = actors(gold, records)
                continue
            figures = module.SCORES[layer](gold, records)
            told = {m: v["F1"] if isinstance(v := figures[m], dict) else v for m in MEASURES[layer]}
            out[f"{layer}/{name}"] = {measure: value for measure, value in told.items() if value is not None}
            if layer == "statements":
                out[f"{layer}/{name}"] |= kinds(module, gold, records)
    if not layers or "statements" in layers:
        for language, documents in cases.statements().items():
            reports = [Report(id=one["id"], text=one["text"], language=language) for one in documents]
            figures = module.score_statements(documents, [json.loads(r.to_json()) for r in reader.read_all(reports)])
            out[f"statements/cases-{language}"] = {m: figures[m]["F1"] for m in ("content", "attributed", "cue")}
    if not layers or "language" in layers:
        out["language/gold"] = languages(shared / "gold")
    if not layers or "parse" in layers:
        from corpora import TREEBANKS, trees
        from scores import score_text

        for language, files in TREEBANKS.items():
            name = f"{language}_{next(iter(files))}"  # the development set
            sentences = list(trees(shared / "treebanks" / language / f"{name}.conllu"))
            for group in (1, 4):
                out[f"parse/{name} by {group}"] = score_text(sentences, language, group)
    return out


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    print(json.dumps(score(Path(sys.argv[1]), set(sys.argv[2:])), indent=1))
