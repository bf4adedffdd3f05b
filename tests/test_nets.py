"""The nets at run time: words, trees, lemmas, and the same answer in any batch."""

from pathlib import Path

import numpy as np
import pytest

from fonti.nets import Net, features, lemma, net, plain, script, tree


@pytest.mark.parametrize(
    ("form", "same"), [("l’", "l'"), ("“", '"'), ("»", '"'), ("—", "-"), ("co\u00adoperate", "cooperate"), ("è", "è")]
)
def test_marks_of_one_kind_are_one_word(form: str, same: str) -> None:
    assert plain(form) == same


def test_features_tell_forms_apart() -> None:
    assert features("Roma") != features("roma")
    assert len(set(features("Roma")) & set(features("roma"))) >= 4  # the lower form and affixes are shared


@pytest.mark.parametrize(
    ("form", "base", "pos"),
    [("ricevuto", "ricevere", "VERB"), ("è", "essere", "AUX"), ("droni", "drone", "NOUN"), ("said", "say", "VERB"),
     ("Kim", "Kim", "PROPN"), ("Russa", "russo", "ADJ"), ("cities", "city", "NOUN"), ("2023", "2023", "NUM")],
)  # fmt: skip
def test_a_script_makes_the_lemma(form: str, base: str, pos: str) -> None:
    assert lemma(form, script(form, base), pos) == base


def test_a_script_too_long_for_the_form_leaves_it() -> None:
    assert lemma("è", "4are", "VERB") == "è"


@pytest.mark.parametrize(
    ("scores", "heads"),
    [
        ([[5, 0]], [0]),
        ([[5, 0, 0], [0, 5, 0]], [0, 1]),
        # both would be roots: the second hangs where it costs least
        ([[9, 0, 0], [8, 3, 0]], [0, 1]),
        # a circle of the second and the third is opened
        ([[9, 0, 0, 0], [0, 4, 0, 9], [0, 1, 9, 0]], [0, 1, 2]),
    ],
)
def test_a_tree_has_one_root_and_no_circle(scores: list[list[float]], heads: list[int]) -> None:
    assert tree(np.array(scores, dtype=float)).tolist() == heads


def test_random_scores_always_make_a_tree() -> None:
    rng = np.random.default_rng(1)
    for n in range(1, 30):
        heads = tree(rng.normal(size=(n, n + 1)))
        assert (heads == 0).sum() == 1
        at = np.arange(1, n + 1)
        for _ in range(n):
            at = np.where(at > 0, np.concatenate([[0], heads])[at], 0)
        assert not at.any()


WORDS = ["Il", "ministro", "ha", "detto", "che", "partirà", "domani", "."]


def test_a_stretch_reads_the_same_alone_and_among_others() -> None:
    others = [["Sì", "."], WORDS * 5, ["No"]]
    alone, among = net("parse").parse([WORDS], "it")[0], net("parse").parse([*others, WORDS], "it")[3]
    assert alone.deps == among.deps
    assert alone.heads.tolist() == among.heads.tolist()
    assert alone.morph == among.morph
    assert net("names").names([WORDS], "it") == net("names").names([*others, WORDS], "it")[3:]


def test_saved_weights_come_back_nearly_the_same(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    weights = {"big": rng.normal(size=(90, 50)).astype(np.float32), "small": rng.normal(size=7).astype(np.float32)}
    Net.save(tmp_path / "x.npz", weights, {"corpora": ["it"]})
    back = Net.load(tmp_path / "x.npz")
    assert back.meta == {"corpora": ["it"]}
    assert np.allclose(back._w["big"], weights["big"], atol=0.02)
    assert np.array_equal(back._w["small"], weights["small"])
