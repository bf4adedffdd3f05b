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
        ("El ministro dijo ayer que los jueces han aprobado una ley que fue discutida durante meses.", "es"),
        ("Le ministre a dit que les accords ont été signés et que cette visite est la dernière pour lui.", "fr"),
        ("Der Minister hat gesagt, dass die Gespräche nicht gescheitert sind und dass er zu Hause ist.", "de"),
        ("O ministro disse que os acordos foram assinados e que a visita não será a última, segundo a nota.", "pt"),
        ("De minister zei dat het bezoek voorbij is en dat er geen afspraken met de premier zijn gemaakt.", "nl"),
        ("Министр сказал, что визит был успешным и что он не поедет в Париж, как это было объявлено.", "ru"),
        ("El ministre va dir que els acords són bons i que aquesta visita és la primera després de molts anys.", "ca"),
        ("Міністр сказав, що він не поїде до Парижа, але це було заплановано після його зустрічі.", "uk"),
        ("Die minister het gesê hulle sal nie vir die raad wag nie, want hy het baie werk.", "af"),
        ("Министърът каза, че ще пътува след срещата, която беше в София, и че това е важно.", "bg"),
    ],
)
def test_plain_cases_need_no_model(text: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fonti.language._identifier", None)
    assert find_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "El ministre va viatjar ahir a Tòquio amb els seus assessors.",
        "Міністр учора вилетів до Токіо, але повернеться сьогодні.",
        "Hulle het gister gesê die minister sal nie vir die vergadering na Tokio reis nie, want hy is baie siek.",
        "Министърът замина вчера за Токио, където ще се срещне с колегата си.",
    ],
)
def test_a_neighbour_is_none_of_them(text: str) -> None:
    with pytest.raises(LanguageError, match="does not read the language"):
        read_language(find_language(text))


def test_forms_of_a_code() -> None:
    assert read_language("it_IT") == read_language("IT") == "it"
    assert read_language("de-AT") == read_language("de") == "de"
    with pytest.raises(LanguageError, match="de, en, es, fr, it, nl, pt, ru"):
        read_language("sv")
