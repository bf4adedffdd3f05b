"""Text -> Doc: words and sentences of news text in eight languages."""

import pytest
from spacy.tokens import Doc

from fonti.language import find_language
from fonti.layers.parse import blank, parse, pipeline, runs, spelled
from fonti.layers.sections import find_sections
from fonti.record import Report


def read(text: str, language: str = "it") -> Doc:
    report = Report("r", text, language)
    report.sections = find_sections(text, language=language)
    return parse([report])[0]


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
    ("text", "said", "source"),
    [
        ("“Il treno è già partito per la frontiera”, ha scritto l’agenzia Montsame.", "scritto", "agenzia"),
        ("«La strada è ancora chiusa», ha detto il sindaco.", "detto", "sindaco"),
        ("“We are ready to leave,” the minister said.", "said", "minister"),
        ("«Nous sommes prêts à partir», dit le ministre.", "dit", "ministre"),
        ("„Wir sind bereit“, sagte der Minister.", "sagte", "Minister"),
        ("“Estamos preparados para salir”, dijo el ministro.", "dijo", "ministro"),
        ("“Estamos prontos para sair”, disse o ministro.", "disse", "ministro"),
        ("“We zijn klaar om te vertrekken”, zei de minister.", "zei", "minister"),
        ("«Мы готовы выехать», — заявил министр.", "заявил", "министр"),
    ],
)
def test_who_says_a_quotation_is_the_subject(text: str, said: str, source: str) -> None:
    language = find_language(text)
    assert language
    doc = read(text, language)
    assert len(list(doc.sents)) == 1
    who = next(t for t in doc if t.text == source)
    assert (who.dep_, who.head.text) == ("nsubj", said)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("it", "detto:«No».Poi", "detto : « No » . Poi"),
        ("it", "«Non so»,ha detto", "« Non so » , ha detto"),
        ("it", "“Sempre al fianco“ disse", "“ Sempre al fianco “ disse"),
        ("it", "–Vieni–disse lui.", "– Vieni – disse lui ."),
        ("it", "e' vero perche' c'e' piu' gente in citta'.", "e' vero perche' c' e' piu' gente in citta' ."),
        ("it", "la 'guerra' dei dazi, un po' di 'pace'", "la ' guerra ' dei dazi , un po' di ' pace '"),
        ("it", "1.234,56 euro (il 3,5%)", "1.234,56 euro ( il 3,5 % )"),
        ("it", "https://www.rai.it/a?b=1, www.ansa.it.", "https://www.rai.it/a?b=1 , www.ansa.it ."),
        ("it", "l’Italia dell’Est", "l’ Italia dell’ Est"),
        ("it", "Eni S.p.A. di M. Rossi", "Eni S.p.A. di M. Rossi"),
        ("en", '"Yes,"he said.', '" Yes , " he said .'),
        ("en", "They don't know it's John's.", "They do n't know it 's John 's ."),
        ("en", "U.S. Gen. J. R. Smith", "U.S. Gen. J. R. Smith"),
        ("en", "$1.5m, 12,000 people, 3.5%", "$ 1.5 m , 12,000 people , 3.5 %"),
        ("fr", "«Oui», s'écrie-t-il, parle-t-on?", "« Oui » , s' écrie -t-il , parle -t-on ?"),
        ("fr", "L’Élysée, aujourd’hui, l'ex-ministre", "L’ Élysée , aujourd’hui , l' ex-ministre"),
        ("es", "“dijo”,añadió. ¿Qué? ¡No!", "“ dijo ” , añadió . ¿ Qué ? ¡ No !"),
        ("es", "—Sí —dijo él—, el 3,5% de EE.UU.", "— Sí — dijo él — , el 3,5 % de EE.UU."),
        ("de", "„Nein“,sagte er. »Ja«, z.B.", "„ Nein “ , sagte er . » Ja « , z.B."),
        ("de", "Am 3. Oktober, SPD-Chef, Ost- und West", "Am 3. Oktober , SPD-Chef , Ost- und West"),
        ("pt", "R$ 1.234,56, disse-lhe o sr. Silva", "R$ 1.234,56 , disse-lhe o sr. Silva"),
        ("en", "&quot;No,&quot; said Ann&mdash;twice.", "&quot; No , &quot; said Ann &mdash; twice ."),
        ("ru", "Он назвал это ``отцом регги&#39;&#39;.", "Он назвал это `` отцом регги &#39;&#39; ."),
        ("es", "&laquo;No&raquo;, dijo AT&T en R&D ayer.", "&laquo; No &raquo; , dijo AT&T en R&D ayer ."),
        ("nl", "'s Avonds zei hij: ,,Nee.''", "'s Avonds zei hij : ,, Nee . ''"),
        ("nl", "z'n foto's, oud-premier", "z'n foto's , oud-premier"),
        ("ru", "«Да», — сказал он.", "« Да » , — сказал он ."),
        ("ru", "А.С. Пушкин, 3,5 млн руб., и т.д.", "А.С. Пушкин , 3,5 млн руб. , и т.д."),
    ],
)
def test_words_of_news_text(language: str, text: str, words: str) -> None:
    doc = blank(language)(text)
    assert doc.text == text
    assert [t.text for t in doc if not t.is_space] == words.split()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("perche'", "perché"), ("E'", "È"), ("citta'", "città"), ("po'", "po'"), ("dell'", "dell'"), ("puo’", "può")],
)
def test_an_apostrophe_for_an_accent_is_read_as_one(typed: str, meant: str) -> None:
    doc = Doc(blank("it").vocab, [typed])
    assert spelled(doc[0]) == meant


