"""Rules on the order of words: quotations and the cues beside them, sentences broken by a cue, "secondo X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from fonti.layers import syntax
from fonti.layers.quotes import Quote
from fonti.layers.statements import contents, sources
from fonti.layers.statements.contents import subtree, without_opening
from fonti.layers.statements.cues import Cue
from fonti.layers.statements.reading import Reading, Sentence
from fonti.record import Act, Span

_DASHES = ("–", "—", "-", "--", "―")
_SUBJECT = 16  # tokens of a subject before its verb
_SPOKEN = ("direct", "aside")  # rules whose statement a further quotation goes on with
_FAR = 40  # tokens between a quotation and its verb: a subject with a long apposition


@dataclass(slots=True)
class Found:
    """A statement before it gets its id: which rule found it, at which cue."""

    rule: str
    act: Act
    source: list[Span]
    cue: list[Span]
    content: list[Span]
    token: Token | None = None  # the cue's head, None where nothing stands for it
    quotes: list[Quote] = field(default_factory=list)
    sentence: Sentence | None = None  # of a quotation that stands alone
    carries: Found | None = None  # the statement before, with which it goes on


def direct(reading: Reading) -> Iterator[Found]:
    """Quotations that are sentences of their own, each given to the cue beside it."""
    by_cue: dict[int, Found] = {}
    before: Sentence | None = None
    for sentence in reading.sentences:
        if before is not None and before.level != sentence.level:
            before = None
        for position, item in enumerate(sentence.items):
            if not isinstance(item, Quote):
                continue
            cue = _speaking(reading, sentence, position)
            if cue is None and position == 0 and before is not None and _announced(before):
                cue = _announcing(reading, before)
            if cue is None:
                yield _bare(reading, sentence, position)
            elif cue.token.i in by_cue:
                by_cue[cue.token.i].content.append(item.inner)
                by_cue[cue.token.i].quotes.append(item)
            else:
                found = by_cue[cue.token.i] = _said(reading, cue, item, _part(reading, sentence, cue))
                found.source = found.source or _named(reading, sentence, position)
                yield found
        before = sentence


def carried(reading: Reading, found: list[Found]) -> list[Found]:
    """Quotations that stand alone go on with what was said in the sentence before: one statement, or one's actor."""
    ends = {id(reading.at[item.token.i]): item for item in found if item.token is not None and item.rule in _SPOKEN}
    before: Sentence | None = None
    alone = {id(item.sentence): item for item in found if item.sentence is not None}
    joined: set[int] = set()
    for sentence in reading.sentences:
        item = alone.get(id(sentence))
        if item is not None and before is not None and before.level == sentence.level:
            spoken = ends.get(id(before))
            goes_on = spoken is not None and bool(spoken.quotes) and spoken.quotes[-1].continues
            if spoken is not None and (goes_on or sentence.paragraph == before.paragraph):
                item.carries = spoken
                ends[id(sentence)] = spoken
                if goes_on or reading.words.one_speech:
                    spoken.content += item.content
                    spoken.quotes += item.quotes
                    joined.add(id(item))
            else:
                ends[id(sentence)] = item
        before = sentence
    return [item for item in found if id(item) not in joined]


def _part(reading: Reading, sentence: Sentence, cue: Cue) -> list[Token]:
    """The tokens of the cue's sentence between the quotations around it."""
    around = reading.at.get(cue.token.i, sentence)
    parts: list[list[Token]] = [[]]
    for item in around.items:
        if isinstance(item, Quote):
            parts.append([])
        else:
            parts[-1].append(item)
    return next((part for part in parts if any(token.i == cue.token.i for token in part)), [])


def _said(reading: Reading, cue: Cue, quote: Quote, near: Sequence[Token]) -> Found:
    return Found(
        "direct",
        cue.act("speech"),
        sources.source(reading, cue, within={token.i for token in near}),
        syntax.stretches(reading.doc, (word.i for word in cue.words)),
        [quote.inner],
        cue.token,
        [quote],
    )


