"""Into the store: add, failures, retry."""

from __future__ import annotations

from typing import Annotated

import typer

from .common import (
    STORE,
    FactsFiles,
    Language,
    Published,
    StoreName,
    Table,
    TableFormat,
    Workers,
    print_counts,
    read_all,
    shown,
)

Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, addresses; - is standard input.")
]


def add(
    sources: Sources,
    store: StoreName = STORE,
    published: Published = None,
    language: Language = None,
    facts: FactsFiles = None,
    workers: Workers = 1,
) -> None:
    """Reads into a store; what is there is passed over, so that it can be run again at any time."""
    from ..store import Store
    from ..store.reading import add_all

    with Store(store, new=True) as opened, shown() as one:
        counts = add_all(
            opened, sources, read_all(facts, workers), published=published, language=language,
            tell=one.tell, step=one.step,
        )  # fmt: skip
    print_counts(counts)


def failures(
    store: StoreName = STORE,
    walls: Annotated[
        bool, typer.Option("--walls", help="Instead, what is there in part only: a wall hides the rest.")
    ] = False,
    format: TableFormat = Table.table,
) -> None:
    """What could not be read, with the reason and what to do next."""
    from ..store import Store
    from ..store.adding import list_failures, list_walls
    from ..views.table import as_rows

    names = ("address", "title", "publisher", "wall", "place") if walls else ("place", "met", "then", "tries", "last")
    with Store(store) as opened:
        found = list_walls(opened) if walls else list_failures(opened)
        rows = [{name: row[name] for name in names} for row in found]
    typer.echo(as_rows(rows, format, names=names), nl=False)


def retry(store: StoreName = STORE, facts: FactsFiles = None, workers: Workers = 1) -> None:
    """Reads once more what failed."""
    from ..store import Store
    from ..store.reading import retry as read_again

    with Store(store) as opened, shown() as one:
        counts = read_again(opened, read_all(facts, workers), tell=one.tell, step=one.step)
    print_counts(counts)


def reread(
    store: StoreName = STORE,
    every: Annotated[bool, typer.Option("--all", help="Also what this version read, say with other facts.")] = False,
    facts: FactsFiles = None,
    workers: Workers = 1,
) -> None:
    """Reads again, in place, what an older version of Fonti or of its nets read."""
    from ..store import Store
    from ..store.rereading import Reread, reread

    def readers(language: str) -> dict[str, str]:
        from ..reader import readers

        return readers(language)

    def step(counts: Reread) -> None:
        one.say(f"{counts.read + counts.failed} of {counts.total} read again, {counts.changed} changed", counts.read)

    with Store(store) as opened, shown() as one:
        counts = reread(opened, read_all(facts, workers), readers, every=every, tell=one.tell, step=step)
    typer.echo(f"{counts.read} read again, {counts.changed} changed, {counts.failed} failed")
    raise typer.Exit(int(counts.failed > 0))
