"""PDF -> the text of its pages, their lines put together again to paragraphs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import zip_longest

from ..dates import is_date
from ..errors import InputError
from ..record import Report
from .found import LONGEST, Found, Piece, too_long


def of_pdf(piece: Piece) -> Iterator[Found]:
    yield Found(piece.where, partial(read_pdf, piece.whole(), path=piece.path, url=piece.url), lasting=True)


def read_pdf(data: bytes, *, path: str | None = None, url: str | None = None) -> Report:
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every small flaw of a file
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError("is locked with a password", "save it without one")
    text = ""
    for page in reader.pages:
        text += paragraphs(page.extract_text()) + "\n\n"
        if len(text) > LONGEST:
            raise too_long()
    if not text.strip():
        raise InputError("holds no text: its pages are pictures", "make a text of it with an OCR program")
    told: Mapping[str, object] = reader.metadata or {}
    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", str(told.get("/CreationDate", "")))
    day = "-".join(made.groups()) if made else None
    return Report(
        id="", text=text.strip(), title=_words(told.get("/Title")), author=_words(told.get("/Author")),
        published=day if is_date(day) else None, dated_by="pdf", path=path, url=url,
    )  # fmt: skip


def paragraphs(page: str) -> str:
    """Lines that go on, and words that a line end breaks, are one again."""
    lines = [line.strip() for line in page.splitlines()]
    widest = max(map(len, lines), default=0)
    text = ""
    for line, next_line in zip_longest(lines, lines[1:], fillvalue=""):
        goes_on = bool(next_line) and (len(line) > 0.6 * widest or next_line[:1].islower())
        ends = re.search(r"[.!?…»”\"]$", line) is not None and len(line) < 0.85 * widest
        if re.search(r"[^\W\d_]-$", line) and next_line[:1].islower():
            text += line[:-1]
        else:
            text += line + (" " if goes_on and not ends else "\n\n")
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _words(value: object) -> str | None:
    words = " ".join(str(value).split()) if value else ""
    return (
        words if words and not re.search(r"\.(docx?|indd|pdf|qxd)$|^untitled$|^Microsoft Word", words, re.I) else None
    )
