"""Noun phrases of roles: "il ministro della Difesa russo", "Ukraine's defence minister", "la polizia".

A role's span is the noun phrase without its article and without the name that may follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from fonti.facts import Facts
from fonti.layers.syntax import label, lower, morph
from fonti.lexicon import lexicon
from fonti.record import ActorKind

KINDS: dict[str, ActorKind] = {
    "offices": "person", "persons": "person", "bodies": "organisation", "outlets": "agency", "crowds": "crowd",
}  # fmt: skip
NOMINAL = ("NOUN", "PROPN", "ADJ", "NUM", "X")
NOUN_LABELS = ("nsubj", "obj", "iobj", "obl", "nmod")
NO_ROLE = frozenset(["ADP", "AUX", "CCONJ", "DET", "INTJ", "PART", "PRON", "PUNCT", "SCONJ", "SPACE", "SYM"])
POSSESSIVE = ("'s", "’s")
LONGEST = 14  # words of a role phrase


@dataclass(frozen=True, slots=True)
class Expression:
    """A role's words in the lexicon, and what they tell."""

    words: tuple[str, ...]
    table: str
    sector: str
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role phrase, in tokens: `start` to `end` without the article, `head` the noun."""

    start: int
    end: int
    head: int
    expression: Expression
    kind: ActorKind
    country: str | None
    title: str  # its words without those of the country
    definite: bool
    plural: bool
    pure: bool  # nothing in it but the office and its country: the one who holds it is meant

    @property
    def sector(self) -> str:
        return self.expression.sector

    @property
    def noun(self) -> str:
        return " ".join(self.expression.words)


def find_roles(doc: Doc, facts: Facts) -> list[Role]:
    """The role phrases outside names, in order; one that lies inside another stands after it."""
    roles, i = [], 0
    taken = {token.i for ent in doc.ents for token in ent}
    while i < len(doc):
        found = None if i in taken else expression_at(doc, i)
        if found:
            roles.append(_phrase(doc, i, found, facts))
        i = (found and expression_end(doc, i, found)) or i + 1
    return roles


def expression_at(doc: Doc, i: int) -> Expression | None:
    """The longest expression of the lexicon that starts at a token."""
    token = doc[i]
    if token.pos_ in NO_ROLE:
        return None
    words = _expressions(doc.lang_)
    for candidate in next((words[base] for base in _bases(token) if base in words), ()):
        n = len(candidate.words)
        if n == 1 and (not _is_nominal(token) or _is_modifier(token) or _is_attribute(token)):
            continue
        if expression_end(doc, i, candidate) and (candidate.table != "crowds" or lower(token) == candidate.words[0]):
            return candidate
    return None


def expression_end(doc: Doc, i: int, expression: Expression) -> int | None:
    """Where an expression ends whose first word stands at i, None where its others do not follow.

    A Romance adjective may stand behind the first: "ministre [russe] de la Défense".
    """
    others = expression.words[1:]
    inserted = others and i + 1 < len(doc) and doc[i + 1].pos_ == "ADJ" and "ADJ" in _words(doc.lang_, "after")
    for start in (i + 1, i + 2) if inserted else (i + 1,):
        end = start + len(others)
        if end <= len(doc) and all(map(_is_word, doc[start:end], others)):
            return end
    return None


def countries_in(doc: Doc, start: int, end: int, facts: Facts) -> list[tuple[str, int, int]]:
    """The countries that these tokens tell by adjective, name or capital, with the tokens that tell each."""
    found, i = [], start
    while i < end:
        for n in (4, 3, 2, 1) if facts.begins(doc[i].text) else ():
            country = _country(doc, i, i + n, facts) if i + n <= end else None
            if country:
                found.append((country, i, i + n))
                i += n - 1
                break
        i += 1
    return found


def _country(doc: Doc, start: int, end: int, facts: Facts) -> str | None:
    first = doc[start]
    text = doc[start:end].text
    if end - start == 1:  # "US-Präsident", Dutch "China's"
        text = next((text[: text.index(mark)] for mark in ("'s", "’s", "-") if mark in text[1:]), text)
    if start and doc[start - 1].text in ("-", "–") and not doc[start - 1].whitespace_:  # "pro-Russian"
        return None
    demonym = facts.demonym(text, language=doc.lang_)
    if demonym and (first.pos_ not in ("AUX", "ADV", "ADP") or first.is_title or first.dep_ == "amod"):
        return demonym[0] if len(demonym) == 1 else None
    if not first.text[0].isupper() or (end - start == 1 and first.pos_ in ("PRON", "DET", "ADV", "ADP", "PART")):
        return None
    if country := facts.country(text):
        return country
    seat = facts.seat(text)
    if seat and (seat.office != "capital" or (start and lower(doc[start - 1]) in _words(doc.lang_, "links"))):
        return seat.country
    if text.endswith(POSSESSIVE):
        return None
    group = facts.group(text) or facts.outlet(text)
    whole = group and any(e.start == start and e.end == end and e.label_ == "ORG" for e in first.sent.ents)
    return group.country if group and whole else None


def _phrase(doc: Doc, i: int, expression: Expression, facts: Facts) -> Role:
    noun_end = expression_end(doc, i, expression) or i + 1
    noun = doc[i:noun_end].root
    while noun_end < len(doc) and doc[noun_end].ent_iob_ == "I":  # "agentes de la Policía [Nacional]"
        noun_end += 1
    start, end = _left(doc, i, noun), _right(doc, noun_end, facts)
    told = countries_in(doc, start, end, facts)
    country = told[0][0] if told else None
    of_country = {k for _, a, b in told for k in range(a, b)}
    own = [k for k in range(start, end) if k not in of_country]
    links = _words(doc.lang_, "links") | _words(doc.lang_, "definite") | set(POSSESSIVE)
    rest = [k for k in own if not i <= k < noun_end and lower(doc[k]) not in links]
    before = doc[start - 1] if start else None
    plural = "Plur" in morph(noun, "Number")
    kind = KINDS[expression.table]
    if kind == "person" and plural:
        kind = "group"
    bare = before is None or before.pos_ not in ("DET", "NUM")
    definite = before is not None and (lower(before) in _words(doc.lang_, "definite"))
    definite = definite or (bare and kind == "organisation" and end - start == len(expression.words) and not plural)
    definite = definite or any(doc[k].text in POSSESSIVE for k in range(start, i))
    definite = definite or (bare and not plural and not _words(doc.lang_, "definite"))  # a language without articles
    return Role(
        start=start,
        end=end,
        head=noun.i,
        expression=expression,
        kind=kind,
        country=country,
        title=_title(doc, start, end, i, noun_end, of_country),
        definite=definite or (bare and bool(expression.office) and country is not None),
        plural=plural,
        pure=all(lower(doc[k]) in _words(doc.lang_, "current") for k in rest)
        and lower(noun).partition("-")[0] not in _words(doc.lang_, "others"),
    )


def _left(doc: Doc, i: int, noun: Token) -> int:
    """Where the phrase starts: adjectives, and in English nouns and possessors, hang on the noun from the left."""
    grammar = _words(doc.lang_, "before")
    start, sentence = i, doc[i].sent.start if doc.has_annotation("SENT_START") else 0
    while start > sentence and i - start < LONGEST:
        token = doc[start - 1]
        possessor = doc[start].text in POSSESSIVE
        joined = token.pos_ in grammar or token.text in POSSESSIVE or lower(token) in _words(doc.lang_, "others")
        hyphen = token.text == "-" and "NOUN" in grammar
        stranger = not noun.is_ancestor(token) if doc.has_annotation("DEP") else token.ent_type_ == "PER"
        if not (joined or hyphen) or (stranger and not possessor):
            break
        start -= 1
    while start > 1 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_:
        start -= 2
    while start < i and (doc[start].is_punct or doc[start].text in POSSESSIVE or doc[start].pos_ == "NUM"):
        start += 1
    return start


def _right(doc: Doc, i: int, facts: Facts) -> int:
    """Where the phrase ends: adjectives (Italian) and genitives follow the noun, a name ends it."""
    links, follow = _words(doc.lang_, "links"), "ADJ" in _words(doc.lang_, "after")
    end, genitive, limit = i, False, min(len(doc), i + LONGEST)
    while end < limit and not (doc[end].is_sent_start and end > i):
        token = doc[end]
        if (before := _opening(doc, end, limit, links, genitive)) is not None:
            after = _nominals(doc, end + before, limit)
            if after is None:
                break
            end, genitive = after, True
        elif follow and not token.ent_type_ and (token.pos_ == "ADJ" or facts.demonym(token.text, language=doc.lang_)):
            end += 1
        else:
            break
    return end


def _opening(doc: Doc, i: int, limit: int, links: frozenset[str], genitive: bool) -> int | None:
    """How many words open the genitive at i: none of a bare one, a link, "and" with a link; None without a genitive."""
    if _is_genitive(doc[i]):
        return 0
    if lower(doc[i]) in links:
        return 1
    joined = genitive and lower(doc[i]) in _words(doc.lang_, "and") and i + 1 < limit
    return 2 if joined and lower(doc[i + 1]) in links else None


def _is_genitive(token: Token) -> bool:
    """Whether a genitive without a preposition starts here: "президент [Северной] Кореи", "Präsident Frankreichs"."""
    nominal = token.pos_ in NOMINAL and (token.pos_ != "ADJ" or token.head.i > token.i)
    return nominal and token.ent_type_ != "PER" and "Gen" in morph(token, "Case")


def _nominals(doc: Doc, i: int, limit: int) -> int | None:
    """The end of the nominal that a genitive's preposition opens; None if none stands there."""
    end = i
    while end < limit and doc[end].pos_ == "DET" and not doc[end].ent_type_:
        end += 1
    first = end
    while end < limit:
        token = doc[end]
        if token.ent_type_ == "PER" and end > first and token.ent_iob_ == "B":
            break
        if end > first and doc[end - 1].ent_type_ and (token.ent_iob_ == "B" or not token.ent_type_):
            break
        if not (token.ent_type_ or token.pos_ in NOMINAL or token.text in POSSESSIVE):
            break
        end += 1
    return end if end > first else None


