"""A mail message -> its words, and the reports that are attached to it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from functools import partial

from ..errors import InputError
from ..record import Report
from .archives import DEEPEST, beside, member
from .found import Found, Piece, buffered, guarded
from .kinds import reports_in
from .markup import plain


def of_mail(piece: Piece) -> Iterator[Found]:
    message = BytesParser(policy=policy.default).parsebytes(piece.whole())
    assert isinstance(message, EmailMessage)
    yield Found(piece.where, partial(_of_message, message, path=piece.path), lasting=True)
    if piece.depth >= DEEPEST:
        return
    for part in message.iter_attachments():
        name = part.get_filename()
        data = part.get_payload(decode=True) if name else None
        if name and isinstance(data, bytes) and not beside(name):
            where = f"{piece.where}!{member(name)}"
            inner = Piece(where, buffered(io.BytesIO(data)), where, None, piece.depth + 1)
            yield from guarded(where, reports_in(inner))


def _of_message(message: EmailMessage, *, path: str | None) -> Report:
    body = message.get_body(("plain", "html"))
    if body is None:
        raise InputError("is a message without words", "see what is attached to it")
    content = body.get_content()
    text = plain(content) if body.get_content_subtype() == "html" else str(content).strip()
    try:
        moment = parsedate_to_datetime(str(message["Date"])).isoformat(timespec="minutes") if message["Date"] else None
    except (ValueError, TypeError):
        moment = None
    name, address = parseaddr(str(message["From"] or ""))
    return Report(
        id="", text=text, title=str(message["Subject"] or "") or None, author=name or address or None,
        published=moment, dated_by="mail", path=path,
    )  # fmt: skip
