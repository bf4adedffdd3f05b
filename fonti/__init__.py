"""Fonti reads news reports and keeps track of who says what.

>>> import fonti
>>> record = fonti.read("Il presidente ha detto che partirà.", published="2023-09", language="it")
>>> [s.act for s in record.statements]
['asserts']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import FontiError
from .record import Record, Report

if TYPE_CHECKING:
    from .facts import Facts
    from .reader import Reader

__all__ = ["Facts", "FontiError", "Reader", "Record", "Report", "read"]


def read(text: str, *, published: str | None = None, language: str | None = None, title: str | None = None) -> Record:
    """The record of one report; a ``Reader`` serves many. Raises FontiError for what cannot be read.

    ``published`` is an ISO 8601 date at any precision, ``language`` an ISO 639-1 code (found where it is not given).
    """
    from .intake import read_text
    from .reader import Reader

    return Reader().read(read_text(text, published=published, language=language, title=title))


def __getattr__(name: str) -> object:
    if name == "Reader":  # with it come spaCy and the models, which `fonti --help` does without
        from .reader import Reader

        return Reader
    if name == "Facts":
        from .facts import Facts

        return Facts
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
