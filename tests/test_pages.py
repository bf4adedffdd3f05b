from __future__ import annotations

import json

import pytest

from fonti.errors import InputError
from fonti.pages import read_page

BODY = [
    "The foreign minister met the ambassador of Japan in Rome on Monday, the ministry said in a note.",
    "He left the city in the evening, after a visit to the museum of modern art with two officials.",
    "The two countries will sign an agreement on research and on tourism before the end of the year.",
    "The opposition said that the agreement had not been shown to parliament, and asked for a debate.",
]


def page(*, head: str = "", title: str = "A visit", extra: str = "") -> str:
    first, second, *others = (f"<p>{words}</p>" for words in BODY)
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body><article>"
        f"{extra}{first}{second}<h2>What comes next</h2>{''.join(others)}</article></body></html>"
    )


def linked(**data: object) -> str:
    article = {"@context": "https://schema.org", "@type": "NewsArticle", **data}
    return f"<script type='application/ld+json'>{json.dumps(article)}</script>"


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def test_headings_keep_their_kind() -> None:
    report = read_page(page(extra="<h1>A visit</h1>"))
    told = {report.text[s.start : s.end]: s.kind for s in report.sections}
    assert told["What comes next"] == "heading"
    assert all(told[words] == "body" for words in BODY)
    assert told.get("A visit", "headline") == "headline"


def test_what_the_page_says_of_itself() -> None:
    head = meta("og:site_name", "The Daily") + meta("article:published_time", "2023-09-18T10:00:00Z")
    report = read_page(
        page(head=head + linked(author={"@type": "Person", "name": "Jane Doe"})), url="https://example.org/visit"
    )
    assert (report.publisher, report.published, report.author) == ("The Daily", "2023-09-18", "Jane Doe")
    assert report.url == "https://example.org/visit"


def test_a_year_in_the_text_is_no_date() -> None:
    assert (
        read_page(page(extra="<p>In 2019 and again in 2023 the two countries signed such an agreement.</p>")).published
        is None
    )


@pytest.mark.parametrize(
    ("head", "title", "extra", "expected"),
    [
        ("", "Minister meets envoy | The Daily", "", "Minister meets envoy"),
        (meta("og:title", "Envoy in Rome &#8211; The Daily"), "x", "", "Envoy in Rome"),
        (
            linked(headline="Rome hosts Japan&#039;s envoy") + meta("og:title", "You won't believe it"),
            "x",
            "",
            "Rome hosts Japan's envoy",
        ),
        # the desk's headline repeats the title for searching, page and sharing agree on another
        (
            linked(headline="Envoy Rome 2023") + meta("og:title", "A visit"),
            "Envoy Rome 2023 | The Daily",
            "<h1>A visit</h1>",
            "A visit",
        ),
        ("", "Budget 3.0 | What changes", "", "Budget 3.0 | What changes"),
    ],
)
def test_the_headline(head: str, title: str, extra: str, expected: str) -> None:
    head += meta("og:site_name", "The Daily")
    assert read_page(page(head=head, title=title, extra=extra)).title == expected


def test_a_page_in_any_language_is_read() -> None:
    words = "Der Minister hat gestern in Rom den japanischen Botschafter getroffen und ist am Abend abgereist. " * 3
    report = read_page(f"<html><body><article><p>{words}</p><p>{words}</p></article></body></html>")
    assert report.text.startswith("Der Minister")


@pytest.mark.parametrize("html", ["", "<html></html>", "<html><body><nav>Home</nav></body></html>", b"\x00\x01"])
def test_no_report_in_a_page(html: str | bytes) -> None:
    with pytest.raises(InputError, match="no report found"):
        read_page(html)