@pytest.mark.parametrize(
    ("rough", "plain"),
    [
        ("Il presidente e' partito per la citta'.", "Il presidente è partito per la città."),
        ("Il pre\u00adsi\u00addente è partito\u00a0per la città.", "Il presidente è partito per la città."),
        ("Il presidente ha visitato la città", "Il presidente ha visitato la città."),
    ],
)
def test_rough_text_reads_like_plain_text(rough: str, plain: str) -> None:
    def told(text: str) -> list[tuple[str, str, str]]:
        words = [t for t in read(text) if t.pos_ not in ("PUNCT", "SPACE")]
        return [(t.lemma_, t.pos_, t.dep_) for t in words]

    assert told(rough) == told(plain)


def test_capitals_keep_their_parts_of_speech() -> None:
    doc = read("IL PRESIDENTE HA FIRMATO L'ACCORDO CON LA RUSSIA")
    assert [t.pos_ for t in doc][:4] == ["DET", "NOUN", "AUX", "VERB"]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("es", "El ministro viajó el lunes a Tokio.", "Volverá el viernes a Madrid."),
        ("fr", "Le ministre est parti lundi pour Tokyo.", "Il rentrera vendredi à Paris."),
        ("de", "Der Minister ist am Montag nach Tokio gereist.", "Er kehrt am Freitag nach Berlin zurück."),
        ("pt", "O ministro viajou na segunda-feira para Tóquio.", "Ele voltará na sexta-feira a Lisboa."),
        ("nl", "De minister is maandag naar Tokio vertrokken.", "Hij keert vrijdag terug naar Den Haag."),
        ("ru", "Министр в понедельник вылетел в Токио.", "Он вернётся в Москву в пятницу."),
    ],
)
def test_a_report_is_read_the_same_in_any_batch(language: str, first: str, second: str) -> None:
    texts = [f"{first} {second}", second, f"{second}\n\n{first}", *[first] * 70]
    reports = [Report(str(i), text, language) for i, text in enumerate(texts)]
    together = [doc.to_json() for doc in parse(reports)]
    assert together == [parse([report])[0].to_json() for report in reports]
    assert [s.text for s in parse(reports)[0].sents] == [first, second]


def test_hyphened_names_stay_whole_in_italian() -> None:
    assert [t.text for t in blank("it")("Kim Jong-un")] == ["Kim", "Jong-un"]


def test_long_paragraphs_are_cut_after_a_stop() -> None:
    doc = pipeline("it").make_doc("La nave è arrivata nel porto di Genova alle cinque del mattino. " * 40)
    found = list(runs(doc))
    assert all(len(run) <= 150 for run in found)
    assert all(doc[run[-1]].text == "." for run in found)
    assert sum(map(len, found)) == sum(not t.is_space for t in doc)
