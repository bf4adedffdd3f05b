"""A web page -> a report: trafilatura's text, with headings and captions marked, and what the page says of itself."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from lxml.etree import _Element  # type: ignore[import-untyped]
from trafilatura.settings import Document, set_date_params

from .errors import InputError
from .record import Report, Section, SectionKind
from .walls import FREE, breaks_off, check_wall, wall

BLOCKS = {"p", "head", "quote", "item", "row", "code", "fw", "ab", "dt", "dd"}
ARTICLE = re.compile(r"(?:Article|Posting|Report|Review)$")  # schema.org types whose headline is a report's


def read_page(html: bytes | str, *, url: str | None = None, path: str | None = None) -> Report:
    """The report of a web page, whatever its language; its sections are those that the markup tells."""
    tree = trafilatura.load_html(html)
    found = (
        None
        if tree is None
        else trafilatura.bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_formatting=False,
            # its extensive search makes 2023-01-01 of any 2023 on the page
            date_extraction_params=set_date_params(False),
        )
    )
    if tree is None or not isinstance(found, Document) or found.body is None:
        raise InputError("no report found in this page", "save its text in a .txt file and read that")
    title = find_title(tree, publisher=found.sitename)
    text, sections = _lay_out(found.body, title=title, captions=_captions(tree))
    if not text:
        raise InputError("no report found in this page", "save its text in a .txt file and read that")
    check_wall(text)
    return Report(
        id="", text=text, title=title, author=_authors(found.author), publisher=found.sitename,
        published=found.date, url=url or found.url, path=path, sections=sections, dated_by="page",
        wall="subscription" if len(text) <= FREE and _shut(tree) and _cut(tree, text) else None,
    )  # fmt: skip


# Text and sections ------------------------------------------------------------------------------------------------


def _lay_out(body: _Element, *, title: str | None, captions: set[str]) -> tuple[str, list[Section]]:
    """The blocks one below the other, and the kind of each."""
    text, sections = "", []
    for block, words in _blocks(body):
        kind: SectionKind = "body"
        if block.tag == "head":
            kind = "headline" if block.get("rend") == "h1" or _squash(words) == _squash(title) else "heading"
        elif _squash(words) in captions:
            kind = "caption"
        elif wall(words):
            kind = "boilerplate"
        text += "\n\n" if text else ""
        sections.append(Section(len(text), len(text) + len(words), kind))
        text += words
    return text, sections


def _blocks(body: _Element) -> Iterator[tuple[_Element, str]]:
    for element in body.iter():
        inside = any(parent.tag in BLOCKS for parent in element.iterancestors())
        if element.tag in BLOCKS and not inside:
            for broken in element.iter("lb"):
                broken.tail = " " + (broken.tail or "")
            words = re.sub(r"\s+", " ", "".join(element.itertext())).strip()
            if words:
                yield element, words


def _captions(tree: _Element) -> set[str]:
    marked = tree.xpath("//figcaption | //*[contains(@class, 'caption') or contains(@itemprop, 'caption')]")
    return {_squash(e.text_content()) for m in marked for e in (m, *m.iter("p"))} - {""}


# Walls --------------------------------------------------------------------------------------------------------------


def _shut(tree: _Element) -> bool:
    """Whether the page says that its report is not free; many that do so show it whole all the same."""
    told = [str(thing.get("isAccessibleForFree")).lower() for thing in _articles(tree)]
    tiers = tree.xpath("//meta[@property='article:content_tier' or @name='article:content_tier']/@content")
    return "false" in told or "locked" in tiers


def _cut(tree: _Element, text: str) -> bool:
    """Whether its text stops: it breaks off, is far from as long as the page says, or a wall stands beside it."""
    lengths = [int(count) for thing in _articles(tree) if (count := str(thing.get("wordCount"))).isdecimal()]
    if breaks_off(text) or min(lengths, default=0) > 2 * len(text.split()):
        return True
    blocks = tree.iter("a", "button", "div", "h2", "h3", "li", "p", "section", "span", "strong")
    return any(wall(" ".join(block.text_content().split())) == "subscription" for block in blocks)


# What the page says of itself -------------------------------------------------------------------------------------


def find_title(tree: _Element, *, publisher: str | None = None) -> str | None:
    """The headline, by the first rule that finds one, without the publisher's name behind it."""
    for rule in TITLES:
        for title in rule(tree):
            words = re.sub(r"\s+", " ", entities.unescape(entities.unescape(title))).strip()
            if words := _without_publisher(words, publisher, tree):
                return words
    return None


def agreed(tree: _Element) -> Iterator[str]:
    """`og:title` where the heading on the page is the same and the data's headline only repeats the search title."""
    shown = {_squash(h) for h in main_heading(tree)}
    searched = _squash(next(page_title(tree), None))
    for title in headline(tree):
        if _squash(title) in searched:
            yield from (shared for shared in open_graph(tree) if _squash(shared) in shown)


def headline(tree: _Element) -> Iterator[str]:
    """The headline in the page's JSON-LD: the desk's own, where `og:title` is for sharing and `title` for searching."""
    yield from (thing["headline"] for thing in _articles(tree) if isinstance(thing.get("headline"), str))


def open_graph(tree: _Element) -> Iterator[str]:
    yield from tree.xpath("//meta[@property='og:title' or @name='og:title' or @name='twitter:title']/@content")


def main_heading(tree: _Element) -> Iterator[str]:
    yield from (h.text_content() for h in tree.xpath("//h1"))


def page_title(tree: _Element) -> Iterator[str]:
    yield from tree.xpath("//head/title/text()")


TITLES: tuple[Callable[[_Element], Iterator[str]], ...] = (agreed, headline, open_graph, main_heading, page_title)


def _articles(tree: _Element) -> Iterator[dict[str, Any]]:
    """What the page's JSON-LD says of its report."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        try:
            data = json.loads(script, strict=False)
        except ValueError:
            continue
        for thing in _things(data):
            types = thing.get("@type")
            names = types if isinstance(types, list) else [types]
            if any(ARTICLE.search(str(n)) for n in names):
                yield thing


def _things(data: Any) -> Iterator[dict[str, Any]]:
    """Every object in JSON-LD, outer ones first."""
    if isinstance(data, dict):
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _things(value)


def _without_publisher(title: str, publisher: str | None, tree: _Element) -> str:
    """`Headline | The Daily` -> `Headline`."""
    hosts = [urlsplit(u).hostname or "" for u in tree.xpath("//meta[@property='og:url']/@content")]
    names = {_squash(n) for n in (publisher, *tree.xpath("//meta[@property='og:site_name']/@content"), *hosts) if n}
    while (cut := re.match(r"(.+\S)\s+[|–—*·-]\s+(.+?)$", title)) and any(
        len(_squash(cut[2])) > 2 and (_squash(cut[2]) in name or name in _squash(cut[2])) for name in names
    ):
        title = cut[1]
    return title


def _authors(found: str | None) -> str | None:
    """Each once, without the addresses that some pages give for names."""
    names = {
        _squash(name): name
        for name in reversed((found or "").split("; "))
        if not re.search(r"https?\b|\bwww\b", name, re.I)
    }
    return "; ".join(reversed(names.values())) or None


def _squash(text: str | None) -> str:
    return re.sub(r"\W+", "", entities.unescape(text or "")).casefold()
