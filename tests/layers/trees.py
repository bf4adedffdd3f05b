"""Trees made by hand: a line a token with form, lemma, part of speech, head (0 for the root), label, features."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc


def tree(language: str, table: str) -> Doc:
    """The Doc of a table such as ``Kim Kim PROPN 2 nsubj``; a form that ends in "_" has no blank after it.

    Heads count from 1 within their sentence; an empty line starts a new sentence.
    """
    words: list[str] = []
    spaces: list[bool] = []
    heads: list[int] = []
    lemmas, pos, labels, features = [], [], [], []
    for block in table.strip().split("\n\n"):
        first = len(words)
        for row in block.strip().splitlines():
            form, lemma, tag, head, relation, *feats = row.split()
            bare = form.removesuffix("_") or form
            heads.append(len(words) if head == "0" else first + int(head) - 1)
            labels.append("ROOT" if head == "0" else relation)
            words.append(bare)
            spaces.append(not form.endswith("_"))
            lemmas.append(lemma)
            pos.append(tag)
            features.append(feats[0] if feats else "")
    vocab = spacy.blank(language).vocab
    return Doc(vocab, words, spaces, lemmas=lemmas, pos=pos, heads=heads, deps=labels, morphs=features)