def _title(doc: Doc, start: int, end: int, noun: int, noun_end: int, of_country: set[int]) -> str:
    """The phrase's words around the noun, without those of the country: "ministro [russo] della Difesa"."""
    links = _words(doc.lang_, "links") | _words(doc.lang_, "definite") | set(POSSESSIVE)
    while start < noun and (start in of_country or lower(doc[start]) in links):
        start += 1
    last = noun_end
    while last < end and last not in of_country:
        last += 1
    while last > noun_end and lower(doc[last - 1]) in links:
        last -= 1
    rest = next((k for k in range(last, end) if k not in of_country), end)
    more = last == noun_end and rest < end and lower(doc[rest]) in links and of_country.isdisjoint(range(rest, end))
    title = "".join(token.text_with_ws for token in doc[start:last] if token.i not in of_country - {noun}).strip()
    title = f"{title} {doc[rest:end].text}" if more else title
    oblique = doc.lang_ == "ru" and start == noun and morph(doc[noun], "Case") != ["Nom"]
    return title.replace(doc[noun].text, doc[noun].lemma_, 1) if oblique else title


def _is_modifier(token: Token) -> bool:
    """Whether an English noun only stands before another ("police station", "government spokesman")."""
    return token.dep_ == "compound" and token.head.i > token.i and token.doc.lang_ == "en" and not token.head.ent_type_


