"""What a wall hides is told; a whole report is none, whatever it is about."""

from __future__ import annotations

import json

import pytest

from fonti.errors import InputError
from fonti.intake import read_text
from fonti.pages import read_page
from fonti.walls import find_wall

BODY = [
    "Il presidente del Consiglio ha incontrato ieri a Roma l'ambasciatore giapponese per discutere del nuovo accordo.",
    "La riunione, durata oltre due ore, si è conclusa senza un comunicato, ma fonti diplomatiche parlano di progressi.",
    "Il testo dell'accordo, che riguarda la ricerca e il turismo, sarà presentato alle Camere entro la fine dell'anno.",
]


@pytest.mark.parametrize(
    "words",
    [
        "Il vous reste 82.5% de cet article à lire. La suite est réservée aux abonnés.",
        "Cet article est réservé aux abonnés.",
        "Jetzt weiterlesen. Mit dem passenden SPIEGEL-Abo.",
        "Dieser Artikel ist exklusiv für Abonnenten.",
        "Questo contenuto è riservato agli abbonati",
        "Articolo riservato agli abbonati. Per continuare a leggere abbonati o accedi",
        "Suscríbete para seguir leyendo",
        "Este artículo es exclusivo para suscriptores",
        "Continue reading your article with a WSJ subscription",
        "To continue reading this article, start your free trial today.",
        "This post is for paid subscribers",
        "Subscribe to unlock this article",
        "Este artigo é exclusivo para assinantes. Assine já para continuar a ler.",
        "Dit artikel is alleen voor abonnees. Word abonnee om verder te lezen.",
        "Полный текст доступен только подписчикам",
        "Чтобы продолжить чтение, оформите подписку",
    ],
)
def test_a_beginning_and_a_wall_behind_it(words: str) -> None:
    assert find_wall("\n\n".join([*BODY, words, "1 € al mese"])) == "subscription"
    assert find_wall("\n\n".join([*BODY, words, *BODY])) is None  # all of it is there
    assert find_wall("\n\n".join([*BODY * 10, words])) is None


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (
            "cookies",
            "We and our 842 partners store and/or access information on a device, such as cookies and process personal "
            "data, such as unique identifiers and standard information sent by a device, for advertising and content "
            "measurement.\nYou may click to consent to our and our partners’ processing as described above.",
        ),
        (
            "cookies",
            "Besuchen Sie uns wie gewohnt mit Werbung und Tracking. Details finden Sie im Privacy Center.\n"
            "Akzeptieren und weiter\nNutzen Sie uns ganz ohne Werbetracking und praktisch werbefrei.",
        ),
        (
            "cookies",
            "Avec votre accord, nos 223 partenaires et nous utilisons des cookies pour stocker et traiter des données "
            "personnelles telles que votre visite.\nContinuer sans accepter",
        ),
        ("cookies", "Мы используем файлы cookie. Продолжая пользоваться сайтом, вы соглашаетесь с этим.\nПринять"),
        ("cookies", "Wij gebruiken cookies om je ervaring te verbeteren.\nAkkoord"),
        ("robots", "Just a moment...\nVerifying you are human. This may take a few seconds."),
        ("robots", "Access to this page has been denied because we believe you are using automation tools."),
        ("subscription", "Visita a Roma\nL'ambasciatore in città.\nAbbonati ora. Sei già abbonato? Accedi"),
    ],
)
def test_a_wall_and_nothing_else(kind: str, words: str) -> None:
    assert find_wall(words) == kind
    with pytest.raises(InputError):
        read_page("<html><body><article><p>" + "</p><p>".join(words.split("\n")) + "</p></article></body></html>")


@pytest.mark.parametrize(
    "words",
    [
        "Romania, already a member of NATO, will host the exercise.",
        "“We and our partners in Europe will respond”, the minister said.",
        "The convoy was denied access to the camp, the UN said.",
        "Il quotidiano ha 200 mila abbonati e ne ha persi 3 mila.",
        "Regulators in Brussels want sites to ask for consent before they place cookies on the computers of readers, "
        "and two publishers have appealed. “Nobody reads what he accepts”, said a lawyer of the readers' association. "
        "The ruling is expected in spring, and it may cost the publishers of newspapers a tenth of what they earn with "
        "advertisements, according to a study of their association that was published on Monday in Brussels.",
    ],
)
def test_a_short_report_is_no_wall(words: str) -> None:
    assert find_wall(words) is None


def test_an_offer_beside_a_report() -> None:
    assert find_wall("\n".join([*BODY, "Iscriviti alla newsletter. Sei già abbonato? Accedi"])) is None


def page(*paragraphs: str, beside: str = "", **data: object) -> str:
    told = json.dumps({"@type": "NewsArticle", **data})
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    head = f"<script type='application/ld+json'>{told}</script>"
    return f"<html><head>{head}</head><body><article>{body}</article><div>{beside}</div></body></html>"


def test_a_page_that_is_not_free() -> None:
    shut = {"isAccessibleForFree": "False"}
    assert read_page(page(*BODY, **shut)).wall is None  # many say so and show it whole
    assert read_page(page(*BODY, beside="<a>Abbonati</a>", **shut)).wall is None
    assert read_page(page(*BODY, beside="Sei già abbonato? <a>Accedi</a>", **shut)).wall == "subscription"
    assert read_page(page(*BODY, wordCount="740", **shut)).wall == "subscription"
    assert read_page(page(*BODY, wordCount="60", **shut)).wall is None
    assert read_page(page(*BODY, "Le opposizioni hanno chiesto …", **shut)).wall == "subscription"
    assert read_page(page(*BODY * 6, beside="Sei già abbonato? Accedi", **shut)).wall is None
    assert read_page(page(*BODY, beside="Sei già abbonato? Accedi")).wall is None


def test_nothing_is_read_in_a_wall() -> None:
    ask = "Abbonati per continuare a leggere"
    report = read_text("\n\n".join([*BODY, ask]), language="it")
    assert (report.wall, read_text("\n\n".join(BODY), language="it").wall) == ("subscription", None)
    assert [report.text[s.start : s.end] for s in report.sections if s.kind == "boilerplate"] == [ask]
