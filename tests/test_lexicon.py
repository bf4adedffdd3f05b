from __future__ import annotations

import pytest

from fonti.lexicon import LANGUAGES, has, lexicon

LAYERS = (
    "language",
    "sections",
    "parse",
    "names",
    "places",
    "actors",
    "times",
    "statements",
    "events",
    "syntax",
    "forms",
)


def test_whether_a_language_has_a_layer() -> None:
    assert all(has(language, layer) for language in LANGUAGES for layer in LAYERS)
    assert not has("sv", "names")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_for_names(language: str) -> None:
    words = lexicon(language, "names")
    for key in ("titles", "outlets", "within"):
        assert words[key] == list(dict.fromkeys(word.lower() for word in words[key]))
    assert words["governments"] in ("LOC", "ORG")
