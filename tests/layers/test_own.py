"""An analyst's own event words: what they find, and how a mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonti.errors import LexiconError
from fonti.layers.events import find_events
from fonti.layers.events.own import OwnWords, read
from fonti.layers.events.words import event_words
from fonti.record import Event

from .trees import tree

EXAMPLE = Path(__file__).parents[2] / "examples" / "words.toml"

RAZED = """
Soldati soldato NOUN 3 nsubj Number=Plur
hanno avere AUX 3 aux Mood=Ind|Tense=Pres|VerbForm=Fin
dronato dronare VERB 0 root Tense=Past|VerbForm=Part
il il DET 5 det Definite=Def
villaggio villaggio NOUN 3 obj Number=Sing
"""

MET = """
Rossi Rossi PROPN 3 nsubj _
ha avere AUX 3 aux Mood=Ind|Tense=Pres|VerbForm=Fin
incontrato incontrare VERB 0 root Tense=Past|VerbForm=Part
il il DET 5 det Definite=Def
sindaco sindaco NOUN 3 obj Number=Sing
"""


def own(tmp_path: Path, text: str) -> OwnWords:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return OwnWords([path])


def events(table: str, words: OwnWords | None = None) -> list[Event]:
    doc = tree("it", table)
    return find_events(doc, [], [], [], [], sections=[], words=words.of("it") if words else None)


def test_the_example_finds_its_words() -> None:
    assert events(RAZED) == []
    (event,) = events(RAZED, OwnWords([EXAMPLE]))
    assert (event.type, event.mode, [p.start for p in event.recipients]) == ("ASSAULT", "drone", [22])


def test_own_words_come_before_fontis(tmp_path: Path) -> None:
    table = MET.replace("incontrato incontrare", "criticato criticare")
    words = own(tmp_path, '[[words]]\nlanguage = "it"\nconcept = "attack"\nverbs = "criticare"')
    assert [event.type for event in events(table)] == ["ACCUSE"]
    assert [event.type for event in events(table, words)] == ["ASSAULT"]


def test_a_word_is_switched_off(tmp_path: Path) -> None:
    words = own(tmp_path, '[[words]]\nlanguage = "it"\nconcept = "none"\nverbs = "criticare"')
    table = MET.replace("incontrato incontrare", "criticato criticare")
    assert events(table, words) == []


def test_nothing_leaks_from_one_lexicon_to_another(tmp_path: Path) -> None:
    words = own(tmp_path, '[[words]]\nlanguage = ["it", "es"]\nconcept = "none"\nverbs = "criticare"')
    assert words.of("it") is words.of("it")
    assert words.of("es") is not None
    assert words.of("de") is None
    assert event_words("it").verbs["criticare"][0].concept != "none"
    assert OwnWords([]).of("it") is None


def test_several_files_add_up(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[[words]]\nlanguage = "it"\nconcept = "attack"\nverbs = "Radere"', encoding="utf-8")
    found = OwnWords([path, EXAMPLE]).of("it")
    assert found is not None
    assert found.verbs["radere"][0].concept == "attack"
    assert found.verbs["dronare"][0].mode == "drone"


GOOD = 'language = "it"\nconcept = "attack"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[words]", "own.toml: is not TOML: Expected ']]'"),
        ("", "own.toml: no words; begin each entry with [[words]]"),
        ("words = 3", "own.toml: words is no list; begin each entry with [[words]]"),
        ("verbs = 'x'", "own.toml: no key is called 'verbs'; there are: concepts, words"),
        ("concepts = 3", "own.toml: concepts is no table; write each as [concepts.NAME]"),
        (
            f"[[words]]\n{GOOD}verb = 'x'",
            "own.toml, words 1: no key is called 'verb'; there are: language, concept, verbs",
        ),
        (f"[[words]]\n{GOOD}", "own.toml, words 1: no words; write them under verbs, nouns, adjectives or phrases"),
        (f"[[words]]\n{GOOD}verbs = ['x']", "own.toml, words 1: verbs is no text; write it in quotation marks"),
        (
            f"[[words]]\n{GOOD}verbs = 'x !'",
            "own.toml, words 1: '!' is a mark without its word; write it as in 'word!'",
        ),
        (
            f"[[words]]\n{GOOD}verbs = 'x'\nobject = 'FISH'",
            "own.toml, words 1: object 'FISH' is no class of it; there are: ",
        ),
        (
            f"[[words]]\n{GOOD}verbs = 'x'\ngate = 'open'",
            "own.toml, words 1: the gate 'open' is unknown; there are: any, side",
        ),
        (
            f"[[words]]\n{GOOD}verbs = 'x'\nrecipient = ['under']",
            "own.toml, words 1: the recipient 'under' is unknown; there",
        ),
        (f"[[words]]\n{GOOD}verbs = 'x'\nrecipient = 'to'", "own.toml, words 1: recipient is no list; write it as"),
        (
            "[[words]]\nconcept = 'attack'\nverbs = 'x'",
            "own.toml, words 1: no language; write one or several of: de, en",
        ),
        (
            "[[words]]\nlanguage = 'tlh'\nconcept = 'attack'\nverbs = 'x'",
            "words 1: the language 'tlh' is unknown; there are: de",
        ),
        (
            "[[words]]\nlanguage = 'it'\nverbs = 'x'",
            "own.toml, words 1: no concept; write one of Fonti's, one of [concepts]",
        ),
        (
            "[[words]]\nlanguage = 'it'\nconcept = 'atack'\nverbs = 'x'",
            "own.toml, words 1: the concept 'atack' is unknown; there",
        ),
        ("[concepts.x]\n[[words]]", "own.toml, concepts.x: no type; write one of: AGREE, CONSULT"),
        (
            "[concepts.x]\ntype = 'FIGHT'\n[[words]]",
            "own.toml, concepts.x: the type 'FIGHT' is unknown; there are: AGREE",
        ),
        (
            "[concepts.x]\nkind = 'FIGHT'\n[[words]]",
            "own.toml, concepts.x: no key is called 'kind'; there are: type, mode",
        ),
        (
            "[concepts.attack]\ntype = 'AID'\n[[words]]",
            "own.toml, concepts.attack: is a concept of Fonti's; choose another",
        ),
        (
            "[concepts.x]\ntype = 'AID'\nopens = 'yes'\n[[words]]",
            "concepts.x: opens is neither true nor false; write true",
        ),
    ],
)
def test_a_mistake_is_one_line_that_names_the_entry(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(LexiconError) as caught:
        own(tmp_path, text)
    line = str(caught.value)
    assert told in line
    assert str(tmp_path) in line
    assert "\n" not in line


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no such lexicon; look at the path"):
        read(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("verbs = 'città'".encode("latin-1"))
    with pytest.raises(LexiconError, match="no text in UTF-8; save it as TOML in UTF-8"):
        read(tmp_path / "latin.toml")
