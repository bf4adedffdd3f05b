"""Which language a text is in, and whether Fonti reads it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .errors import LanguageError
from .lexicon import LANGUAGES, lexicon

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]

# Languages in which news is written. Left out: close neighbours of these (Serbian in Latin letters, Galician …),
# for which py3langid takes short texts full of names.
WRITTEN = (
    "ar bg ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv "
    "nl no pl pt ro ru sk sl sq sv th tr uk ur vi zh"
)


def read_language(language: str | None) -> str:
    """ISO 639-1 of a language that Fonti reads, from forms such as `it-IT`."""
    code = re.split(r"[-_]", language.strip().lower())[0] if language else None
    if code not in LANGUAGES:
        met = f"Fonti does not read the language {code!r} yet" if code else "its language cannot be told"
        raise LanguageError(met, f"where it is one of {', '.join(LANGUAGES)}, say which with --language")
    return code


def find_language(text: str) -> str | None:
    """ISO 639-1 of the language that the text is most like; None without letters."""
    if not any(c.isalpha() for c in text):
        return None
    start = text[:20_000]
    return _plain(start) or _identifier().classify(start)[0]


def _plain(text: str) -> str | None:
    """A language whose small words make up the text, which spares py3langid's half second and 100 MB.

    Texts of other languages reached 13 % and 4 different words at most. Afrikaans is told by words of its own before
    it is taken for Dutch, as are other languages of which py3langid knows nothing or which it mixes up.
    """
    found = re.findall(r"[^\W\d_]+", text.casefold())
    others, own = lexicon("", "neighbours"), {language: _small(language) for language in LANGUAGES}
    for languages, share, kinds in ((others, 0.04, 3), (own, 0.15, 5)):
        for language, words in languages.items():
            small = [word for word in found if word in words]
            if len(small) > share * len(found) and len(set(small)) > kinds:
                return str(language)
    return None


@cache
def _small(language: str) -> frozenset[str]:
    return frozenset(lexicon(language, "language")["words"])


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(WRITTEN.split())
    return identifier
