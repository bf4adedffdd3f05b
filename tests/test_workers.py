"""Several processes read what one reads, in the same order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

import pytest

from fonti.errors import FontiError
from fonti.intake import read_text
from fonti.record import Record, Report
from fonti.workers import read_all

from .store.stub import StubReader, text


class Fatal:
    """Takes its process with it."""

    def read_all(self, reports: Iterable[Report], *, on_error: Callable[[Report, Exception], None]) -> Iterator[Record]:
        os._exit(9)
        yield from ()


def test_records_and_errors_in_order() -> None:
    reports = [read_text(text(n, more=" È così." * 1000), language="it") for n in range(9)]
    reports[4].text += " Un inciampo."
    told: list[str] = []
    found = read_all(
        reports, workers=2, make=StubReader, on_error=lambda report, error: told.append(f"{report.id}: {error}")
    )
    assert [record.report.id for record in found] == [r.id for r in reports if r is not reports[4]]
    assert told[0].startswith(f"{reports[4].id}: could not be read (KeyError: 'inciampo')")


def test_a_worker_that_is_ended() -> None:
    reports = [read_text(text(), language="it")]
    with pytest.raises(FontiError, match="a worker was ended from outside"):
        list(read_all(reports, workers=2, make=Fatal, on_error=lambda report, error: None))
