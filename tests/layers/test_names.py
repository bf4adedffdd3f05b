"""Corrections of what a model saw: the text, its names in brackets with the label, then what they should be."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import spacy
from spacy.tokens import Doc, Span

from fonti.facts import facts
from fonti.layers.names import find_names
from fonti.layers.parse import sectioned
from fonti.record import Report, Section


def marked(language: str, line: str) -> Doc:
    """ "[Kim PER] parte" as a Doc with that entity."""
    pieces, spans, end = [], [], 0
    for mark in re.finditer(r"\[(.*?) (PER|ORG|LOC)\]", line):
        pieces += [line[end : mark.start()], mark[1]]
        length = sum(map(len, pieces))
        spans.append((length - len(mark[1]), length, mark[2]))
        end = mark.end()
    doc = spacy.blank(language)("".join([*pieces, line[end:]]))
    doc.set_ents([doc.char_span(start, stop, label=label) for start, stop, label in spans])
    return doc


def names(language: str, line: str) -> str:
    """The line with the corrected names in brackets."""
    doc = marked(language, line)
    text = doc.text
    for name in reversed(find_names(doc, facts())):
        text = f"{text[: name.start]}[{text[name.start : name.end]} {name.label}]{text[name.end :]}"
    return text


@pytest.mark.parametrize(
    ("language", "seen", "corrected"),
    [
        ("it", "Ieri [papa Francesco PER] ha parlato", "Ieri papa [Francesco PER] ha parlato"),
        ("en", "[Mr Miller PER] left", "Mr [Miller PER] left"),
        ("en", "An [Uzbek LOC] official", "An Uzbek official"),
        ("it", "La [Corea LOC] del [Nord LOC] tace", "La [Corea del Nord LOC] tace"),
        ("it", "un viaggio nella [Federazione russa ORG]", "un viaggio nella [Federazione russa LOC]"),
        ("it", "lo riferisce la [KCNA LOC]", "lo riferisce la [KCNA ORG]"),
        ("en", "President [Park Geun LOC]-hye spoke", "President [Park Geun-hye PER] spoke"),
        ("en", "[Lee Ho PER]-jun and [Lee PER]", "[Lee Ho-jun PER] and [Lee PER]"),
        ("it", "[Anna Sella PER] e poi [Sella ORG] tacque", "[Anna Sella PER] e poi [Sella PER] tacque"),
        ("it", "[Anna Sella PER] tace, ma Sella parte", "[Anna Sella PER] tace, ma [Sella PER] parte"),
        ("it", "[Anna Sella PER] compra una sella a Sella", "[Anna Sella PER] compra una sella a Sella"),
        (
            "it",
            "la [Belga ORG], la [Belga ORG] e l'agenzia Belga",
            "la [Belga ORG], la [Belga ORG] e l'agenzia [Belga ORG]",
        ),
        ("it", "la [Belga ORG] e la Belga", "la [Belga ORG] e la Belga"),
        ("it", "[Anna Sella PER], [Sella LOC], [Sella PER]", "[Anna Sella PER], [Sella PER], [Sella PER]"),
        ("en", "The [Wool Board ORG] met; the [Board ORG] agreed", "The [Wool Board ORG] met; the [Board ORG] agreed"),
        ("de", "gestern kam [Bundeskanzlerin Weber PER]", "gestern kam Bundeskanzlerin [Weber PER]"),
        ("es", "habló el [ministro Rojas PER]", "habló el ministro [Rojas PER]"),
        ("fr", "la maire et [Mme Leroy PER]", "la maire et Mme [Leroy PER]"),
        ("nl", "volgens [minister Bakker PER]", "volgens minister [Bakker PER]"),
        ("pt", "segundo o [deputado Moreira PER]", "segundo o deputado [Moreira PER]"),
        ("ru", "встреча с [президентом Орловым PER]", "встреча с президентом [Орловым PER]"),
        ("es", "viajó a [Cuba ORG]", "viajó a [Cuba LOC]"),
        ("es", "[Carlos Mena PER] calla; [Mena PER] viaja", "[Carlos Mena PER] calla; [Mena PER] viaja"),
        ("ru", "[Анна Орлова PER] молчит, но Орлову ждут", "[Анна Орлова PER] молчит, но Орлову ждут"),
        (
            "it",
            "La [Montsame ORG] tace, poi l’agenzia mongola [Montsame LOC] parla",
            "La [Montsame ORG] tace, poi l’agenzia mongola [Montsame ORG] parla",
        ),
        ("fr", "[Anne Leroy PER], nommée [mardi PER]", "[Anne Leroy PER], nommée mardi"),
        ("it", "[lunedì LOC] a [Lunedì LOC]", "lunedì a [Lunedì LOC]"),
        ("it", "La [Lazio ORG] ha vinto nel [Lazio LOC]", "La [Lazio ORG] ha vinto nel [Lazio LOC]"),
        ("ru", "[Анна Орлова PER] молчит, но Орлова ждёт", "[Анна Орлова PER] молчит, но [Орлова PER] ждёт"),
    ],
)
def test_corrections(language: str, seen: str, corrected: str) -> None:
    assert names(language, seen) == corrected


def test_a_title_behind_a_hyphen() -> None:
    doc = Doc(spacy.blank("ru").vocab, ["экс-премьера", "Орлова"])
    doc.set_ents([Span(doc, 0, 2, label="PER")])
    assert [doc.text[n.start : n.end] for n in find_names(doc, facts())] == ["Орлова"]


@pytest.mark.parametrize(
    ("line", "tags", "found"),
    [
        ("[Anna Richter PER] kam, doch der Richter schwieg", {"Richter": "NOUN"}, ["Anna Richter"]),
        ("[Anna Richter PER] kam, doch Richter schwieg", {"Richter": "PROPN"}, ["Anna Richter", "Richter"]),
        ("[Eva Kern PER] kam, dann Kanzlerin Kern", {"Kern": "PROPN", "Kanzlerin": "NOUN"}, ["Eva Kern", "Kern"]),
        ("[Eva Kern PER] kam, dann Maria Kern", {"Kern": "PROPN", "Maria": "PROPN"}, ["Eva Kern"]),
    ],
)
def test_german_nouns_have_capitals_too(line: str, tags: dict[str, str], found: list[str]) -> None:
    doc = marked("de", line)
    for token in doc:
        token.pos_ = tags.get(token.text, "X")
    assert [doc.text[n.start : n.end] for n in find_names(doc, facts())] == found


def test_no_name_overlaps_another() -> None:
    found = find_names(marked("it", "La [Corea LOC] del [Nord LOC] e [Kim Jong PER]-un"), facts())
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("language", "dateline", "found"),
    [
        ("fr", "Niamey, 12 mars 2024 (AFP) -", ["AFP ORG"]),
        ("es", "Bogotá, 3 de abril de 2021 (EFE).-", ["EFE ORG"]),
        ("pt", "Brasília (Agência Brasil) -", ["Agência Brasil ORG"]),
        ("nl", "WASHINGTON (ANP/AFP) -", ["ANP ORG", "AFP ORG"]),
        ("ru", "МОСКВА, 12 марта. /ТАСС/.", ["ТАСС ORG"]),
    ],
)
def test_who_signs_a_dateline_is_an_organisation(language: str, dateline: str, found: list[str]) -> None:
    report = Report(id="t", text=f"{dateline} A", language=language)
    report.sections = [Section(0, len(dateline), "dateline")]
    names = find_names(sectioned(report), facts())
    assert [f"{report.text[n.start : n.end]} {n.label}" for n in names] == found


def test_where_a_dateline_begins_is_a_place_and_its_date_no_name() -> None:
    report = Report(id="t", text="CARACAS, Feb 2 (AFP) - Chávez", language="es")
    report.sections = [Section(0, 22, "dateline"), Section(23, 29, "body")]
    doc = sectioned(report)
    doc.set_ents(
        [doc.char_span(0, 7, label="ORG"), doc.char_span(9, 14, label="ORG"), doc.char_span(23, 29, label="PER")]
    )
    names = find_names(doc, facts())
    assert [(n.start, n.label) for n in names] == [(0, "LOC"), (16, "ORG"), (23, "PER")]