def _is_nominal(token: Token) -> bool:
    """Whether a word is a noun, or stands for one: "ein Abgeordneter", "протестующие"."""
    if token.pos_ in ("NOUN", "PROPN"):
        return True
    return token.pos_ in ("ADJ", "VERB") and token.doc.lang_ != "en" and label(token) in NOUN_LABELS


def _is_attribute(token: Token) -> bool:
    """Whether a Romance noun only tells of what kind the noun before it is: "droni kamikaze"."""
    before = token.doc[token.i - 1] if token.i else token
    romance = "ADJ" in _words(token.doc.lang_, "after")
    return romance and before.pos_ == "NOUN" and before.i != token.i and token.dep_ != "appos"


def _is_word(token: Token, word: str) -> bool:
    return word in _bases(token)


def _bases(token: Token) -> list[str]:
    """The form, its lemma, and its singulars by the endings of the lexicon: the lemma of a rare plural may be wrong."""
    form = lower(token)
    endings = lexicon(token.doc.lang_, "actors")["words"]["plurals"]
    singulars = [form.removesuffix(plural) + single for plural, single in endings if form.endswith(plural)]
    bases = [form, token.lemma_.lower(), *singulars]
    return bases + [base.rpartition("-")[2] for base in bases if "-" in base]  # "US-Präsident"


@cache
def _expressions(language: str) -> dict[str, list[Expression]]:
    """The lexicon's expressions by first word, the longest and the most exact first."""
    words = lexicon(language, "actors") | {"outlets": {"MED": lexicon(language, "names")["outlets"]}}
    found: dict[str, list[Expression]] = {}
    for table in KINDS:
        for key, expressions in words[table].items():
            office, sector = (key, "GOV") if table == "offices" else (None, key)
            for text in expressions:
                parts = tuple(_split(text))
                found.setdefault(parts[0], []).append(Expression(parts, table, sector, office))
    order = ["offices", "crowds", "outlets", "bodies", "persons"]
    return {first: sorted(x, key=lambda e: (-len(e.words), order.index(e.table))) for first, x in found.items()}


def _split(text: str) -> Iterator[str]:
    """The words as the tokenizers split them: after an apostrophe inside a word, and English hyphens."""
    for word in text.split():
        head, mark, tail = word.partition("'")
        yield head + mark
        if tail:
            yield tail


@cache
def _words(language: str, key: str) -> frozenset[str]:
    return frozenset(lexicon(language, "actors")["words"][key])
