"""The commands: parse, call, print."""

from __future__ import annotations

import json
import logging
import sys
import warnings
from enum import StrEnum
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from .commands import adding, amending, asking, exporting
from .commands.common import FactsFiles, Language, LexiconFiles, Published, reader
from .errors import FontiError, as_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .record import Record, Report

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


class Format(StrEnum):
    """How records are printed."""

    text = "text"
    jsonl = "jsonl"
    polecat = "polecat"
    acled = "acled"


Sources = Annotated[
    list[str],
    typer.Argument(metavar="FILE|URL|-...", help="Text, a web page or JSON lines; - is standard input."),
]


def show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"fonti {version('fonti')}")
        raise typer.Exit


@app.callback()
def fonti(
    _version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Reads news reports and keeps track of who says what."""


@app.command()
def read(
    sources: Sources,
    published: Published = None,
    language: Language = None,
    format: Annotated[Format, typer.Option(help="A page to read, a record a line, or an event a row.")] = Format.text,
    facts: FactsFiles = None,
    lexicon: LexiconFiles = None,
) -> None:
    """Who says what, what happened and who they are, report by report."""
    from . import intake
    from .walls import in_part

    failed = False
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    progress = Progress(*columns, console=errors, transient=True, disable=len(sources) < 2 or not sys.stderr.isatty())

    def tell(error: FontiError) -> None:
        nonlocal failed
        failed = True
        errors.print(f"fonti: {error}")

    where: dict[str, str] = {}  # the source of a report, by its id

    def reports() -> Iterator[Report]:
        for source in sources:
            try:
                for report in intake.read(source, published=published, language=language, on_error=tell):
                    where[report.id] = source
                    if report.wall and format is not Format.text:  # which shows it
                        errors.print(f"fonti: {in_part(report, report.url or source)}")
                    yield report
            except FontiError as error:  # of an option, so of every source
                tell(error)
                return
            except Exception as error:
                tell(as_told(error, source))
            progress.advance(task)

    def broken(report: Report, error: Exception) -> None:
        tell(as_told(error, f"{where[report.id]}, report {report.id}"))

    first = True
    with progress:
        task = progress.add_task("Reading", total=len(sources))
        for record in reader(*facts or (), lexicon=tuple(lexicon or ())).read_all(reports(), on_error=broken):
            try:
                printed = as_printed(record, format, first=first)
            except Exception as error:
                broken(record.report, error)
            else:
                first = False
                echo_beside(progress, printed)
    raise typer.Exit(int(failed))


@app.command()
def explain(label: Annotated[str, typer.Argument(help="Such as CONSULT, GOV, nsubj, PRK.")]) -> None:
    """Any label of a record in words."""
    from .explain import explain as labels

    for row in labels(label):
        typer.echo(f"{row.label} ({row.kind}): {row.words}")


@app.command()
def schema(
    store: Annotated[bool, typer.Option("--store", help="The tables and views of a store instead, as SQL.")] = False,
) -> None:
    """The JSON Schema of a record."""
    if store:
        from .store.schema import store_sql

        typer.echo(store_sql(), nl=False)
        return
    from .record import schema as record_schema

    typer.echo(json.dumps(record_schema(), indent=2, ensure_ascii=False))


def as_printed(record: Record, format: Format, *, first: bool) -> str:
    """The record in that format; rows begin with their header where it is the first."""
    if format is Format.jsonl:
        return record.to_json() + "\n"
    if format is Format.polecat:
        from .views import polecat

        return polecat.printed(record, header=first)
    if format is Format.acled:
        from .views import acled

        return acled.printed(record, header=first)
    from .views.terminal import render

    console = Console(highlight=False)
    with console.capture() as printed:
        render(record, console)
    return printed.get()


def echo_beside(progress: Progress, text: str) -> None:
    """Prints where a progress bar may stand on the same terminal."""
    progress.stop()
    typer.echo(text, nl=False)
    if not progress.finished:
        progress.start()


for command in (
    adding.add, adding.failures, adding.retry, adding.reread, asking.find, asking.timeline, asking.sources, asking.sql,
    exporting.export,
):  # fmt: skip
    app.command()(command)
app.add_typer(amending.app, name="amend")


def main() -> None:
    """The console script: an error is one line, a warning of a library none."""
    logging.getLogger().addHandler(logging.NullHandler())
    warnings.simplefilter("ignore")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="fonti")
    except FontiError as error:
        typer.echo(f"fonti: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
