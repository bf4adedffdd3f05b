"""The record: to JSON and back without loss, and a schema that it keeps."""

import json

import jsonschema
import pytest

from fonti.record import (
    Actor,
    Casualties,
    Event,
    Mention,
    Name,
    Object,
    Participant,
    Place,
    Record,
    Report,
    Section,
    Span,
    Statement,
    Time,
    schema,
)

FULL = Record(
    Report(
        "r1",
        "Kim è «qui»…",
        "it",
        "Titolo",
        "Anna Neri",
        "ANSA",
        "2023-09",
        "https://example.org/a",
        "a.txt",
        [Section(0, 12, "body")],
        {"fonti": "0.1.0"},
    ),
    [Time("t1", 0, 3, "DATE", "2023-09-13", "2023-09-13", "2023-09-13"), Time("t2", 4, 5, "DURATION", "P6D")],
    [Name(0, 3, "PER", "a1")],
    [Place("p1", 0, 3, "Khasan", 42.43, 130.64, 2039557, "RUS", "city", 0.8), Place("p2", 0, 3, "Ignota")],
    [Actor("a1", "Kim", "person", "PRK", "GOV", "leader", [Mention(0, 3, "name")])],
    [Statement("s1", "mixed", "denies", [Span(0, 3)], [], [Span(4, 5), Span(7, 10)], "a1", "s0")],
    [
        Event(
            "e1",
            "AID",
            Span(4, 5),
            "humanitarian",
            [Participant(0, 3, "a1")],
            [Participant(4, 5)],
            [Object(7, 10, "drone", 5.0, "set")],
            "t1",
            "2023-09-13",
            "p1",
            "possible",
            "negative",
            "past",
            ["s1"],
            ["publisher", "a1"],
            0.83,
            [Casualties("killed", 4, 5, 15), Casualties("injured", 7, 10, None, 20, True)],
            ["future", "military"],
        )
    ],
)


@pytest.mark.parametrize("record", [FULL, Record(Report("r2", ""))])
def test_a_record_comes_back_whole(record: Record) -> None:
    assert Record.from_json(record.to_json()) == record
    assert Record.from_json(record.to_json(indent=2)) == record


def test_the_schema_accepts_a_record_and_refuses_others() -> None:
    validator = jsonschema.Draft202012Validator(schema())
    good = json.loads(FULL.to_json())
    validator.validate(good)
    assert good["schema"] == 1
    for path, wrong in (
        (("events", 0, "type"), "PARTY"),
        (("times", 0, "start"), "nine"),
        (("actors", 0, "kind"), "robot"),
    ):
        bad = json.loads(FULL.to_json())
        bad[path[0]][path[1]][path[2]] = wrong
        assert not validator.is_valid(bad)
        with pytest.raises(ValueError, match=str(path[2])):
            Record.from_json(json.dumps(bad))
