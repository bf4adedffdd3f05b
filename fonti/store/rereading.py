"""What an older Fonti read, read again in place."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from ..errors import FontiError, as_told
from ..intake import complete
from ..record import Record, Report
from .adding import about, as_given, clear_rows, packed, unpacked, write_rows
from .amending import standing
from .reading import ReadAll
from .tables import records, versions

if TYPE_CHECKING:
    from .opening import Store


@dataclass(slots=True)
class Reread:
    """How it goes: of `total`, so many are read, of these so many are other records now, and so many failed."""

    total: int = 0
    read: int = 0
    changed: int = 0
    failed: int = 0
    kept: int = 0  # as they were read with tables of the user's own that are not named now


def reread(
    store: Store,
    read_all: ReadAll,
    readers: Callable[[str], dict[str, str]],
    *,
    own: Collection[str] = (),
    every: bool = False,
    tell: Callable[[FontiError], None] = lambda error: None,
    step: Callable[[Reread], None] = lambda counts: None,
) -> Reread:
    """Reads what others than these `readers` of its language read, or `every` version; each is written as it is read.

    Language, date, sections and wall are found anew where the source did not tell them. What was read with facts or a
    lexicon of the user's own, and these are not named among `own`, stays as it is.
    What cannot be read keeps the record that it has. A run that was stopped goes on where it stopped.
    """
    counts, waiting = Reread(), deque[tuple[int, Record]]()
    stale, counts.kept = _stale(store, readers, own=own, every=every)
    counts.total = len(stale)

    def reports() -> Iterator[Report]:
        for version in stale:
            with store.reading() as connection:
                asked = select(records.c.record, versions.c.given).join(versions, versions.c.id == records.c.version)
                data, given = connection.execute(asked.where(records.c.version == version)).one()
            old = unpacked(data)
            try:
                # a store that an older Fonti made does not know what was given: what was found stays
                report = complete(as_given(old.report, given)) if given else replace(old.report, read_by={})
            except FontiError as error:
                failed(old.report, error)
            else:
                waiting.append((version, old))
                yield report

    def broken(report: Report, error: Exception) -> None:
        waiting.popleft()
        failed(report, error)

    def failed(report: Report, error: Exception) -> None:
        counts.failed += 1
        tell(as_told(error, report.url or report.path or report.id))
        step(counts)

    for record in read_all(reports(), on_error=broken):
        version, old = waiting.popleft()
        _replace(store, version, record)
        counts.read += 1
        counts.changed += replace(record, report=replace(record.report, read_by=old.report.read_by)) != old
        step(counts)
    return counts


def _stale(
    store: Store, readers: Callable[[str], dict[str, str]], *, own: Collection[str], every: bool
) -> tuple[list[int], int]:
    """The versions to read, the newest ones of their reports first, and how many others are not to be read so."""
    with store.reading() as connection:
        pairs = connection.execute(select(versions.c.language, versions.c.read_by, func.count()).group_by(*PAIR)).all()
        old, kept = list[tuple[str, str]](), 0
        for language, read_by, number in pairs:
            now, then = readers(language), json.loads(read_by)
            lost = {name: then[name] for name in OWN if name in then and name not in own}
            if every or (not lost and then != now):
                old.append((language, read_by))
            elif then != now | lost:
                kept += number
        found: list[tuple[bool, int]] = []
        for language, read_by in old:
            asked = select(versions.c.newest, versions.c.id)
            asked = asked.where(versions.c.language == language, versions.c.read_by == read_by)
            found += [(not newest, version) for newest, version in connection.execute(asked)]
    return [version for _, version in sorted(found)], kept


OWN = ("facts", "lexicon")  # in `read_by`, what tells the user's own tables from others
PAIR = (versions.c.language, versions.c.read_by)


def _told(readers: dict[str, str]) -> str:
    return json.dumps(readers, sort_keys=True)


def _replace(store: Store, version: int, record: Record) -> None:
    with store.writing() as connection:
        connection.execute(update(records).where(records.c.version == version).values(record=packed(record)))
        told = update(versions).where(versions.c.id == version)
        connection.execute(told.values(about(record.report)))
        clear_rows(connection, version)
        write_rows(connection, version, record, standing(connection))
