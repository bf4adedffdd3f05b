"""NewsML-G2 and NITF, the formats in which agencies send their dispatches -> a report an item.

Read with lxml alone: IPTC's own package `newsmlg2` (1.1) keeps an item's metadata and drops the text in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lxml import etree  # type: ignore[import-untyped]

from ..dates import is_date, read_date
from ..errors import InputError
from ..record import Report
from .fields import language_of
from .found import Found, Piece, failed
from .markup import plain, words, xml


def of_newsml(piece: Piece) -> Iterator[Found]:
    root = xml(piece.whole())
    items = [root] if _name(root) == "newsItem" else root.xpath("//*[local-name() = 'newsItem']")
    if not items:
        yield failed(piece.where, InputError("holds no news item", "packages name items that are files of their own"))
    for item in items:
        name = piece.where if item is root else f"{piece.where}!{item.get('guid')}"
        yield Found(name, partial(_of_item, item, path=piece.path), lasting=item is root)


def _of_item(item: etree._Element, *, path: str | None) -> Report:
    text = "\n\n".join(filter(None, map(_content, item.xpath(".//*[local-name() = 'contentSet']/*"))))
    if not text:
        kind = (_first(item, ".//*[local-name() = 'itemClass']/@qcode") or "item").rpartition(":")[2]
        raise InputError(f"is a {kind} without words in it", "where its text is a file of its own, read that")
    guid = item.get("guid") or ""
    language = _first(item, ".//*[local-name() = 'contentMeta']/*[local-name() = 'language']/@tag")
    report = Report(
        id=guid, text=text, path=path,
        language=language_of(language or item.get("{http://www.w3.org/XML/1998/namespace}lang")),
        title=_text(item, "headline"), author=_text(item, "by") or _text(item, "creator"),
        publisher=_text(item, "provider") or _first(item, ".//*[local-name() = 'provider']/@literal"),
    )  # fmt: skip
    for when in ("contentCreated", "firstCreated", "versionCreated"):
        _date(report, _text(item, when), "newsml")
    return report


def _content(part: etree._Element) -> str:
    if _name(part) == "inlineXML":
        found = part.xpath(".//*[local-name() = 'body.content' or local-name() = 'body']")
        return words(next(iter(found), part))
    if _name(part) == "inlineData":
        data = part.text or ""
        return plain(data) if "html" in (part.get("contenttype") or "") else data.strip()
    return ""


def of_nitf(piece: Piece) -> Iterator[Found]:
    yield Found(piece.where, partial(_of_nitf, piece.whole(), path=piece.path), lasting=True)


def _of_nitf(data: bytes, *, path: str | None) -> Report:
    root = xml(data)
    content = next(iter(root.xpath("//*[local-name() = 'body.content']")), None)
    text = words(content) if content is not None else ""
    if not text:
        raise InputError("holds no text", "its body.content is empty")
    report = Report(
        id=_first(root, "//*[local-name() = 'doc-id']/@id-string") or "", text=text, path=path,
        language=language_of(root.get("{http://www.w3.org/XML/1998/namespace}lang")),
        title=_text(root, "hl1") or _text(root, "title"), author=_text(root, "byline"),
        publisher=_text(root, "distributor") or _first(root, "//*[local-name() = 'doc.copyright']/@holder"),
    )  # fmt: skip
    for path_ in ("//*[local-name() = 'date.issue']/@norm", "//*[local-name() = 'pubdata']/@date.publication"):
        _date(report, _first(root, path_), "nitf")
    return report


def _date(report: Report, told: str | None, origin: str) -> None:
    """The first date that is one, also in NITF's short form `20230918T100000Z`."""
    for form in (told or "", (told or "")[:8]):
        if report.published is None and is_date(form):
            report.published, report.dated_by = read_date(form), origin


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _first(element: etree._Element, path: str) -> str | None:
    return next((str(found) for found in element.xpath(path) if str(found).strip()), None)


def _text(element: etree._Element, name: str) -> str | None:
    found = next(iter(element.xpath(f".//*[local-name() = '{name}']")), None)
    return (" ".join(words(found).split()) or None) if found is not None else None
