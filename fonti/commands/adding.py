"""Into the store: add, failures, retry."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from .common import (
    STORE,
    FactsFiles,
    Language,
    LexiconFiles,
    Published,
    StoreName,
    Table,
    TableFormat,
    Workers,
    own,
    print_counts,
    read_all,
    readers,
    shown,
    size,
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
    lexicon: LexiconFiles = None,
    workers: Workers = 1,
) -> None:
    """Reads into a store; what is there is passed over, so that it can be run again at any time."""
    from ..store import Store
    from ..store.reading import add_all

    mine = own(facts, lexicon)
    with Store(store, new=True) as opened, shown(size(sources)) as one:
        counts = add_all(
            opened, sources, read_all(mine, workers), published=published, language=language, own=mine,
            tell=one.tell, step=one.step, passed=one.passed,
        )  # fmt: skip
    if mine.told() and counts.there:
        typer.echo(
            "what is there already stays as it was read; `fonti reread` with these tables reads it again", err=True
        )
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


def retry(
    store: StoreName = STORE, facts: FactsFiles = None, lexicon: LexiconFiles = None, workers: Workers = 1
) -> None:
    """Reads once more what failed, with the tables that `fonti add` was given, or with these."""
    from ..store import Store
    from ..store.reading import failed_sources
    from ..store.reading import retry as read_again

    with Store(store) as opened, shown(size(failed_sources(opened))) as one:
        counts = read_again(
            opened, partial(read_all, workers=workers), own=own(facts, lexicon),
            tell=one.tell, step=one.step, passed=one.passed,
        )  # fmt: skip
    print_counts(counts)


def reread(
    store: StoreName = STORE,
    every: Annotated[bool, typer.Option("--all", help="Also what this version read with these tables.")] = False,
    facts: FactsFiles = None,
    lexicon: LexiconFiles = None,
    workers: Workers = 1,
) -> None:
    """Reads again, in place, what an older Fonti or its nets read, or what was read with other tables than these."""
    from ..store import Store
    from ..store.rereading import Reread, reread

    mine = own(facts, lexicon)

    def step(counts: Reread) -> None:
        done = counts.read + counts.failed
        one.behind(done, counts.total)
        one.say(f"{done} of {counts.total} read again, {counts.changed} changed", done)

    with Store(store) as opened, shown() as one:
        counts = reread(
            opened, read_all(mine, workers), readers(mine), own=mine.told(), every=every, tell=one.tell, step=step
        )
    typer.echo(f"{counts.read} read again, {counts.changed} changed, {counts.failed} failed")
    if counts.kept:
        met = f"{counts.kept} stay as an older version read them, with facts or event words of your own"
        typer.echo(f"{met}; name the files with --facts and --lexicon, or --all to read them without", err=True)
    raise typer.Exit(int(counts.failed > 0))