def _speaking(reading: Reading, sentence: Sentence, position: int) -> Cue | None:
    """The cue of a quotation in its sentence: behind it where the quotation comes first, else before it."""
    left = _tokens_before(sentence, position)
    right = _tokens_after(sentence, position)
    before = _last_cue(reading, left)
    after = _first_cue(reading, right)
    if not left:
        return after
    joint = left[-1].text
    if joint == ":" or (before is not None and joint in (",", *_DASHES)):
        return before or after
    if before is not None and left[-1].i - before.token.i < 8:
        return before
    return after if after is not None and (not right or right[0].is_punct or right[0].i == after.words[0].i) else before


def _tokens_before(sentence: Sentence, position: int) -> list[Token]:
    tokens: list[Token] = []
    for item in reversed(sentence.items[:position]):
        if not isinstance(item, Token):
            break
        tokens.insert(0, item)
    return tokens


def _tokens_after(sentence: Sentence, position: int) -> list[Token]:
    tokens: list[Token] = []
    for item in sentence.items[position + 1 :]:
        if not isinstance(item, Token):
            break
        tokens.append(item)
    return tokens


def _last_cue(reading: Reading, tokens: Sequence[Token]) -> Cue | None:
    cues = [cue for token in reversed(tokens[-_FAR:]) if (cue := reading.cue_at.get(token.i)) and cue.takes("speech")]
    return next((cue for cue in cues if cue.sort == "verb"), cues[0] if cues else None)


def _first_cue(reading: Reading, tokens: Sequence[Token]) -> Cue | None:
    for token in tokens[:_FAR]:
        if token.text in (":", ";"):
            return None
        cue = reading.cue_at.get(token.i)
        if cue is not None and cue.sort == "verb" and cue.takes("speech") and not _relative(token):
            return cue
    return None


def _relative(token: Token) -> bool:
    return any(step.dep_ == "acl:relcl" for step in syntax.chain(token))


def _announced(sentence: Sentence) -> bool:
    last = sentence.items[-1]
    return isinstance(last, Token) and last.text == ":"


def _announcing(reading: Reading, sentence: Sentence) -> Cue | None:
    return _last_cue(reading, sentence.tokens)


def _bare(reading: Reading, sentence: Sentence, position: int) -> Found:
    """A quotation without a word of saying: its verb, whatever it is, stands for one behind a colon."""
    left = _tokens_before(sentence, position)
    found = Found("bare", "asserts", [], [], [sentence.items[position].inner], None, [sentence.items[position]])  # type: ignore[union-attr, list-item]
    if all(token.is_punct for token in sentence.tokens):
        found.sentence = sentence
    if left and left[-1].text == ":":
        verbs = [token for token in left if token.pos_ == "VERB" and syntax.is_finite(token) and not _relative(token)]
        if verbs:
            verb = verbs[-1]
            speakers = [noun for noun in syntax.subjects(verb) if sources.speaks(noun)]
            found.source = sources.phrases(reading, speakers)
            found.cue = syntax.stretches(reading.doc, (word.i for word in syntax.predicate(verb))) if speakers else []
            found.token = verb if speakers else None
        else:
            found.source = _named(reading, sentence, position)
    return found


def _named(reading: Reading, sentence: Sentence, position: int) -> list[Span]:
    """Who is named before the colon of a quotation: "Soddisfatta la sindaca Anna Bini: «…»"."""
    left = _tokens_before(sentence, position)
    if not left or left[-1].text != ":":
        return []
    names = [token for token in left if token.ent_type_ in ("PER", "ORG")]
    heads = [sources.top(token) for token in names[-1:]]
    if heads and syntax.label(heads[0]) == "appos":
        heads = [heads[0].head]
    return sources.phrases(reading, [head for head in heads if not syntax.children(head, "case")])


