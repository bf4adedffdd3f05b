import pytest

from fonti.lemmas import lemma, script


@pytest.mark.parametrize(
    ("form", "base", "pos", "language"),
    [("ricevuto", "ricevere", "VERB", "it"), ("è", "essere", "AUX", "it"), ("droni", "drone", "NOUN", "it"),
     ("said", "say", "VERB", "en"), ("Kim", "Kim", "PROPN", "it"), ("Russa", "russo", "ADJ", "it"),
     ("cities", "city", "NOUN", "en"), ("2023", "2023", "NUM", "it"), ("gemacht", "machen", "VERB", "de"),
     ("ausgemacht", "ausmachen", "VERB", "de"), ("anzurufen", "anrufen", "VERB", "de"),
     ("Häuser", "Haus", "NOUN", "de"), ("Deutschlands", "Deutschland", "PROPN", "de"),
     ("Москве", "Москва", "PROPN", "ru"),
     ("МОСКВЕ", "МОСКВА", "PROPN", "ru"), ("лучший", "хороший", "ADJ", "ru"), ("Russian", "Russian", "ADJ", "en")],
)  # fmt: skip
def test_a_script_makes_the_lemma(form: str, base: str, pos: str, language: str) -> None:
    assert lemma(form, script(form, base), pos, language) == base


@pytest.mark.parametrize(("one", "other"), [("machte", "lachte"), ("gemacht", "gelacht"), ("ausgemacht", "eingekauft")])
def test_words_inflected_alike_share_a_script(one: str, other: str) -> None:
    bases = {"machte": "machen", "lachte": "lachen", "gemacht": "machen", "gelacht": "lachen",
             "ausgemacht": "ausmachen", "eingekauft": "einkaufen"}  # fmt: skip
    assert script(one, bases[one]) == script(other, bases[other])


def test_a_script_too_long_for_the_form_leaves_it() -> None:
    assert lemma("è", "4are", "VERB", "it") == "è"
