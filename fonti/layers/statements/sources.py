"""Who says it: the noun phrases behind a cue."""

from __future__ import annotations

import re

from spacy.tokens import Token

from fonti.layers import syntax
from fonti.layers.statements.cues import Cue, words
from fonti.layers.statements.reading import Reading
from fonti.record import Span

_BARE = ("obl", "nmod", "discourse", "vocative", "dislocated", "parataxis", "dep", "advmod", "appos")
_NOMINAL = ("NOUN", "PROPN", "PRON")


def source(reading: Reading, cue: Cue, *, within: set[int] | None = None) -> list[Span]:
    """Who is told to say what the cue introduces, only ``within`` these tokens; empty where nobody is named."""
    if cue.sort == "noun":
        speakers = noun_speakers(reading, cue.token)
    elif cue.sort == "adjective":
        speakers = adjective_speakers(cue.token)
    else:
        speakers = verb_speakers(reading, cue, within)
    return phrases(reading, speakers)


def phrases(reading: Reading, speakers: list[Token]) -> list[Span]:
    """The noun phrases of the speakers, one where they are joined to one phrase."""
    spans: list[Span] = []
    for speaker in speakers:
        if not _can_speak(reading, speaker):
            continue
        span = noun_phrase(reading, speaker)
        if "Rel" in syntax.morph(speaker, "PronType"):
            span = Span(speaker.idx, speaker.idx + len(speaker))
        if reading.text.startswith(("-", "‑"), span.start):  # "a-t-il ajouté"
            span = Span(span.end - len(re.split("[-‑]", reading.text[span.start : span.end])[-1]), span.end)
        if not any(other.start <= span.start < other.end for other in spans):
            spans.append(span)
    return spans


def noun_phrase(reading: Reading, noun: Token) -> Span:
    """The longest noun phrase of a speaker, which ends before a quotation and before the cue's own verb."""
    span = syntax.noun_phrase(noun)
    last = next((child for child in noun.rights if child.idx + len(child) == span.end), None)
    if last is not None and _day(last):
        span = Span(span.start, last.nbor(-1).idx + len(last.nbor(-1)))
    for quote in reading.quotes:
        if quote.independent and span.start < quote.outer.start < span.end and noun.idx < quote.outer.start:
            end = len(reading.text[span.start : quote.outer.start].rstrip(" ,:–—-\n")) + span.start
            return Span(span.start, max(end, noun.idx + len(noun)))
    return span


def _can_speak(reading: Reading, speaker: Token) -> bool:
    noun = speaker.pos_ == "VERB" and bool(syntax.children(speaker, "det"))  # "vertelt een overlevende"
    if not noun and speaker.pos_ not in (*_NOMINAL, "ADJ", "NUM", "DET", "X", "SYM"):
        return False
    if "Rel" in syntax.morph(speaker, "PronType"):
        return True
    expletive = syntax.label(speaker) == "expl" and speaker.dep_ != "expl:subj"
    return not expletive and syntax.lower(speaker) not in reading.words.nobody


def verb_speakers(reading: Reading, cue: Cue, within: set[int] | None) -> list[Token]:
    verb = cue.token
    if syntax.is_passive(verb) and not _of_itself(cue):
        return syntax.agents(verb) or syntax.obliques(verb, agent_cases(reading))
    own = [noun for noun in syntax.subjects(_outmost(reading, verb)) if _can_speak(reading, noun)]
    if _addressed(verb):
        return _inverted(reading, cue)
    if not any(entry.act == "believes" for entry in cue.entries):  # "il précise que", but not "il semble que"
        own = own or syntax.children(verb, "expl:subj")
    relative = [noun for noun in syntax.children(verb, "nsubj") if "Rel" in syntax.morph(noun, "PronType")]
    own += [noun for noun in relative if own and noun not in own]  # "X, who says": X, and the word that stands for X
    if within is not None:
        return [noun for noun in own if noun.i in within] or _inverted(reading, cue) or _before(reading, cue, within)
    if own and reading.levels[own[0].i] == reading.levels[verb.i]:
        return own
    return _fronted(reading, verb) or own


