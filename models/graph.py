"""A trained net as ``fonti.nets`` reads it: graphs for ONNX Runtime with int8 weights, tables for words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

Array = np.ndarray
BEST = 12  # lemma scripts that are told of each word, at most


def int8(value: Array) -> tuple[Array, Array]:
    """The values rounded to int8, and the scale of each row."""
    scale = (np.abs(value).max(-1, keepdims=True) / 127 + 1e-12).astype(np.float32)
    return np.round(value / scale).astype(np.int8), scale


class Graph:
    """An ONNX graph while it is put together."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def add(self, kind: str, *inputs: str, name: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def constant(self, value: Array, name: str) -> str:
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def weight(self, value: Array, name: str) -> str:
        """A matrix as int8 with a scale a row, which costs no accuracy; the runtime unpacks it once."""
        rounded, scale = int8(value)
        self.constant(rounded, f"{name}.int8")
        self.add("Cast", f"{name}.int8", name=f"{name}.cast", to=TensorProto.FLOAT)
        return self.add("Mul", f"{name}.cast", self.constant(scale, f"{name}.scale"), name=name)

    def linear(self, x: str, weight: Array, bias: Array, name: str) -> str:
        """x times the transposed weight, plus bias."""
        self.add("Transpose", self.weight(weight, f"{name}.w"), name=f"{name}.t", perm=[1, 0])
        self.add("MatMul", x, f"{name}.t", name=f"{name}.product")
        return self.add("Add", f"{name}.product", self.constant(bias, f"{name}.b"), name=name)

    def leaky(self, x: str, name: str) -> str:
        return self.add("LeakyRelu", x, name=name, alpha=0.1)

    def lstm(self, x: str, weights: dict[str, Array], layer: int) -> str:
        """A bidirectional layer; ONNX has its gates in the order i, o, f, c, PyTorch in i, f, c, o."""

        def both(part: str) -> Array:
            ways = [weights[f"rnn.{layer}.{part}_l0{way}"] for way in ("", "_reverse")]
            return np.stack([np.concatenate([np.split(w, 4)[k] for k in (0, 3, 1, 2)]) for w in ways])

        name, size = f"layer{layer}", weights[f"rnn.{layer}.weight_hh_l0"].shape[1]
        inner, outer = self.weight(both("weight_ih"), f"{name}.w"), self.weight(both("weight_hh"), f"{name}.r")
        bias = self.constant(np.concatenate([both("bias_ih"), both("bias_hh")], 1), f"{name}.b")
        inputs = [x, inner, outer, bias, "lengths"]
        self.add("LSTM", *inputs, name=f"{name}.ways", direction="bidirectional", hidden_size=size)
        self.add("Transpose", f"{name}.ways", name=f"{name}.swapped", perm=[0, 2, 1, 3])
        shape = self.constant(np.array([0, 0, 2 * size]), f"{name}.shape")
        return self.add("Reshape", f"{name}.swapped", shape, name=f"{name}.states")

    def bytes(self, inputs: dict[str, tuple[int, list[Any]]], outputs: dict[str, int]) -> bytes:
        """The finished graph; inputs with their type and shape, outputs with their type."""
        graph = helper.make_graph(
            self.nodes,
            "fonti",
            [helper.make_tensor_value_info(k, kind, shape) for k, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(k, kind, None) for k, kind in outputs.items()],
            self.constants,
        )
        opset = helper.make_opsetid("", 17)
        return bytes(helper.make_model(graph, opset_imports=[opset], ir_version=8).SerializeToString())


def mlp(graph: Graph, x: str, weights: dict[str, Array], key: str, name: str) -> str:
    """The layer of that key, its result by that name."""
    inner = graph.linear(x, weights[f"{key}.linear.weight"], weights[f"{key}.linear.bias"], f"{key}.linear")
    return graph.leaky(inner, name)


