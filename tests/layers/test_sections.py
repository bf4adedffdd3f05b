"""Sections in marked lines: `kind|words` one below the other, as they follow in the text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fonti.layers.sections import find_published, find_sections
from fonti.record import Section


def marked(text: str, language: str, title: str | None = None) -> list[str]:
    return [f"{s.kind}|{text[s.start : s.end]}" for s in find_sections(text, language=language, title=title)]


def kinds(text: str, language: str) -> str:
    return " ".join(s.kind for s in find_sections(text, language=language))


CASES = Path(__file__).parents[1] / "cases"
TOLD = "Il ministro ha incontrato ieri a Roma il collega giapponese."


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        (f"MOSCA, 13 SET - {TOLD}", "it", "dateline|MOSCA, 13 SET -"),
        (f"ROMA (ANSA) - {TOLD}", "it", "dateline|ROMA (ANSA) -"),
        (f"(ANSA) - ROMA, 27 GEN - {TOLD}", "it", "dateline|(ANSA) - ROMA, 27 GEN -"),
        (f"Roma, 13 set. (askanews) - {TOLD}", "it", "dateline|Roma, 13 set. (askanews) -"),
        (f"Roma, 13 set. - (Adnkronos) - {TOLD}", "it", "dateline|Roma, 13 set. - (Adnkronos) -"),
        (f"NEW YORK - {TOLD}", "it", "dateline|NEW YORK -"),
        ("WASHINGTON (AP) — The senator said no.", "en", "dateline|WASHINGTON (AP) —"),
        ("LA PAZ, Bolivia (AP) _ The senator said no.", "en", "dateline|LA PAZ, Bolivia (AP) _"),
        ("BEIJING, Sept. 13 (Xinhua) -- The senator said no.", "en", "dateline|BEIJING, Sept. 13 (Xinhua) --"),
        ("Hanoi (VNA) – The senator said no.", "en", "dateline|Hanoi (VNA) –"),
        ("(Reuters) - The senator said no.", "en", "dateline|(Reuters) -"),
        ("Tehran, March 15, IRNA - The senator said no.", "en", "dateline|Tehran, March 15, IRNA -"),
        ("CAIRO (AP) The senator said no.", "en", "dateline|CAIRO (AP)"),
    ],
)
def test_a_dateline_is_cut_from_its_paragraph(text: str, language: str, first: str) -> None:
    found = marked(text, language)
    assert found[0] == first
    assert [f.split("|")[0] for f in found[1:]] == ["body"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Putin (nella foto) - a detta di molti - ha deciso di restare a Mosca per ora.", "it"),
        ("CALCIO - LA ROMA VINCE ANCORA IN CASA CONTRO IL MILAN", "it"),
        ("SOCCER - JAPAN WIN AGAIN IN THE SECOND ROUND OF THE CUP", "en"),
        ("MARY SMITH (Witness): He ran as fast as he could to the station.", "en"),
        ("Photos released by Reuters show the tanks near the river.", "en"),
        ("Foto di gruppo con i ministri davanti al palazzo.", "it"),
        ("Also on Sunday, the prime minister met the king.", "en"),
        ("Copyright law is a mess, the judge said.", "en"),
        ("Di Maio ha detto di no.", "it"),
        ("May 2023 was hot, said the minister.", "en"),
        ("I diritti sono tutti riservati ai soci, ha detto il presidente.", "it"),
    ],
)
def test_what_the_report_tells_stays_body(text: str, language: str) -> None:
    assert kinds(text, language) == "body"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Fonte foto: ANSA", "it", ["credit|Fonte foto: ANSA"]),
        ("FOTO ANSA", "it", ["credit|FOTO ANSA"]),
        ("Foto di Mario Bianchi/LaPresse", "it", ["credit|Foto di Mario Bianchi/LaPresse"]),
        (
            "Fonte foto: ANSA La stretta di mano a Tokyo",
            "it",
            ["credit|Fonte foto: ANSA", "caption|La stretta di mano a Tokyo"],
        ),
        ("Nella foto, il palazzo del governo", "it", ["caption|Nella foto, il palazzo del governo"]),
        ("© RIPRODUZIONE RISERVATA", "it", ["credit|© RIPRODUZIONE RISERVATA"]),
        ("Copyright ANSA", "it", ["credit|Copyright ANSA"]),
        (f"{TOLD} © Riproduzione riservata", "it", [f"body|{TOLD}", "credit|© Riproduzione riservata"]),
        (f"{TOLD} (ANSA).", "it", [f"body|{TOLD}", "credit|(ANSA)."]),
        ("(Photo by Alex Smith/Getty Images)", "en", ["credit|(Photo by Alex Smith/Getty Images)"]),
        (
            "A soldier at the gate. (Photo by Alex Smith/Getty Images)",
            "en",
            ["caption|A soldier at the gate.", "credit|(Photo by Alex Smith/Getty Images)"],
        ),
        ("FILE PHOTO: A soldier at the gate", "en", ["caption|FILE PHOTO: A soldier at the gate"]),
        ("By Jane Doe and John Roe, Reuters", "en", ["credit|By Jane Doe and John Roe, Reuters"]),
        ("Leggi anche: Il ministro si dimette", "it", ["boilerplate|Leggi anche: Il ministro si dimette"]),
        ("Follow us on Twitter", "en", ["boilerplate|Follow us on Twitter"]),
        ("All rights reserved", "en", ["boilerplate|All rights reserved"]),
        (
            "He said no. (Reporting by Jane Doe; Editing by John Roe)",
            "en",
            ["body|He said no.", "boilerplate|(Reporting by Jane Doe; Editing by John Roe)"],
        ),
        ("* * *", "en", ["boilerplate|* * *"]),
        ("Getty Images", "en", ["credit|Getty Images"]),
        ("© ANSA", "it", ["credit|© ANSA"]),
        ("3 min read", "en", ["boilerplate|3 min read"]),
        ("Tempo di lettura: 3 minuti", "it", ["boilerplate|Tempo di lettura: 3 minuti"]),
        ("13 settembre 2023 | 10:30", "it", ["dateline|13 settembre 2023 | 10:30"]),
        ("Roma, mercoledì 13 settembre 2023", "it", ["dateline|Roma, mercoledì 13 settembre 2023"]),
    ],
)
def test_credits_captions_and_boilerplate(text: str, language: str, expected: list[str]) -> None:
    assert marked(text, language) == expected


@pytest.mark.parametrize("language", ["de", "es", "fr", "nl", "pt", "ru"])
def test_marked_paragraphs(language: str) -> None:
    lines = (CASES / f"sections-{language}.txt").read_text(encoding="utf-8").splitlines()
    for parts in (line.split(" ‖ ") for line in lines if not line.startswith("#")):
        text = " ".join(part.partition(" ")[2] for part in parts)
        assert [found.replace("|", " ", 1) for found in marked(text, language)] == parts


def test_headings_stand_between_paragraphs() -> None:
    text = f"Il vertice di Tokyo\n\n{TOLD}\n\nLe reazioni\n\n{TOLD}\n\nUn accordo lungo\n\n{TOLD}"
    assert kinds(text, "it") == "headline body heading body heading body"
    assert kinds(text.replace("\n\n", "\n"), "it") == "headline body heading body heading body"


def test_without_words_shape_alone_tells() -> None:
    text = f"Tokyo\n\n{TOLD}\n\nSeoul\n\nMOSKVA - {TOLD}\n\n* * *\n\n{TOLD}\n\n18.09.2023"
    assert kinds(text, "xx") == "headline body heading dateline body boilerplate body body"
    assert (
        find_published(f"18.09.2023\n\n{TOLD}", find_sections("18.09.2023", language="xx"), language="xx")
        == "2023-09-18"
    )


def test_items_of_a_list_and_rows_of_a_table_are_no_headings() -> None:
    assert kinds(f"I punti sono:\n- Pace e lavoro\n- Scuola\n{TOLD}", "it") == "body body body body"
    assert kinds(f"Roma Milan\nLazio Torino\nNapoli Bari\nParma Como\n{TOLD}", "it") == "body body body body body"


def test_the_title_in_the_text_is_its_headline() -> None:
    text = f"Il ministro vola a Tokyo.\n\n{TOLD}"
    assert marked(text, "it", title="Il ministro vola a Tokyo")[0] == "headline|Il ministro vola a Tokyo."


WRAPPED = """\
ROMA (ANSA) - Il ministro degli Esteri ha incontrato ieri a Roma
l'ambasciatore del Giappone per discutere di commercio. I due
Paesi hanno firmato un accordo di cooperazione che riguarda la
ricerca scientifica e il turismo.
Le reazioni
Il presidente della Commissione ha detto che l'accordo è utile a
tutti. Secondo lui, il commercio tra i due Paesi crescerà ancora
nei prossimi anni."""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_wrapped_by_hand_are_one_paragraph(line_end: str) -> None:
    assert kinds(WRAPPED.replace("\n", line_end), "it") == "dateline body heading body"


def test_a_break_inside_a_sentence_ends_no_paragraph() -> None:
    assert kinds("Il ministro degli Esteri ha incontrato\nl'ambasciatore.\nPoi è partito.", "it") == "body body"


@pytest.mark.parametrize(
    ("text", "language", "published"),
    [
        (f" date 2023-09 {TOLD}", "it", "2023-09"),
        (f"Data: 18/09/2023\n\n{TOLD}", "it", "2023-09-18"),
        (f"Data: 09/2023\n\n{TOLD}", "it", "2023-09"),
        (f"Pubblicato il 18 settembre 2023 alle 10:30\n{TOLD}", "it", "2023-09-18"),
        (f"ROMA, 18 settembre 2023 - {TOLD}", "it", "2023-09-18"),
        (f"ROMA, 18 SET - {TOLD}", "it", None),
        (f"Il vertice di Tokyo\n18 settembre 2023\n{TOLD}", "it", "2023-09-18"),
        ("Published: September 18, 2023\nThe senator said no.", "en", "2023-09-18"),
        ("Published: 18/09/2023\nThe senator said no.", "en", "2023-09-18"),
        ("Published: 03/04/2023\nThe senator said no.", "en", None),
        ("Date: 2023-09-18T10:00:00Z\nThe senator said no.", "en", "2023-09-18T10:00:00Z"),
        ("The senator said no on September 18, 2023.", "en", None),
        ("Niamey, 12 mars 2024 (AFP) - Il a dit non.", "fr", "2024-03-12"),
        ("PARIS, 3 avr. 2021 (AFP) - Il a dit non.", "fr", "2021-04-03"),
        ("Paris, 1er avril 2021 (AFP) - Il a dit non.", "fr", "2021-04-01"),
        ("Niamey, 12 mars (AFP) - Il a dit non.", "fr", None),
        ("AFP, publié le 12 mars 2024 à 14h30\n\nIl a dit non.", "fr", "2024-03-12"),
        ("Mis à jour le 12/03/2024 à 14:30\nIl a dit non.", "fr", "2024-03-12"),
        ("Publié le 12 mars 2024, le rapport dit non.", "fr", None),
        ("Paris, 13 novembre 2015 : ce soir-là, la ville tremble.", "fr", None),
        ("Berlin, 5. Juni 2024 (dpa) - Er sagte nein.", "de", "2024-06-05"),
        ("Stand: 05.06.2024, 14:30 Uhr\n\nEr sagte nein.", "de", "2024-06-05"),
        ("Veröffentlicht am 5. Juni 2024\n\nEr sagte nein.", "de", "2024-06-05"),
        ("Mittwoch, 5. Juni 2024\nEr sagte nein.", "de", "2024-06-05"),
        ("BONN, 23. August (dpa). Er sagte nein.", "de", None),
        ("Stand 5. Juni 2024 waren es dreihundert.", "de", None),
        ("Bogotá, 3 de abril de 2021 (EFE).- Dijo que no.", "es", "2021-04-03"),
        ("Publicado el 12/03/2024\n\nDijo que no.", "es", "2024-03-12"),
        ("18 de junio del 2009\n\nDijo que no.", "es", "2009-06-18"),
        ("Madrid, 12 mar (EFE).- Dijo que no.", "es", None),
        ("Brasília, 12 de março de 2024 (Agência Brasil) - Disse que não.", "pt", "2024-03-12"),
        ("Lisboa, 12 mar 2024 (Lusa) – Disse que não.", "pt", "2024-03-12"),
        ("12.mar.2024 às 14h30\nDisse que não.", "pt", "2024-03-12"),
        ("Den Haag, 12 maart 2024 – Hij zei nee.", "nl", "2024-03-12"),
        ("Bijgewerkt 12-03-2024 om 14.30 uur\nHij zei nee.", "nl", "2024-03-12"),
        ("Jan de Vries\nvrijdag 1 september 2000\nHij zei nee.", "nl", "2000-09-01"),
        ("КИЕВ, 12 марта 2024 года (Рейтер) - Он сказал нет.", "ru", "2024-03-12"),
        ("МОСКВА, 12 мая 2024 г. /ТАСС/. Он сказал нет.", "ru", "2024-05-12"),
        ("Обновлено: 12.03.2024 14:30\nОн сказал нет.", "ru", "2024-03-12"),
        ("МОСКВА, 12 мар - РИА Новости. Он сказал нет.", "ru", None),
        ("Иван Петров и Анна Петрова 7 марта 2018 года\nОн сказал нет.", "ru", None),  # a caption
    ],
)
def test_the_date_that_a_header_states(text: str, language: str, published: str | None) -> None:
    assert find_published(text, find_sections(text, language=language), language=language) == published


def test_sections_cover_all_but_white_space() -> None:
    text = f"  date 2023-09 Roma, oggi.\n\n Fonte foto: ANSA Una via \n{TOLD}\t\n(Reuters) - {TOLD}\n"
    end = 0
    for section in find_sections(text, language="it"):
        assert not text[end : section.start].strip()
        assert text[section.start : section.end].strip() == text[section.start : section.end]
        end = section.end
    assert not text[end:].strip()


def test_what_the_markup_says_goes_first() -> None:
    text = f"Pace, ma quando?\n\n{TOLD}\n\nLeggi anche"
    known = [
        Section(0, 16, "heading"),
        Section(18, 18 + len(TOLD), "body"),
        Section(len(text) - 11, len(text), "heading"),
    ]
    found = find_sections(text, language="it", known=known)
    assert [s.kind for s in found] == ["heading", "body", "boilerplate"]


def test_empty_text_has_no_sections() -> None:
    assert find_sections(" \n ", language="en") == []


@pytest.mark.parametrize("noise", ["A-", "AB ", "Ab, Cd, ", "AFP / ", "/AFP ", "(dpa ", "A. "])
def test_noise_takes_no_longer_than_text(noise: str) -> None:
    start = time.process_time()
    find_sections(noise * 1000, language="de")
    assert time.process_time() - start < 5  # seconds; what is not bounded takes years
