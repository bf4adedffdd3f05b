"""The nets at run time: words, trees, lemmas, and the same answer in any batch."""

from itertools import product

import numpy as np
import pytest

from fonti.lexicon import lexicon
from fonti.nets import best_tags, features, names, net, plain, tree


@pytest.mark.parametrize(
    ("form", "same"), [("l’", "l'"), ("“", '"'), ("»", '"'), ("—", "-"), ("co\u00adoperate", "cooperate"), ("è", "è")]
)
def test_marks_of_one_kind_are_one_word(form: str, same: str) -> None:
    assert plain(form) == same


def test_features_tell_forms_and_languages_apart() -> None:
    assert features("Roma", "it") != features("roma", "it")
    # the lower form and affixes are shared by capitals, some of them by languages
    assert len(set(features("Roma", "it")) & set(features("roma", "it"))) >= 4
    assert len(set(features("Roma", "it")) & set(features("Roma", "es"))) >= 4
    assert features("Roma", "it") != features("Roma", "es")


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


def test_the_best_tags_are_those_of_the_best_path() -> None:
    rng = np.random.default_rng(2)
    scores, moves, lengths = rng.normal(size=(4, 3, 3)), rng.normal(size=(4, 4)), np.array([4, 2, 1])

    def worth(path: tuple[int, ...], stretch: int) -> float:
        steps = zip((3, *path), (*path, 3), strict=True)
        return sum(scores[t, stretch, tag] for t, tag in enumerate(path)) + sum(moves[a, b] for a, b in steps)

    best = [max(product(range(3), repeat=n), key=lambda path, i=i: worth(path, i)) for i, n in enumerate(lengths)]
    assert [tuple(path) for path in best_tags(scores, lengths, moves)] == best


STRETCHES = {
    "it": "Il ministro ha detto che partirà domani per Tokyo .",
    "de": "Der Minister sagte am Montag , dass er nach Tokio reisen werde .",
    "ru": "Министр сообщил , что завтра вылетит в Токио .",
}


@pytest.mark.parametrize("language", STRETCHES)
def test_a_stretch_reads_the_same_alone_and_among_others(language: str) -> None:
    """To the last bit: a batch of another size must not round otherwise."""
    words, parser = STRETCHES[language].split(), net(lexicon(language, "parse")["trees_by"])
    others = [words[:2], words * 9, words[3:], *([words[k:] for k in range(8)] * 9)]
    (_, alone), *_ = parser._run([words], language)
    for some, among in parser._run([*others, words], language):
        if len(others) in some:
            at = some.index(len(others))
            for key, said in alone.items():
                same = tuple(slice(size) for size in said[:, 0].shape)
                assert np.array_equal(said[:, 0], among[key][:, at][same]), key
            break
    else:
        raise AssertionError("the stretch was not read")
    assert parser.parse([words], language)[0].deps == parser.parse([*others, words], language)[-1].deps
    namers = [net(name) for name in lexicon(language, "parse")["names_by"]]
    assert names(namers, [words], language)[0] == names(namers, [*others, words], language)[-1]
