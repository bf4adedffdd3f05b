"""Reports read by several processes at once, their records in the reports' order."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Protocol

from .errors import FontiError, as_told
from .record import Record, Report

AHEAD = 2  # batches for each worker that wait while it reads


class Reads(Protocol):
    """A ``Reader``, or what reads as it does."""

    def read_all(
        self, reports: Iterable[Report], *, on_error: Callable[[Report, Exception], None]
    ) -> Iterator[Record]: ...


def read_all(
    reports: Iterable[Report],
    *,
    workers: int,
    make: Callable[[], Reads],
    on_error: Callable[[Report, Exception], None],
) -> Iterator[Record]:
    """As ``Reader.read_all``, with a reader that each worker makes."""
    from .reader import batches

    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # workers share the cores, one each
        os.environ.setdefault(threads, "1")
    waiting: deque[tuple[list[Report], Future[list[Record | FontiError]]]] = deque()
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_start, initargs=(make,))
    try:
        for some in batches(reports):
            waiting.append((some, pool.submit(_read, some)))
            if len(waiting) > AHEAD * workers:
                yield from _done(*waiting.popleft(), on_error)
        while waiting:
            yield from _done(*waiting.popleft(), on_error)
    except BrokenProcessPool:
        raise FontiError("a worker was ended from outside", "see that there is memory for all, or use fewer") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _done(
    reports: list[Report],
    future: Future[list[Record | FontiError]],
    on_error: Callable[[Report, Exception], None],
) -> Iterator[Record]:
    for report, found in zip(reports, future.result(), strict=True):
        if isinstance(found, FontiError):
            on_error(report, found)
        else:
            yield found


_reader: Reads | None = None  # a worker's own


def _start(make: Callable[[], Reads]) -> None:
    global _reader
    _reader = make()


def _read(reports: list[Report]) -> list[Record | FontiError]:
    """A record or an error for each, in their order."""
    assert _reader is not None
    found: list[Record | FontiError] = []
    for record in _reader.read_all(reports, on_error=lambda report, error: found.append(as_told(error, ""))):
        found.append(record)
    return found
