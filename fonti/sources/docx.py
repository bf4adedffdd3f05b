"""A Word document -> its paragraphs and tables, its headings marked."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial
from typing import IO
from zipfile import ZipFile

from ..errors import InputError
from ..record import Report, Section, SectionKind
from .found import LARGEST, Found, Piece

MOST = 4 * LARGEST  # bytes that all its parts may grow to: its pictures are held in memory too


def of_docx(piece: Piece, source: IO[bytes] | io.BufferedReader, archive: ZipFile) -> Iterator[Found]:
    if sum(info.file_size for info in archive.infolist()) > MOST:
        raise InputError("is too large for a report", "save it without its pictures")
    yield Found(piece.where, partial(read_docx, source, path=piece.path, url=piece.url), lasting=True)


def read_docx(source: IO[bytes] | io.BufferedReader, *, path: str | None = None, url: str | None = None) -> Report:
    from docx import Document
    from docx.table import Table

    source.seek(0)
    document = Document(source)
    text, sections = "", list[Section]()
    for block in document.iter_inner_content():
        lines = (
            [" ".join(cell.text for cell in row.cells) for row in block.rows]
            if isinstance(block, Table)
            else [block.text]
        )
        style = "" if isinstance(block, Table) or block.style is None else str(block.style.name)
        for line in lines:
            if words := re.sub(r"\s+", " ", line).strip():
                text += "\n\n" if text else ""
                sections.append(Section(len(text), len(text) + len(words), _kind(style)))
                text += words
    about = document.core_properties
    made = about.created
    return Report(
        id="", text=text, title=about.title or _headline(text, sections), author=about.author or None,
        published=made.date().isoformat() if made else None, dated_by="docx", path=path, url=url, sections=sections,
    )  # fmt: skip


def _kind(style: str) -> SectionKind:
    if style.startswith("Title"):
        return "headline"
    return "heading" if style.startswith("Heading") else "caption" if style == "Caption" else "body"


def _headline(text: str, sections: list[Section]) -> str | None:
    return next((text[s.start : s.end] for s in sections if s.kind == "headline"), None)