def save(path: Path, weights: dict[str, Array], meta: dict[str, Any], scale: float, more: dict[str, Array]) -> None:
    """Writes the file that ``fonti.nets.Net.load`` reads, with ``more`` tables; the vectors were divided by ``scale``
    in training."""
    kind = TensorProto.FLOAT
    graph, x, layer = Graph(), "x", 0
    while f"rnn.{layer}.weight_ih_l0" in weights:
        x, layer = graph.lstm(x, weights, layer), layer + 1

    size = weights["rnn.0.weight_ih_l0"].shape[1]
    inputs: dict[str, tuple[int, list[Any]]] = {
        "x": (kind, ["place", "stretch", size]),
        "lengths": (TensorProto.INT32, ["stretch"]),
    }
    bag, scales = int8(weights["bag.weight"])
    tables = {
        "use": np.ascontiguousarray(weights["use.weight"].T / scale),
        "use:bias": weights["use.bias"],
        "bag": bag,
        "bag:scale": scales,
        "corpus": weights["corpus.weight"],
    } | more
    graphs: dict[str, bytes] = {}
    if "tags" in meta:
        graph.linear(mlp(graph, x, weights, "tagged", "tagged"), weights["tags.weight"], weights["tags.bias"], "tags")
        tables["moves"] = weights["crf.moves"] + weights["crf.barred"]
        outputs = {"tags": kind}
    else:
        outputs = parse_heads(graph, x, weights, meta)
        inputs["known"] = (TensorProto.INT64, ["script"])
        tables |= roots(weights)
        graphs["labels"] = labels(weights, meta)
    graphs["words"] = graph.bytes(inputs, outputs)
    stored = {f"graph:{k}": np.frombuffer(v, np.uint8) for k, v in graphs.items()}
    np.savez_compressed(path, meta=np.frombuffer(json.dumps(meta).encode(), np.uint8), **tables, **stored)  # type: ignore[arg-type]


def parse_heads(graph: Graph, x: str, weights: dict[str, Array], meta: dict[str, Any]) -> dict[str, int]:
    """The parser's heads on the states x: choices where they are final, scores or vectors where not."""
    graph.linear(x, weights["start.weight"], weights["start.bias"], "start")
    graph.add(
        "ArgMax",
        graph.linear(x, weights["pos.weight"], weights["pos.bias"], "pos.scores"),
        name="pos",
        axis=2,
        keepdims=0,
    )
    features = graph.linear(
        mlp(graph, x, weights, "morphed", "morphed"), weights["morph.weight"], weights["morph.bias"], "morph.scores"
    )
    sizes = [len(v) + 1 for v in meta["morph"].values()]
    parts = [f"morph.{k}" for k in range(len(sizes))]
    graph.nodes.append(
        helper.make_node("Split", [features, graph.constant(np.array(sizes), "morph.sizes")], parts, axis=2)
    )
    best = [graph.add("ArgMax", part, name=f"{part}.best", axis=2, keepdims=1) for part in parts]
    graph.add("Concat", *best, name="morph", axis=2)
    # lemma scripts: only those that the language has
    weight = graph.add("Gather", graph.weight(weights["lemma.weight"], "lemma.w"), "known", name="lemma.known", axis=0)
    graph.add("Transpose", weight, name="lemma.t", perm=[1, 0])
    graph.add("MatMul", mlp(graph, x, weights, "edited", "edited"), "lemma.t", name="lemma.product")
    bias = graph.add("Gather", graph.constant(weights["lemma.bias"], "lemma.b"), "known", name="lemma.bias", axis=0)
    scores = graph.add("Add", "lemma.product", bias, name="lemma.scores")
    best = [scores, graph.constant(np.array([min(BEST, *map(len, meta["known"].values()))]), "lemma.number")]
    graph.nodes.append(helper.make_node("TopK", best, ["lemma.best", "lemma"], axis=2))
    # arcs: the bilinear form is folded into the words that look for a head
    down = mlp(graph, x, weights, "arc_down", "arc_down.states")
    arc = weights["arc"]
    graph.linear(down, np.ascontiguousarray(arc[:-1].T), arc[-1], "arc_down")
    for key in ("arc_up", "label_down", "label_up"):
        mlp(graph, x, weights, key, key)
    integer, real = TensorProto.INT64, TensorProto.FLOAT
    vectors = ("start", "arc_down", "arc_up", "label_down", "label_up")
    return dict.fromkeys(("pos", "morph", "lemma"), integer) | dict.fromkeys(vectors, real)


def labels(weights: dict[str, Array], meta: dict[str, Any]) -> bytes:
    """The best label from a word's and its head's vectors; never root, which is the label of no head."""
    graph = Graph()
    graph.add("Mul", "down", "up", name="product")
    graph.leaky(graph.add("Add", "down", "up", name="sum"), "bent")
    both = graph.add("Concat", "product", "bent", name="both", axis=1)
    bias = weights["label.bias"].copy()
    bias[meta["deps"].index("root")] = -1e9
    graph.add("ArgMax", graph.linear(both, weights["label.weight"], bias, "scores"), name="label", axis=1, keepdims=0)
    shape = (TensorProto.FLOAT, ["word", weights["label.weight"].shape[1] // 2])
    return graph.bytes({"down": shape, "up": shape}, {"label": TensorProto.INT64})


def roots(weights: dict[str, Array]) -> dict[str, Array]:
    """The root, as a word may hang on it and as its label may tell."""
    out = {}
    for key in ("arc", "label"):
        x = weights["root"] @ weights[f"{key}_up.linear.weight"].T + weights[f"{key}_up.linear.bias"]
        out[f"{key}_root"] = np.maximum(x, 0.1 * x)
    return out
