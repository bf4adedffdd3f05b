"""Archives -> the reports of what is in them, which is read where it is: nothing is written to the disk."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import IO
from zipfile import ZipFile, ZipInfo

from ..errors import InputError
from .folder import passed_over
from .found import Found, Piece, buffered, failed, guarded
from .kinds import reports_in

DEEPEST = 3  # archives in archives
GROWTH = 200  # times the archive's size that it may grow to: pages shrink to a twentieth, made-up bombs to a thousandth
LEAST = 64 * 1024 * 1024  # bytes that any archive may grow to
NESTED = 128 * 1024 * 1024  # bytes of an archive in an archive, which is held in memory


class Bounded(io.RawIOBase):
    """A stream that ends with an error where it gives more than is left of an archive's allowance."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, allowance: list[int]) -> None:
        self._stream, self._left = stream, allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._left[0] -= len(data)
        if self._left[0] < 0:
            raise InputError(f"grows to more than {GROWTH} times its size", "unpack it yourself, if you trust it")
        buffer[: len(data)] = data
        return len(data)


def of_gzip(piece: Piece) -> Iterator[Found]:
    """The reports of a file that is compressed alone."""
    if piece.depth >= DEEPEST:
        raise _too_deep()
    inner = gzip.GzipFile(fileobj=piece.stream)
    name = re.sub(r"\.gz$", "", piece.path or "", flags=re.I) or None
    stream = buffered(Bounded(inner, [allowance(piece)]))
    yield from reports_in(Piece(piece.where, stream, name, piece.url, piece.depth + 1))


def of_zip(piece: Piece) -> Iterator[Found]:
    """The reports of a zip archive, member by member; a Word document is one too."""
    if piece.depth >= DEEPEST:
        raise _too_deep()
    source = piece.stream if piece.stream.seekable() and not piece.depth else io.BytesIO(_nested(piece))
    with ZipFile(source) as archive:
        names = archive.namelist()
        if "word/document.xml" in names:
            from .docx import of_docx

            yield from of_docx(piece, source, archive)
            return
        left = [allowance(piece)]
        members = [info for info in archive.infolist() if not info.is_dir() and not beside(info.filename)]
        if not members:
            yield failed(piece.where, InputError("holds no file that may be a report", "name another archive"))
        for info in members:
            name = f"!{member(info.filename)}"
            where, path = piece.where + name, (piece.path or piece.where) + name

            yield from guarded(where, _inside(archive, info, where, path, left, piece.depth))
            if left[0] < 0:
                return


def _inside(archive: ZipFile, info: ZipInfo, where: str, path: str, left: list[int], depth: int) -> Iterator[Found]:
    with archive.open(info) as stream:
        inner = buffered(Bounded(stream, left))
        for found in reports_in(Piece(where, inner, path, depth=depth + 1)):
            yield replace(found, share=None)  # of the member: the archive's bytes tell of all


def allowance(piece: Piece) -> int:
    """How many bytes an archive may grow to."""
    if not piece.stream.seekable():
        return LEAST
    here = piece.stream.tell()
    size = piece.stream.seek(0, io.SEEK_END)
    piece.stream.seek(here)
    return max(LEAST, GROWTH * size)


def member(name: str) -> str:
    """A member's name that means no other place: no root, no folder above."""
    parts = [part for part in re.split(r"[/\\]+", name) if part not in ("", ".")]
    return "/".join("%2E%2E" if part == ".." else part for part in parts)


def beside(name: str) -> bool:
    """Whether it is hidden, of a kind that holds no report, or in a folder that is."""
    return any(passed_over(part) for part in re.split(r"[/\\]+", name) if part not in ("", ".", ".."))


def _nested(piece: Piece) -> bytes:
    data = piece.stream.read(NESTED + 1)
    if len(data) > NESTED:
        raise InputError("is too large for an archive in an archive", "unpack the outer one and name this one")
    return data


def _too_deep() -> InputError:
    return InputError(f"is an archive in more than {DEEPEST} archives", "unpack the outer ones")
