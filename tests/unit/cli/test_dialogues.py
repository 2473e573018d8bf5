"""`dialogues list|diff|import|export|activate|rollback` over a state folder of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.main import main
from assistant.content import editing
from assistant.dialogue import trainer
from assistant.dialogue.supervisor import DIALOGUES


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """State and models of its own; what was shipped counts as trained."""
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path / "models"))
    model = trainer.model_path(tmp_path / "models")
    model.parent.mkdir(parents=True)
    model.write_bytes(b"model")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    assert main(["dialogues", *words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def edited(folder: Path, capsys: pytest.CaptureFixture[str], text: str) -> str:
    """Exported, edited, imported: a release that says `text`."""
    out = folder / text
    told(capsys, "export", "active", str(out))
    file = out / "dialogues" / "domain" / "smalltalk.yml"
    file.write_bytes(editing.with_wording(file.read_bytes(), "utter_smalltalk_greet", "en", text))
    return str(told(capsys, "import", str(out), "--why", f"says {text}", "--who", "ann")["id"])


def test_the_life_of_a_release(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "list") == {"active": "shipped", "before": None, "releases": []}
    first = edited(folder, capsys, "Ahoy")
    assert told(capsys, "activate", first[:8]) == {"release": first, "running": False, "follows": True, "seconds": 0.0}
    second = edited(folder, capsys, "Hey")
    assert told(capsys, "activate", second)["release"] == second
    listed = told(capsys, "list")
    assert (listed["active"], listed["before"]) == (second, first)
    assert [(row["id"], row["parent"], row["who"], row["why"], row["trained"]) for row in listed["releases"]] == [
        (second, first, "ann", "says Hey", True), (first, "shipped", "ann", "says Ahoy", True),
    ]  # fmt: skip
    [difference] = told(capsys, "diff", first)["files"]
    assert difference["path"] == "dialogues/domain/smalltalk.yml"
    assert [line for line in difference["lines"] if line[0] in "+-"] == ['-      text: "Ahoy"', '+      text: "Hey"']
    assert told(capsys, "rollback")["release"] == first
    assert told(capsys, "rollback")["release"] == "shipped"
    assert main(["dialogues", "rollback"]) == 1
    assert "nothing was live before" in capsys.readouterr().err


def test_a_release_in_plain_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = edited(folder, capsys, "Ahoy")
    assert main(["dialogues", "activate", first]) == 0
    assert "no assistant runs here" in capsys.readouterr().out
    assert main(["dialogues", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"* {first}")
    assert lines[0].endswith("ann: says Ahoy")
    assert lines[1].startswith("  shipped")
    assert main(["dialogues", "diff", "shipped", "active"]) == 0
    assert "changed dialogues/domain/smalltalk.yml" in capsys.readouterr().out


def test_what_cannot_be_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "out"
    told(capsys, "export", "shipped", str(out))
    with (out / "dialogues/data/nlu/robot.en.yml").open("a") as file:
        file.write("  # another phrase\n")
    made = told(capsys, "import", str(out), "--why", "another")
    assert not made["trained"]
    for words, said in (
        (["activate", made["id"]], f"dialogues train {made['id']}"),
        (["activate", "ffffffff"], "dialogues list"),
        (["export", "shipped", str(out)], "is not empty"),
        (["import", str(folder / "nowhere"), "--why", "x"], "holds no dialogues"),
        (["train", str(folder)], "holds no dialogues"),
    ):
        assert main(["dialogues", *words]) == 1
        assert said in capsys.readouterr().err


def test_other_words_are_trained_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "out"
    told(capsys, "export", "shipped", str(out))
    file = out / "dialogues" / "domain" / "smalltalk.yml"
    file.write_bytes(editing.with_wording(file.read_bytes(), "utter_smalltalk_greet", "en", "Ahoy"))
    model = told(capsys, "train", str(out))["model"]
    assert Path(model) == trainer.model_path(folder / "models", out / "dialogues")
    assert Path(model).read_bytes() == b"model"
    assert DIALOGUES != out
