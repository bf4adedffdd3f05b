"""An address, or a list of them -> what stands there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from ..decode import decode
from ..errors import InputError
from .found import Found, Piece, buffered, failed, guarded


def of_address(url: str) -> Iterator[Found]:
    """The reports at an address: a page, or anything else that a file may hold."""
    from .kinds import reports_in

    try:
        data = fetch(url)
    except InputError as error:
        yield failed(url, error)
    else:
        yield from reports_in(Piece(url, buffered(io.BytesIO(data)), url=url))


def of_addresses(piece: Piece) -> Iterator[Found]:
    """The reports at the addresses that a file lists, one a line."""
    lines = [line.strip() for line in decode(piece.whole()).splitlines()]
    addresses = [line for line in lines if line and not line.startswith("#")]
    for number, url in enumerate(addresses):
        for found in guarded(url, of_address(url)):
            yield replace(found, share=number / len(addresses))


def fetch(url: str) -> bytes:
    """What the address answers; raises where it does not."""
    from trafilatura.downloads import fetch_response

    response = fetch_response(url)
    if response is None or not response.data:
        raise InputError("could not be fetched", "check the address, or save the page and read the file")
    if response.status != 200:
        raise InputError(f"answers with status {response.status}", "open it in a browser, save it and read the file")
    data: bytes = response.data
    return data
