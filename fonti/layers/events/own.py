"""An analyst's own event words: TOML files in the shape of Fonti's ``events.toml``, checked key by key.

[concepts.raze]                the keys of ``concepts.toml``
type = "ASSAULT"

[[words]]
language = ["it", "es"]        one or several
concept = "raze"               an own concept, one of Fonti's, or "none", which switches the words off
verbs = "radere arrasar"
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, get_args

from ...errors import LexiconError
from ...lexicon import LANGUAGES, lexicon
from ...record import EventType
from .sides import SLOTS
from .triggers import GATES
from .words import CLASSES, MARKS, OVERRIDES, PARTS, EventWords, concepts, words_of

TEXTS = ("concept", *PARTS, "phrases", *CLASSES, "phrases_near", "mode", "of", "gate")
WORDS = ("language", *TEXTS, *(key for key in OVERRIDES if key not in TEXTS))
CONCEPT_TEXTS, FLAGS = ("type", "mode", "negated", "of", "gate"), ("reciprocal", "absorbs", "opens")
SIDES = ("actor", "recipient", "noun")  # lists of slots
CONCEPT = (*CONCEPT_TEXTS, *SIDES, *FLAGS)
OF = ("actor", "recipient", "none")


class OwnWords:
    """The event words of some files, with Fonti's own behind them; built once a language."""

    def __init__(self, paths: Iterable[str | Path]) -> None:
        self._concepts: dict[str, Any] = {}
        self._blocks: dict[str, list[dict[str, Any]]] = {}
        self._built: dict[str, EventWords] = {}
        for path in paths:
            own, blocks = read(Path(path))
            self._concepts |= own
            for block in blocks:
                for language in block["language"]:
                    self._blocks.setdefault(language, []).append(block)

    def of(self, language: str) -> EventWords | None:
        """The words of a language; None where no file has any."""
        if language in self._blocks and language not in self._built:
            self._built[language] = words_of(language, self._blocks[language], self._concepts)
        return self._built.get(language)

    def digest(self, language: str) -> str | None:
        """What tells these words of a language from others; None where no file has any."""
        if language not in self._blocks:
            return None
        words = json.dumps([self._concepts, self._blocks[language]], sort_keys=True, default=str)
        return hashlib.sha256(words.encode()).hexdigest()[:12]


def read(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The concepts and the blocks of words of a file; raises ``LexiconError`` for the first mistake."""
    data = _toml(path)
    _known(data, ("concepts", "words"), str(path))
    own, blocks = data.get("concepts", {}), data.get("words", [])
    if not isinstance(own, dict) or not all(isinstance(concept, dict) for concept in own.values()):
        raise LexiconError("concepts is no table", "write each as [concepts.NAME]", where=str(path))
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise LexiconError("words is no list", "begin each entry with [[words]]", where=str(path))
    if not blocks:
        raise LexiconError("no words", "begin each entry with [[words]]", where=str(path))
    for name, concept in own.items():
        _check_concept(name, concept, f"{path}, concepts.{name}")
    for number, block in enumerate(blocks, 1):
        _check_words(block, own, f"{path}, words {number}")
    return own, [_lowered(block) for block in blocks]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise LexiconError("no such lexicon", "look at the path", where=str(path)) from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"is not TOML: {error}", "mend that line", where=str(path)) from None
    except (OSError, UnicodeDecodeError):
        raise LexiconError("no text in UTF-8", "save it as TOML in UTF-8", where=str(path)) from None


def _check_concept(name: str, concept: dict[str, Any], where: str) -> None:
    if name in concepts():
        raise LexiconError("is a concept of Fonti's", "choose another name", where=where)
    _known(concept, CONCEPT, where)
    _shaped(concept, texts=CONCEPT_TEXTS, lists=SIDES, flags=FLAGS, where=where)
    if "type" not in concept:
        raise LexiconError("no type", f"write one of: {', '.join(get_args(EventType))}", where=where)
    for key in ("type", "negated"):
        _one_of(concept, key, get_args(EventType), where)
    _one_of(concept, "of", OF, where)
    _one_of(concept, "gate", GATES, where)
    slots = {slot for language in LANGUAGES for slot in _slots(language)}
    for key in SIDES:
        _one_of(concept, key, sorted(slots), where)


def _check_words(block: dict[str, Any], own: dict[str, Any], where: str) -> None:
    _known(block, WORDS, where)
    languages = block.get("language")
    block["language"] = [languages] if isinstance(languages, str) else languages
    _shaped(block, texts=TEXTS, lists=("language", "actor", "recipient", "noun"), flags=(), where=where)
    if not block["language"]:
        raise LexiconError("no language", f"write one or several of: {', '.join(LANGUAGES)}", where=where)
    _one_of(block, "language", LANGUAGES, where)
    if "concept" not in block:
        raise LexiconError("no concept", "write one of Fonti's, one of [concepts], or none", where=where)
    _one_of(block, "concept", [*own, *concepts()], where)
    _one_of(block, "of", OF, where)
    _one_of(block, "gate", GATES, where)
    if not any(block.get(key, "").strip() for key in (*PARTS, "phrases")):
        raise LexiconError("no words", "write them under verbs, nouns, adjectives or phrases", where=where)
    words = " ".join(block.get(key, "") for key in (*PARTS, "phrases")).split()
    if bare := next((word for word in words if not word.strip("*" + "".join(MARKS))), None):
        raise LexiconError(f"{bare!r} is a mark without its word", f"write it as in {'word' + bare!r}", where=where)
    for language in block["language"]:
        classes = sorted({"PERSON", "PLACE", *lexicon(language, "events")["classes"]})
        for key in (*CLASSES, "phrases_near"):
            _one_of(block, key, classes, where, what=f"class of {language}")
        for key in SIDES:
            _one_of(block, key, sorted(_slots(language)), where)


def _slots(language: str) -> set[str]:
    return {*SLOTS, *lexicon(language, "events")["slots"]}


def _known(table: dict[str, Any], allowed: Collection[str], where: str) -> None:
    if wrong := next((key for key in table if key not in allowed), None):
        raise LexiconError(f"no key is called {wrong!r}", f"there are: {', '.join(allowed)}", where=where)


def _shaped(
    table: dict[str, Any], *, texts: Collection[str], lists: Collection[str], flags: Collection[str], where: str
) -> None:
    for key, value in table.items():
        if key in texts and not isinstance(value, str):
            raise LexiconError(f"{key} is no text", 'write it in quotation marks, as in "a b"', where=where)
        if key in flags and not isinstance(value, bool):
            raise LexiconError(f"{key} is neither true nor false", "write true or false", where=where)
        listed = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if key in lists and value is not None and not listed:
            raise LexiconError(f"{key} is no list", 'write it as ["a", "b"]', where=where)


def _one_of(table: dict[str, Any], key: str, allowed: Collection[str], where: str, *, what: str | None = None) -> None:
    """Every value under a key is one of those: a text's words each, a list's items each."""
    value = table.get(key, [])
    for item in value.split() if isinstance(value, str) else value:
        if item not in allowed:
            told = f"{key} {item!r} is no {what}" if what else f"the {key} {item!r} is unknown"
            raise LexiconError(told, f"there are: {', '.join(allowed)}", where=where)


def _lowered(block: dict[str, Any]) -> dict[str, Any]:
    return block | {key: block[key].lower() for key in (*PARTS, "phrases") if key in block}
