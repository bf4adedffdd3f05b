"""Names of persons, organisations and places: the model's, corrected by facts and by the rest of the report.

The labels and extents are those of CoNLL-2003: no titles, no articles, no demonyms; a team named by its city is an ORG.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from spacy.tokens import Doc, Span, Token

from fonti.facts import Facts
from fonti.layers.sections.patterns import patterns_of
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
    titles = frozenset(lexicon(doc.lang_, "names")["titles"])
    return [_after(span, titles) if span.label_ == "PER" else span for span in spans]


def _after(span: Span, titles: frozenset[str]) -> Span:
    start = span.start
    while start < span.end - 1 and {lower(span.doc[start]), lower(span.doc[start]).rpartition("-")[2]} & titles:
        start += 1  # also "ex-ministro", "премьер-министра"
    return Span(span.doc, start, span.end, label=span.label_)


def without_days(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """ "mardi", written small, names nobody."""
    times = frozenset(lexicon(doc.lang_, "statements")["times"].split())
    return [span for span in spans if not span.text.islower() or span.text not in times]


def without_demonyms(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """ "Russian" names no place; where the language writes it small, a capital one may be a surname."""
    return [s for s in spans if not _is_demonym(s, facts)]


def _is_demonym(span: Span, facts: Facts) -> bool:
    known = facts.country(span.text) or facts.seat(span.text)
    titled = span.text.istitle() and (span.label_ == "LOC" or (span.doc.lang_ == "en" and span.label_ == "ORG"))
    as_written = span.text.islower() or titled
    return as_written and not known and bool(facts.demonym(span.text, language=span.doc.lang_))


def whole_countries(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """ "Corea del Nord" is one place, though the model saw two, or a part."""
    known: list[Span] = []
    for i, word in enumerate(words_of(doc)):
        if (known and i < known[-1].end) or not word[0].isupper() or not facts.begins(word):
            continue
        longer = (doc[i : i + n] for n in (6, 5, 4, 3, 2) if i + n <= len(doc))
        known += [span for span in longer if _is_unbroken(span) and facts.country(span.text)][:1]
    wholes = [Span(doc, s.start, s.end, label="LOC") for s in known if _is_cut(s, spans)]
    return wholes + [s for s in spans if not any(_overlap(s, whole) for whole in wholes)]


def _is_unbroken(span: Span) -> bool:
    return not any(token.is_space for token in span) and not span[-1].is_punct


def _is_cut(country: Span, spans: list[Span]) -> bool:
    """Whether the model's names lie inside the country's, none of them reaching out of it."""
    near = [s for s in spans if _overlap(s, country)]
    return (
        bool(near)
        and all(country.start <= s.start and s.end <= country.end for s in near)
        and [(s.start, s.end) for s in near] != [(country.start, country.end)]
    )


def known_labels(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """Agencies and organisations are ORG, countries no persons, unless the report has them as surnames."""
    persons = Counter(span[-1].text if span.label_ == "PER" else "" for span in spans)
    others = Counter(span.text for span in spans if span.label_ != "PER")
    surnames = {text for text in persons if persons[text] > max(1, others[text])}
    whole = {span[-1].text for span in spans if span.label_ == "PER" and len(span) > 1}
    organisations = {span.text for span in spans if span.label_ == "ORG"}
    return [_as_outlet(_known(span, facts, surnames, whole), organisations) for span in spans]


def _as_outlet(span: Span, organisations: set[str]) -> Span:
    """ "l'agenzia mongola Montsame" is no place where the report has Montsame as an organisation."""
    outlets = {word.split()[-1] for word in lexicon(span.doc.lang_, "names")["outlets"]}
    before = [lower(token) for token in span.doc[max(0, span.start - 2) : span.start]]
    if span.label_ == "LOC" and span.text in organisations and not outlets.isdisjoint(before):
        return Span(span.doc, span.start, span.end, label="ORG")
    return span


def _known(span: Span, facts: Facts, surnames: set[str], whole: set[str]) -> Span:
    label = span.label_
    outlet = facts.outlet(span.text)
    known = (outlet and _is_plain(outlet.form, span)) or facts.group(span.text)
    if known and not (label == "PER" and span.text in whole):  # "Carlos Mena", then "Mena": not the agency
        label = "ORG"
    elif span.text not in surnames and facts.country(span.text) and (label == "PER" or not _may_act(span)):
        label = "LOC"
    return Span(span.doc, span.start, span.end, label=label)


def _may_act(span: Span) -> bool:
    """Whether a country may be an ORG: where the language's corpora say so of governments, but not of "in Russia"."""
    return lexicon(span.doc.lang_, "names")["governments"] == "ORG" and not _is_within(span)


