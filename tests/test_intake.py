from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from fonti import intake
from fonti.errors import DateError, FontiError, InputError, LanguageError
from fonti.record import Report

TEXT = "Il ministro degli Esteri ha incontrato ieri a Roma l'ambasciatore del Giappone. È partito in serata."


def one(source: Path, **options: str) -> Report:
    (report,) = intake.read(source, **options)  # type: ignore[arg-type]
    return report


def saved(folder: Path, content: str | bytes, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_the_text_stays_as_it_came(tmp_path: Path) -> None:
    text = f" \r\n{TEXT}\r\n\n«Sì», disse.\x0b \n"
    report = one(saved(tmp_path, text))
    assert report.text == text
    assert report.language == "it"
    assert report.path == str(tmp_path / "report.txt")


def test_the_id_is_of_the_text(tmp_path: Path) -> None:
    first, second = one(saved(tmp_path, TEXT, "a.txt")), one(saved(tmp_path, TEXT, "b.txt"))
    assert first.id == second.id
    assert len(first.id) == 16
    assert one(saved(tmp_path, TEXT + "!", "c.txt")).id != first.id


def test_what_the_user_says_goes_first(tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT, "published": "2020", "lang": "en"})
    report = one(saved(tmp_path, line, "r.jsonl"), published="2023-09", language="it")
    assert (report.published, report.language) == ("2023-09", "it")


def test_a_header_dates_the_report(tmp_path: Path) -> None:
    report = one(saved(tmp_path, f" date 2023-09 {TEXT}"))
    assert report.published == "2023-09"
    assert report.sections[0].kind == "boilerplate"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2023", "2023"),
        ("2023-09", "2023-09"),
        ("2023-09-18", "2023-09-18"),
        ("20230918", "2023-09-18"),
        ("2023-09-18T10:00", "2023-09-18T10:00"),
        ("2023-09-18 10:00:03+02:00", "2023-09-18T10:00:03+02:00"),
    ],
)
def test_a_date_at_any_precision(given: str, read: str) -> None:
    assert intake.read_date(given) == read


@pytest.mark.parametrize("given", ["", "2023-9", "18/09/2023", "2023-13", "2023-02-30", "yesterday", "23-09-18"])
def test_a_bad_date_is_named_with_the_form_wanted(given: str) -> None:
    with pytest.raises(DateError, match="2023-09-18, or 2023-09, or 2023"):
        intake.read_date(given)


def test_a_bad_option_raises_even_where_errors_are_told(tmp_path: Path) -> None:
    with pytest.raises(DateError, match="--published: '18/9/2023' is no date"):
        list(intake.read(saved(tmp_path, TEXT), published="18/9/2023", on_error=lambda error: None))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x08\x06" + bytes(range(256)) * 4, "is not text"),
        (b"%PDF-1.4\n" + bytes(range(1, 32)) * 50, "cannot be read .*; it may be damaged"),
        (b"\xff\xfea", "in no encoding"),
        (b"word " * 200_001, "longer than 1,000,000 characters"),
        (b"<html><head><title>x</title></head><body></body></html>", "no report found in this page"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, content: bytes, message: str) -> None:
    path = saved(tmp_path, content)
    with pytest.raises(InputError, match=message) as caught:
        one(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "; " in str(caught.value)  # and what to do next


def test_a_missing_file_and_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        one(tmp_path / "none.txt")
    with pytest.raises(InputError, match="holds no file"):
        one(tmp_path)
    with pytest.raises(InputError, match="cannot be opened"):
        one(Path("a\0b"))


def test_a_language_that_is_not_read(tmp_path: Path) -> None:
    polish = "Minister spotkał się wczoraj w Rzymie z ambasadorem Japonii, a wieczorem wyjechał do Warszawy."
    with pytest.raises(LanguageError, match=r"'pl' yet; .* en, .* it, .*--language"):
        one(saved(tmp_path, polish))
    with pytest.raises(LanguageError, match="cannot be told"):
        one(saved(tmp_path, "12 345 - 678"))
    assert one(saved(tmp_path, polish), language="it-IT").language == "it"


LINES = [
    json.dumps(
        {"id": 7, "text": TEXT, "lang": "it", "dct": "2023-09-18", "title": "Visita", "author": ["A. B.", "C. D."]}
    ),
    "",
    "{not json",
    json.dumps({"id": "no-text"}),
    json.dumps({"text": TEXT, "language": "pl"}),
    json.dumps({"text": TEXT, "published": "soon"}),
    json.dumps({"text": "\ud800 " + TEXT}),
    "[1, 2]",
    json.dumps({"id": "last", "text": TEXT, "date": "Nov 22", "url": "http://example.org/", "other": 1}),
]


def test_one_bad_line_does_not_stop_the_others(tmp_path: Path) -> None:
    errors: list[FontiError] = []
    path = saved(tmp_path, "\n".join(LINES), "reports.jsonl")
    first, last = intake.read(path, on_error=errors.append)
    assert (first.id, first.published, first.title, first.author) == ("7", "2023-09-18", "Visita", "A. B.; C. D.")
    assert (last.id, last.published, last.url) == ("last", None, "http://example.org/")
    assert [str(e).split(":")[0] for e in errors] == [f"{path}, line {n}" for n in (3, 4, 5, 6, 7, 8)]
    assert [type(e) for e in errors] == [InputError, InputError, LanguageError, DateError, InputError, InputError]


def test_lines_and_pages_are_known_by_what_they_hold(tmp_path: Path) -> None:
    assert one(saved(tmp_path, json.dumps({"text": TEXT, "id": "a"}), "reports.txt")).id == "a"
    page = f"<!doctype html><html><body><article><p>{TEXT}</p><p>{TEXT} Bis.</p></article></body></html>"
    assert "<p>" not in one(saved(tmp_path, page, "page.txt")).text


def test_a_page_in_utf_16(tmp_path: Path) -> None:
    page = f"<html><body><article><p>{TEXT}</p><p>{TEXT} Bis.</p></article></body></html>"
    assert one(saved(tmp_path, page.encode("utf-16"), "page.htm")).text.startswith(TEXT)


class Response:
    def __init__(self, status: int, data: bytes) -> None:
        self.status, self.data = status, data


def test_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    page = f"<html><body><article><p>{TEXT}</p><p>{TEXT} Bis.</p></article></body></html>".encode()
    answers = {"ok": Response(200, page), "gone": Response(404, b"no"), "photo": Response(200, b"\x89PNG" + bytes(99))}
    monkeypatch.setattr("trafilatura.downloads.fetch_response", lambda url: answers.get(url.split("/")[-1]))
    (report,) = intake.read("https://example.org/ok")
    assert (report.url, report.path) == ("https://example.org/ok", None)
    for address, message in (("gone", "answers with status 404"), ("photo", "is not text"), ("none", "not be fetched")):
        with pytest.raises(InputError, match=f"https://example.org/{address}: .*{message}"):
            list(intake.read(f"https://example.org/{address}"))


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    (report,) = intake.read("-")
    assert (report.text, report.path) == (TEXT, None)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(InputError, match="standard input: is empty"):
        list(intake.read("-"))


def test_text_at_hand() -> None:
    report = intake.read_text(TEXT, published="2023", title="Visita a Roma")
    assert (report.language, report.published, report.title) == ("it", "2023", "Visita a Roma")
