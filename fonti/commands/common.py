"""What commands share: the options of a store, the one Reader, how errors and progress are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from ..errors import FontiError
from ..own import Own

if TYPE_CHECKING:
    from ..reader import Reader
    from ..record import Record, Report
    from ..store.reading import Counts, ReadAll

Published = Annotated[str | None, typer.Option(metavar="DATE", help="The reports' date: 2023-09-18, 2023-09 or 2023.")]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="The reports' language: de, en, es, fr, it, nl, pt, ru.")
]
FactsFiles = Annotated[list[Path] | None, typer.Option(metavar="FILE", help="A table of your own actors.")]
LexiconFiles = Annotated[
    list[Path] | None, typer.Option("--lexicon", metavar="FILE", help="Event words of your own, TOML.")
]
StoreName = Annotated[
    str,
    typer.Option("--store", envvar="FONTI_STORE", metavar="FILE|URL", help="An SQLite file, or postgresql://…"),
]
Workers = Annotated[int, typer.Option(min=1, help="How many processes read at once.")]
STORE = "fonti.sqlite"


class Table(StrEnum):
    """How rows are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


TableFormat = Annotated[Table, typer.Option("--format", help="A table to read, or JSON lines or CSV for programs.")]


@cache
def reader(*tables: Path, lexicon: tuple[Path, ...] = ()) -> Reader:
    """The one Reader, loaded when the first report asks for it, with the user's facts and event words."""
    from ..facts import Facts
    from ..reader import Reader

    return Reader(facts=Facts(tables) if tables else None, lexicon=lexicon)


def read_all(own: Own, workers: int = 1) -> ReadAll:
    """How reports are read; the nets are loaded when there is one to read."""
    make = partial(reader, *own.facts, lexicon=own.lexicon)

    def read(reports: Iterable[Report], *, on_error: Callable[[Report, Exception], None]) -> Iterator[Record]:
        one = make()  # tells of a table that cannot be read before workers start
        if workers == 1:
            return one.read_all(reports, on_error=on_error)
        from ..workers import read_all

        return read_all(reports, workers=workers, make=make, on_error=on_error)

    return read


def readers(own: Own) -> Callable[[str], dict[str, str]]:
    """What would read a language now."""
    return lambda language: reader(*own.facts, lexicon=own.lexicon).readers(language)


def own(facts: list[Path] | None, lexicon: list[Path] | None) -> Own:
    """The user's own tables, at names that mean the same in any folder."""
    return Own(*(tuple(path.absolute() for path in paths or ()) for paths in (facts, lexicon)))


class Shown:
    """Errors and progress on standard error: of a total of bytes or of other things, where it is known."""

    def __init__(self, total: int | None) -> None:
        self.console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
        self.progress = Progress(
            TextColumn("{task.description}"), BarColumn(20), TaskProgressColumn(), TimeElapsedColumn(),
            TimeRemainingColumn(), TextColumn("left"),
            console=self.console, transient=True, disable=not self.console.is_terminal,
        )  # fmt: skip
        self.task = self.progress.add_task("Begun", total=total)

    def tell(self, error: FontiError) -> None:
        self.console.print(f"fonti: {error}")

    def step(self, counts: Counts) -> None:
        self.say(f"{counts.added} added, {counts.there} there already, {counts.failed} failed", counts.met)

    def say(self, told: str, done: int) -> None:
        """How it goes, and how many a second are done."""
        elapsed = self.progress.tasks[0].elapsed or 0
        rate = f" · {done / elapsed:.1f} a second" if elapsed > 2 else ""
        self.progress.update(self.task, description=told + rate)

    def passed(self, more: int) -> None:
        """So much more of the total is behind."""
        self.progress.advance(self.task, more)

    def behind(self, done: int, total: int) -> None:
        """So much of the total is."""
        self.progress.update(self.task, completed=done, total=total)


@contextmanager
def shown(
    total: int | None = None, *, kept: str = "what is read is in the store, and it goes on from there"
) -> Iterator[Shown]:
    """While something long goes on; where Ctrl-C stops it, says what is `kept`."""
    one = Shown(total)
    try:
        with one.progress:
            yield one
    except KeyboardInterrupt:
        one.console.print(f"fonti: stopped; run it again: {kept}")
        raise


def size(sources: Iterable[str]) -> int | None:
    """The bytes of all of them, where each can tell before it is read."""
    from ..sources import size_of

    sizes = [size_of(source) for source in sources]
    return None if None in sizes else sum(filter(None, sizes))


def print_counts(counts: Counts) -> None:
    """How it went, and the exit status that says whether all of it was read."""
    part = f" ({counts.in_part} of them in part: `fonti failures --walls` lists these)" if counts.in_part else ""
    told = f"{counts.added} added{part}, {counts.there} there already, {counts.failed} failed"
    typer.echo(told + ("; `fonti failures` tells why, `fonti retry` reads them again" if counts.failed else ""))
    raise typer.Exit(int(counts.failed > 0))
