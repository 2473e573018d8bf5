"""A draft's station file is judged as this machine would take it up."""

from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.station_findings import station_findings
from tests.conftest import EXAMPLE


def found(settings: Settings, tmp_path: Path, old: str, new: str) -> list[tuple[str, str, str]]:
    text = (EXAMPLE / "station.yaml").read_text(encoding="utf-8")
    assert text.count(old) >= 1
    file = tmp_path / "station.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    lines = file.read_text(encoding="utf-8").splitlines()
    seen = station_findings(settings, file)
    assert all(new.splitlines()[0].strip() in lines[each.line - 1] for each in seen if each.level == "wrong" and each.line)
    return [(each.code, each.level, each.subject) for each in seen if each.level == "wrong"]


@pytest.fixture
def settings() -> Settings:
    return Settings.load(station=EXAMPLE)


def test_what_stands_in_the_station_folder_is_well(settings: Settings, tmp_path: Path) -> None:
    assert found(settings, tmp_path, "places:", "places:") == []


def test_hours_that_nobody_can_read(settings: Settings, tmp_path: Path) -> None:
    [(code, _, subject)] = found(settings, tmp_path, "hours: ", "hours: whenever # ")
    assert (code, subject.split("[")[0]) == ("hours", "places")


def test_a_rule_of_a_sensor_that_is_not_there(settings: Settings, tmp_path: Path) -> None:
    assert found(settings, tmp_path, "sensors: [", "sensors: [nowhere, ")


def test_a_source_that_this_machine_does_not_have(settings: Settings, tmp_path: Path) -> None:
    wrong = found(settings, tmp_path, "source: ", "source: mqtt:somewhere # ")
    assert wrong
    assert wrong[0][0] == "station-wrong"


def test_a_file_that_is_none(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "station.yaml"
    file.write_text("places: [", encoding="utf-8")
    assert [each.code for each in station_findings(settings, file)] == ["station-unreadable"]
