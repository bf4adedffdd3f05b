"""Full-text search over the versions of reports: FTS5 in SQLite, a tsvector in PostgreSQL; accents and case are one."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, Connection, text

from ..errors import FontiError

MOST = 150_000  # characters of a report that PostgreSQL searches: a tsvector takes a megabyte


class QuestionError(FontiError):
    """A question that a store cannot be asked."""


def search_tables(*, postgres: bool) -> list[str]:
    """The statements that make the table `search`."""
    if postgres:
        return [
            "CREATE TABLE search (version integer PRIMARY KEY REFERENCES versions, words tsvector NOT NULL)",
            "CREATE INDEX search_words ON search USING gin (words)",
        ]
    return [
        "CREATE VIRTUAL TABLE search USING fts5(title, text, content='versions', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2')"
    ]


def make_searchable(connection: Connection, version: int, row: dict[str, Any], *, postgres: bool) -> None:
    """Enters a new version."""
    if postgres:
        words = folded(f"{row['title'] or ''} {row['text'][:MOST]}")
        into = text("INSERT INTO search (version, words) VALUES (:version, to_tsvector('simple', :words))")
        connection.execute(into, {"version": version, "words": words})
    else:
        into = text("INSERT INTO search (rowid, title, text) VALUES (:version, :title, :text)")
        connection.execute(into, {"version": version, "title": row["title"], "text": row["text"]})


def folded(words: str) -> str:
    """Without accents, as FTS5 takes words."""
    return "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))


def searched(words: str, *, postgres: bool) -> ColumnElement[bool]:
    """Whether a version has the words: all of them, a "phrase" as it stands, none with a `-` before it."""
    if not re.search(r'(?:^|[\s"])[^\W_]', words):
        raise QuestionError(f"{words!r} has no word to look for", "give at least one", where="--text")
    if postgres:
        query = "versions.id IN (SELECT version FROM search WHERE words @@ websearch_to_tsquery('simple', :words))"
        return text(query).bindparams(words=folded(words))  # type: ignore[return-value]
    query = "versions.id IN (SELECT rowid FROM search WHERE search MATCH :words)"
    return text(query).bindparams(words=_fts(words))  # type: ignore[return-value]


def _fts(words: str) -> str:
    """FTS5's way to say it; every word is quoted, so that none is an operator by accident."""
    wants: list[str] = []
    hates: list[str] = []
    for minus, phrase, word in re.findall(r'(-?)(?:"([^"]*)"|([^\s"]+))', words):
        said = f'"{phrase or word}"'
        if re.search(r"\w", said):
            (hates if minus else wants).append(said)
    return " AND ".join(wants) + "".join(f" NOT {said}" for said in hates)
