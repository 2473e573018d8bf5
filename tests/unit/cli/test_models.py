"""`models list|install|verify`, as typed by a technician."""

import shutil
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.speech import catalogue, store


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds one installed model, had from a folder."""
    stick = tmp_path / "stick"
    for name in ("am/final.mdl", "conf/model.conf"):
        (stick / name).parent.mkdir(parents=True, exist_ok=True)
        (stick / name).write_bytes(b"content of " + name.encode())
    folder = tmp_path / "models"
    monkeypatch.setenv("ASSISTANT_MODELS", str(folder))
    assert main(["models", "install", "vosk-model-small-ko-0.22", "--from", str(stick)]) == 0
    return folder


def test_the_list_says_what_is_installed_and_under_which_licence(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for model in catalogue.MODELS:
        at = next(number for number, line in enumerate(lines) if line.split()[:1] == [model.name])
        assert ("not installed" in lines[at]) is (model.name != "vosk-model-small-ko-0.22")
        assert model.licence in lines[at + 1]
        assert ("for tests only" in lines[at + 1]) is model.tests_only


def test_verify_finds_a_changed_file_and_says_so_with_its_exit_code(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "verify"]) == 0
    (store.speech_folder(models) / "vosk-model-small-ko-0.22" / "am/final.mdl").write_bytes(b"other")
    assert main(["models", "verify"]) == 1
    assert "am/final.mdl has changed" in capsys.readouterr().err


def test_verify_of_a_model_that_is_not_there_fails(models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "verify", "whisper-base"]) == 1
    assert "whisper-base is not installed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["install", "no-such-model"], "one of: vosk-model-small-en-us-0.15"),
        (["verify", "no-such-model"], "no such model"),
        (["install", "--from", "x"], "exactly one model"),
        (["install", "whisper-base", "--from", "/no/such/path"], "neither a folder nor a zip"),
    ],
)
def test_mistakes_are_told_in_words(arguments: list[str], words: str, models: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", *arguments]) == 1
    assert words in capsys.readouterr().err


def test_the_folder_of_the_command_line_wins(models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(models, tmp_path / "other")
    shutil.rmtree(models)
    assert main(["models", "verify", "--models", str(tmp_path / "other")]) == 0
    assert "all files are as they should be" in capsys.readouterr().out
