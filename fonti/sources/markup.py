"""Markup that is a report's body, and no page around it -> its text, a paragraph a block."""

from __future__ import annotations

import re

from lxml import etree, html  # type: ignore[import-untyped]

from ..errors import InputError

BLOCKS = re.compile(
    "address|article|blockquote|br|d[dlt]|div|fig(caption|ure)|footer|h[1-6]|header|hl[12]|li|[ou]l|p|pre|section|table|t[dhr]"
)
UNSEEN = frozenset(["script", "style", "head", "title", "noscript", "template", "svg"])


def plain(markup: str | bytes) -> str:
    """The words of a piece of HTML."""
    if not markup.strip():
        return ""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.fromstring(markup.encode("utf-8", "replace") if isinstance(markup, str) else markup, parser=parser)
    except etree.ParserError:
        return ""
    return words(tree)


def words(tree: etree._Element) -> str:
    """The words of an element, walked without recursion: hostile markup is deep."""
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            parts.append(element.tail or "")
            continue
        name = etree.QName(element).localname.lower()
        if event == "start":
            parts.append("\n\n" if BLOCKS.fullmatch(name) else "")
            parts.append("" if name in UNSEEN else element.text or "")
        else:
            parts.append("\n\n" if BLOCKS.fullmatch(name) else "")
            parts.append(element.tail or "" if element is not tree else "")
    blocks = re.split(r"\n\n+", "".join(part if part == "\n\n" else re.sub(r"\s+", " ", part) for part in parts))
    return "\n\n".join(block.strip() for block in blocks if block.strip())


def xml(data: bytes) -> etree._Element:
    """The root of a document that names no entities and reaches for nothing outside."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"is no well-formed XML ({error.msg})", "get it again: it may be cut short") from None
