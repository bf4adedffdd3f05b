"""The commands, with a stub for the Reader: what is read, printed and told, not what the layers find."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import fonti.__main__ as commands
from fonti.errors import FontiError
from fonti.record import Record, Report, Span, Statement

TEXT = "Il ministro degli Esteri ha detto ieri a Roma che la visita è conclusa."


class StubReader:
    """Finds one statement, and stumbles over a word."""

    def __init__(self, *tables: Path, lexicon: tuple[Path, ...] = ()) -> None:
        """As ``reader`` is called."""

    def read_all(self, reports: Iterable[Report], *, on_error: Callable[[Report, Exception], None]) -> Iterator[Record]:
        for report in reports:
            if "inciampo" in report.text:
                on_error(report, KeyError("inciampo"))
            else:
                said = Statement("s1", "indirect", "denies", [Span(0, 24)], [Span(25, 33)], [Span(50, 71)])
                yield Record(report, statements=[said])


@pytest.fixture(autouse=True)
def _stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "reader", StubReader)


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(commands.app, arguments, input=stdin, env={"COLUMNS": "100"})


def test_a_page_to_read(report: str) -> None:
    result = run("read", report, "--published", "2023-09")
    assert result.exit_code == 0
    assert "Who says what" in result.stdout
    assert "Sep 2023 · Italian" in result.stdout
    assert "ha detto · denies" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_a_beginning_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{TEXT} {TEXT} {TEXT}\n\nAbbonati per leggere", encoding="utf-8")
    assert "tells only its beginning" in run("read", str(path)).stdout
    result = run("read", str(path), "--format", "jsonl")
    assert json.loads(result.stdout)["report"]["wall"] == "subscription"
    assert result.stderr.startswith(f"fonti: {path}: tells only its beginning")
    assert result.exit_code == 0


def test_records_for_programs(report: str) -> None:
    result = run("read", "--format", "jsonl", report, report)
    records = [Record.from_json(line) for line in result.stdout.splitlines()]
    assert [r.report.path for r in records] == [report, report]
    assert records[0].report.text == TEXT


@pytest.mark.parametrize("format", ["polecat", "acled"])
def test_rows_under_one_header(report: str, format: str) -> None:
    result = run("read", "--format", format, report, report)
    assert result.exit_code == 0
    assert [line[:8].lower() for line in result.stdout.splitlines()] == [
        "event id" if format == "polecat" else "event_id"
    ]


def test_standard_input() -> None:
    result = run("read", "-", "--format", "jsonl", stdin=TEXT)
    assert json.loads(result.stdout)["report"]["text"] == TEXT


def test_the_others_are_still_read(report: str, tmp_path: Path) -> None:
    lines = tmp_path / "reports.jsonl"
    lines.write_text(
        json.dumps({"id": "a", "text": TEXT}) + "\nbroken\n" + json.dumps({"id": "b", "text": TEXT}), encoding="utf-8"
    )
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200))
    result = run("read", "--format", "jsonl", "none.txt", str(lines), str(tmp_path / "photo.png"), report)
    assert result.exit_code == 1
    assert [json.loads(line)["report"]["id"] for line in result.stdout.splitlines()][:2] == ["a", "b"]
    assert len(result.stdout.splitlines()) == 3
    errors = result.stderr.splitlines()
    assert errors[0] == "fonti: none.txt: no such file; check the name; an address begins with http"
    assert errors[1] == f"fonti: {lines}, line 2: is not JSON; write a report a line, as a JSON object"
    assert errors[2].startswith(f"fonti: {tmp_path / 'photo.png'}: is not text; ")
    assert len(errors) == 3


def test_what_nobody_thought_of_is_one_line_too(report: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text(f"{TEXT} Un inciampo.", encoding="utf-8")
    result = run("read", str(bad), report)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"fonti: {bad}, report ")
    assert ": could not be read (KeyError: 'inciampo'); " in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Who says what" in result.stdout


def test_a_name_cannot_command_the_terminal() -> None:
    result = run("read", "no\x1b[31m\nsuch")
    assert result.stderr == "fonti: no [31m such: no such file; check the name; an address begins with http\n"


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--published", "18/9/2023", "fonti: --published: '18/9/2023' is no date; write it as 2023-09-18"),
        ("--language", "tlh", "fonti: --language: Fonti does not read the language 'tlh' yet"),
    ],
)
def test_a_bad_option_is_told_once(report: str, option: str, value: str, message: str) -> None:
    result = run("read", report, report, option, value)
    assert result.exit_code == 1
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_explain() -> None:
    assert run("explain", "consult").stdout == "CONSULT (event type): meets, visits, talks, telephones, negotiates\n"


def test_an_unknown_label_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["fonti", "explain", "CONSALT"])
    with pytest.raises(SystemExit) as left:
        commands.main()
    assert left.value.code == 1
    assert capsys.readouterr().err.startswith("fonti: 'CONSALT': no such label; near to it: CONSULT")


def test_schema() -> None:
    assert json.loads(run("schema").stdout)["title"] == "Record"


def test_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "version", lambda name: "9.9")
    assert run("--version").stdout == "fonti 9.9\n"


def test_a_table_of_facts_that_cannot_be_read(report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    result = run("read", report, "--facts", str(tmp_path / "none.tsv"))
    assert isinstance(result.exception, FontiError)
    assert "no such table of facts" in str(result.exception)
    assert result.stdout == ""


def test_event_words_that_cannot_be_read(report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    result = run("read", report, "--lexicon", str(tmp_path / "none.toml"))
    assert isinstance(result.exception, FontiError)
    assert str(result.exception).endswith("none.toml: no such lexicon; look at the path")
    assert result.stdout == ""
