"""A folder -> the reports of its files, and of the folders in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import InputError
from .found import Found, failed

# what stands beside reports and holds none: a saved page's pictures, styles and scripts
BESIDE = re.compile(
    r".+\.(avi|bmp|css|dll|exe|gif|ico|jpe?g|m?js|mkv|mov|mp[34]|og[gv]|otf|png|pyc?|so|sqlite(-wal|-shm)?|svg|tiff?|ttf"
    r"|wasm|wav|web[mp]|woff2?)",
    re.I,
)


def of_folder(folder: Path, *, reports: Callable[[str], Iterator[Found]]) -> Iterator[Found]:
    """File by file in the order of their names; links to folders are not followed, which may turn in a circle."""
    empty = True
    for path in files_in(folder):
        empty = False
        yield from reports(str(path))
    if empty:
        yield failed(str(folder), InputError("holds no file that may be a report", "name another folder"))


def files_in(folder: Path) -> Iterator[Path]:
    """The files that may hold reports."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if passed_over(entry.name):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from files_in(entry)
        elif entry.is_file():
            yield entry


def passed_over(name: str) -> bool:
    """A hidden file, or one of a kind that holds no report."""
    return name.startswith(".") or name == "__MACOSX" or BESIDE.fullmatch(name) is not None
