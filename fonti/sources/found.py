"""What a source holds, before it is read: reports that know where they stand, and the streams that hold them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..errors import FontiError, InputError
from ..record import Report

LONGEST = 1_000_000  # characters of a report: a long book; what is longer is an archive and wants splitting
LARGEST = 32 * LONGEST  # bytes of a page or a line: scripts and styles can outweigh the text many times
HEAD = 64 * 1024  # bytes in which a format shows itself


@dataclass(frozen=True, slots=True)
class Found:
    """A report of a source: where it is, as errors tell it, and what makes it, or raises."""

    where: str  # `archive.zip!a/b.html`, `reports.jsonl, line 3`
    make: Callable[[], Report]
    lasting: bool = False  # whether a corrected report will stand at the same place: a file, but not a line of one
    # of what the file holds, so much comes before: where it was read at once, its bytes do not tell
    share: float | None = None


@dataclass(slots=True)
class Piece:
    """A stream of bytes that holds one report or many."""

    where: str
    stream: io.BufferedReader
    path: str | None = None  # of the file, as the user named it; with what is inside an archive behind a `!`
    url: str | None = None  # where it was fetched
    depth: int = 0  # how many archives it is in

    @property
    def name(self) -> str:
        return (self.path or self.url or "").lower()

    def head(self) -> bytes:
        """The first bytes, which stay to be read."""
        return self.stream.peek(HEAD)

    def whole(self) -> bytes:
        """All of it, where that is no more than one report may have."""
        data = self.stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise too_long()
        return data


def buffered(stream: Any) -> io.BufferedReader:
    """A stream whose head can be seen before it is read."""
    return io.BufferedReader(stream, HEAD)


def fail(error: FontiError) -> Report:
    raise error


def failed(where: str, error: FontiError) -> Found:
    """A place where there is no report, with the reason."""
    return Found(where, partial(fail, error), lasting=True)


def too_long() -> InputError:
    return InputError(f"is longer than {LONGEST:,} characters", "split it into its reports, one a line as JSON lines")


def guarded(where: str, found: Iterator[Found]) -> Iterator[Found]:
    """What was found until the source turned out to be broken, and then that."""
    try:
        yield from found
    except FontiError as error:
        yield failed(error.where or where, error)
    except (Exception, RecursionError, MemoryError) as error:
        yield failed(where, broken(error))


def broken(error: BaseException) -> InputError:
    """One line for what a library says of bytes that it cannot read."""
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return InputError(f"cannot be read ({told[:200]})", "it may be damaged or cut short: get it again")
