"""Trains the net that judges events (``fonti/layers/events/judge.py``) on events labelled by people.

    python models/events.py GOLD_DIR            the shipped net
    python models/events.py GOLD_DIR --half 0 --out NET   without the odd documents of every corpus, to be scored on them
    python models/events.py GOLD_DIR --quick    a few seconds, to see that it runs

GOLD_DIR holds JSON lines with ``text``, ``lang`` and ``events``, by the names in ``CORPORA``; texts are read by Fonti itself.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from graph import Graph
from judging import SIZE, ReadNet, options, states_of, stored_tables, summed, tables, train, vectors_of
from onnx import TensorProto
from spacy.tokens import Doc, Token
from torch import Tensor, nn

from fonti import nets
from fonti.facts import facts
from fonti.gazetteer import gazetteer
from fonti.intake import read
from fonti.layers import syntax
from fonti.layers.actors import find_actors, settle
from fonti.layers.events import Text, raw_acts
from fonti.layers.events.features import PAIR, TRIGGER, TYPES, WORD, Stretch, pairs, stretches, trigger
from fonti.layers.events.judge import ASKED
from fonti.layers.events.words import event_words
from fonti.layers.names import find_names
from fonti.layers.parse import parse
from fonti.layers.places import find_places
from fonti.layers.statements import find_statements
from fonti.layers.told import POSITIONS, inside
from fonti.reader import batches as together
from fonti.record import Report, Span

Array = np.ndarray
CORPORA = {  # whose habits it has, and how often it is seen in an epoch
    "all-it-reports-dev": ("fonti", 4.0),
    "all-en-reports-dev": ("fonti", 4.0),
    "events-en-plv-dev": ("plv", 1.0),
    "events-en-petrarch2-dev": ("petrarch2", 2.0),
    "events-en-plovergsr-dev": ("plv", 2.0),
    "events-en-meantime-dev": ("meantime", 2.0),
    "events-it-meantime-dev": ("meantime", 2.0),
    "events-es-meantime-dev": ("meantime", 2.0),
    "events-nl-meantime-dev": ("meantime", 2.0),
    "events-es-protestas-dev": ("protestas", 1.0),
    "events-es-protestaspartial-dev": ("protestas", 1.0),
    "events-es-colombianotes-dev": ("colombianotes", 1.0),
    "events-en-wikievents-dev": ("wikievents", 1.0),
    "events-en-rams-dev": ("rams", 1.0),
}
TELLING = [POSITIONS.index(pos) for pos in ("NOUN", "VERB", "ADJ", "PROPN", "AUX", "ADV", "X")]  # what may be a trigger


@dataclass(slots=True)
class Lesson:
    """A paragraph with what people say of it: of each word the type of act that it tells (0 none, -1 not told), of each
    trigger who takes part, and the answers to what is asked of it (-1 not told)."""

    words: list[str]
    word: Array
    types: Array
    places: Array
    cue: Array
    pair: Array
    sides: Array
    answers: Array


def lessons(file: Path, guide: str, *, half: int | None = None, limit: int | None = None) -> Iterator[Lesson]:
    with file.open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    known = list(zip(read(str(file)), gold, strict=True))
    known = (known if half is None else known[half::2])[:limit]
    told = iter([document for _, document in known])
    for some in together([report for report, _ in known]):
        for report, doc in zip(some, parse(some), strict=True):
            document = next(told)
            for stretch in paragraphs(report, doc):
                yield lesson(stretch.by(guide), document["events"], partial=document.get("partial", False))


def paragraphs(report: Report, doc: Doc) -> Iterator[Stretch]:
    """The report as the judge is told of it, by the layers before."""
    names = find_names(doc, facts())
    actors = find_actors(doc, names, facts(), published=report.published)
    places = find_places(doc, names, actors, gazetteer())
    settle(actors, [place.country for place in places])
    statements = find_statements(doc, actors, sections=report.sections)
    text = Text.of(doc, event_words(doc.lang_), actors, places)
    return stretches(text, raw_acts(text, report.sections), statements)


def lesson(stretch: Stretch, events: Sequence[dict[str, Any]], *, partial: bool) -> Lesson:
    at, doc = stretch.table.at[stretch.own], stretch.doc
    telling = np.isin(stretch.word[:, 0], TELLING)
    types = np.where(telling & (not partial), 0, -1)
    found: dict[int, dict[str, Any]] = {}
    for event in events:
        held = np.flatnonzero(inside(at, [Span(event["trigger"]["start"], event["trigger"]["end"])]))
        if len(held):
            place = root([doc[stretch.start + int(i)] for i in held]).i - stretch.start
            found.setdefault(place, event)
            types[place] = 1 + TYPES.index(event["type"])
    places = sorted(found)
    tokens = [doc[stretch.start + place] for place in places]
    sides = [[inside(at, [Span(**side) for side in found[i].get(key) or []]) for key in ("actor", "recipient")]
             for i in places]  # fmt: skip
    answers = [[options.index(found[i][key]) if found[i].get(key) in options else -1 for key, options in ASKED.items()]
               for i in places]  # fmt: skip
    n = len(stretch.words)
    return Lesson(
        stretch.words,
        stretch.word.astype(np.int16),
        types,
        np.array(places, np.int64),
        np.array([trigger(stretch, t, found[i]["type"]) for i, t in zip(places, tokens, strict=True)]).reshape(-1, 4),
        (pairs(stretch, tokens) if tokens else np.zeros((0, n, len(PAIR)))).astype(np.int16),
        np.array(sides, bool).reshape(-1, 2, n).transpose(0, 2, 1),
        np.array(answers, np.int64).reshape(-1, len(ASKED)),
    )


def root(tokens: list[Token]) -> Token:
    """Of the words of a trigger, the one on which the others hang."""
    inner = {token.i for token in tokens}
    tops = [token for token in tokens if token.head.i not in inner or token.head.i == token.i]
    return next((token for token in tops if token.pos_ in ("VERB", "NOUN")), tops[0])


class JudgeNet(ReadNet):
    """The judge for training; parameter names are the same in its file."""

    def __init__(self, hidden: int, drop: float, blind: float) -> None:
        super().__init__(WORD, hidden, drop, blind, heads=("typed", "token", "cue", "how"))
        self.cue, self.pair = tables(TRIGGER), tables(PAIR)
        self.type, self.side = nn.Linear(SIZE, 1 + len(TYPES)), nn.Linear(SIZE, 2)
        self.how = nn.Linear(SIZE, sum(map(len, ASKED.values())))

    def loss(self, batch: dict[str, Tensor]) -> Tensor:
        states = self.states(batch)
        types = self.type(F.leaky_relu(self.heads["typed"](states), 0.1))
        known = batch["types"] >= 0
        loss = 3 * F.cross_entropy(types[known], batch["types"][known]) if known.any() else types.sum() * 0
        if not len(batch["row"]):
            return loss
        row, cues, cue = batch["row"], states[batch["row"], batch["place"]], summed(self.cue, batch["cue"])
        pairs = self.heads["token"](states)[row] + (self.heads["cue"](cues) + cue)[:, None]
        sides = self.side(F.leaky_relu(pairs + summed(self.pair, batch["pair"]), 0.1))
        words = batch["mask"][row]
        loss = loss + 4 * F.binary_cross_entropy_with_logits(sides[words], batch["sides"][words])
        how = self.how(F.leaky_relu(self.heads["how"](cues) + cue, 0.1))
        for number, part in enumerate(how.split([len(answers) for answers in ASKED.values()], 1)):
            answers = batch["answers"][:, number]
            if (answers >= 0).any():
                loss = loss + 0.2 * F.cross_entropy(part[answers >= 0], answers[answers >= 0])
        return loss


def tensors(some: Sequence[Lesson], vectors: dict[str, Array], scale: float, rng: random.Random) -> dict[str, Tensor]:
    """A batch of lessons; every third does not tell whose habits it has."""
    widest, total = max(len(one.words) for one in some), sum(len(one.places) for one in some)
    out: dict[str, Array] = vectors_of([one.words for one in some], vectors, scale)
    out |= {
        "word": np.zeros((len(some), widest, len(WORD)), np.int64),
        "types": np.full((len(some), widest), -1, np.int64),
        "pair": np.zeros((total, widest, len(PAIR)), np.int64),
        "sides": np.zeros((total, widest, 2), np.float32),
    }
    at, cues = 0, list[Array]()
    for row, one in enumerate(some):
        n, k = len(one.words), len(one.places)
        out["word"][row, :n], out["types"][row, :n] = one.word, one.types
        cue = one.cue.copy()
        if rng.random() < UNTOLD:
            out["word"][row, :n, -1] = cue[:, -1] = 0
        cues.append(cue)
        out["pair"][at : at + k, :n], out["sides"][at : at + k, :n] = one.pair, one.sides
        at += k
    out["cue"] = np.concatenate(cues).astype(np.int64)
    out["answers"] = np.concatenate([one.answers for one in some])
    out["row"] = np.repeat(np.arange(len(some)), [len(one.places) for one in some])
    out["place"] = np.concatenate([one.places for one in some])
    return {key: torch.from_numpy(value) for key, value in out.items()}


UNTOLD = 0.3  # how often a paragraph does not tell whose habits it has


def save(path: Path, weights: dict[str, Array], scale: float) -> None:
    """Writes the file that ``Judge.load`` reads."""
    graph = Graph()
    x, inputs = graph.states(weights)
    heads = ("typed", "token", "cue", "how")
    for name in heads:
        graph.head(x, weights[f"heads.{name}.weight"], weights[f"heads.{name}.bias"], name)
    stored = states_of(weights, scale) | stored_tables(weights, {"word": WORD, "cue": TRIGGER, "pair": PAIR})
    stored["graph:words"] = np.frombuffer(graph.bytes(inputs, dict.fromkeys(heads, TensorProto.FLOAT)), np.uint8)
    for name in ("type", "side", "how"):
        stored |= {name: np.ascontiguousarray(weights[f"{name}.weight"].T), f"{name}:bias": weights[f"{name}.bias"]}
    np.savez_compressed(path, **stored)  # type: ignore[arg-type]


def main() -> None:
    a = options(__doc__).parse_args()
    if a.quick:
        a.minutes, a.hidden = 0.05, 32
    known = [(weight, one) for name, (guide, weight) in CORPORA.items()
             for one in lessons(a.gold / f"{name}.jsonl", guide, half=a.half, limit=3 if a.quick else None)]  # fmt: skip
    train(known, a.out or nets.path("events"), a, lambda: JudgeNet(a.hidden, a.drop, a.blind), tensors, save)


if __name__ == "__main__":
    main()
