"""What is found in a station file's sensors and rules, and the lines that are named."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assistant.environment.rules.check import Finding, check
from assistant.settings import Settings
from assistant.settings.lines import line_of

HEAD = """\
name: Here
stop: A
languages: [en, ko]
"""
TOKENS = """\
tokens:
  - {name: box, scopes: ["sense:hall", operate], sha256: "%s"}
""" % ("0" * 64)  # fmt: skip
SENSORS = """\
sensors:
  - {id: co2, name: Hall, quantity: co2, unit: ppm, area: Hall, source: "push:hall", zone: Z}
  - {id: dust, name: Hall, quantity: pm10, unit: µg/m³, area: Hall, source: "sds011:/dev/ttyUSB0"}
  - id: smoke
    name: Hall
    quantity: smoke
    unit: state
    area: Hall
    zone: Z
    source: "push:hall"
"""
ALERT = "    alert: {category: Env, event: E, headline: H, instruction: I}\n"
GOOD = f"rules:\n  - id: stuffy\n    sensors: [co2]\n    above: 1500\n    clear: 1000\n{ALERT}"


def found(folder: Path, text: str) -> list[Finding]:
    path = folder / "station.yaml"
    path.write_text(text, encoding="utf-8")
    settings = Settings(**{**YAML(typ="safe").load(text), "station": folder})
    return check(settings, path)


def one(folder: Path, text: str, code: str) -> Finding:
    findings = [finding for finding in found(folder, text) if finding.code == code]
    assert len(findings) == 1, findings
    return findings[0]


def rules(*lines: str, alert: str = ALERT) -> str:
    return HEAD + SENSORS + TOKENS + "rules:\n  - id: r\n" + "".join(f"    {line}\n" for line in lines) + alert


def test_a_good_file_has_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, HEAD + SENSORS + TOKENS + GOOD) == []


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        (["sensors: [co2, nobody]", "above: 1"], "rule-sensor", "rules[0].sensors[1]: no sensor has the id nobody: use one of co2, dust,"),
        (["sensors: [co2, co2]", "above: 1500"], "rule-sensor-repeated", "rules[0].sensors[1]: co2 is named twice"),
        (["sensors: [co2]", "above: 1500", "confirm: 2"], "rule-confirm", "rules[0].confirm: 2 sensors cannot agree where it watches 1"),
        (["sensors: [co2, dust]", "above: 1500"], "rule-units", "rules[0].sensors: its sensors report in ppm and µg/m³"),
        (["sensors: [dust]", "above: 2000"], "rule-never", "rules[0].above: dust never reports more than 2000 µg/m³"),
        (["sensors: [smoke]", "above: 1"], "rule-never", "rules[0].above: smoke never reports more than 1 state"),
        (["sensors: [dust]", "below: 0"], "rule-never", "rules[0].below: dust never reports less than 0 µg/m³"),
        (["sensors: [dust]", "rise: {by: 5000, within_s: 60}"], "rule-never", "rules[0].rise.by: dust reports 0 to 2000 µg/m³"),
        (["sensors: [smoke]", "rise: {by: 1, within_s: 60}"], "rule-never", "rules[0].rise: smoke is a detector"),
        (["sensors: [co2]", "above: 100"], "rule-always", "rules[0].above: co2 always reports that"),
        (["sensors: [co2]", "above: 1500", "clear: 1501"], "rule-clear", "rules[0].clear: the end lies above 1500"),
        (["sensors: [co2]", "below: 600", "clear: 500"], "rule-clear", "rules[0].clear: the end lies below 600"),
        (["sensors: [co2]", "above: 1500", "clear: 100"], "rule-no-end", "rules[0].clear: co2 never gets there"),
        (["sensors: [co2]", "above: 1500", "hours: Mo-Fx"], "rule-hours", "rules[0].hours: it is not in opening_hours syntax"),
    ],
)  # fmt: skip
def test_a_finding_names_line_key_and_mend(tmp_path: Path, lines: list[str], code: str, said: str) -> None:
    text = rules(*lines)
    finding = one(tmp_path, text, code)
    key = said.removeprefix("rules[0].").partition(":")[0].partition("[")[0].partition(".")[0]
    line = next(number for number, row in enumerate(text.splitlines(), 1) if row.startswith(f"    {key}:") and number > 15)
    assert str(finding).startswith(f"station.yaml:{line}: {said}")
    assert finding.mend
    assert finding.severity == ("warning" if code == "rule-sensor-repeated" else "error")


def test_ids_are_their_own(tmp_path: Path) -> None:
    text = HEAD + SENSORS + "  - {id: co2, name: X, quantity: co2, unit: ppm, area: X, source: sds011:/dev/x}\n" + TOKENS + GOOD
    assert str(one(tmp_path, text, "sensors-repeated")).startswith("station.yaml:14: sensors[3].id: sensors[0] has this id already")
    again = HEAD + SENSORS + TOKENS + GOOD + GOOD.removeprefix("rules:\n")
    assert str(one(tmp_path, again, "rules-repeated")).startswith("station.yaml:22: rules[1].id: rules[0] has this id already")


LIFE = "    alert: {category: Fire, life_safety: true, event: E, headline: {en: H}, instruction: {en: I, ko: I}}\n"


def test_a_text_is_missing_in_a_language(tmp_path: Path) -> None:
    soft = one(tmp_path, rules("sensors: [co2]", "above: 1500", alert=LIFE.replace("life_safety: true, ", "")), "rule-text")
    assert (soft.severity, soft.loc) == ("warning", ("rules", 0, "alert", "headline"))
    assert "missing in ko" in soft.text
    assert one(tmp_path, rules("sensors: [smoke]", "above: 0.5", alert=LIFE), "rule-text").severity == "error"


@pytest.mark.parametrize(
    ("sensor", "rule", "code", "severity"),
    [
        ("zone: Z\n    source: push:stranger", [], "rule-token", "error"),
        ("source: push:hall", [], "rule-zone", "warning"),
        ("zone: Z\n    source: push:hall", ["hours: Mo-Fr 06:00-22:00"], "rule-asleep", "warning"),
    ],
)
def test_life_safety_is_looked_at_harder(tmp_path: Path, sensor: str, rule: list[str], code: str, severity: str) -> None:
    sensors = SENSORS.replace('zone: Z\n    source: "push:hall"', sensor)
    text = rules("sensors: [smoke]", "above: 0.5", *rule, alert=LIFE.replace("{en: H}", "H")).replace(SENSORS, sensors)
    assert one(tmp_path, text, code).severity == severity
    soft = text.replace("life_safety: true", "life_safety: false")
    assert code not in {finding.code for finding in found(tmp_path, soft)}


def test_nobody_is_told_what_to_do(tmp_path: Path) -> None:
    text = rules("sensors: [smoke]", "above: 0.5", alert=LIFE.replace("{en: H}", "H").replace("{en: I, ko: I}", "''"))
    assert one(tmp_path, text, "rule-instruction").severity == "warning"


def test_a_latch_needs_somebody_who_ends_it(tmp_path: Path) -> None:
    text = rules("sensors: [co2]", "above: 1500", "latch: true")
    assert found(tmp_path, text) == []
    assert one(tmp_path, text.replace(", operate", ""), "rule-latch").severity == "warning"


@pytest.mark.parametrize(
    ("sensor", "code"),
    [
        ("quantity: co2, unit: furlong, source: scd4x:/dev/i2c-1", "sensor-unit"),
        ("quantity: smoke, unit: state, source: scd4x:/dev/i2c-1, stuck_s: 60", "sensor-stuck"),
        ("quantity: smoke, unit: state, source: scd4x:/dev/i2c-1, calibration: {factor: 2}", "sensor-calibration"),
        ("quantity: smoke, unit: state, source: push:x", "sensor-token"),
    ],
)
def test_sensors_are_looked_at(tmp_path: Path, sensor: str, code: str) -> None:
    text = HEAD + f"sensors:\n  - {{id: x, name: X, area: X, {sensor}}}\n"
    finding = one(tmp_path, text, code)
    assert str(finding).startswith("station.yaml:5: sensors[0].")


LOCS: list[tuple[tuple[Any, ...], int | None]] = [
    (("name",), 1), (("sensors", 2, "quantity"), 10), (("sensors", 2, "nothing"), 8), (("sensors", 0, "unit"), 6),
    (("sensors", 9), 5), (("nothing", 3), None), ((), None), (("name", "en"), 1), (("sensors", -1), 5),
]  # fmt: skip


@pytest.mark.parametrize(("loc", "line"), LOCS)
def test_the_deepest_part_that_stands_in_the_file_is_named(tmp_path: Path, loc: tuple[Any, ...], line: int | None) -> None:
    path = tmp_path / "station.yaml"
    path.write_text(HEAD + "\n" + SENSORS, encoding="utf-8")
    assert line_of(path, loc) == line


def test_merged_keys_and_files_that_are_none_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "station.yaml"
    path.write_text("base: &base {a: 1}\nother:\n  <<: *base\n  b: 2\n", encoding="utf-8")
    assert line_of(path, ("other", "a")) == 2
    assert line_of(path, ("other", "b")) == 4
    path.write_text("a: [", encoding="utf-8")
    assert line_of(path, ("a",)) is None
    assert line_of(tmp_path / "missing.yaml", ("a",)) is None
