"""Into files for other programs: fonti export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .asking import Actor, Certainty, Language, Near, Recipient, Report, Since, Source, Types, Until, Whole, Words
from .common import STORE, StoreName, shown

To = Annotated[
    Path,
    typer.Option(
        "--to", metavar="FILE", help="In the format of its end: csv parquet jsonl geojson kml graphml ttl html."
    ),
]
View = Annotated[str, typer.Option(metavar="VIEW", help="Instead of events: said, mentions, located, records.")]


def export(
    to: To,
    store: StoreName = STORE,
    view: View = "told",
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
) -> None:
    """All events, or those that fit, as `fonti find` would tell them."""
    from ..store import Store
    from ..store.wanted import told
    from ..views.export import POINTS, Exported, export

    wanted = told(type, actor, recipient, source, since, until, certainty, text, near, language, report, whole=whole)

    def step(counts: Exported) -> None:
        one.behind(counts.rows, counts.total)
        one.say(f"{counts.rows} of {counts.total} rows", counts.rows)

    with Store(store) as opened, shown(kept="nothing is written yet") as one:
        counts = export(opened, to, wanted, view=view, step=step)
    some = (
        f"the {counts.placed} of {counts.rows} rows that have a point"
        if to.suffix.lower() in POINTS
        else f"{counts.rows} rows"
    )
    typer.echo(f"{some} in {to}")
