"""The words that the layers look up: a folder a language, a TOML file a layer, the same keys in each."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt", "ru")


@cache
def has(language: str, layer: str) -> bool:
    """Whether a language has the words of one layer."""
    return files(__name__).joinpath(language, f"{layer}.toml").is_file()


@cache
def lexicon(language: str, layer: str) -> dict[str, Any]:
    """The words of one layer in one language (ISO 639-1)."""
    return tomllib.loads(files(__name__).joinpath(language, f"{layer}.toml").read_text(encoding="utf-8"))