def _addressed(verb: Token) -> bool:
    """Whether a relative clause without subject is of whom it is said to: "los vecinos, a los cuales aseguró que …"."""
    if verb.dep_ != "acl:relcl" or syntax.children(verb, "nsubj"):
        return False
    return any("Rel" in syntax.morph(word, "PronType") and syntax.children(word, "case") for word in verb.children)


def _of_itself(cue: Cue) -> bool:
    """Whether a verb that looks like a passive is reflexive: "s'est écriée la députée"."""
    own = syntax.children(cue.token, "expl:pass", "expl:pv", "expl:comp")
    return bool(own) and not cue.takes("object") and not syntax.children(cue.token, "obl:agent")


def _outmost(reading: Reading, verb: Token) -> Token:
    """The verb whose subject speaks: of ", aggiungendo che" behind a content, the verb that told the content."""
    if syntax.label(verb) == "conj" and not syntax.children(verb, "nsubj"):
        return _joined(reading, verb)
    if syntax.label(verb) != "advcl" or syntax.is_finite(verb) or syntax.children(verb, "nsubj", "mark"):
        return verb
    edge = verb.left_edge
    if edge.i == 0 or "," not in (edge.text, edge.nbor(-1).text):
        return verb
    head = verb.head
    while syntax.label(head) in ("ccomp", "xcomp", "conj") and head.head.i != head.i:
        outer = head.head
        if outer.i in reading.cue_at and syntax.label(head) != "conj":
            return outer if reading.levels[outer.i] == reading.levels[verb.i] else verb
        head = head.head
    return verb


def _joined(reading: Reading, verb: Token) -> Token:
    """The verb of saying that a further one goes on with, which the tree joins to the clause: "dijo que … y pidió"."""
    step = verb.head
    while syntax.label(step) in ("ccomp", "xcomp", "conj") and step.head.i != step.i:
        outer = step.head
        if syntax.label(step) == "ccomp" and outer.i in reading.cue_at:
            alike = _shape(verb) == _shape(outer) != _shape(verb.head)
            return outer if alike else verb
        step = outer
    return verb


def _shape(verb: Token) -> tuple[str, str, bool, list[str]]:
    group = [verb, *syntax.children(verb, "aux", "cop")]
    first = next((word for word in group if "Fin" in syntax.morph(word, "VerbForm")), verb)
    return syntax.tense(verb), syntax.mood(verb), syntax.is_finite(verb), syntax.morph(first, "Number")


def agent_cases(reading: Reading) -> list[str]:
    return [" ".join(marker) for marker in reading.words.markers["agents"]]


def _inverted(reading: Reading, cue: Cue) -> list[Token]:
    """The subject right behind its verb, where the tree calls it something else: "…», ha detto Rossi"."""
    last = cue.words[-1].i
    for token in reading.doc[last + 1 : last + 5]:
        if token.is_punct or token.pos_ in ("VERB", "AUX", "ADP", "SCONJ", "CCONJ"):
            return []
        if token.pos_ in _NOMINAL:
            apart = any(other.text == "," for other in reading.doc[token.i : token.head.i])
            if syntax.children(token, "case") or temporal(token) or (syntax.label(token) == "nsubj" and not apart):
                return []
            return [top(token)]
    return []


def _before(reading: Reading, cue: Cue, within: set[int]) -> list[Token]:
    """The subject before its verb in a clause of the two, where the tree hangs it elsewhere: "…, Rossi said"."""
    for i in sorted(i for i in within if i < cue.words[0].i):
        token = reading.doc[i]
        if token.pos_ in _NOMINAL and not temporal(token) and not syntax.children(token, "case"):
            return [top(token)]
    return []


def top(token: Token) -> Token:
    """The head of a name or of a title with its name."""
    while syntax.label(token) in ("flat", "compound", "det", "amod", "nummod", "nmod:poss") and token.head.i != token.i:
        token = token.head
    return token


def _fronted(reading: Reading, verb: Token) -> list[Token]:
    """A bare nominal before the verb that the tree does not call its subject: "Anna Bini, sindaca di X, ha detto"."""
    found = [
        child
        for child in verb.children
        if child.i < verb.i
        and syntax.label(child) in _BARE
        and child.pos_ in _NOMINAL
        and not syntax.children(child, "case")
        and not temporal(child)
    ]
    before = verb.nbor(-1) if verb.i else verb
    if not found and verb.pos_ in ("ADJ", "ADV") and before.pos_ in _NOMINAL:
        return [top(before)]  # taken for no verb: "l'ONU nie que …"
    return found[-1:]