def headed(reading: Reading) -> Iterator[Found]:
    """ "Poll: race is tight", "ROSSI: Non lo so": who stands before a paragraph's colon says the rest of it."""
    for number, sentence in enumerate(reading.sentences):
        tokens = sentence.tokens
        before = reading.sentences[number - 1] if number else None
        if before is not None and before.level == sentence.level and before.paragraph == sentence.paragraph:
            continue
        colon = next(
            (n for n, item in enumerate(sentence.items[:9]) if isinstance(item, Token) and item.text == ":"), 0
        )
        if colon == 0 or colon + 2 >= len(sentence.items) or isinstance(sentence.items[colon + 1], Quote):
            continue
        head = tokens[:colon]
        verbal = any(token.pos_ in ("VERB", "AUX") or syntax.lower(token) in ("di", "of") for token in head)
        loud = len(head) <= 3 and all(token.text.isupper() for token in head)
        if not loud and (verbal or not _tells(reading, head[-1])):
            continue
        rest = sentence.items[colon + 1 :]
        if not loud and not any(isinstance(item, Token) and item.pos_ in ("VERB", "AUX") for item in rest):
            continue
        content = _indices(reading, rest)
        following = number + 1
        while loud and following < len(reading.sentences):
            other = reading.sentences[following]
            if other.level != sentence.level or other.paragraph != sentence.paragraph:
                break
            content |= _indices(reading, other.items)
            following += 1
        content = set(range(min(content), max(content) + 1))
        source = syntax.trimmed(reading.doc, range(head[0].i, head[-1].i + 1))
        yield Found(
            "headed", "asserts", [source] if source else [], [], syntax.stretches(reading.doc, content), tokens[colon]
        )


def _tells(reading: Reading, noun: Token) -> bool:
    return noun.ent_type_ in ("PER", "ORG") or noun.lemma_.lower() in reading.words.tellers


def aside(reading: Reading, cue: Cue) -> Found | None:
    """A cue set off by commas or dashes, or at the end: all the rest of its sentence is what is said."""
    if cue.sort != "verb" or not cue.takes("speech"):
        return None
    sentence = reading.at.get(cue.token.i)
    if sentence is None or _governs(cue) or syntax.negated(cue.token) or not syntax.is_finite(cue.token):
        return None
    own = contents.content(reading, cue)
    if own and own[0] in ("object", "about", "name", "charge") and len(own[1]) > 2 and min(own[1]) > cue.token.i:
        return None
    items = sentence.items
    span = _clause(reading, cue)
    span = _clause_by_order(sentence, cue) or span
    numbers = [n for n, item in enumerate(items) if isinstance(item, Token) and item.i in span]
    if not numbers:
        return None
    first, last = numbers[0], numbers[-1]
    if (first > 0 and not _breaks(items, first - 1)) or not _edge(items, last + 1, opening=False):
        return None
    if first == 0:
        return None
    left, right = items[: first - 1 if _separates(items[first - 1]) else first], items[last + 1 :]
    if len(right) > 1 and isinstance(right[1], Token) and "Rel" in syntax.morph(right[1], "PronType"):
        right = right[:0]  # "…, ha detto X, che …": about X, no longer said
    content = _indices(reading, [*left, *right])
    behind = last + 1 < len(items) and any(isinstance(item, Token) and syntax.is_finite(item) for item in right)
    if not behind and not any(isinstance(item, Quote) or syntax.is_finite(item) for item in left):
        return None
    as_words = [
        word
        for word in reading.doc[max(min(span) - 1, 0) : min(span)]
        if (syntax.lower(word),) in reading.words.markers["as"]
    ]
    return Found(
        "aside",
        cue.act("speech"),
        sources.source(reading, cue, within=span),
        syntax.stretches(reading.doc, (word.i for word in (*as_words, *cue.words))),
        syntax.stretches(reading.doc, content),
        cue.token,
    )


