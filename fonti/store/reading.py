"""Sources into a store: what is there is passed over, what fails is listed, the rest is read and written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import FontiError, as_told
from ..intake import Taken, take
from ..own import Own
from ..record import Record, Report
from ..walls import in_part
from .adding import Met, absolute, add, add_failure, forget_failure, known, list_failures, met

if TYPE_CHECKING:
    from .opening import Store


NONE = Own()


class ReadAll(Protocol):
    """``Reader.read_all``, or what reads as it does."""

    def __call__(
        self, reports: Iterable[Report], *, on_error: Callable[[Report, Exception], None]
    ) -> Iterator[Record]: ...


@dataclass(slots=True)
class Counts:
    """How it goes."""

    added: int = 0
    there: int = 0
    failed: int = 0
    in_part: int = 0  # of those added: a wall hides the rest of them

    @property
    def met(self) -> int:
        return self.added + self.there + self.failed

    def __add__(self, other: Counts) -> Counts:
        pairs = ((getattr(self, field.name), getattr(other, field.name)) for field in fields(self))
        return Counts(*(one + more for one, more in pairs))


def add_all(
    store: Store,
    sources: Sequence[str],
    read_all: ReadAll,
    *,
    published: str | None = None,
    language: str | None = None,
    own: Own = NONE,
    places: set[str] | None = None,
    tell: Callable[[FontiError], None] = lambda error: None,
    step: Callable[[Counts], None] = lambda counts: None,
    passed: Callable[[int], None] = lambda size: None,
) -> Counts:
    """Reads sources, or only these `places` in them, into the store; `own` are the tables that `read_all` reads with.

    `tell` hears of each failure and of what is there in part only, `step` of each step, `passed` of how many more bytes
    of the sources are behind.
    """
    counts, waiting, coming = Counts(), deque[Met](), set[str]()
    options = {"published": published, "language": language} | own.told()
    of: dict[str, str] = {}  # the source of a place, while it waits

    def wanted(where: str) -> bool:
        return places is None or absolute(where) in places

    def failed(place: str, error: FontiError, source: str) -> None:
        counts.failed += 1
        add_failure(store, place, error, source=source, options=options)
        tell(error)
        step(counts)

    def reports() -> Iterator[Report]:
        for source in sources:
            for taken in take(source, published=published, language=language, wanted=wanted, passed=passed):
                if taken.report is None:
                    assert taken.error is not None
                    failed(taken.where, taken.error, source)
                elif (found := _new(store, taken, coming)) is None:
                    counts.there += 1
                    step(counts)
                else:
                    waiting.append(found)
                    coming.add(found.digest)
                    of[found.place] = source
                    yield taken.report

    def broken(report: Report, error: Exception) -> None:
        found = waiting.popleft()
        coming.discard(found.digest)
        failed(found.place, as_told(error, found.place), of.pop(found.place, found.place))

    for record in read_all(reports(), on_error=broken):
        found = waiting.popleft()
        new = add(store, found, record)
        coming.discard(found.digest)
        of.pop(found.place, None)
        counts.added += new
        counts.there += not new
        if new and record.report.wall:
            counts.in_part += 1
            tell(in_part(record.report, found.place))
        step(counts)
    return counts


def _new(store: Store, taken: Taken, coming: set[str]) -> Met | None:
    """The report where it was met; None where it is there, or about to be."""
    found = met(taken)
    if found.digest in coming:
        return None
    with store.reading() as connection:
        there = known(connection, found.digest)
    if there:
        forget_failure(store, taken.where)
    return None if there else found


def failed_sources(store: Store) -> set[str]:
    """Those that ``retry`` reads."""
    return {failure["source"] for failure in list_failures(store)} - {"-"}


def retry(
    store: Store,
    reads_with: Callable[[Own], ReadAll],
    *,
    own: Own = NONE,
    tell: Callable[[FontiError], None] = lambda error: None,
    step: Callable[[Counts], None] = lambda counts: None,
    passed: Callable[[int], None] = lambda size: None,
) -> Counts:
    """Reads what failed once more, each as it was asked for, or with these tables; standard input is gone."""
    from json import loads

    def going(before: Counts, some: Counts) -> None:
        step(before + some)

    counts = Counts()
    groups: dict[tuple[str, str], set[str]] = {}
    for failure in list_failures(store):
        if failure["source"] != "-":
            groups.setdefault((failure["source"], failure["options"]), set()).add(failure["place"])
    for (source, options), places in groups.items():
        told: dict[str, Any] = loads(options)
        using = own if own.told() else Own.of(told)
        asked = {"published": told["published"], "language": told["language"]}
        some = add_all(
            store, [source], reads_with(using), own=using, places=places,
            tell=tell, step=partial(going, counts), passed=passed, **asked,
        )  # fmt: skip
        counts += some
    return counts
