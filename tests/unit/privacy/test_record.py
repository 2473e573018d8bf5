"""The transparency record says what the settings say."""

from pathlib import Path
from typing import Any

from assistant.privacy.record import Model, Peer, record
from assistant.settings import Dialogue, Feed, Http, Sensor, Settings, Speech


def settings(**overrides: Any) -> Settings:
    return Settings(**{"station": Path("station"), "name": {"en": "Test", "ko": "시험"}, "stop": "S", **overrides})


def test_nothing_is_connected_to_unless_it_is_configured() -> None:
    assert record(settings()).connects_to == []
    assert record(settings(speech=Speech(address="unix:///run/speech.sock"))).connects_to == []


def test_peers_are_named_without_their_secrets() -> None:
    configured = settings(
        feed=Feed(url="https://user:secret@feeds.example:8443/gtfs.zip?key=secret"), speech=Speech(address="tcp://10.0.0.7:10300")
    )
    feed, speech = record(configured).connects_to
    assert feed == Peer(address="https://feeds.example:8443", purpose="a newer timetable", receives="nothing about people")
    assert speech.address == "tcp://10.0.0.7:10300"
    assert "sound" in speech.receives
    assert "secret" not in record(configured).model_dump_json()


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
    made = record(settings(languages=("ko",), http=Http(port=1), contacts={"operator": "a@b", "emergency": "112"}), [model])
    assert (made.station, made.models, made.listens_on, made.contact) == ("시험", [model], "127.0.0.1:1", {"operator": "a@b"})
