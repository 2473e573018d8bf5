"""`doctor` on this machine, with the example station and the real speech worker."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.cli import doctor, hearing, parts
from assistant.clock import StartedClock
from assistant.knowledge.imports import import_station
from assistant.process import ChildSpec
from assistant.settings import ROOT, Mqtt, Realtime, Settings
from tests.fixtures.realtime import feed, stop, trip

STATION = ROOT / "examples" / "harbour-central"
TODAY = StartedClock(datetime(2026, 11, 23, 12, tzinfo=UTC))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    return Settings.load()


def test_a_station_before_and_after_its_import(settings: Settings) -> None:
    (before,) = parts.station(settings, TODAY)
    assert (before.area, before.state) == ("station", "advice")
    assert "station-assistant station import" in (before.mend or "")
    import_station(settings)
    after = {finding.area: finding.state for finding in parts.station(settings, TODAY)}
    assert after == {"timetable": "ok", "air": "ok"}
    late = StartedClock(datetime(2049, 1, 1, tzinfo=UTC))
    timetable = next(finding for finding in parts.station(settings, late) if finding.area == "timetable")
    assert timetable.state == "wrong"
    assert "no times are told" in timetable.text


def test_a_station_without_a_feed(settings: Settings, tmp_path: Path) -> None:
    empty = settings.model_copy(update={"station": tmp_path})
    (finding,) = parts.station(empty, TODAY)
    assert finding.state == "wrong"
    assert finding.mend


def test_a_sensor_without_its_file(settings: Settings) -> None:
    import_station(settings)
    sensor = settings.sensors[0].model_copy(update={"source": "replay:gone.csv#pm"})
    found = list(parts.station(settings.model_copy(update={"sensors": [sensor]}), TODAY))
    assert [(finding.area, finding.state) for finding in found] == [("timetable", "ok"), ("sensor", "advice"), ("air", "advice")]
    assert "gone.csv" in found[1].text


def test_realtime_is_looked_at(settings: Settings, tmp_path: Path) -> None:
    station = tmp_path / "station"
    shutil.copytree(STATION, station)
    live = settings.model_copy(update={
        "station": station, "mqtt": Mqtt(host="127.0.0.1", outages="outages/#"),
        "realtime": Realtime(trip_updates="file:rt.pb", alerts="mqtt:alerts"),
    })  # fmt: skip
    import_station(live)
    found = {finding.area: finding for finding in parts.station(live, TODAY)}
    assert (found["realtime trip updates"].state, "file-missing" in found["realtime trip updates"].text) == ("advice", True)
    assert "by the broker" in found["realtime alerts"].text
    assert "by the broker" in found["outages"].text
    (station / "rt.pb").write_bytes(feed(TODAY.now(), trip("nobody", stop("x", departure=60))).SerializeToString())
    found = {finding.area: finding for finding in parts.station(live, TODAY)}
    assert found["realtime trip updates"].state == "ok"
    assert "1 updates fit no train" in found["realtime trip updates"].text


def test_no_trained_dialogues_and_no_models(settings: Settings, tmp_path: Path) -> None:
    bare = settings.model_copy(update={"models": tmp_path})
    assert parts.dialogues(bare).mend == "station-assistant dialogues train"
    found = list(parts.speech_models(bare))
    assert [(finding.area, finding.state) for finding in found] == [(f"hearing {code}", "wrong") for code in ("en", "zh", "ko")]


def test_a_damaged_speech_model(settings: Settings, tmp_path: Path) -> None:
    source = settings.models / "speech" / "whisper-base"
    shutil.copytree(source, tmp_path / "speech" / "whisper-base", copy_function=lambda a, b: Path(b).hardlink_to(a))
    copy = tmp_path / "speech" / "whisper-base" / "tokenizer.json"
    copy.unlink()
    found = list(parts.speech_models(settings.model_copy(update={"models": tmp_path})))
    assert [finding.text for finding in found if finding.state == "wrong"] == ["whisper-base: tokenizer.json is missing"]


def test_speech_is_tried_with_the_real_worker(settings: Settings) -> None:
    found = list(hearing.hearing(settings))
    assert [finding.area for finding in found] == ["speech en", "speech zh", "speech ko"]
    # "too slow" is advice, and this machine may be busy; nothing may be wrong.
    assert [finding.text for finding in found if finding.state == "wrong" or "ms after the last word" not in finding.text] == []


def test_a_worker_that_cannot_start_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing, "START_LIMIT_S", 3.0)
    monkeypatch.setattr(hearing, "worker_spec", lambda settings, folder: ChildSpec(name="speech", argv=("/nonexistent/python",)))
    (finding,) = hearing.hearing(settings)
    assert finding.state == "wrong"
    assert "No such file or directory" in finding.text


def test_settings_that_cannot_be_read_end_the_look(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASSISTANT_STATION", str(tmp_path))
    *_, last = doctor.findings(quick=True)
    assert (last.area, last.state) == ("settings", "wrong")
    assert "station.yaml is missing" in last.text
