"""The judge's training from marked texts to a net that reads, in a few seconds."""

import json
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
sys.path.insert(0, str(Path(__file__).parents[2] / "models"))

import labels
import statements

from fonti.layers.parse import parse
from fonti.layers.statements import proposals
from fonti.layers.statements.features import GUIDES, stretches
from fonti.layers.statements.judge import Judge
from fonti.layers.statements.reading import read
from fonti.record import Report

WHO = ["Rossi", "Bianchi", "Verdi", "Neri"]


def document(who: str, what: str) -> dict:
    text = f"{who} ha detto che {what}."
    span = {"start": text.index(what), "end": text.index(what) + len(what)}
    said = {"source": [{"start": 0, "end": len(who)}], "cue": [{"start": len(who) + 1, "end": len(who) + 9}]}
    return {"lang": "it", "text": text, "statements": [said | {"content": [span]}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [document(who, what) for who in WHO for what in ("il ponte è caduto", "la scuola chiude")]
    for name in statements.CORPORA:
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_the_command_makes_a_judge(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["statements.py", str(folder), "--quick", "--out", str(folder / "net.npz")])
    monkeypatch.setattr(statements, "labelled", lambda gold: [document("Rossi", "il ponte è caduto")])
    statements.main()
    reading = read(parse([Report("t", "Rossi ha detto che il ponte è caduto.", "it")])[0], [])
    (verdict,) = Judge.load(folder / "net.npz").verdicts(list(stretches(reading, proposals(reading))))
    assert verdict.statement > 0
    assert len(verdict.said) == len(verdict.source) == len(reading.doc)


def test_lessons_tell_what_people_marked(folder: Path) -> None:
    (file, *_) = sorted(folder.glob("*.jsonl"))
    one = next(statements.lessons(statements.documents(file), "fonti"))
    assert list(one.labels) == [1]
    assert [w for w, said in zip(one.stretch.words, one.said[0], strict=True) if said] == ["il", "ponte", "è", "caduto"]
    assert [w for w, source in zip(one.stretch.words, one.source[0], strict=True) if source] == ["Rossi"]
    assert set(one.stretch.word[:, -1]) == {GUIDES.index("fonti")}


def test_our_own_labels_find_their_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Rossi ha accusato Bianchi."
    (tmp_path / "some.jsonl").write_text(json.dumps({"id": "1", "lang": "it", "text": text}), encoding="utf-8")
    told = {"id": "s1", "source": [[0, 5]], "cue": [[6, 17]], "content": [[18, 25]], "inside": None}
    event = {"type": "ACCUSE", "trigger": [9, 17], "actor": [[0, 5]], "recipient": [[18, 25]]}
    row = {"corpus": "some", "id": "1", "statements": [told], "events": [event]}
    (tmp_path / "labels.jsonl").write_text(json.dumps(row), encoding="utf-8")
    monkeypatch.setattr(labels, "__file__", str(tmp_path / "labels.py"))
    (found,) = labels.labelled(tmp_path)
    assert (found["text"], found["statements"][0]["content"]) == (text, [{"start": 18, "end": 25}])
    assert found["events"][0]["trigger"] == {"start": 9, "end": 17}
