from __future__ import annotations

import pytest

from fonti.decode import decode

ITALIAN = "La città è più bella: «perché no?», disse l’uomo – così, in serata, si è conclusa la visita del ministro."
SPANISH = "El año pasado, la señora Muñoz viajó a España con sus niños para visitar la montaña."
POLISH = "Premier powiedział wczoraj w Łodzi, że rząd będzie pracował także w święta, dopóki śnieg nie stopnieje."
RUSSIAN = "Министр иностранных дел встретился вчера в Москве с послом Японии, сообщили в посольстве."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ITALIAN, "utf-8"),
        (ITALIAN, "utf-8-sig"),
        (ITALIAN, "utf-16"),
        (ITALIAN, "utf-16-le"),
        (ITALIAN, "utf-16-be"),
        (ITALIAN, "utf-32"),
        (ITALIAN, "cp1252"),
        (ITALIAN.replace("’", "'").replace("–", "-"), "latin-1"),
        (SPANISH, "cp1252"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
    ],
)
def test_encodings_of_newsrooms(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text
