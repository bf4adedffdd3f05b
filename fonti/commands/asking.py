"""Out of the store: find, sources, timeline, sql."""

from __future__ import annotations

from typing import Annotated

import typer

from .common import STORE, StoreName, Table, TableFormat

Types = Annotated[
    list[str] | None, typer.Option("--type", metavar="TYPE", help="ASSAULT, CONSULT …, or a mode; may be repeated.")
]
Actor = Annotated[str | None, typer.Option(metavar="NAME|CODE", help="Who does it: words of a name, or RUS, PRK …")]
Recipient = Annotated[str | None, typer.Option(metavar="NAME|CODE", help="Whom it is done to.")]
Source = Annotated[str | None, typer.Option(metavar="NAME", help="On whose word: a person, an agency, an outlet.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Not before: 2023-09-18, 2023-09 or 2023.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Not after.")]
Certainty = Annotated[str | None, typer.Option(metavar="CERTAINTY", help="certain, or at least probable or possible.")]
Words = Annotated[
    str | None, typer.Option("--text", metavar="WORDS", help='In the report: words, "a phrase", -without.')
]
Near = Annotated[str | None, typer.Option(metavar="LAT,LON,KM", help="Around a point: 43.1,131.9,200km.")]
Report = Annotated[str | None, typer.Option(metavar="ADDRESS", help="In that report only.")]
Whole = Annotated[bool, typer.Option("--whole", help="Not in what a wall hides the rest of.")]
Language = Annotated[str | None, typer.Option(metavar="CODE", help="In reports of that language.")]

FOUND = [
    "event",
    "latest",
    "type",
    "actors",
    "recipients",
    "objects",
    "place",
    "certainty",
    "origin",
    "words",
    "address",
]
DATED = ["earliest", "latest", "type", "actors", "recipients", "place", "polarity", "reports", "origins", "words"]


def find(
    store: StoreName = STORE,
    type: Types = None,
    actor: Actor = None,
    recipient: Recipient = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    certainty: Certainty = None,
    text: Words = None,
    near: Near = None,
    language: Language = None,
    report: Report = None,
    whole: Whole = False,
    limit: Annotated[int, typer.Option(min=0, help="How many at most; 0 for all.")] = 100,
    format: TableFormat = Table.table,
) -> None:
    """Events, the latest first; an event without a date has its report's."""
    from ..store import Store
    from ..store.asking import count, find, names
    from ..store.wanted import told
    from ..views.table import as_rows

    wanted = told(type, actor, recipient, source, since, until, certainty, text, near, language, report, whole=whole)
    with Store(store) as opened:
        rows = find(opened, wanted, limit=limit or None)
        columns = FOUND if format is Table.table else names(opened, "told")
        more = count(opened, wanted) if len(rows) == limit else 0
    typer.echo(as_rows(rows, format, names=columns), nl=False)
    if more > len(rows):
        typer.echo(f"{len(rows)} of {more}; --limit 0 tells all", err=True)


def timeline(
    store: StoreName = STORE,
    type: Types = None,
    actor: Actor = None,
    recipient: Recipient = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    certainty: Certainty = None,
    text: Words = None,
    near: Near = None,
    whole: Whole = False,
    limit: Annotated[int, typer.Option(min=0, help="How many at most; 0 for all.")] = 0,
    format: TableFormat = Table.table,
) -> None:
    """What happened when, the earliest first; what several reports tell alike is one line."""
    from ..store import Store
    from ..store.asking import timeline
    from ..store.wanted import told
    from ..views.table import as_rows

    wanted = told(type, actor, recipient, source, since, until, certainty, text, near, whole=whole)
    with Store(store) as opened:
        rows = timeline(opened, wanted, limit=limit or None)
    typer.echo(as_rows(rows, format, names=DATED), nl=False)


def sources(
    store: StoreName = STORE,
    name: Annotated[str | None, typer.Argument(metavar="[NAME|CODE]", help="Only who is called so.")] = None,
    since: Since = None,
    limit: Annotated[int, typer.Option(min=0, help="How many at most; 0 for all.")] = 100,
    format: TableFormat = Table.table,
) -> None:
    """Who is quoted, how often, in how many reports and in which outlets."""
    from ..store import Store
    from ..store.asking import sources
    from ..views.table import as_rows

    with Store(store) as opened:
        rows = sources(opened, since=since, name=name, limit=limit or None)
    columns = ("name", "kind", "country", "statements", "reports", "outlets")
    typer.echo(as_rows(rows, format, names=columns), nl=False)


def sql(
    query: Annotated[str, typer.Argument(help="Such as \"select * from told where type = 'ASSAULT'\".")],
    store: StoreName = STORE,
    format: TableFormat = Table.table,
) -> None:
    """Any question in SQL; it can change nothing. `fonti schema --store` tells the tables and views."""
    from ..store import Store
    from ..store.asking import ask
    from ..views.table import as_rows

    with Store(store) as opened:
        columns, rows = ask(opened, query)
    typer.echo(as_rows(rows, format, names=columns), nl=False)