def _governs(cue: Cue) -> bool:
    """Whether something that is said follows the verb by the tree."""
    return any(child.i > cue.token.i for child in syntax.children(cue.token, "ccomp", "xcomp", "csubj")) or (
        cue.token.dep_ in ("xcomp", "acl:relcl", "acl")
    )


def _clause(reading: Reading, cue: Cue) -> set[int]:
    """The tokens of the cue's own clause: predicate, subject, what else hangs on the verb without being said."""
    own = {word.i for word in cue.words}
    for child in cue.token.children:
        relation = syntax.label(child)
        if relation in ("nsubj", "obl", "advmod", "iobj", "expl", "mark", "discourse") or (
            relation == "obj" and child.i == cue.words[-1].i + 1
        ):
            own |= subtree(child)
    low = high = cue.token.i
    doc = reading.doc
    while low - 1 in own or (low - 2 in own and doc[low - 1].is_punct):
        low -= 1
    while high + 1 in own or (high + 2 in own and doc[high + 1].is_punct):
        high += 1
    return set(range(low, high + 1))


def _clause_by_order(sentence: Sentence, cue: Cue) -> set[int]:
    """The cue's clause by the order of words: from a comma to the next, with a subject and no other verb."""
    items = sentence.items
    numbers = [
        n for n, item in enumerate(items) if isinstance(item, Token) and item.i in (cue.words[0].i, cue.words[-1].i)
    ]
    if not numbers:
        return set()
    first, last = numbers[0], numbers[-1]
    while first > 0 and not _breaks(items, first - 1):
        first -= 1
    end = last
    while end + 1 < len(items) and not _edge(items, end + 1, opening=False):
        end += 1
    before = [item for item in items[first : numbers[0]] if isinstance(item, Token)]
    after = [item for item in items[last + 1 : end + 1] if isinstance(item, Token)]
    if (
        first == 0
        or len(before) > _SUBJECT
        or any(_verbal(token) or token.pos_ in ("SCONJ", "CCONJ") for token in before)
    ):
        return set()
    relative = next((n for n, token in enumerate(after) if "Rel" in syntax.morph(token, "PronType")), len(after))
    if any(_verbal(token) or token.pos_ == "SCONJ" for token in after[:relative]):
        return set()
    if before and any(_bare_noun(token) for token in after[:relative]):
        return set()
    return {item.i for item in items[first : end + 1] if isinstance(item, Token)}


def _bare_noun(token: Token) -> bool:
    """Whether the token heads a noun phrase without preposition, which tells no time: an object."""
    nominal = token.pos_ in ("NOUN", "PROPN", "PRON") and syntax.label(token) in (
        "obj",
        "nsubj",
        "iobj",
        "ccomp",
        "xcomp",
    )
    return nominal and not syntax.children(token, "case") and not sources.temporal(token)


def _breaks(items: Sequence[Token | Quote], n: int) -> bool:
    """Whether a clause may begin behind this: a comma or a dash, also inside the mark that closes a quotation."""
    item = items[n]
    if isinstance(item, Quote) or _separates(item):
        return True
    closing = item.text in ("”", "»", '"', "''", "’")
    return closing and n > 0 and isinstance(before := items[n - 1], Token) and before.text in (",", "!", "?")


def _verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def _separates(item: Token | Quote) -> bool:
    return isinstance(item, Token) and item.text in (",", *_DASHES)


def _edge(items: Sequence[Token | Quote], n: int, *, opening: bool) -> bool:
    """Whether a clause may be set off here: a comma, a dash, a quotation, the sentence's end."""
    if n < 0 or n >= len(items):
        return True
    item = items[n]
    if isinstance(item, Quote) or _separates(item):
        return True
    return not opening and item.text in (".", "!", "?", "…", ";", ")")


