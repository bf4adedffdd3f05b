"""The training command from corpora to nets that Fonti reads with, in a few seconds."""

import json
import sys
from itertools import product
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
sys.path.insert(0, str(Path(__file__).parents[2] / "models"))

import corpora
import load
import numpy as np
import train

from fonti.nets import Net, names

WHO = ["Rossi", "Bianchi", "Verdi", "Neri", "Moro", "Greco"]
ROWS = """1\t{who}\t{who}\tPROPN\t_\t_\t2\tnsubj\t_\t_
2\tparte\tpartire\tVERB\t_\tNumber=Sing|VerbForm=Fin\t0\troot\t_\t_
3-4\tdalla\t_\t_\t_\t_\t_\t_\t_\t_
3\tda\tda\tADP\t_\t_\t5\tcase\t_\t_
4\tla\til\tDET\t_\tNumber=Sing\t5\tdet\t_\t_
5\t{what}\t{what}\tNOUN\t_\tNumber=Sing\t2\tobl\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "it").mkdir()
    pairs = list(product(WHO, ["casa", "città", "scuola", "stazione", "piazza", "chiesa", "banca"]))
    blocks = [ROWS.format(who=who, what=what) for who, what in pairs]
    (tmp_path / "it" / "it_vit-ud-dev.conllu").write_text("\n".join(blocks[:-6]), encoding="utf-8")
    (tmp_path / "it" / "it_isdt-ud-dev.conllu").write_text("\n".join(blocks[-6:]), encoding="utf-8")
    for part, some in (("train", pairs), ("dev", pairs[:6])):
        texts = [(who, f"{who} parte dalla {what}.") for who, what in some]
        rows = [{"text": t, "names": [{"start": 0, "end": len(who), "label": "PER"}]} for who, t in texts]
        name = tmp_path / f"names-it-kindwn-{part}.jsonl"
        name.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return tmp_path


def test_the_command_makes_nets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ["train.py", "it", "--treebanks", str(folder), "--gold", str(folder), "--quick", "--out", str(folder)]
    monkeypatch.setattr(sys, "argv", command)
    train.main()
    words = ["Rossi", "parte", "dalla", "casa", "."]
    (parse,) = Net.load(folder / "parse.npz").parse([words], "it")
    assert (parse.heads == 0).sum() == 1
    assert len(parse.lemmas) == len(parse.deps) == 5
    (tags,) = names([Net.load(folder / "names.npz")], [words], "it_kindwn")
    assert len(tags) == 5


@pytest.mark.parametrize("net", ["parse", "names"])
def test_training_goes_on_from_a_net_and_learns_from_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, net: str
) -> None:
    command = ["train.py", "it", "--treebanks", str(folder), "--gold", str(folder), "--quick", "--net", net]
    first, then = folder / "first", folder / "then"
    monkeypatch.setattr(sys, "argv", [*command, "--out", str(first)])
    train.main()
    file = first / f"{net}.npz"
    more = ["--after", str(file), "--teachers", str(file), "--rate", "0", "--out", str(then)]
    monkeypatch.setattr(sys, "argv", command + more)
    train.main()
    (before, _), (after, _) = load.weights(file), load.weights(then / f"{net}.npz")
    assert set(before) == set(after)
    for key in set(before) - {"label.bias", "label.weight", "morph.weight", "morph.bias", "lemma.weight", "lemma.bias"}:
        if key != "use.weight" and before[key].shape == after[key].shape:  # vectors may be divided by another scale
            assert np.abs(before[key] - after[key]).max() <= 0.03 * np.abs(before[key]).max(), key


def test_a_fused_preposition_is_one_word_with_the_nouns_case(folder: Path) -> None:
    tree = next(corpora.trees(folder / "it" / "it_isdt-ud-dev.conllu"))
    assert tree.words[2] == "dalla"
    assert (tree.heads[2], tree.deps[2]) == (4, "case")


@pytest.mark.parametrize("row", ["7\tx\tx\tX\t_\t_\t9\tdep\t_\t_", "7-9\tx\t_\t_\t_\t_\t_\t_\t_\t_", "7\tx"])
def test_a_broken_sentence_is_left_out(folder: Path, row: str) -> None:
    file = folder / "it" / "it_pud-ud-test.conllu"
    file.write_text(f"{ROWS.format(who='Rossi', what='casa')}{row}\n\n{ROWS.format(who='Neri', what='casa')}")
    assert [tree.words[0] for tree in corpora.trees(file)] == ["Neri"]