def _is_plain(form: str, span: Span) -> bool:
    """Whether the outlet's name is no common word: capitals, several words, or a word for agency before it."""
    if " " in form or form.isupper():
        return True
    outlets = lexicon(span.doc.lang_, "names")["outlets"]
    return span.start > 0 and lower(span.doc[span.start - 1]) in {word.split()[-1] for word in outlets}


def known_people(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """Leaders by their full names, whatever the model saw: "Park Geun-hye"; all that a user's table has."""
    found: list[Span] = []
    for i, word in enumerate(words_of(doc)):
        if (found and found[-1].end > i) or not word[0].isupper() or not facts.begins_name(word):
            continue
        for span in (doc[i : i + n] for n in (6, 5, 4, 3, 2, 1) if i + n <= len(doc)):
            label = facts.added(span.text) or ("PER" if facts.is_leader(span.text) else None)
            if label and _is_unbroken(span):
                found.append(Span(doc, span.start, span.end, label=label))
                break
    found = [s for s in found if all(s.start <= o.start and o.end <= s.end for o in spans if _overlap(s, o))]
    return found + [s for s in spans if not any(_overlap(s, other) for other in found)]


def whole_hyphens(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """The second half of a given name belongs to it: "Lee Jae" in "Lee Jae-yong"."""
    return [_with_half(span) for span in spans]


def _with_half(span: Span) -> Span:
    doc, end = span.doc, span.end
    if span.label_ != "PER" or len(span) < 2 or end + 1 >= len(doc) or doc[end].text != "-":
        return span
    half = doc[end + 1]
    joined = not doc[end - 1].whitespace_ and not doc[end].whitespace_
    is_half = half.is_lower and half.is_alpha and len(half) < 6
    return Span(doc, span.start, end + 2, label="PER") if joined and is_half else span


def one_label(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """A form that the report gives to a person and to something else has the label of most of its places."""
    counts: dict[str, Counter[str]] = {}
    for span in spans:
        counts.setdefault(span.text, Counter())[span.label_] += 1
    full = [span for span in spans if span.label_ == "PER" and len(span) > 1]
    surnames = Counter(span[-1].text for span in full)
    leaders = {
        span[k].text for span in full if facts.is_leader(span.text) for k in (0, -1)
    }  # Eastern surnames stand first
    places = {span.text for span in spans if _is_within(span) or facts.country(span.text) or facts.seat(span.text)}
    for text in leaders - places:
        counts.setdefault(text, Counter())["PER"] += len(spans)
    return [_most(span, counts[span.text], surnames[span.text]) for span in spans]


def _most(span: Span, counts: Counter[str], surnames: int) -> Span:
    label = span.label_
    if surnames and len(span) == 1:
        counts = counts + Counter(PER=1 + surnames)
    first, number = counts.most_common(1)[0]
    if first != label and number > counts[label] and "PER" in (first, label):
        label = first
    return Span(span.doc, span.start, span.end, label=label)


def _is_within(span: Span) -> bool:
    within = lexicon(span.doc.lang_, "names")["within"]
    return span.start > 0 and lower(span.doc[span.start - 1]) in within


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


def _dedupe(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start - s.end):
        if not any(_overlap(span, other) for other in kept):
            kept.append(span)
    return kept


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def missed_surnames(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """A person's surname is a name elsewhere too, if no other capital word stands beside it."""
    surnames = {s[-1].text for s in spans if s.label_ == "PER" and len(s) > 1 and s[-1].is_title and len(s[-1]) > 3}
    surnames -= common_words(doc)
    taken = {token.i for span in spans for token in span}
    free = (i for i, word in enumerate(words_of(doc)) if word in surnames and i not in taken)
    return spans + [Span(doc, i, i + 1, label="PER") for i in free if not _beside_capital(doc, i)]


def _beside_capital(doc: Doc, i: int) -> bool:
    beside = (doc[k] for k in (i - 1, i + 1) if 0 <= k < len(doc))
    return any(token.text[0].isupper() and not _is_capital_noun(token) for token in beside)


def common_words(doc: Doc) -> set[str]:
    """Words that the report has as no names, with a capital: "Sella" where it also tells of "una sella"."""
    common = {word.capitalize() for word in set(words_of(doc)) if word.islower()}
    nouns = lexicon(doc.lang_, "names").get("capital_nouns", False)
    return common | {token.text.capitalize() for token in doc if _is_capital_noun(token)} if nouns else common


def words_of(doc: Doc) -> list[str]:
    """The Doc's words, listed once: a Token a word and rule would cost more than the rules."""
    if "words" not in doc.user_data:
        doc.user_data["words"] = [token.text for token in doc]
    words: list[str] = doc.user_data["words"]
    return words


def _is_capital_noun(token: Token) -> bool:
    """Whether the capital of a word tells nothing: of a German noun."""
    return token.pos_ == "NOUN" and lexicon(token.doc.lang_, "names").get("capital_nouns", False)


def missed_again(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """An organisation that the model saw twice or more is one where it was missed: "l'agenzia mongola Montsame"."""
    seen = Counter((span.text, span.label_) for span in spans if len(span) == 1 and len(span.text) > 3)
    known = {text for (text, label), n in seen.items() if label == "ORG" and n > 1}
    known -= {text for (text, label) in seen if label != "ORG"} | common_words(doc)
    taken = {token.i for span in spans for token in span}
    free = (i for i, word in enumerate(words_of(doc)) if word in known and i not in taken)
    return spans + [Span(doc, i, i + 1, label="ORG") for i in free if not _beside_capital(doc, i)]


def in_datelines(doc: Doc, spans: list[Span], facts: Facts) -> list[Span]:
    """ "CARACAS, Feb 2 (AFP) -": who signs is an ORG, where it begins a LOC, and a date is no name."""
    for section in doc._.sections if Doc.has_extension("sections") else ():
        if section.kind == "dateline":
            agencies = patterns_of(doc.lang_).agency.finditer(doc.text, section.start, section.end)
            signing = [s for m in agencies if (s := doc.char_span(*m.span(), label="ORG"))]
            inside = [s for s in spans if section.start <= s.start_char and s.end_char <= section.end]
            rest = [s for s in inside if not s[-1].is_digit and not any(_overlap(s, o) for o in signing)]
            spans = [s for s in spans if s not in inside] + signing + [_as_place(s, section.start) for s in rest]
    return spans


def _as_place(span: Span, start: int) -> Span:
    """What begins a dateline as a place; a name on a line of its own above the date is the writer's."""
    begins = span.start_char == start and span.doc.text[span.end_char : span.end_char + 1] != "\n"
    return Span(span.doc, span.start, span.end, label="LOC" if begins else span.label_)


RULES: tuple[Rule, ...] = (
    known_people,
    without_titles,
    without_days,
    without_demonyms,
    whole_hyphens,
    whole_countries,
    known_labels,
    one_label,
    whole_names,
    missed_surnames,
    missed_again,
    in_datelines,
)