def temporal(token: Token) -> bool:
    number = token.ent_type_ == "" and any(char.isdigit() for char in token.text)
    return number or token.dep_ in ("obl:tmod", "nmod:tmod") or token.lemma_.lower() in words(token.doc.lang_).times


def _day(token: Token) -> bool:
    """Whether a bare word tells when: "volgens de brandweer zaterdag"."""
    return token.lemma_.lower() in words(token.doc.lang_).times and not any(token.children) and token.nbor(-1).is_alpha


def noun_speakers(reading: Reading, noun: Token) -> list[Token]:
    """Whose announcement it is: possessor, agent, or the subject of the verb that carries the noun."""
    owners = [child for child in syntax.children(noun, "nmod") if child.dep_ == "nmod:poss"]
    of = syntax.obliques(noun, reading.words.of)
    agents = [agent for word in (noun, *of) for agent in syntax.obliques(word, agent_cases(reading))]
    if agents or owners:
        return agents or owners
    of = [child for child in of if owner(reading, child)]
    if of:
        return of[:1]
    genitive = [child for child in syntax.children(noun, "nmod") if _genitive(child)]
    if genitive:  # "die Forderung der Gewerkschaft"
        return genitive[:1]
    if syntax.children(noun, "cop"):  # "X ist der Meinung, dass …"
        return syntax.subjects(noun)
    verb = noun.head
    if verb.pos_ == "VERB" and syntax.label(noun) in ("obj", "obl", "nsubj") and noun.dep_ != "nsubj":
        if syntax.is_passive(verb):
            return syntax.agents(verb) or syntax.obliques(verb, agent_cases(reading))
        carries = verb.i in reading.cue_at or verb.lemma_.lower() in reading.words.carriers
        if syntax.label(noun) == "obj" and carries:
            return syntax.subjects(verb)
    participle = [child for child in syntax.children(noun, "acl") if syntax.is_passive(child)]
    return [agent for verb in participle for agent in syntax.agents(verb)]


def _genitive(noun: Token) -> bool:
    return "Gen" in syntax.morph(noun, "Case") and not syntax.children(noun, "case")


def adjective_speakers(adjective: Token) -> list[Token]:
    own = syntax.subjects(adjective)
    if own:
        return own
    return syntax.subjects(adjective.head) if adjective.head.pos_ == "VERB" else []


def owner(reading: Reading, noun: Token) -> bool:
    """Whether "of" names who says it rather than what is said: "le accuse del governo", not "le accuse di brogli"."""
    if speaks(noun):
        return True
    abstract, form = reading.words.abstract, syntax.lower(noun)
    return bool(abstract) and _definite(noun) and (not form.endswith(abstract) or form in reading.words.bodies)


def _definite(noun: Token) -> bool:
    """Whether the noun has an article, be it fused with the preposition; "d'" is only cut short."""
    for case in syntax.children(noun, "case"):
        form, whole = syntax.lower(case), syntax.case_form(case)
        if form != whole and not whole.startswith(form.rstrip("'")):
            return True
    return any("Def" in syntax.morph(article, "Definite") for article in syntax.children(noun, "det"))


def speaks(token: Token) -> bool:
    """Whether the noun names somebody: a name or a pronoun."""
    return token.ent_type_ in ("PER", "ORG", "LOC") or token.pos_ in ("PROPN", "PRON")


def mute(reading: Reading, source: list[Span]) -> bool:
    """Whether the source is a thing that cannot speak: "la situazione", but not "la commissione"."""
    span = reading.doc.char_span(source[0].start, source[0].end, alignment_mode="expand") if source else None
    if span is None or span.root.pos_ != "NOUN" or span.root.ent_type_:
        return False
    form, lemma = syntax.lower(span.root), span.root.lemma_.lower()
    return form.endswith(reading.words.mute) and not {form, lemma} & reading.words.bodies
