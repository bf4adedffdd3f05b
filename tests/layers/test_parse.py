"""Text -> Doc: sentences of news text, quotations apart from the sentence around them."""

import pytest
from spacy.tokens import Doc

from fonti.layers.parse import blank, parse, pipeline, runs
from fonti.layers.sections import find_sections
from fonti.record import Report


def read(text: str, language: str = "it") -> Doc:
    report = Report("r", text, language)
    report.sections = find_sections(text, language=language)
    return parse(report)


def sentences(text: str, language: str = "it") -> list[str]:
    return [s.text.strip() for s in read(text, language).sents]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "Ciao",
        "  Due  spazi.\r\n\r\n\tTab. ",
        "«",
        "“Mai chiusa",
        "…",
        "- Uno\n- Due\n",
        "a\u00adb\u00a0c",
        "« » “ ” \" ' ( )",
        "Ha detto: “Sì. No. Forse",
        "1.234,56 € 20-25 km/h www.example.org @nome #tema",
        "👍 🇮🇹",
    ],
)
def test_any_text_is_kept_exactly(text: str) -> None:
    doc = pipeline("it")(text)
    assert doc.text == text
    assert all(t.is_sent_start is not None for t in doc)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La Rossi S.p.A. ha chiuso lo stabilimento di Bari.", "it"),
        ("L'on. Bianchi ha risposto al gen. Neri il 27 gen. con una lettera.", "it"),
        ("Il sig. G. Verdi è arrivato ieri sera da Palermo.", "it"),
        ("The U.S. ambassador met Mr. J. Smith of Acme Corp. on Sept. 3 in Washington.", "en"),
        ("Gov. Brown spent $3.5 million in St. Louis last year.", "en"),
    ],
)
def test_abbreviations_end_no_sentence(text: str, language: str) -> None:
    assert sentences(text, language) == [text]


@pytest.mark.parametrize(
    ("parts", "language"),
    [
        (["Il ministro è partito ieri sera.", "La visita durerà due giorni."], "it"),
        (["Il governo ha approvato il decreto.", "“Una buona legge”, ha detto il ministro.", "Oggi il voto."], "it"),
        (["The minister left on Monday.", "He will return in June."], "en"),
        (["“We are ready,” she said.", "The talks begin tomorrow."], "en"),
    ],
)
def test_sentences_end_where_they_end(parts: list[str], language: str) -> None:
    assert sentences(" ".join(parts), language) == parts


def test_a_heading_without_a_stop_is_a_sentence_of_its_own() -> None:
    text = "Il presidente torna a casa\n\nIl presidente ha lasciato la capitale questa mattina."
    assert sentences(text) == text.split("\n\n")


def test_a_line_broken_in_a_sentence_goes_on() -> None:
    assert len(sentences("Il ministro ha detto che il governo\nnon cambierà la legge prima di giugno.")) == 1


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("“Il treno è già partito per la frontiera”, ha scritto l’agenzia Montsame.", "scritto"),
        ("Il portavoce ha risposto: «Non abbiamo ricevuto nessuna lettera».", "risposto"),
        ("«La strada è ancora chiusa», ha detto il sindaco, «e non riaprirà prima di maggio».", "detto"),
    ],
)
def test_a_quotation_hangs_on_its_verb(text: str, verb: str) -> None:
    doc = read(text)
    assert len(list(doc.sents)) == 1
    said = next(t for t in doc if t.text == verb)
    assert any(t.dep_ == "ccomp" and t.head == said for t in doc)


def test_who_says_a_quotation_is_the_subject() -> None:
    doc = read("“Il treno è già partito per la frontiera”, ha scritto l’agenzia Montsame.")
    assert next(t for t in doc if t.text == "agenzia").dep_ == "nsubj"


def test_hyphened_names_stay_whole_in_italian() -> None:
    assert [t.text for t in blank("it")("Kim Jong-un")] == ["Kim", "Jong-un"]


def test_long_paragraphs_are_cut_after_a_stop() -> None:
    doc = pipeline("it").make_doc("La nave è arrivata nel porto di Genova alle cinque del mattino. " * 40)
    found = list(runs(doc))
    assert all(len(run) <= 150 for run in found)
    assert all(doc[run[-1]].text == "." for run in found)
    assert sum(map(len, found)) == sum(not t.is_space for t in doc)
