"""Sources: a file, a folder, an address or standard input -> the reports that it holds, each where it stands.

A format is a module here: a small reader over a well-kept library, which gives what is ``Found`` in a ``Piece``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ..errors import InputError
from .found import Found, Piece, buffered, failed, guarded
from .kinds import reports_in


def find_reports(name: str) -> Iterator[Found]:
    """The reports of a source, in its order; each is made, or raises, when it is asked for."""
    if re.match(r"https?://", name, re.I):
        from .web import of_address

        yield from guarded(name, of_address(name))
    elif name == "-":
        yield from guarded("standard input", reports_in(Piece("standard input", buffered(sys.stdin.buffer))))
    else:
        yield from guarded(name, _of_path(name))


def _of_path(name: str) -> Iterator[Found]:
    if _is_folder(name):
        from .folder import of_folder

        yield from of_folder(Path(name), reports=_of_path)
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
            yield from guarded(name, reports_in(Piece(name, stream, path=name)))


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except ValueError:  # a NUL in the name, which opening tells
        return False


__all__ = ["Found", "find_reports"]