def _indices(reading: Reading, items: Sequence[Token | Quote]) -> set[int]:
    found: set[int] = set()
    for item in items:
        found |= {item.i} if isinstance(item, Token) else set(reading.tokens_of[item])
    return found


def introduced(reading: Reading) -> Iterator[Found]:
    """ "come nota X, …": the sentence around the clause is what is said."""
    for cue in reading.cues:
        first = cue.words[0]
        if cue.sort != "verb" or not cue.takes("speech") or first.i == 0:
            continue
        clause = _clause(reading, cue)
        start = min(clause)
        before = [reading.doc[i] for i in (start, start - 1) if i >= 0]
        opener = next((word for word in before if (syntax.lower(word),) in reading.words.markers["as"]), None)
        if opener is None or _governs(cue):
            continue
        sentence = reading.at.get(cue.token.i)
        if sentence is None or reading.at.get(opener.i) is not sentence:
            continue
        around = _indices(reading, sentence.items) - clause - {opener.i}
        edge = opener.i == sentence.tokens[0].i or opener.nbor(-1).text in (",", *_DASHES)
        if not edge or not any(reading.doc[i].pos_ in ("VERB", "AUX") for i in around):
            continue
        comma = next((i for i in sorted(clause) if i > cue.token.i and reading.doc[i].text == ","), max(clause) + 1)
        found = sources.source(reading, cue, within={i for i in clause if i < comma})
        if not found and not syntax.is_passive(cue.token):
            continue
        yield Found(
            "introduced", cue.act("speech"), found,
            syntax.stretches(reading.doc, {opener.i, *(word.i for word in cue.words)}),
            syntax.stretches(reading.doc, _joined(reading, around, clause)), cue.token,
        )  # fmt: skip


def _joined(reading: Reading, around: set[int], hole: set[int]) -> set[int]:
    """The tokens of a sentence without the commas that set off what was taken out."""
    return {i for i in around if not (reading.doc[i].text == "," and (i + 1 in hole or i - 1 in hole))}


def pointers(reading: Reading) -> Iterator[Found]:
    """ "Lo ha detto X", "è quanto ha affermato X": what is said is the sentence before."""
    for before, sentence in zip(reading.sentences, reading.sentences[1:], strict=False):
        if before.level != sentence.level or before.paragraph != sentence.paragraph:
            continue
        cue = next((c for t in sentence.tokens if (c := reading.cue_at.get(t.i)) and c.takes("speech")), None)
        if cue is None or cue.sort != "verb" or _governs(cue) or not _points(reading, sentence, cue):
            continue
        source = sources.source(reading, cue, within={token.i for token in sentence.tokens})
        content = (
            [quote.inner for quote in before.quotes]
            if not before.tokens
            else syntax.stretches(reading.doc, _indices(reading, before.items))
        )
        if source:
            cue_spans = syntax.stretches(reading.doc, (word.i for word in cue.words))
            yield Found("pointer", cue.act("speech"), source, cue_spans, content, cue.token)


def _points(reading: Reading, sentence: Sentence, cue: Cue) -> bool:
    forms = [syntax.lower(token) for token in sentence.tokens if token.i < cue.words[0].i]
    clitics = syntax.children(cue.token, "obj")
    if any(
        (syntax.lower(clitic),) in reading.words.markers["clitics"] and clitic.i == sentence.tokens[0].i
        for clitic in clitics
    ):
        return True
    return any(tuple(forms[1 : 1 + len(phrase)]) == phrase for phrase in reading.words.markers["pointers"])


def markers(reading: Reading) -> Iterator[Found]:
    """ "secondo X", "according to X", "per X": the clause around it is what X says."""
    for sentence in reading.sentences:
        tokens = sentence.tokens
        for n in range(len(tokens)):
            if tokens[n].pos_ not in ("ADP", "ADV", "SCONJ", "VERB", "AUX"):
                continue
            for name in ("sources", "people", "own", "hearsay"):
                marker = _marker(reading, tokens, n, name)
                if not marker:
                    continue
                found = _marked(reading, sentence, marker, name)
                if found is not None:
                    yield found
                break


