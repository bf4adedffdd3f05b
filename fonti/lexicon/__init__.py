"""The words that the layers look up: a folder a language, a TOML file a layer, the same keys in each."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "pt", "ru")
# the layers that not every language has yet, and the files whose words each of them looks up
LAYERS = {
    "times": ("times", "syntax"),
    "places": ("places",),
    "actors": ("actors", "names", "syntax"),
    "statements": ("statements", "syntax"),
    "events": ("events", "syntax", "forms"),
}


@cache
def has(language: str, layer: str) -> bool:
    """Whether a language has the words of one layer."""
    wanted = LAYERS.get(layer, (layer,))
    return all(files(__name__).joinpath(language, f"{name}.toml").is_file() for name in wanted)


@cache
def lexicon(language: str, layer: str) -> dict[str, Any]:
    """The words of one layer in one language (ISO 639-1)."""
    return tomllib.loads(files(__name__).joinpath(language, f"{layer}.toml").read_text(encoding="utf-8"))
