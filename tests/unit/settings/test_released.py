"""The live release decides the content of the station file; the machine keeps everything else."""

from pathlib import Path

import pytest

from assistant.errors import StationError
from assistant.settings import RELEASED, Settings, differing

OWN = """name: Own
stop: A
languages: [en, ko]
places:
  - {id: cafe, name: Own Café, category: cafe}
facts: {pets: Dogs ride.}
http: {port: 9000}
tokens: []
"""
LIVE = """name: Live
stop: B
languages: [en]
places:
  - {id: cafe, name: Live Café, category: cafe}
http: {port: 1}
mqtt: {host: elsewhere.example}
"""
ID = "0123456789abcdef"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a station folder and a live release; the release's station file."""
    station, release = tmp_path / "station", tmp_path / "data" / "content" / "releases" / ID
    station.mkdir()
    release.mkdir(parents=True)
    (station / "station.yaml").write_text(OWN, encoding="utf-8")
    (release / "station.yaml").write_text(LIVE, encoding="utf-8")
    (tmp_path / "data" / "content" / "active").write_text(f"{ID}\n")
    monkeypatch.setenv("ASSISTANT_STATION", str(station))
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    return release / "station.yaml"


def test_content_is_the_releases_and_the_rest_is_the_machines(machine: Path) -> None:
    settings = Settings.load()
    assert (settings.name, settings.places[0].name, settings.languages) == ({"": "Live"}, {"": "Live Café"}, ("en",))
    assert (settings.stop, settings.http.port, settings.mqtt.host) == ("A", 9000, None)
    assert settings.facts == {}, "what the release does not say is as by default, not as on the machine"
    assert (settings.source.release, settings.source.file, settings.source.problem) == (ID, machine, None)
    own = Settings.load(released=False)
    assert own.name == {"": "Own"}
    assert differing(own, settings) == ["name", "languages", "places", "facts"]
    assert set(RELEASED) <= set(Settings.model_fields)


def test_what_came_with_the_product_is_the_folders_own(machine: Path, tmp_path: Path) -> None:
    for pointer in ("shipped\n", "../../../x\n", "ffffffffffffffff\n", ""):
        (tmp_path / "data" / "content" / "active").write_text(pointer)
        settings = Settings.load()
        assert (settings.name, settings.source.release, settings.source.problem) == ({"": "Own"}, None, None)
    assert Settings.load(station=tmp_path / "station").name == {"": "Own"}


@pytest.mark.parametrize(("text", "told"), [
    (LIVE + "sensors:\n  - {id: a, name: a, quantity: co2, unit: ppm, area: a, source: 'mqtt:x'}\n", "a topic needs mqtt.host"),
    (LIVE.replace("category: cafe", "kind: cafe"), "station.yaml:5: places[0].category: Field required"),
    (LIVE.replace("name: Live\n", "", 1), "name: Field required"),
    ("name: [", "is no YAML"),
    ("[]", "holds no settings"),
])  # fmt: skip
def test_a_release_that_cannot_be_used_here_keeps_nothing_from_starting(machine: Path, text: str, told: str) -> None:
    machine.write_text(text, encoding="utf-8")
    settings = Settings.load()
    assert (settings.name, settings.source.release) == ({"": "Own"}, None)
    assert told in (settings.source.problem or "")
    assert str(machine) in (settings.source.problem or "")


def test_mistakes_name_the_file_that_they_are_in(machine: Path, tmp_path: Path) -> None:
    own = tmp_path / "station" / "station.yaml"
    own.write_text(OWN.replace("port: 9000", "port: x") + "rules: x\n", encoding="utf-8")
    with pytest.raises(StationError) as told:
        Settings.load()
    assert f"{own}:7: http.port" in told.value.message
    own.write_text(OWN.replace("facts: {pets: Dogs ride.}", "facts: broken by hand"), encoding="utf-8")
    assert Settings.load().name == {"": "Live"}, "what the release decides cannot be wrong in the folder's own file"


def test_the_environment_has_the_last_word(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_LANGUAGES", '["ko"]')
    assert Settings.load().languages == ("ko",)
