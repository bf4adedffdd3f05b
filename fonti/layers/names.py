"""Names of persons, organisations and places: the model's, corrected by facts and by the rest of the report.

The labels and extents are those of CoNLL-2003: no titles, no articles, no demonyms; a team named by its city is an ORG.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Span, Token

from fonti.facts import Facts
from fonti.layers.syntax import lower
from fonti.lexicon import lexicon
from fonti.record import Name

Rule = Callable[[Doc, list[Span], Facts], list[Span]]
LABELS = ("PER", "ORG", "LOC")


def find_names(doc: Doc, facts: Facts) -> list[Name]:
    """The names in order; none overlaps another."""
    spans = [ent for ent in doc.ents if ent.label_ in LABELS]
    for rule in RULES:
        spans = sorted(rule(doc, spans, facts), key=lambda span: span.start)
    return [Name(span.start_char, span.end_char, span.label_) for span in spans]  # type: ignore[arg-type]


def without_titles(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """ "presidente Putin" is "Putin"."""
    titles = frozenset(lexicon(doc.lang_, "actors")["words"]["titles"])
    return [_after(span, titles) if span.label_ == "PER" else span for span in spans]


def _after(span: Span, titles: frozenset[str]) -> Span:
    start = span.start
    while start < span.end - 1 and lower(span.doc[start]) in titles:
        start += 1
    return Span(span.doc, start, span.end, label=span.label_)


def without_demonyms(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """ "Russian", "i Russi" name no place."""
    return [s for s in spans if not (facts.demonym(s.text) and not facts.country(s.text) and len(s) < 3)]


def whole_countries(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """ "Corea del Nord" is one place, though the model saw two, or a part."""
    known: list[Span] = []
    for i in range(len(doc)):
        if (known and i < known[-1].end) or not doc[i].text[0].isupper():
            continue
        known += [s for n in (6, 5, 4, 3, 2) if i + n <= len(doc) and facts.country((s := doc[i : i + n]).text)][:1]
    wholes = [Span(doc, s.start, s.end, label="LOC") for s in known if _is_cut(s, spans)]
    return wholes + [s for s in spans if not any(_overlap(s, whole) for whole in wholes)]


def _is_cut(country: Span, spans: list[Span]) -> bool:
    """Whether the model's names lie inside the country's, none of them reaching out of it."""
    near = [s for s in spans if _overlap(s, country)]
    return all(country.start <= s.start and s.end <= country.end for s in near) and [
        (s.start, s.end) for s in near
    ] != [(country.start, country.end)]


def known_labels(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """Agencies and organisations are ORG, countries are no persons."""
    return [_known(span, facts) for span in spans]


def _known(span: Span, facts: Facts) -> Span:
    label = span.label_
    outlet = facts.outlet(span.text)
    if (outlet and _is_plain(outlet.form, span)) or facts.group(span.text):
        label = "ORG"
    elif label == "PER" and facts.country(span.text):
        label = "LOC"
    return Span(span.doc, span.start, span.end, label=label)


def _is_plain(form: str, span: Span) -> bool:
    """Whether the outlet's name is no common word: capitals, several words, or a word for agency before it."""
    if " " in form or form.isupper():
        return True
    outlets = lexicon(span.doc.lang_, "actors")["outlets"]["MED"]
    return span.start > 0 and lower(span.doc[span.start - 1]) in {word.split()[-1] for word in outlets}


def one_label(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """A form that the report gives to a person and to something else has the label of most of its places."""
    counts: dict[str, Counter[str]] = {}
    for span in spans:
        counts.setdefault(span.text, Counter())[span.label_] += 1
    surnames = {s[-1].text for s in spans if s.label_ == "PER" and len(s) > 1}
    return [_most(span, counts[span.text], surnames) for span in spans]


def _most(span: Span, counts: Counter[str], surnames: set[str]) -> Span:
    label = span.label_
    if span.text in surnames and label != "PER" and len(span) == 1:
        counts = counts + Counter(PER=1)
    first, number = counts.most_common(1)[0]
    if first != label and number > counts[label] and "PER" in (first, label):
        label = first
    return Span(span.doc, span.start, span.end, label=label)


def whole_names(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """A part of a name that the report has whole elsewhere is whole here too, if its words stand here."""
    full = {s.text: s.label_ for s in spans if len(s) > 1}
    return _dedupe([_whole(span, full) for span in spans])


def _whole(span: Span, full: dict[str, str]) -> Span:
    for text, label in full.items():
        if label != span.label_ or len(text) <= len(span.text):
            continue
        at = text.find(span.text)
        if at < 0:
            continue
        start = span.start_char - at
        whole = span.doc.char_span(start, start + len(text), label=label) if start >= 0 else None
        if whole is not None and whole.text == text:
            return whole
    return span


def repeats(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """Names that the model missed elsewhere in the report: a surname, a whole name."""
    known: dict[str, str] = {}
    for span in spans:
        if span.label_ == "PER" and len(span) > 1 and span[-1].is_title and len(span[-1]) > 3:
            known.setdefault(span[-1].text, "PER")
        if len(span) > 1 or (span.label_ != "LOC" and len(span.text) > 3 and span.text[0].isupper()):
            known.setdefault(span.text, span.label_)
    taken = {token.i for span in spans for token in span}
    return spans + list(_missed(doc, known, taken))


def _missed(doc: Doc, known: dict[str, str], taken: set[int]) -> Iterator[Span]:
    firsts: dict[str, list[str]] = {}
    for text in sorted(known, key=len, reverse=True):
        firsts.setdefault(text.split()[0], []).append(text)
    small = {token.text for token in doc if token.is_lower}
    i = 0
    while i < len(doc):
        token = doc[i]
        for text in firsts.get(token.text, ()):
            span = doc.char_span(token.idx, token.idx + len(text), label=known[text])
            if (
                span is not None
                and span.text == text
                and not taken & set(range(span.start, span.end))
                and _alone(span, taken, small)
            ):
                yield span
                i = span.end - 1
                break
        i += 1


def _alone(span: Span, taken: set[int], small: set[str]) -> bool:
    """Not a word that the report also writes small, nor next to another name or capital word."""
    doc = span.doc
    around = [doc[k] for k in (span.start - 1, span.end) if 0 <= k < len(doc)]
    if len(span) == 1 and (span.text.lower() in small or not _is_name(span[0])):
        return False
    return not any(t.i in taken or (t.is_title and t.i >= span.end) for t in around if t.text not in ",.")


def _is_name(token: Token) -> bool:
    return token.pos_ in ("PROPN", "NOUN", "X")


def _dedupe(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start - s.end):
        if not any(_overlap(span, other) for other in kept):
            kept.append(span)
    return kept


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


RULES: tuple[Rule, ...] = (
    without_titles, without_demonyms, whole_countries, known_labels, one_label, whole_names, repeats,
)  # fmt: skip