def _marker(reading: Reading, tokens: Sequence[Token], n: int, name: str) -> list[Token]:
    for phrase in reading.words.markers[name]:
        words = tokens[n : n + len(phrase)]
        if len(words) < len(phrase) or not all(_is(word, form) for word, form in zip(words[:-1], phrase, strict=False)):
            continue
        if _is(words[-1], phrase[-1]) or syntax.case_form(words[-1]) == phrase[-1]:
            forms = [syntax.lower(word) for word in tokens[n : n + 2]]
            if tuple(forms) not in reading.words.markers["wrong"]:
                return list(words)
    return []


def _is(token: Token, form: str) -> bool:
    return syntax.lower(token) == form


def _marked(reading: Reading, sentence: Sentence, marker: list[Token], name: str) -> Found | None:
    doc = reading.doc
    last = marker[-1]
    cue = [word.i for word in marker]
    source: list[Span] = []
    phrase = set(cue)
    if name in ("own", "hearsay"):
        head = last.head
    elif not _quanto(reading, last) and (which := _which(reading, last)):
        return _by_which(reading, marker, which)
    else:
        quanto = _quanto(reading, last)
        noun = None if quanto else _behind(reading, marker)
        if quanto:
            words, source, clause = quanto
            cue += words
            phrase |= clause
            head = marker[0].head
        elif noun is None or (name == "people" and not (_person(noun) and _at_edge(marker[0]))):
            return None
        else:
            source = [_first_part(reading, noun, sources.noun_phrase(reading, noun))]
            phrase |= {t.i for t in doc if source[0].start <= t.idx < source[0].end}
            phrase |= {t.i for t in noun.subtree if t.i > last.i and not t.is_punct and _between(t, noun, source[0])}
            head = noun.head if noun.head.i not in phrase else noun.head.head
    indices = _around(reading, sentence, phrase, head, strict=name == "people")
    if not any(doc[i].pos_ in ("VERB", "AUX") for i in indices) and (name == "people" or len(indices) < 3):
        return None
    indices = contents.cut(reading, head, indices)
    return Found(
        "marker", "asserts", source, syntax.stretches(doc, cue),
        syntax.stretches(doc, without_opening(reading, indices)), marker[0],
    )  # fmt: skip


def _which(reading: Reading, marker: Token) -> Token | None:
    """The relative pronoun behind a marker: "secondo cui", "secondo la quale", "according to which"."""
    near = reading.doc[marker.i + 1 : marker.i + 3]
    return next((token for token in near if "Rel" in syntax.morph(token, "PronType")), None)


def _by_which(reading: Reading, marker: list[Token], which: Token) -> Found | None:
    """ "voci secondo cui il ponte è chiuso": the noun before is the source."""
    noun = syntax.antecedent(which)
    clause = next((step for step in syntax.chain(which) if step.head.i == noun.i), None)
    if noun.i == which.i or clause is None:
        return None
    tokens = {i for i in subtree(clause) if i > which.i}
    source = sources.phrases(reading, [noun])
    cue = syntax.stretches(reading.doc, (word.i for word in marker))
    return Found("marker", "asserts", source, cue, syntax.stretches(reading.doc, tokens), marker[0])


def _between(token: Token, noun: Token, span: Span) -> bool:
    return token.idx < span.end


def _at_edge(token: Token) -> bool:
    """Whether a clause begins here, so that "per X" says whose view it is."""
    if token.i == 0 or token.is_sent_start:
        return True
    before = token.nbor(-1)
    return (
        before.is_space
        or before.text in (",", ":", ";", *_DASHES)
        or before.pos_ in ("CCONJ", "SCONJ")
        or ("Rel" in syntax.morph(before, "PronType"))
    )


