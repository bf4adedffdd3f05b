from __future__ import annotations

import pytest

from fonti.errors import LanguageError
from fonti.language import find_language, read_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il ministro è partito ieri per Tokyo.", "it"),
        ("The minister left for Tokyo yesterday.", "en"),
        ("Der Minister ist gestern nach Tokio gereist.", "de"),
        ("Le ministre est parti hier pour Tokyo.", "fr"),
        ("El ministro viajó ayer a Tokio.", "es"),
        ("O ministro partiu ontem para Tóquio, não para Seul.", "pt"),
        ("De minister is gisteren naar Tokio vertrokken.", "nl"),
        ("Министр вчера вылетел в Токио.", "ru"),
        ("1 2 3", None),
    ],
)
def test_the_language_of_one_sentence(text: str, language: str | None) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Il ministro ha detto che la visita è conclusa e che gli accordi sono stati firmati dal premier.", "it"),
        ("The minister said that the visit was over and that they had signed it with the premier.", "en"),
    ],
)
def test_plain_cases_need_no_model(text: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fonti.language._identifier", None)
    assert find_language(text) == language


def test_forms_of_a_code() -> None:
    assert read_language("it_IT") == read_language("IT") == "it"
    with pytest.raises(LanguageError, match="en, it"):
        read_language("de")
