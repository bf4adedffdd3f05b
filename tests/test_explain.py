from __future__ import annotations

from typing import get_args

import pytest

from fonti import record
from fonti.explain import LabelError, explain, short, words


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("event type", record.EventType),
        ("section", record.SectionKind),
        ("time type", record.TimeType),
        ("name label", record.NameLabel),
        ("actor kind", record.ActorKind),
        ("how an actor is named", record.How),
        ("precision of a point", record.Precision),
        ("statement kind", record.StatementKind),
        ("act", record.Act),
        ("certainty", record.Certainty),
        ("polarity", record.Polarity),
        ("tense", record.Tense),
        ("casualties", record.CasualtyKind),
        ("context", record.Context),
        ("wall", record.Wall),
    ],
)
def test_every_label_of_a_record_has_words(kind: str, labels: object) -> None:
    for label in get_args(labels):
        assert kind in {row.kind for row in explain(label)}


def test_case_does_not_count() -> None:
    assert explain("consult")[0].label == "CONSULT"
    assert explain(" Prk ")[0].words == "North Korea"
    assert explain("NSUBJ:pass")[0].words == "subject of a passive"


def test_an_unknown_label_gives_the_nearest() -> None:
    with pytest.raises(LabelError, match="'CONSALT': no such label; near to it: CONSULT"):
        explain("CONSALT")
    with pytest.raises(LabelError, match="no such label"):
        explain("§§§§")


def test_a_word_or_two() -> None:
    assert [short(label) for label in ("AID", "visit", "denies", "GOV", "no such", None)] == [
        "aid", "visit", "denies", "", "", "",
    ]  # fmt: skip
    assert all(short(label) for label in get_args(record.EventType))


def test_words_of_one_kind() -> None:
    assert words("it", kind="language") == "Italian"
    assert words("xx", kind="language") == "xx"
