"""The weights of a net's file, so that training can go on from them: the reverse of ``graph.save``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

Array = np.ndarray
LEAST = -5e3  # moves below are barred
# what the rows of a layer stand for
ROWS = {"corpus": "corpora", "pos": "pos", "label": "deps", "morph": "morph", "lemma": "scripts", "tags": "tags"}


def take_over(model: torch.nn.Module, meta: dict[str, Any], path: Path, scale: float) -> None:
    """Puts the weights of a net's file into the model, rows by what they stand for; new ones stay as they are.

    ``scale`` is what the vectors are divided by in this training.
    """
    found, before = weights(path)
    found["use.weight"] = found["use.weight"] * scale
    for key, weight in model.state_dict().items():
        if key == "crf.barred":
            continue
        old, kind = torch.from_numpy(np.array(found[key], np.float32)), ROWS.get(key.rpartition(".")[0])
        if kind is None:
            weight.copy_(old)
            continue
        was = {x: i for i, x in enumerate(listed(before, kind))}
        for i, x in enumerate(listed(meta, kind)):
            if x in was:
                weight[i] = old[was[x]]


def listed(meta: dict[str, Any], kind: str) -> list[Any]:
    if kind == "morph":
        return [(name, value) for name, values in meta["morph"].items() for value in (None, *values)]
    return list(meta[kind])


def weights(path: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    """The weights by their names in ``net.py``, as exact as the file has them, and the net's label sets."""
    with np.load(path) as file:
        tables = {key: file[key] for key in file.files}
    meta = json.loads(tables["meta"].tobytes())
    words = constants(tables["graph:words"])
    out = {
        "use.weight": tables["use"].T,
        "use.bias": tables["use:bias"],
        "bag.weight": tables["bag"] * tables["bag:scale"],
        "corpus.weight": tables["corpus"][:, :-2],
    }
    layer = 0
    while f"layer{layer}.w" in words:
        lstm(words, layer, out)
        layer += 1
    if "tags" in meta:
        out |= head(words, "tagged.linear", "tagged.linear") | plain(words, "tags", "tags")
        out["crf.moves"] = np.where(tables["moves"] < LEAST, 0, tables["moves"])
        return out, meta
    out |= head(words, "start", "start") | head(words, "pos.scores", "pos")
    for name in ("morphed", "edited", "arc_down", "arc_up", "label_down", "label_up"):
        out |= head(words, f"{name}.linear", f"{name}.linear")
    out |= plain(words, "morph.scores", "morph") | plain(words, "lemma", "lemma")
    out["arc"] = np.concatenate([matrix(words, "arc_down.w").T, words["arc_down.b"][None]])
    out |= plain(constants(tables["graph:labels"]), "scores", "label")
    out["label.bias"][meta["deps"].index("root")] = -10  # barred in the file
    # the root is stored as the two layers over it have it
    above, told = [], []
    for kind, said in (("arc", words["arc.root"]), ("label", tables["label_root"])):
        above.append(out[f"{kind}_up.linear.weight"])
        told.append(np.where(said < 0, said / 0.1, said) - out[f"{kind}_up.linear.bias"])
    out["root"] = np.linalg.lstsq(np.concatenate(above), np.concatenate(told), rcond=None)[0]
    return out, meta


def constants(graph: Array) -> dict[str, Array]:
    model = onnx.load_from_string(graph.tobytes())
    return {constant.name: numpy_helper.to_array(constant) for constant in model.graph.initializer}


def lstm(words: dict[str, Array], layer: int, out: dict[str, Array]) -> None:
    """A layer of the graph in PyTorch's order of gates, without the units that only hold the range."""
    name = f"layer{layer}"
    size = words[f"{name}.first"].size - 2
    for part, stored, inputs in (("weight_ih", "w", 2 if layer else 1), ("weight_hh", "r", 1)):
        both = (
            words[f"{name}.{stored}"].astype(np.float32).transpose(0, 2, 1) * words[f"{name}.{stored}.scale"][..., None]
        )
        for way, value in zip(("", "_reverse"), narrower(both, inputs), strict=True):
            out[f"rnn.{layer}.{part}_l0{way}"] = gates(value, size)
    for way, bias in zip(("", "_reverse"), words[f"{name}.b"], strict=True):
        out[f"rnn.{layer}.bias_ih_l0{way}"] = gates(np.split(bias, 2)[0], size)
        out[f"rnn.{layer}.bias_hh_l0{way}"] = np.zeros(4 * size, np.float32)


def gates(value: Array, size: int) -> Array:
    i, o, f, c = (gate[:size] for gate in np.split(value, 4))
    return np.concatenate([i, f, c, o])


def narrower(weight: Array, parts: int) -> Array:
    """The weight without the two columns after each part of its inputs (``graph.wider``)."""
    return weight.reshape(*weight.shape[:-1], parts, -1)[..., :-2].reshape(*weight.shape[:-1], -1)


def head(words: dict[str, Array], stored: str, name: str) -> dict[str, Array]:
    weight = words[f"{stored}.w"].astype(np.float32).T * words[f"{stored}.w.scale"][:, None]
    return {f"{name}.weight": narrower(weight, 2), f"{name}.bias": words[f"{stored}.b"]}


def plain(words: dict[str, Array], stored: str, name: str) -> dict[str, Array]:
    return {f"{name}.weight": matrix(words, f"{stored}.w"), f"{name}.bias": words[f"{stored}.b"].copy()}


def matrix(words: dict[str, Array], name: str) -> Array:
    return words[f"{name}.int8"].astype(np.float32) * words[f"{name}.scale"]
