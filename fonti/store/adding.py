"""Reports and their records into the store, one transaction each, and what could not be read."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ..dates import days
from ..errors import FontiError
from ..intake import Taken, text_id
from ..record import Record, Report, Section
from .amending import amend_rows, standing
from .rows import rows
from .searching import make_searchable
from .tables import called, failures, made, records, reports, versions

if TYPE_CHECKING:
    from .opening import Store

FROM_TEXT = "text"  # `dated_by` of a date that Fonti found in the text, which another Fonti may find otherwise
ELSEWHERE = ("http://", "https://", "standard input")
GLOBAL = ("urn:", "tag:", "http://", "https://")  # an id that begins so means the same report in any file


@dataclass(frozen=True, slots=True)
class Met:
    """A report where it was met: what tells it from others, and what it is a version of."""

    report: Report
    place: str
    address: str
    digest: str
    given: str


def met(taken: Taken) -> Met:
    """Where a report stands and what it says, before it is read."""
    report, given, place = taken.report, taken.given, absolute(taken.where)
    assert report is not None
    assert given is not None
    own = "" if report.id == text_id(report.text) else report.id
    said = None if report.dated_by == FROM_TEXT else report.published
    about = [report.url, own, report.title, report.author, report.publisher, said, report.text]
    digest = hashlib.sha256(json.dumps(about).encode()).hexdigest()
    address = report.url or (own if own.startswith(GLOBAL) else None)
    if not address and own:
        address = f"{absolute(report.path or '-')}#{own}"
    return Met(report, place, address or (place if taken.lasting else f"sha256:{digest}"), digest, told(given))


def absolute(place: str) -> str:
    """A place that means the same in any folder; an address of the web stays, as do those in a file."""
    if place == "-" or place.startswith(ELSEWHERE):
        return place
    path, mark, inside = place.partition("!")
    return os.path.abspath(path) + mark + inside


def known(connection: Connection, digest: str) -> bool:
    """Whether a report that says this is in the store already."""
    return connection.execute(select(versions.c.id).where(versions.c.digest == digest)).first() is not None


def add(store: Store, found: Met, record: Record) -> bool:
    """Writes a report and its record as the newest version of its address; False where it is there already."""
    with store.writing() as connection:
        version = _version(connection, found, record, postgres=store.postgres)
        if version is not None:
            connection.execute(insert(records).values(version=version, record=packed(record)))
            write_rows(connection, version, record, standing(connection))
        connection.execute(delete(failures).where(failures.c.place == found.place))
    return version is not None


def _version(connection: Connection, found: Met, record: Record, *, postgres: bool) -> int | None:
    dialect: Any = postgresql if postgres else sqlite
    # the update that changes nothing gives the row's id, and keeps others from this address until the end
    one = dialect.insert(reports).values(address=printable(found.address))
    one = one.on_conflict_do_update(index_elements=["address"], set_={"address": one.excluded.address})
    report: int = connection.execute(one.returning(reports.c.id)).scalar_one()
    ours = versions.c.report == report
    number = connection.execute(select(func.max(versions.c.number)).where(ours)).scalar() or 0
    row = _row(record.report) | {"place": printable(found.place), "digest": found.digest}
    row |= {"given": found.given, "report": report, "number": number + 1, "newest": True, "added": now()}
    new = dialect.insert(versions).values(row).on_conflict_do_nothing(index_elements=["digest"])
    version: int | None = connection.execute(new.returning(versions.c.id)).scalar()
    if version is None:
        if not number:  # another address says the same
            connection.execute(delete(reports).where(reports.c.id == report))
        return None
    connection.execute(update(versions).where(ours, versions.c.id != version, versions.c.newest).values(newest=False))
    make_searchable(connection, version, row, postgres=postgres)
    return version


def told(given: Report) -> str:
    """What the source and the user said of what Fonti finds where nobody does, as JSON."""
    sections = [[section.start, section.end, section.kind] for section in given.sections]
    return json.dumps({name: getattr(given, name) for name in GIVEN} | {"sections": sections})


def as_given(report: Report, told: str) -> Report:
    """The report as it was when ``told`` told of it."""
    found = json.loads(told)
    sections = [Section(*section) for section in found["sections"]]
    return replace(report, read_by={}, sections=sections, **{name: found[name] for name in GIVEN})


def about(report: Report) -> dict[str, Any]:
    """The columns that another Fonti may find otherwise."""
    row = _row(report)
    return {name: row[name] for name in (*GIVEN, "earliest", "latest", "read_by")}


def _row(report: Report) -> dict[str, Any]:
    earliest, latest = days(report.published)
    told = {name: getattr(report, name) for name in ABOUT}
    row = told | {"earliest": earliest, "latest": latest, "read_by": json.dumps(report.read_by, sort_keys=True)}
    return {name: printable(value) if isinstance(value, str) else value for name, value in row.items()}


GIVEN = ("language", "published", "dated_by", "wall")
ABOUT = ("language", "title", "author", "publisher", "published", "dated_by", "url", "wall", "text")


def printable(words: str) -> str:
    """Without NULs and half characters, which databases do not take, and no shorter: the spans stay."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", words)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


