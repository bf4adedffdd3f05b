"""Our own labels of statements and events: ``labels.jsonl`` has their places in texts that stand in GOLD_DIR."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any


def labelled(gold: Path) -> Iterator[dict[str, Any]]:
    """The documents as the other gold has them: ``id``, ``lang``, ``text``, ``statements``, ``events``."""
    with Path(__file__).with_name("labels.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            known = texts(gold / f"{document['corpus']}.jsonl")[document["id"]]
            statements = [_spans(one, "source", "cue", "content") for one in document["statements"]]
            events = [
                _spans(one, "actor", "recipient") | {"trigger": _span(one["trigger"])} for one in document["events"]
            ]
            yield {key: known[key] for key in ("id", "lang", "text")} | {"statements": statements, "events": events}


@cache
def texts(file: Path) -> dict[str, dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return {document["id"]: document for document in map(json.loads, lines)}


def _spans(one: dict[str, Any], *keys: str) -> dict[str, Any]:
    return one | {key: [_span(span) for span in one[key]] for key in keys}


def _span(ends: list[int]) -> dict[str, int]:
    return {"start": ends[0], "end": ends[1]}
