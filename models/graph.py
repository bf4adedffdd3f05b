"""A trained net as ``fonti.nets`` reads it: graphs for ONNX Runtime with int8 weights, tables for words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from fonti.nets import WIDEST

Array = np.ndarray
BEST = 12  # lemma scripts that are told of each word, at most
KEPT = 20.0  # what a cell holds whose tanh is 1, and a gate that stays open
MOST = 63  # weights in 7 bits, where states are in 8: some processors add up pairs of products in 16 bits


def int8(value: Array, most: int = 127) -> tuple[Array, Array]:
    """The values rounded to int8, at most that wide, and the scale of each row."""
    scale = (np.abs(value).max(-1, keepdims=True) / most + 1e-12).astype(np.float32)
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
        """A bidirectional layer, its products in int8; ONNX has the gates in the order i, o, f, c, PyTorch i, f, c, o.

        The runtime scales what goes in by the widest value of the whole batch. Two units more a way, which always say 1
        and -1, keep that the same in every batch; nothing else listens to them.
        """
        name, size = f"layer{layer}", weights[f"rnn.{layer}.weight_hh_l0"].shape[1]

        def both(part: str) -> Array:
            """The weights by way, gate, unit and input."""
            ways = [np.split(weights[f"rnn.{layer}.{part}_l0{way}"], 4) for way in ("", "_reverse")]
            gates = np.array(ways)[:, [0, 3, 1, 2]]
            return np.pad(gates, [(0, 0), (0, 0), (0, 2)] + [(0, 0)] * (gates.ndim - 3))

        scales = []
        for part, value in (("w", wider(both("weight_ih"), 2 if layer else 1)), ("r", wider(both("weight_hh"), 1))):
            value = value.reshape(2, 4 * (size + 2), -1)
            rounded, scale = int8(value, MOST)
            self.constant(np.ascontiguousarray(rounded.transpose(0, 2, 1)), f"{name}.{part}")
            scales.append(self.constant(scale[..., 0], f"{name}.{part}.scale"))
            scales.append(self.constant(np.zeros(scale.shape[:2], np.int8), f"{name}.{part}.zero"))
        bias = both("bias_ih") + both("bias_hh")
        bias[:, :, size:] = np.array([-KEPT, KEPT, KEPT, 0])[:, None]  # closed to what comes in, open to what they hold
        bias = np.pad(bias.reshape(2, -1), [(0, 0), (0, bias.size // 2)])
        number = self.add("Shape", "lengths", name=f"{name}.number")
        shape = [self.constant(np.array([n]), f"{name}.{n}") for n in (2, size + 2)]
        shape = self.add("Concat", shape[0], number, shape[1], name=f"{name}.start", axis=0)
        first = np.array([0] * size + [1, -1], np.float32)
        states = [self.constant(first, f"{name}.first"), self.constant(KEPT * first, f"{name}.kept")]
        states = [self.add("Expand", state, shape, name=f"{state}.all") for state in states]
        inputs = [x, f"{name}.w", f"{name}.r", self.constant(bias, f"{name}.b"), "lengths", *states, "", *scales]
        size += 2
        self.add(
            "DynamicQuantizeLSTM",
            *inputs,
            name=f"{name}.ways",
            domain="com.microsoft",
            direction="bidirectional",
            hidden_size=size,
        )
        self.add("Transpose", f"{name}.ways", name=f"{name}.swapped", perm=[0, 2, 1, 3])
        shape = self.constant(np.array([0, 0, 2 * size]), f"{name}.shape")
        return self.add("Reshape", f"{name}.swapped", shape, name=f"{name}.states")

    def states(self, weights: dict[str, Array]) -> tuple[str, dict[str, tuple[int, list[Any]]]]:
        """All LSTM layers on the input x, their states in 8 bits; and the inputs of the graph."""
        x, layer = "x", 0
        while f"rnn.{layer}.weight_ih_l0" in weights:
            x, layer = self.lstm(x, weights, layer), layer + 1
        # states are between -1 and 1
        steps = [
            self.constant(np.array(1 / 127, np.float32), "states.scale"),
            self.constant(np.uint8(128), "states.zero"),
        ]
        size = weights["rnn.0.weight_ih_l0"].shape[1] + 2
        inputs = {
            "x": (TensorProto.FLOAT, ["place", "stretch", size]),
            "lengths": (TensorProto.INT32, ["stretch"]),
        }
        return self.add("QuantizeLinear", x, *steps, name="states"), inputs

    def head(self, x: str, weight: Array, bias: Array, name: str) -> str:
        """x, which are LSTM states in 8 bits, times the transposed weight, plus bias."""
        rounded, scale = int8(wider(weight, 2), MOST)
        self.constant(np.ascontiguousarray(rounded.T), f"{name}.w")
        self.constant(scale[:, 0], f"{name}.w.scale")
        inputs = [
            x,
            f"{name}.w",
            "states.scale",
            f"{name}.w.scale",
            "states.zero",
            "",
            self.constant(bias, f"{name}.b"),
        ]
        return self.add("MatMulIntegerToFloat", *inputs, name=name, domain="com.microsoft")

    def products(self, a: str, b: str, name: str) -> str:
        """The inner products of all a and b of a stretch, in 8 and 7 bits with a scale a vector."""
        for x, most, perm in ((a, 127, (1, 0, 2)), (b, MOST, (1, 2, 0))):
            self.add("Transpose", x, name=f"{x}.turned", perm=perm)
            axis = perm.index(2)
            self.add("ReduceMax", self.add("Abs", f"{x}.turned", name=f"{x}.abs"), name=f"{x}.max", axes=[axis])
            self.add("Mul", f"{x}.max", self.constant(np.float32(1 / most), f"{x}.most"), name=f"{x}.scale")
            self.add("Round", self.add("Div", f"{x}.turned", f"{x}.scale", name=f"{x}.scaled"), name=f"{x}.round")
        whole = self.add("Add", f"{a}.round", self.constant(np.float32(128), f"{a}.middle"), name=f"{a}.whole")
        self.add("Cast", whole, name=f"{a}.int", to=TensorProto.UINT8)
        self.add("Cast", f"{b}.round", name=f"{b}.int", to=TensorProto.INT8)
        self.add("MatMulInteger", f"{a}.int", f"{b}.int", self.constant(np.uint8(128), f"{a}.zero"), name=f"{name}.int")
        self.add("Cast", f"{name}.int", name=f"{name}.cast", to=TensorProto.FLOAT)
        self.add(
            "Mul", self.add("Mul", f"{name}.cast", f"{a}.scale", name=f"{name}.half"), f"{b}.scale", name=f"{name}.all"
        )
        return self.add("Transpose", f"{name}.all", name=name, perm=[1, 0, 2])

    def bytes(self, inputs: dict[str, tuple[int, list[Any]]], outputs: dict[str, int]) -> bytes:
        """The finished graph; inputs with their type and shape, outputs with their type."""
        graph = helper.make_graph(
            self.nodes,
            "fonti",
            [helper.make_tensor_value_info(k, kind, shape) for k, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(k, kind, None) for k, kind in outputs.items()],
            self.constants,
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
        return bytes(helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString())


def wider(weight: Array, parts: int) -> Array:
    """The weight with two columns more after each part of its inputs, which count for nothing."""
    rows = weight.shape[:-1]
    return np.pad(weight.reshape(*rows, parts, -1), [(0, 0)] * len(rows) + [(0, 0), (0, 2)]).reshape(*rows, -1)


def mlp(graph: Graph, x: str, weights: dict[str, Array], key: str, name: str) -> str:
    """The layer of that key, its result by that name."""
    inner = graph.head(x, weights[f"{key}.linear.weight"], weights[f"{key}.linear.bias"], f"{key}.linear")
    return graph.leaky(inner, name)


def save(path: Path, weights: dict[str, Array], meta: dict[str, Any], scale: float, more: dict[str, Array]) -> None:
    """Writes the file that ``fonti.nets.Net.load`` reads, with ``more`` tables; the vectors were divided by ``scale``
    in training."""
    kind, graph = TensorProto.FLOAT, Graph()
    x, inputs = graph.states(weights)
    bag, scales = int8(weights["bag.weight"])
    tables = {
        "use": np.ascontiguousarray(weights["use.weight"].T / scale),
        "use:bias": weights["use.bias"],
        "bag": bag,
        "bag:scale": scales,
        "corpus": np.array([[*row, WIDEST, -WIDEST] for row in weights["corpus.weight"]], np.float32),
    } | more
    graphs: dict[str, bytes] = {}
    if "tags" in meta:
        graph.linear(mlp(graph, x, weights, "tagged", "tagged"), weights["tags.weight"], weights["tags.bias"], "tags")
        tables["moves"] = weights["crf.moves"] + weights["crf.barred"]
        outputs = {"tags": kind}
    else:
        outputs = parse_heads(graph, x, weights, meta)
        inputs["known"] = (TensorProto.INT64, ["script"])
        tables["label_root"] = root(weights, "label")
        graphs["labels"] = labels(weights, meta)
    graphs["words"] = graph.bytes(inputs, outputs)
    stored = {f"graph:{k}": np.frombuffer(v, np.uint8) for k, v in graphs.items()}
    np.savez_compressed(path, meta=np.frombuffer(json.dumps(meta).encode(), np.uint8), **tables, **stored)  # type: ignore[arg-type]


def parse_heads(graph: Graph, x: str, weights: dict[str, Array], meta: dict[str, Any]) -> dict[str, int]:
    """The parser's heads on the states x: choices where they are final, scores or vectors where not."""
    graph.head(x, weights["start.weight"], weights["start.bias"], "start")
    graph.add(
        "ArgMax",
        graph.head(x, weights["pos.weight"], weights["pos.bias"], "pos.scores"),
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
    # arcs: the bilinear form is folded into the words that look for a head; the root comes before the words
    down, arc = mlp(graph, x, weights, "arc_down", "arc_down.states"), weights["arc"]
    graph.linear(down, np.ascontiguousarray(arc[:-1].T), arc[-1], "arc_down")
    up, first = mlp(graph, x, weights, "arc_up", "arc_up.words"), graph.constant(root(weights, "arc"), "arc.root")
    number = graph.add("Shape", "lengths", name="arc.number")
    shape = [graph.constant(np.array([n]), f"arc.{n}") for n in (1, len(arc) - 1)]
    shape = graph.add("Concat", shape[0], number, shape[1], name="arc.shape", axis=0)
    graph.add("Concat", graph.add("Expand", first, shape, name="arc.roots"), up, name="arc_up", axis=0)
    graph.products("arc_down", "arc_up", "arcs")
    for key in ("label_down", "label_up"):
        mlp(graph, x, weights, key, key)
    integer, real = TensorProto.INT64, TensorProto.FLOAT
    vectors = ("start", "arcs", "label_down", "label_up")
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


def root(weights: dict[str, Array], kind: str) -> Array:
    """The root as a word may hang on it (arc), or as its label may tell (label)."""
    x = weights["root"] @ weights[f"{kind}_up.linear.weight"].T + weights[f"{kind}_up.linear.bias"]
    return np.maximum(x, 0.1 * x)
