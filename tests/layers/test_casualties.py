"""Casualties: parses made by hand, one case a rule."""

from __future__ import annotations

import pytest

from fonti.layers.events import find_events
from fonti.layers.events.casualties import product
from fonti.lexicon import LANGUAGES, lexicon
from fonti.record import Actor, Mention

from .trees import tree

ATTACK = """
L'_ il DET 2 det Definite=Def
esplosione esplosione NOUN 4 nsubj Number=Sing
ha avere AUX 4 aux Mood=Ind|Tense=Pres|VerbForm=Fin
causato causare VERB 0 root Tense=Past|VerbForm=Part
"""

AT_LEAST = (
    ATTACK
    + """
almeno almeno ADV 6 advmod _
15 15 NUM 7 nummod NumType=Card
morti morto NOUN 4 obj Number=Plur
e e CCONJ 10 cc _
30 30 NUM 10 nummod NumType=Card
feriti ferito NOUN 7 conj Number=Plur
""".lstrip()
)

UP_TO = (
    ATTACK
    + """
fino fino ADP 8 case _
a a ADP 5 fixed _
20 20 NUM 8 nummod NumType=Card
feriti ferito NOUN 4 obl Number=Plur
""".lstrip()
)

BETWEEN = (
    ATTACK
    + """
tra tra ADP 9 case _
10 10 NUM 9 nummod NumType=Card
e e CCONJ 8 cc _
15 15 NUM 6 conj NumType=Card
morti morto NOUN 4 obl Number=Plur
""".lstrip()
)

ABOUT = (
    ATTACK
    + """
circa circa ADV 6 advmod _
100 100 NUM 7 nummod NumType=Card
morti morto NOUN 4 obj Number=Plur
""".lstrip()
)

DOZENS = (
    ATTACK
    + """
decine decina NOUN 4 obj Number=Plur
di di ADP 7 case _
morti morto NOUN 5 nmod Number=Plur
""".lstrip()
)

HUNDRED = (
    ATTACK
    + """
un uno DET 6 det Definite=Ind|Number=Sing
centinaio centinaio NOUN 4 obj Number=Sing
di di ADP 8 case _
morti morto NOUN 6 nmod Number=Plur
""".lstrip()
)

ONE_AND_NONE = (
    ATTACK
    + """
un uno DET 6 det Definite=Ind|Number=Sing
morto morto NOUN 4 obj Number=Sing
e e CCONJ 9 cc _
nessun nessuno DET 9 det PronType=Neg
ferito ferito NOUN 6 conj Number=Sing
""".lstrip()
)

NO_VICTIMS = """
L'_ il DET 2 det Definite=Def
esplosione esplosione NOUN 5 nsubj Number=Sing
non non ADV 5 advmod PronType=Neg
ha avere AUX 5 aux Mood=Ind|Tense=Pres|VerbForm=Fin
causato causare VERB 0 root Tense=Past|VerbForm=Part
vittime vittima NOUN 5 obj Number=Plur
"""

KILLED = """
L'_ il DET 2 det Definite=Def
esercito esercito NOUN 4 nsubj Number=Sing
ha avere AUX 4 aux Mood=Ind|Tense=Pres|VerbForm=Fin
ucciso uccidere VERB 0 root Tense=Past|VerbForm=Part
due due NUM 6 nummod NumType=Card
persone persona NOUN 4 obj Number=Plur
"""

WOUNDED = """
Due due NUM 2 nummod NumType=Card
soldati soldato NOUN 4 nsubj Number=Plur
sono essere AUX 4 aux Mood=Ind|Tense=Pres|VerbForm=Fin
rimasti rimanere VERB 0 root Tense=Past|VerbForm=Part
feriti ferito ADJ 4 xcomp Number=Plur
nell' in ADP 7 case Definite=Def
esplosione esplosione NOUN 4 obl Number=Sing
"""

HEADLINE = """
Uccisi uccidere VERB 0 root Number=Plur|Tense=Past|VerbForm=Part
tre tre NUM 3 nummod NumType=Card
civili civile NOUN 1 nsubj:pass Number=Plur
"""

FOUR_OF_FIVE = """
Uccisi uccidere VERB 0 root Number=Plur|Tense=Past|VerbForm=Part
quattro quattro NUM 1 nsubj:pass NumType=Card
dei di ADP 5 case Definite=Def
cinque cinque NUM 5 nummod NumType=Card
soldati soldato NOUN 2 nmod Number=Plur
"""

