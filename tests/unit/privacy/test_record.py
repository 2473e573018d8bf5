"""The transparency record says what the settings say."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from assistant.privacy.record import Model, record
from assistant.reports.models import Report
from assistant.reports.store import MOST
from assistant.settings import Contacts, Dialogue, Feed, Http, Kiosk, Mqtt, Realtime, Sensor, Settings, Speech


def settings(**overrides: Any) -> Settings:
    return Settings(**{"station": Path("station"), "name": {"en": "Test", "ko": "시험"}, "stop": "S", **overrides})


def test_nothing_is_connected_to_unless_it_is_configured() -> None:
    assert record(settings()).connects_to == []


@pytest.mark.parametrize("address", ["unix:///run/speech.sock", "tcp://127.0.0.1:10300", "tcp://[::1]:10300"])
def test_a_speech_service_on_this_machine_is_named(address: str) -> None:
    (speech,) = record(settings(speech=Speech(address=address))).connects_to
    assert speech.address == address
    assert "sound" in speech.receives


@pytest.mark.parametrize(
    "address",
    ["tcp://10.0.0.7:10300", "tcp://speech.example:10300", "tcp://0.0.0.0:10300", "tcp://127.0.0.1", "tcp://:10300", "tcp://127.0.0.1:x",
     "http://127.0.0.1:10300", "unix://host/run/speech.sock", "unix:speech.sock", "unix://", "tcp://a:b@127.0.0.1:1", "speech.sock", ""],
)  # fmt: skip
def test_sound_goes_to_no_other_machine(address: str) -> None:
    with pytest.raises(ValidationError, match="sound never leaves this machine"):
        Speech(address=address)


def test_a_keypad_and_a_headset_are_named_where_there_are_some() -> None:
    always = {"touch_screen", "microphone", "loudspeaker"}
    assert {device.device for device in record(settings()).devices} == always
    made = record(settings(kiosk=Kiosk(keypad={"F13": "talk"}, headset={"F21": "plugged"})))
    assert made.connects_to == []
    assert {device.device for device in made.devices} == {*always, "keypad", "headset"}


@pytest.mark.parametrize(
    ("url", "address"),
    [("https://user:secret@feeds.example/gtfs.zip?key=secret", "https://feeds.example"), ("http://[::1]:8000/secret", "http://[::1]:8000")],
)
def test_the_address_of_newer_timetables_is_named_without_what_may_be_a_key(url: str, address: str) -> None:
    made = record(settings(feed=Feed(url=url)))
    assert [peer.address for peer in made.connects_to] == [address]
    assert "secret" not in made.model_dump_json()


def test_what_people_bring_is_kept_in_memory_for_as_long_as_the_settings_say() -> None:
    processed = record(settings(dialogue=Dialogue(expiry_s=123))).processed
    assert {item.where for item in processed} == {"memory"}
    assert [item.idle_s for item in processed] == [None, 123, 123]


def test_devices_follow_the_settings() -> None:
    assert {device.device for device in record(settings()).devices} == {"touch_screen", "microphone", "loudspeaker"}
    sensor = Sensor(id="s", name={"": "s"}, quantity="pm10", unit="µg/m³", area={"": "s"}, source="push:s")
    assert "air_sensor" in {device.device for device in record(settings(sensors=[sensor])).devices}


def test_station_models_address_and_contacts() -> None:
    model = Model(language="en", task="hear", engine="vosk")
    made = record(settings(languages=("ko",), http=Http(port=1), contacts=Contacts(operator="a@b", emergency="112")), [model])
    assert (made.station, made.models, made.listens_on, made.contact) == ("시험", [model], "127.0.0.1:1", {"operator": "a@b"})


def test_who_gives_realtime_is_named_without_what_may_be_a_key() -> None:
    live = Realtime(trip_updates="https://user:secret@rt.example/feed?key=secret", alerts="mqtt:alerts", headers={"x-key": "secret"})
    made = record(settings(realtime=live, mqtt=Mqtt(host="broker.example", port=8883, tls=True, username="u", password="secret")))  # noqa: S106
    assert [peer.address for peer in made.connects_to] == ["https://rt.example", "mqtts://broker.example:8883"]
    assert "secret" not in made.model_dump_json()
    both = Realtime(trip_updates="https://rt.example/both", alerts="https://rt.example/both")
    assert len(record(settings(realtime=both)).connects_to) == 1
    assert record(settings(realtime=Realtime(trip_updates="file:rt.pb"))).connects_to == []


def test_reports_are_named_with_what_is_in_them_and_how_many_are_kept() -> None:
    (kept,) = [item for item in record(settings()).stored if "reports" in item.what]
    assert all(word in kept.what for word in ("number", "kind", "time", "kiosk", "place", "acknowledged", "no words"))
    assert kept.retention == f"the newest {MOST:,}"
    named = {"id", "number", "kind", "kiosk", "place", "at", "source", "acknowledged_at", "acknowledged_by"}
    assert {field.name for field in fields(Report)} == named, "what a report holds is told here"


def test_the_broker_gets_reports_only_where_a_topic_is_set() -> None:
    (silent,) = record(settings(mqtt=Mqtt(host="broker.example"))).connects_to
    (told,) = record(settings(mqtt=Mqtt(host="broker.example", reports="station/reports"))).connects_to
    assert "reports" not in silent.receives
    assert "reports to staff: number, kind, time, kiosk and place, no words" in told.receives