def _person(noun: Token) -> bool:
    personal = "Prs" in syntax.morph(noun, "PronType")
    return noun.ent_type_ in ("PER", "ORG") or personal


def _behind(reading: Reading, marker: list[Token]) -> Token | None:
    """The noun that a marker governs."""
    last = marker[-1]
    for step in (last.head, *([marker[0].head] if syntax.label(marker[0]) == "case" else [])):
        if step.i > last.i and step.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X"):
            return step
    for token in reading.doc[last.i + 1 : last.i + 7]:
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            return sources.top(token)
        if token.is_punct or token.pos_ in ("VERB", "AUX"):
            return None
    return None


def _first_part(reading: Reading, noun: Token, span: Span) -> Span:
    """The source before a comma that a clause follows: "secondo X, Y ha …" has no apposition."""
    text = reading.doc.text
    cut = text.find(", ", span.start, span.end)
    if cut < 0 or text[span.end : span.end + 1] == ",":
        return span
    return Span(span.start, cut) if cut > noun.idx else span


def _quanto(reading: Reading, last: Token) -> tuple[list[int], list[Span], set[int]] | None:
    """ "secondo quanto riferito da X": the further words of the cue, the source, the whole clause."""
    doc = reading.doc
    following = doc[last.i + 1 : last.i + 3]
    words = [syntax.lower(token) for token in following]
    phrase = next((p for p in reading.words.markers["quanto"] if tuple(words[: len(p)]) == p), None)
    if phrase is None:
        return None
    verb = next((token for token in doc[last.i + 1 : last.i + 10] if token.pos_ == "VERB"), None)
    if verb is None or any(token.is_punct for token in doc[last.i + 1 : verb.i]):
        return None
    cue = reading.cue_at.get(verb.i)
    group = cue.words if cue else tuple(syntax.predicate(verb))
    agents = syntax.children(verb, "obl:agent") or syntax.obliques(verb, ("da", "by"))
    agents = agents or [
        token for token in syntax.children(verb, "nsubj", "obj") if token.i > verb.i or token.pos_ in ("NOUN", "PROPN")
    ]
    speakers = sources.phrases(reading, agents)
    clause = {i for i in subtree(verb) if i > last.i} | set(range(last.i + 1, verb.i + 1))
    stop = next((token.i for token in doc[verb.i : verb.i + 40] if token.text in (",", ".", ";", ":")), len(doc))
    clause = {i for i in clause if i < stop or any(s.start <= doc[i].idx < s.end for s in speakers)}
    return [*range(last.i + 1, last.i + 1 + len(phrase)), *(word.i for word in group)], speakers, clause


def _around(reading: Reading, sentence: Sentence, phrase: set[int], head: Token, *, strict: bool) -> set[int]:
    """The clause that a marker's phrase belongs to: the sentence, where it stands at an edge of it."""
    everything = _indices(reading, sentence.items)
    first = min(everything)
    begins = all(
        reading.doc[i].is_punct or i in phrase or reading.doc[i].pos_ in ("ADV", "CCONJ")
        for i in range(first, min(phrase))
    )
    rest = _joined(reading, everything - phrase, phrase)
    if begins:
        return {i for i in rest if i > min(phrase)}
    ends = all(reading.doc[i].is_punct or i in phrase for i in range(max(phrase) + 1, max(everything) + 1))
    if ends and not strict:
        return rest
    verb = next((step for step in syntax.chain(head) if syntax.is_clause(step)), None)
    if verb is None or syntax.label(verb) in ("ROOT", "parataxis") or verb.i not in everything:
        return rest
    clause = subtree(verb) & rest
    opener = reading.doc[min(clause, default=verb.i)]
    opens = syntax.label(opener) in ("mark", "cc") or "Rel" in syntax.morph(opener, "PronType")
    return _joined(reading, clause - {opener.i} if opens else clause, phrase)
