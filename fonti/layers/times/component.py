"""Times in any spaCy pipeline: ``nlp.add_pipe("fonti_times")``, then ``doc._.times``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from fonti.language import read_language

from . import find_times


@Language.factory("fonti_times", default_config={"published": None}, assigns=["doc._.times"])
def fonti_times(nlp: Language, name: str, published: str | None) -> Timer:
    """Tags times in the pipeline's language; `published` is the date of documents that tell none (``doc._.published``).

    A tree and names, if the pipeline has them, tell the tense of the clause and what is part of a name. Raises
    ``LanguageError`` for a language that Fonti does not read.
    """
    read_language(str(nlp.lang))
    return Timer(published)


class Timer:
    """Gives Docs their times."""

    def __init__(self, published: str | None) -> None:
        self.published = published
        for name in ("times", "published"):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=None)

    def __call__(self, doc: Doc) -> Doc:
        doc._.times = find_times(doc, published=doc._.published or self.published)
        return doc