# Rows ---------------------------------------------------------------------------------------------------------------


def packed(record: Record) -> bytes:
    return zlib.compress(record.to_json().encode())


def unpacked(data: bytes) -> Record:
    return Record.from_json(zlib.decompress(data))


def write_rows(connection: Connection, version: int, record: Record, amendments: Sequence[Any]) -> None:
    """Makes the rows of a version, with the amendments that stand."""
    found = rows(record, version)
    amend_rows(found, record, amendments, address=address_of(connection, version) if amendments else "")
    for table in made.sorted_tables:
        if found[table.name]:
            connection.execute(insert(table), found[table.name])
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    words = sorted({(word, row["key"]) for row in found["actors"] for word in row["key"].split()})
    if words:  # in their order, so that no two writers wait for each other
        pairs = [{"word": word, "key": key} for word, key in words]
        connection.execute(dialect.insert(called).on_conflict_do_nothing(), pairs)


def address_of(connection: Connection, version: int) -> str:
    asked = select(reports.c.address).join(versions, versions.c.report == reports.c.id).where(versions.c.id == version)
    return str(connection.execute(asked).scalar_one())


def clear_rows(connection: Connection, version: int) -> None:
    for table in reversed(made.sorted_tables):
        if table is not called:
            connection.execute(delete(table).where(table.c.version == version))


def make_rows(connection: Connection, *, chosen: Sequence[int] | None = None) -> None:
    """Makes the rows of versions again from their records."""
    amendments = standing(connection)
    every = chosen if chosen is not None else connection.execute(select(records.c.version)).scalars().all()
    for version in every:
        data = connection.execute(select(records.c.record).where(records.c.version == version)).scalar_one()
        clear_rows(connection, version)
        write_rows(connection, version, unpacked(data), amendments)


# What failed ----------------------------------------------------------------------------------------------------------


def add_failure(store: Store, place: str, error: FontiError, *, source: str, options: dict[str, Any]) -> None:
    """Lists what could not be read, with the reason."""
    dialect: Any = postgresql if store.postgres else sqlite
    row: dict[str, Any] = {"place": absolute(place), "source": absolute(source), "met": error.met, "then": error.then}
    row = {name: printable(value) if value else value for name, value in row.items()}
    row |= {"options": json.dumps(options), "tries": 1, "last": now()}
    one = dialect.insert(failures).values(row)
    again = {name: one.excluded[name] for name in ("source", "met", "then", "options", "last")}
    again["tries"] = failures.c.tries + 1
    with store.writing() as connection:
        connection.execute(one.on_conflict_do_update(index_elements=["place"], set_=again))


def forget_failure(store: Store, place: str) -> None:
    with store.writing() as connection:
        connection.execute(delete(failures).where(failures.c.place == printable(absolute(place))))


def list_failures(store: Store) -> list[dict[str, Any]]:
    return list(listed(store, failures, failures.c.place))


def list_walls(store: Store) -> list[dict[str, Any]]:
    """The newest versions that are there in part only."""
    asked = select(versions, reports.c.address).join(reports, reports.c.id == versions.c.report)
    asked = asked.where(versions.c.newest, versions.c.wall.is_not(None)).order_by(versions.c.id)
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(asked).mappings()]


def listed(store: Store, table: Table, order: Any) -> Iterator[dict[str, Any]]:
    with store.reading() as connection:
        yield from [dict(row) for row in connection.execute(select(table).order_by(order)).mappings()]
