"""A draft's station file is held against this machine, the sensors and the rules."""

from pathlib import Path

import pytest

from assistant.judging import judge
from assistant.settings import Settings

STATION = """name: Here
stop: A
languages: [en]
places:
  - {id: cafe, name: Café, category: cafe, hours: "Mo-Fr 06:00-22:00"}
sensors:
  - {id: co2, name: CO2, quantity: co2, unit: ppm, area: Hall, zone: cafe, source: "replay:a.csv#co2"}
rules:
  - {id: stuffy, sensors: [co2], above: 1500, alert: {category: Safety, event: {en: Bad air}, headline: {en: The air is bad.}}}
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Settings, Path]:
    """The machine's settings, and a draft's station file."""
    for name in ("station", "draft"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "station.yaml").write_text(STATION, encoding="utf-8")
    return Settings.load(station=tmp_path / "station", data=tmp_path / "data"), tmp_path / "draft" / "station.yaml"


def test_a_good_one_has_nothing_wrong(files: tuple[Settings, Path]) -> None:
    settings, draft = files
    assert judge(settings)(draft) == []


@pytest.mark.parametrize(("old", "new", "code", "subject", "line"), [
    ("replay:a.csv#co2", "mqtt:air/co2", "station-unusable", "", 0),
    ("above: 1500", "above: 1500, below: 3", "station-unusable", "rules[0]", 9),
    ("category: cafe", "kind: cafe", "station-unusable", "places[0].category", 5),
    ("above: 1500", "above: 1000000", "rule-never", "rules.stuffy", 9),
    ("sensors: [co2]", "sensors: [gone]", "rule-sensor", "rules.stuffy", 9),
    ("Mo-Fr 06:00-22:00", "whenever we like", "place-hours", "places.cafe", 5),
    ("category: cafe", "category: nothing_known", "place-category", "places.cafe", 5),
])  # fmt: skip
def test_what_cannot_be_stands_in_the_way_and_says_where(
    files: tuple[Settings, Path], old: str, new: str, code: str, subject: str, line: int
) -> None:
    settings, draft = files
    draft.write_text(STATION.replace(old, new), encoding="utf-8")
    found = [each for each in judge(settings)(draft) if each.level == "wrong"]
    assert next((each.code, each.subject, each.line) for each in found) == (code, subject, line)
    assert all(each.mend and str(draft.parent) not in each.message and each.file == "station.yaml" for each in found)


def test_what_is_so_in_service_already_is_advice(files: tuple[Settings, Path]) -> None:
    settings, draft = files
    text = STATION.replace("above: 1500", "above: 1000000")
    (settings.station / "station.yaml").write_text(text, encoding="utf-8")
    draft.write_text(text, encoding="utf-8")
    judged = judge(Settings.load(station=settings.station, data=settings.data))
    assert [(each.code, each.level) for each in judged(draft)] == [("rule-never", "advice")]
