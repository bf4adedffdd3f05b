"""Sources: a file, a folder, an address or standard input -> the reports that it holds, each where it stands.

A format is a module here: a small reader over a well-kept library, which gives what is ``Found`` in a ``Piece``.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from ..errors import InputError
from .folder import files_in, of_folder
from .found import Found, Piece, buffered, failed, guarded
from .kinds import reports_in


def find_reports(name: str, *, passed: Callable[[int], None] = lambda size: None) -> Iterator[Found]:
    """The reports of a source, in its order; each is made, or raises, when it is asked for.

    `passed` hears of how many more bytes of its files are behind.
    """
    if re.match(r"https?://", name, re.I):
        from .web import of_address

        yield from guarded(name, of_address(name))
    elif name == "-":
        yield from guarded("standard input", reports_in(Piece("standard input", buffered(sys.stdin.buffer))))
    else:
        yield from guarded(name, _of_path(name, passed))


def size_of(name: str) -> int | None:
    """The bytes of a file, or of a folder's files; None where nobody knows before it is read."""
    if re.match(r"https?://", name, re.I) or name == "-":
        return None
    try:
        return sum(path.stat().st_size for path in files_in(Path(name))) if _is_folder(name) else os.stat(name).st_size
    except (OSError, ValueError):  # gone in the meantime, or no name: told when it is opened
        return 0


def _of_path(name: str, passed: Callable[[int], None]) -> Iterator[Found]:
    if _is_folder(name):
        yield from of_folder(Path(name), reports=partial(_of_path, passed=passed))
        return
    try:
        # closed below; an error of reading is not one of opening
        stream = buffered(open(name, "rb", buffering=0))  # noqa: SIM115
    except FileNotFoundError:
        yield failed(name, InputError("no such file", "check the name; an address begins with http"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        yield failed(name, InputError(f"cannot be opened ({reason})", "check that you may read it"))
    else:
        with stream:
            yield from _passing(stream, guarded(name, reports_in(Piece(name, stream, path=name))), passed)


def _passing(stream: io.BufferedReader, found: Iterator[Found], passed: Callable[[int], None]) -> Iterator[Found]:
    """What is found in a file, and how much of it is behind by then."""
    size, behind = os.fstat(stream.fileno()).st_size, 0
    for one in found:
        now = min(size, stream.tell() if one.share is None else int(one.share * size))
        passed(max(0, now - behind))
        behind = max(behind, now)
        yield one
    passed(max(0, size - behind))


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except ValueError:  # a NUL in the name, which opening tells
        return False


__all__ = ["Found", "find_reports", "size_of"]
