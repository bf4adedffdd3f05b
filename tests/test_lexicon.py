from __future__ import annotations

import pytest

from fonti.lexicon import LANGUAGES, LAYERS, has, lexicon


def test_whether_a_language_has_a_layer() -> None:
    assert all(has(language, layer) for language in ("it", "en") for layer in (*LAYERS, "sections"))
    assert all(has(language, layer) for language in LANGUAGES for layer in ("language", "parse", "names"))
    assert not has("sv", "names")


def test_a_layer_needs_all_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LAYERS, "names", ("names", "nothing"))
    assert not has.__wrapped__("it", "names")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_for_names(language: str) -> None:
    words = lexicon(language, "names")
    for key in ("titles", "outlets", "within"):
        assert words[key] == list(dict.fromkeys(word.lower() for word in words[key]))
    assert words["governments"] in ("LOC", "ORG")