Told = tuple[str, str, int | None, int | None, bool]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (AT_LEAST, [("killed", "almeno 15 morti", 15, None, False), ("injured", "30 feriti", 30, 30, False)]),
        (UP_TO, [("injured", "fino a 20 feriti", None, 20, False)]),
        (BETWEEN, [("killed", "tra 10 e 15 morti", 10, 15, False)]),
        (ABOUT, [("killed", "circa 100 morti", 100, 100, True)]),
        (DOZENS, [("killed", "decine di morti", 20, None, False)]),
        (HUNDRED, [("killed", "un centinaio di morti", 100, 100, True)]),
        (ONE_AND_NONE, [("killed", "un morto", 1, 1, False), ("injured", "nessun ferito", 0, 0, False)]),
        (NO_VICTIMS, [("killed", "vittime", 0, 0, False)]),
        (KILLED, [("killed", "due persone", 2, 2, False)]),
        (WOUNDED, [("injured", "Due soldati", 2, 2, False)]),
        (HEADLINE, [("killed", "tre civili", 3, 3, False)]),
        (FOUR_OF_FIVE, [("killed", "quattro dei cinque soldati", 4, 4, False)]),
    ],
)
def test_how_many(table: str, expected: list[Told]) -> None:
    doc = tree("it", table)
    (event,) = find_events(doc, [], [], [], [], sections=[])
    told = [(c.kind, doc.text[c.start : c.end], c.least, c.most, c.about) for c in event.casualties]
    assert told == expected


JOINED = """
Tre tre NUM 2 nummod NumType=Card
soldati soldato NOUN 4 nsubj:pass Number=Plur
sono essere AUX 4 aux:pass Mood=Ind|Tense=Pres|VerbForm=Fin
uccisi uccidere VERB 0 root Number=Plur|Tense=Past|VerbForm=Part
e e CCONJ 7 cc _
dieci dieci NUM 7 nummod NumType=Card
civili civile NOUN 2 conj Number=Plur
feriti ferire VERB 7 acl Number=Plur|Tense=Past|VerbForm=Part
"""


def test_the_wounded_are_no_dead_where_the_tree_joins_them() -> None:
    doc = tree("it", JOINED)
    found = [c for event in find_events(doc, [], [], [], [], sections=[]) for c in event.casualties]
    assert sorted((c.kind, c.least) for c in found) == [("injured", 10), ("killed", 3)]


def test_one_who_is_named() -> None:
    table = "Rossi Rossi PROPN 3 nsubj:pass Number=Sing\nviene venire AUX 3 aux:pass _\nucciso uccidere VERB 0 root _"
    doc = tree("it", table)
    person = Actor("a1", "Rossi", "person", mentions=[Mention(0, 5, "name")])
    (event,) = find_events(doc, [], [], [person], [], sections=[])
    assert [(c.kind, c.start, c.end, c.least, c.most) for c in event.casualties] == [("killed", 0, 5, 1, 1)]


def test_each_count_belongs_to_the_act_that_it_fits() -> None:
    table = """
Police police NOUN 2 nsubj Number=Plur
arrested arrest VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin
20 20 NUM 4 nummod NumType=Card
men man NOUN 2 obj Number=Plur
after after ADP 7 case _
an a DET 7 det Definite=Ind
attack attack NOUN 2 obl Number=Sing
on on ADP 9 case _
civilians civilian NOUN 7 nmod Number=Plur
with with ADP 12 case _
two two NUM 12 nummod NumType=Card
dead dead NOUN 7 nmod Number=Plur
"""
    events = find_events(tree("en", table), [], [], [], [], sections=[])
    assert [(e.type, [(c.kind, c.least) for c in e.casualties]) for e in events] == [
        ("COERCE", [("arrested", 20)]),
        ("ASSAULT", [("killed", 2)]),
    ]


@pytest.mark.parametrize(
    ("values", "number"),
    [([90, 6], 96), ([2, 12], 24), ([2, 1000, 5, 100], 2500), ([1, 100], 100), ([10, 1000], 10_000), ([], None)],
)
def test_words_of_a_number(values: list[float], number: float | None) -> None:
    assert product(values) == number


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_keys(language: str) -> None:
    assert lexicon(language, "events")["casualties"].keys() == lexicon("it", "events")["casualties"].keys()
