"""The inflected forms of a word by its language's table: a second way to the dictionary form, beside the lemmatizer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from . import lexicon


def forms(lemmas: Iterable[str], *, language: str, pos: str) -> dict[str, str]:
    """Form -> lemma for these "verbs" or "nouns"; a form that two of them share belongs to the first."""
    found: dict[str, str] = {}
    for lemma in lemmas:
        for form in inflected(lemma, language=language, pos=pos):
            found.setdefault(form, lemma)
    return found


def regular(lemma: str, endings: dict[str, str]) -> Iterator[str]:
    """The forms by a table from the ending of the lemma to those of its forms; the longest ending that fits counts."""
    ending = max((e for e in endings if lemma.endswith(e)), key=len, default=None)
    if ending is not None:
        yield from (lemma.removesuffix(ending) + other.strip("-") for other in endings[ending].split())


def inflected(lemma: str, *, language: str, pos: str) -> Iterator[str]:
    """The regular and irregular forms of a verb or a noun, with the pronouns that are written with them."""
    table = lexicon(language, "forms")
    clitics, after = table["clitics"]["forms"].split(), tuple(table["clitics"]["after"].split())
    found = list(regular(lemma, table[pos]))
    if not found:
        return
    for form in found:
        yield form
        if pos == "verbs" and after and form.endswith(after):
            yield from (form + clitic for clitic in clitics)
    if pos == "verbs":
        special = max((e for e in table["irregular"] if lemma.endswith(e)), key=len, default=None)
        for replacement in table["irregular"].get(special, "").split() if special else ():
            form = lemma.removesuffix(special or "") + replacement
            yield form
            if form.endswith(("to", "so")):
                yield from (form[:-1] + vowel for vowel in "aie")
