"""Events: parses made by hand, one case a rule."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan

from fonti.layers.events import find_events, wire
from fonti.layers.events.words import concepts, event_words
from fonti.lexicon import LANGUAGES, lexicon
from fonti.record import Actor, Event, Mention, Section, Span, Statement, Time

from .trees import tree


def read(doc: Doc, *names: tuple[str, str], statements: list[Statement] | None = None, times: list[Time] | None = None,
         sections: list[Section] | None = None) -> list[Event]:  # fmt: skip
    """The events of a Doc in which these words name actors, each with how: ("russa", "demonym")."""
    actors = []
    for number, (name, how) in enumerate(names, 1):
        start = doc.text.index(name)
        kind = "country" if how in ("demonym", "capital") else "person"
        actors.append(Actor(f"a{number}", name, kind, sector="GOV", mentions=[Mention(start, start + len(name), how)]))  # type: ignore[arg-type]
    return find_events(doc, times or [], [], actors, statements or [], sections=sections or [])


def sides(doc: Doc, event: Event) -> tuple[str, str, list[str], list[str]]:
    def words(span: Span) -> str:
        return doc.text[span.start : span.end]

    people = [[doc.text[p.start : p.end] for p in side] for side in (event.actors, event.recipients)]
    return event.type, words(event.trigger), people[0], people[1]


PAST = "Gender=Masc|Number=Plur|Tense=Past|VerbForm=Part"

INVASION = """
L'_ il DET 2 det Definite=Def|PronType=Art
invasione invasione NOUN 4 nsubj Gender=Fem|Number=Sing
russa russo ADJ 2 amod Number=Sing
comincia cominciare VERB 0 root Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
"""

GIVEN = """
Consegnati consegnare VERB 0 root Gender=Masc|Number=Plur|Tense=Past|VerbForm=Part
al a ADP 3 case Definite=Def|PronType=Art
leader leader NOUN 1 obl Number=Sing
cinque cinque NUM 5 nummod NumType=Card
droni drone NOUN 1 nsubj:pass Gender=Masc|Number=Plur
kamikaze kamikaze ADJ 5 amod _
"""

RECEIVED = """
Rossi Rossi PROPN 3 nsubj _
ha avere AUX 3 aux Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
ricevuto ricevere VERB 0 root Number=Sing|Tense=Past|VerbForm=Part
dal da ADP 5 case Definite=Def
presidente presidente NOUN 3 obl Number=Sing
due due NUM 7 nummod NumType=Card
milioni milione NOUN 3 obj Number=Plur
di di ADP 9 case _
euro euro NOUN 7 nmod Number=Plur
"""

MET = """
Rossi Rossi PROPN 5 nsubj _
e e CCONJ 3 cc _
Bianchi Bianchi PROPN 1 conj _
si si PRON 5 expl PronType=Clit
incontrano incontrare VERB 0 root Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin
mercoledì mercoledì NOUN 5 obl _
"""

TALKS = """
talks talk NOUN 0 root Number=Plur
between between ADP 3 case _
Smith Smith PROPN 1 nmod _
and and CCONJ 5 cc _
Brown Brown PROPN 3 conj _
"""

VISIT = """
Smith Smith PROPN 3 nmod:poss _
's 's PART 1 case _
visit visit NOUN 0 root Number=Sing
to to ADP 5 case _
Brownland Brownland PROPN 3 nmod _
"""

REFUSED = """
Rossi Rossi PROPN 4 nsubj _
non non ADV 4 advmod PronType=Neg
ha avere AUX 4 aux Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
accettato accettare VERB 0 root Number=Sing|Tense=Past|VerbForm=Part
la il DET 6 det Definite=Def
proposta proposta NOUN 4 obj Number=Sing
"""

MIGHT = """
Smith Smith PROPN 3 nsubj _
might might AUX 3 aux VerbForm=Fin
attack attack VERB 0 root VerbForm=Inf
the the DET 5 det Definite=Def
city city NOUN 3 obj Number=Sing
"""

FORCED = """
Rossi Rossi PROPN 3 nsubj _
ha avere AUX 3 aux Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
costretto costringere VERB 0 root Number=Sing|Tense=Past|VerbForm=Part
il il DET 5 det Definite=Def
sindaco sindaco NOUN 3 obj Number=Sing
a a ADP 7 mark _
dimettersi dimettere VERB 3 xcomp VerbForm=Inf
"""

SUPPORTED = """
Rossi Rossi PROPN 3 nsubj _
ha avere AUX 3 aux Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
lanciato lanciare VERB 0 root Number=Sing|Tense=Past|VerbForm=Part
un un DET 5 det Definite=Ind
attacco attacco NOUN 3 obj Number=Sing
contro contro ADP 7 case _
Bianchi Bianchi PROPN 3 obl _
"""

ACCUSED = """
Rossi Rossi PROPN 2 nsubj _
accusa accusare VERB 0 root Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
Bianchi Bianchi PROPN 2 obj _
di di ADP 6 mark _
aver avere AUX 6 aux VerbForm=Inf
invaso invadere VERB 2 xcomp Number=Sing|Tense=Past|VerbForm=Part
la il DET 8 det Definite=Def
regione regione NOUN 6 obj Number=Sing
"""


LEFT_OUT = """
Smith Smith PROPN 2 nsubj _
refused refuse VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
to to PART 4 mark _
give give VERB 2 xcomp VerbForm=Inf
arms arm NOUN 4 obj Number=Plur
to to ADP 7 case _
Brown Brown PROPN 4 obl _
"""

ASKED_THAT = """
Rossi Rossi PROPN 3 nsubj _
ha avere AUX 3 aux Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
chiesto chiedere VERB 0 root Number=Sing|Tense=Past|VerbForm=Part
che che SCONJ 6 mark _
Bianchi Bianchi PROPN 6 nsubj _
parta partire VERB 3 ccomp Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
"""

DEED = """
Smith Smith PROPN 2 nsubj _
defended defend VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
Brown Brown PROPN 5 nmod:poss _
's 's PART 3 case _
decision decision NOUN 2 obj Number=Sing
"""

DEED_TO = """
Rossi Rossi PROPN 2 nsubj _
appoggia appoggiare VERB 0 root Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
la il DET 4 det Definite=Def
decisione decisione NOUN 2 obj Number=Sing
russa russo ADJ 4 amod Number=Sing
di di ADP 7 case _
Bianchi Bianchi PROPN 4 nmod _
"""

STRIKE = """
A a DET 4 det _
Brownish Brownish ADJ 4 amod _
air air NOUN 4 compound Number=Sing
strike strike NOUN 5 nsubj Number=Sing
began begin VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
"""

UNKNOWN_SUBJECT = """
Il il DET 2 det Definite=Def
centrodestra centrodestra NOUN 3 nsubj Gender=Masc|Number=Sing
accusa accusare VERB 0 root Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
Bianchi Bianchi PROPN 3 obj _
"""

CHARGED = """
Smith Smith PROPN 3 nsubj:pass _
was be AUX 3 aux:pass Mood=Ind|Tense=Past|VerbForm=Fin
arrested arrest VERB 0 root Tense=Past|VerbForm=Part
on on ADP 5 case _
charges charge NOUN 3 obl Number=Plur
"""

BY_DAY = """
Smith Smith PROPN 4 nsubj _
on on ADP 3 case _
Thursday Thursday PROPN 1 nmod _
met meet VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
Brown Brown PROPN 4 obj _
"""


@pytest.mark.parametrize(
    ("language", "table", "names", "expected"),
    [
        ("en", LEFT_OUT, ["Smith", "Brown"], [("REJECT", "refused", ["Smith"], ["Brown"]),
                                               ("AID", "give", ["Smith"], ["Brown"])]),
        ("it", ASKED_THAT, ["Rossi", "Bianchi"], [("REQUEST", "chiesto", ["Rossi"], ["Bianchi"])]),
        ("en", DEED, ["Smith", "Brown"], [("SUPPORT", "defended", ["Smith"], ["Brown"])]),
        ("it", DEED_TO, ["Rossi", "russa", "Bianchi"], [("SUPPORT", "appoggia", ["Rossi"], ["russa"])]),
        ("en", STRIKE, ["Brownish"], [("ASSAULT", "strike", ["Brownish"], [])]),
        ("it", UNKNOWN_SUBJECT, ["Bianchi"], [("ACCUSE", "accusa", ["Il centrodestra"], ["Bianchi"])]),
        ("en", CHARGED, ["Smith"], [("COERCE", "arrested", [], ["Smith"]), ("ACCUSE", "charges", [], ["Smith"])]),
    ],
)  # fmt: skip
def test_sides_from_further_down(language: str, table: str, names: list[str], expected: object) -> None:
    doc = tree(language, table)
    assert [sides(doc, event) for event in read(doc, *((name, "name") for name in names))] == expected


BIASED = """
Smith Smith PROPN 2 nsubj _
accused accuse VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
Brownland Brownland PROPN 2 obj _
of of ADP 5 case _
bias bias NOUN 3 nmod Number=Sing
"""


def test_a_name_ends_before_what_it_is_accused_of() -> None:
    doc = tree("en", BIASED)
    doc.set_ents([DocSpan(doc, 2, 3, label="LOC")])
    (event,) = read(doc, ("Smith", "name"), ("Brownland", "name"))
    assert sides(doc, event) == ("ACCUSE", "accused", ["Smith"], ["Brownland"])


def test_a_side_ends_before_the_day() -> None:
    doc = tree("en", BY_DAY)
    start = doc.text.index("Thursday")
    day = Time("t1", start, start + len("Thursday"), "DATE", "2023-09-14")
    (event,) = read(doc, ("Smith", "name"), ("Brown", "name"), times=[day])
    assert sides(doc, event) == ("CONSULT", "met", ["Smith"], ["Brown"])


ABROAD = """
Smith Smith PROPN 2 nsubj _
attacked attack VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
positions position NOUN 2 obj Number=Plur
in in ADP 7 case _
Brownland Brownland PROPN 7 nmod:poss _
's 's PART 5 case _
province province NOUN 3 nmod Number=Sing
"""


def test_a_thing_stands_for_the_only_country_in_its_phrase() -> None:
    doc = tree("en", ABROAD)
    at = doc.text.index("Brownland")
    land = Actor("a1", "Brownland", "country", "BRN", mentions=[Mention(at, at + len("Brownland"), "name")])
    (event,) = find_events(doc, [], [], [land], [], sections=[])
    assert [participant.actor for participant in event.recipients] == ["a1"]


@pytest.mark.parametrize(
    ("language", "table", "names", "expected"),
    [
        ("it", INVASION, [("russa", "demonym")], ("ASSAULT", "invasione", ["russa"], [])),
        ("it", GIVEN, [("leader", "role")], ("AID", "Consegnati", [], ["leader"])),
        ("it", RECEIVED, [("Rossi", "name"), ("presidente", "role")], ("AID", "ricevuto", ["presidente"], ["Rossi"])),
        ("it", MET, [("Rossi", "name"), ("Bianchi", "name")], ("CONSULT", "incontrano", ["Rossi"], ["Bianchi"])),
        ("en", TALKS, [("Smith", "name"), ("Brown", "name")], ("CONSULT", "talks", ["Smith"], ["Brown"])),
        ("en", VISIT, [("Smith", "name"), ("Brownland", "name")], ("CONSULT", "visit", ["Smith"], ["Brownland"])),
        ("it", REFUSED, [("Rossi", "name")], ("REJECT", "accettato", ["Rossi"], [])),
        ("it", FORCED, [("Rossi", "name"), ("sindaco", "role")], ("COERCE", "costretto", ["Rossi"], ["il sindaco"])),
        ("it", SUPPORTED, [("Rossi", "name"), ("Bianchi", "name")], ("ASSAULT", "attacco", ["Rossi"], ["Bianchi"])),
    ],
)
def test_sides(language: str, table: str, names: list[tuple[str, str]], expected: object) -> None:
    doc = tree(language, table)
    assert [sides(doc, event) for event in read(doc, *names)] == [expected]


def test_blamed_is_the_actor_of_what_is_told() -> None:
    doc = tree("it", ACCUSED)
    accusation, invasion = read(doc, ("Rossi", "name"), ("Bianchi", "name"))
    assert sides(doc, accusation) == ("ACCUSE", "accusa", ["Rossi"], ["Bianchi"])
    assert sides(doc, invasion) == ("ASSAULT", "invaso", ["Bianchi"], ["la regione"])


def test_modal_is_possible() -> None:
    (event,) = read(tree("en", MIGHT), ("Smith", "name"))
    assert (event.type, event.certainty, event.polarity) == ("ASSAULT", "possible", "positive")


@pytest.mark.parametrize(
    ("table", "quantity", "unit", "what"),
    [(GIVEN, 5, None, "drone kamikaze"), (RECEIVED, 2_000_000, "euro", "euro")],
)
def test_objects_are_counted(table: str, quantity: float, unit: str | None, what: str) -> None:
    (event,) = read(tree("it", table), *([("Rossi", "name")] if "Rossi" in table else []))
    assert [(thing.quantity, thing.unit, thing.what) for thing in event.objects] == [(quantity, unit, what)]


def test_time_of_the_clause() -> None:
    doc = tree("it", MET)
    start = doc.text.index("mercoledì")
    day = Time("t1", start, start + len("mercoledì"), "DATE", "2023-09-13")
    (event,) = read(doc, ("Rossi", "name"), ("Bianchi", "name"), times=[day])
    assert (event.time, event.time_value) == ("t1", "2023-09-13")


def test_origin_is_the_chain_of_statements() -> None:
    doc = tree("it", REFUSED)
    whole = [Span(0, len(doc.text))]
    outer = Statement("s1", "indirect", "asserts", [], [], whole, actor="a8")
    inner = Statement("s2", "indirect", "asserts", [], [], whole, actor="a9", inside="s1")
    (event,) = read(doc, statements=[inner, outer])
    assert event.said_in == ["s2"]
    assert event.origin == ["publisher", "a8", "a9"]


@pytest.mark.parametrize(
    ("text", "kind", "agency"),
    [
        ("MOSCOW, Sept 13 (Reuters) -", "dateline", "a1"),
        ("(Reuters)", "credit", "a1"),
        ("Photo: Jane Doe/Reuters", "credit", None),  # the picture is theirs, not the report
        ("It was told by Reuters.", "body", None),
    ],
)
def test_the_agency_whose_dispatch_it_is(text: str, kind: str, agency: str | None) -> None:
    at = text.index("Reuters")
    actors = [Actor("a1", "Reuters", "agency", mentions=[Mention(at, at + 7, "name")])]
    assert wire(actors, [Section(0, len(text), kind)]) == agency  # type: ignore[arg-type]


def test_cue_is_told_by_whoever_holds_the_statement() -> None:
    doc = tree("it", ACCUSED)
    said = Statement("s1", "indirect", "asserts", [Span(0, 5)], [Span(6, 12)], [Span(6, len(doc.text))], actor="a1")
    assert [event.said_in for event in read(doc, ("Rossi", "name"), statements=[said])] == [[], ["s1"]]


JOINED = """
She she PRON 3 nsubj:pass PronType=Prs
was be AUX 3 aux:pass Mood=Ind|Tense=Past|VerbForm=Fin
arrested arrest VERB 0 root Tense=Past|VerbForm=Part
and and CCONJ 5 cc _
deported deport VERB 3 conj Tense=Past|VerbForm=Part
"""


def test_joined_passives_share_their_subject() -> None:
    doc = tree("en", JOINED)
    assert [sides(doc, event)[3] for event in read(doc)] == [["She"], ["She"]]


AFTER = """
Dopo dopo ADP 3 case _
la il DET 3 det Definite=Def
sparatoria sparatoria NOUN 4 obl Number=Sing
piove piovere VERB 0 root Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
"""

SUCH = """
tale tale DET 2 det _
divieto divieto NOUN 3 nsubj Number=Sing
resta restare VERB 0 root Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
"""

WARSHIP = """
una uno DET 2 det Definite=Ind
nave nave NOUN 0 root Number=Sing
da da ADP 4 case _
guerra guerra NOUN 2 nmod Number=Sing
russa russo ADJ 2 amod Number=Sing
"""


@pytest.mark.parametrize("table", [AFTER, SUCH, WARSHIP])
def test_what_is_no_new_event(table: str) -> None:
    assert read(tree("it", table)) == []


def test_captions_tell_no_events() -> None:
    doc = tree("it", INVASION)
    assert read(doc, ("russa", "demonym"), sections=[Section(0, len(doc.text), "caption")]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_of_known_concepts_and_classes(language: str) -> None:
    data = lexicon(language, "events")
    known = {"PERSON", "PLACE", *data["classes"]}
    for block in data["words"]:
        assert block["concept"] in concepts()
        for key in ("object", "without", "near", "predicate"):
            assert set(block.get(key, "").split()) <= known, block
    assert {word.type for table in event_words(language).verbs.values() for word in table} >= {"AGREE", "ASSAULT"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_keys(language: str) -> None:
    own, italian = (lexicon(code, "events") for code in (language, "it"))
    assert own.keys() == italian.keys()
    for table in ("casualties", "certainty", "contexts", "quiet", "support"):
        assert own[table].keys() == italian[table].keys(), table
    assert {block["concept"] for block in own["words"]} == {block["concept"] for block in italian["words"]}
