"""An analyst's corrections: fonti amend."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from .common import STORE, StoreName, Table, TableFormat

app = typer.Typer(no_args_is_help=True, help="Corrections, kept apart from what was read and applied on top of it.")

Reason = Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why: it is kept with the correction.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who corrects; your login where it is not told.")]
In = Annotated[str | None, typer.Option("--report", metavar="ADDRESS", help="In that report only; else in all.")]


@app.command()
def merge(
    name: Annotated[str, typer.Argument(help="An actor's name.")],
    into: Annotated[str, typer.Argument(help="The name of the actor that it is.")],
    reason: Reason,
    by: By = None,
    report: In = None,
    store: StoreName = STORE,
) -> None:
    """Makes two actors one."""
    from ..store import Store
    from ..store.amending import merge

    with Store(store) as opened:
        _done(merge(opened, name, into, report=report, reason=reason, by=_by(by)))


@app.command()
def place(
    name: Annotated[str, typer.Argument(help="A place's name.")],
    point: Annotated[str, typer.Argument(metavar="LAT,LON", help="Where it is: 51.88,128.33.")],
    reason: Reason,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="Its country: RUS, PRK …")] = None,
    by: By = None,
    report: In = None,
    store: StoreName = STORE,
) -> None:
    """Puts a place where it is."""
    from ..store import Store
    from ..store.amending import fix_place, read_point

    lat, lon = read_point(point)
    with Store(store) as opened:
        told = {"reason": reason, "by": _by(by)}
        _done(fix_place(opened, name, lat=lat, lon=lon, country=country, report=report, **told))


@app.command()
def reject(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="As `fonti find` names it: 12:e3.")],
    reason: Reason,
    by: By = None,
    store: StoreName = STORE,
) -> None:
    """Takes an event out of all answers."""
    from ..store import Store
    from ..store.amending import read_event, reject

    version, name = read_event(event)
    with Store(store) as opened:
        _done(reject(opened, version, name, reason=reason, by=_by(by)))


@app.command()
def undo(number: int, by: By = None, store: StoreName = STORE) -> None:
    """Takes a correction back; it stays listed."""
    from ..store import Store
    from ..store.amending import undo

    with Store(store) as opened:
        undo(opened, number, by=_by(by))
    typer.echo(f"amendment {number} is undone")


@app.command("list")
def list_(store: StoreName = STORE, format: TableFormat = Table.table) -> None:
    """The corrections, with who made them, why, and who undid them."""
    from ..store import Store
    from ..store.amending import list_amendments
    from ..views.table import as_rows

    names = ("id", "kind", "target", "value", "reason", "by", "at", "undone_by", "undone_at")
    with Store(store) as opened:
        typer.echo(as_rows(list_amendments(opened), format, names=names), nl=False)


def _done(number: int) -> None:
    typer.echo(f"amendment {number}; `fonti amend undo {number}` takes it back")


def _by(told: str | None) -> str:
    return told or getpass.getuser()
