"""Whatever is wrong with a station folder or the environment ends in a sentence, not in a traceback."""

from pathlib import Path

import pytest

from assistant.cli.main import main

GOOD = "name: Somewhere\nstop: A\nlanguages: [en]\n"


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("", "holds no settings"),
        ("1: x\n" + GOOD, "holds no settings"),
        ("name: [", "is no YAML"),
        ("stop: A\n", "name"),
        (GOOD.replace("[en]", "[]"), "languages"),
        (GOOD.replace("[en]", "[../x]"), "languages"),
        (GOOD + "kiosk: {idle_s: -1}\n", "kiosk.idle_s"),
        (GOOD + "dialogue: {turn_limit_s: .inf}\n", "dialogue.turn_limit_s"),
        (GOOD + "http: {body_limit_mb: -4}\n", "http.body_limit_mb"),
        (GOOD + "clock: {start: 2026-05-01T08:00:00}\n", "clock.start"),
        (GOOD + "surprise: 1\n", "surprise"),
    ],
)
def test_a_bad_station_file_is_named_with_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], content: str, named: str
) -> None:
    (tmp_path / "station.yaml").write_text(content, encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_STATION", str(tmp_path))
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    assert main(["station", "show"]) == 1
    assert named in said(capsys)


def test_a_file_is_no_station_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "station.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_STATION", str(tmp_path / "station.yaml"))
    assert main(["station", "show"]) == 1
    assert "is missing" in said(capsys)


@pytest.mark.parametrize(("name", "value"), [("ASSISTANT_LANGUAGES", "en"), ("ASSISTANT_HTTP", "foo")])
def test_a_variable_that_is_no_json_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["station", "show"]) == 1
    assert "JSON" in said(capsys)


def test_a_data_folder_that_cannot_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "file"))
    assert main(["station", "import"]) == 1
    assert "file" in said(capsys)
