"""The example station is what its generator writes, what an operator would make, and valid GTFS."""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.settings import Settings

LANGUAGES = {"en", "zh", "ko"}
TODAY = date(2026, 11, 23)
STAIRS, ESCALATOR, LIFT, FARE_GATE = "2", "4", "5", "6"


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "examples" / "harbour-central"


@pytest.fixture(scope="module")
def feed(folder: Path) -> dict[str, list[dict[str, str]]]:
    """Rows of every table."""
    tables = {}
    for path in (folder / "gtfs").glob("*.txt"):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


@pytest.fixture(scope="module")
def station(folder: Path) -> Settings:
    return Settings.load(station=folder)


def test_the_generator_writes_what_is_checked_in(root: Path, folder: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-I", root / "examples" / "generator", tmp_path], check=True, timeout=60)
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    kept = {path.relative_to(folder): path.read_bytes() for part in ("gtfs", "readings") for path in (folder / part).iterdir()}
    assert written.keys() == kept.keys()
    assert not [path for path in kept if written[path] != kept[path]]


def services_on(feed: dict[str, list[dict[str, str]]], day: date) -> set[str]:
    """Services that run on a day."""
    text, weekday = f"{day:%Y%m%d}", f"{day:%A}".lower()
    runs = {row["service_id"] for row in feed["calendar"] if row["start_date"] <= text <= row["end_date"] and row[weekday] == "1"}
    for row in feed["calendar_dates"]:
        if row["date"] == text:
            (runs.add if row["exception_type"] == "1" else runs.discard)(row["service_id"])
    return runs


def test_it_is_large_enough(feed: dict[str, list[dict[str, str]]]) -> None:
    names = {row["stop_name"] for row in feed["stops"] if row["location_type"] == "1" or not row["parent_station"]}
    trips = Counter(row["service_id"] for row in feed["trips"])
    assert len(feed["routes"]) >= 5
    assert len(names) >= 60
    assert sum(trips[service] for service in services_on(feed, TODAY)) >= 800
    assert any(row["departure_time"] > "24:30:00" for row in feed["stop_times"])


def test_every_day_of_the_next_years_has_trains_and_holidays_have_fewer(feed: dict[str, list[dict[str, str]]]) -> None:
    days = [TODAY + timedelta(days=number) for number in range(3 * 365)]
    assert all(services_on(feed, day) & {"WD", "WE"} for day in days)
    assert services_on(feed, date(2026, 12, 25)) == {"WE", "FS", "DY"}
    assert services_on(feed, date(2027, 3, 29)) == {"WE", "DY"}, "Easter Monday"
    assert services_on(feed, date(2027, 12, 25)) == {"WE", "FS", "DY"}


def test_the_station_has_platforms_levels_and_every_kind_of_way(feed: dict[str, list[dict[str, str]]], station: Settings) -> None:
    inside = [row for row in feed["stops"] if row["parent_station"] == station.stop]
    assert len({row["platform_code"] for row in inside} - {""}) >= 10
    assert sum(row["location_type"] == "2" for row in inside) >= 3
    assert {row["level_index"] for row in feed["levels"]} == {"-1", "0", "1"}
    assert {row["pathway_mode"] for row in feed["pathways"]} >= {STAIRS, ESCALATOR, LIFT, FARE_GATE}
    assert feed["transfers"]
    assert feed["fare_attributes"]
    assert feed["fare_rules"]


def reachable(feed: dict[str, list[dict[str, str]]], start: str, without: set[str]) -> set[str]:
    """Stops that can be walked to from `start` without some kinds of pathway."""
    ways: dict[str, set[str]] = {}
    for row in feed["pathways"]:
        if row["pathway_mode"] not in without:
            ways.setdefault(row["from_stop_id"], set()).add(row["to_stop_id"])
            if row["is_bidirectional"] == "1":
                ways.setdefault(row["to_stop_id"], set()).add(row["from_stop_id"])
    seen, front = {start}, [start]
    while front:
        front = [there for here in front for there in ways.get(here, ()) if there not in seen]
        seen.update(front)
    return seen


@pytest.mark.parametrize("without", [set(), {STAIRS, ESCALATOR}], ids=["walking", "step-free"])
def test_every_entrance_and_every_platform_are_joined(
    feed: dict[str, list[dict[str, str]]], station: Settings, without: set[str]
) -> None:
    inside = [row for row in feed["stops"] if row["parent_station"] == station.stop]
    platforms = {row["stop_id"] for row in inside if row["location_type"] == "0"}
    entrances = {row["stop_id"] for row in inside if row["location_type"] == "2"}
    if without:
        entrances = {row["stop_id"] for row in inside if row["stop_id"] in entrances and row["wheelchair_boarding"] == "1"}
        assert len(entrances) >= 3
    for stop in entrances | platforms:
        assert (entrances | platforms) <= reachable(feed, stop, without), stop


def test_every_name_is_translated(feed: dict[str, list[dict[str, str]]]) -> None:
    known = {(row["table_name"], row["field_name"], row["language"], row["field_value"]) for row in feed["translations"]}
    fields = {"stops": "stop_name", "routes": "route_long_name", "trips": "trip_headsign", "pathways": "signposted_as"}
    for table, field in fields.items():
        for text in {row[field] for row in feed[table]}:
            assert {(table, field, language, text) for language in LANGUAGES - {"en"}} <= known


def test_places_and_sensors_stand_in_the_station(
    root: Path, feed: dict[str, list[dict[str, str]]], station: Settings
) -> None:
    from assistant.knowledge.categories import categories

    stops, levels = {row["stop_id"] for row in feed["stops"]}, {row["level_id"] for row in feed["levels"]}
    assert len(station.places) >= 30
    assert len(station.sensors) >= 12
    for place in station.places:
        assert place.category in categories(), place.id
        assert place.stop is None or place.stop in stops, place.id
        assert place.level is None or place.level in levels, place.id
        assert all(set(text) == LANGUAGES for text in (place.name, place.where, place.note) if text), place.id
    assert station.aliases.keys() <= stops | {place.id for place in station.places}
    assert {sensor.zone for sensor in station.sensors if sensor.unit == "state"} <= stops
    assert station.kiosk.place in stops
    assert station.kiosk.level in levels


def test_every_sensor_has_a_column_for_the_whole_day(folder: Path, station: Settings) -> None:
    for sensor in station.sensors:
        path, _, column = sensor.source.removeprefix("replay:").partition("#")
        with (folder / path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["time"] for row in rows] == [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(0, 1440, 5)]
        assert all(float(row[column]) > 0 for row in rows) is (sensor.unit != "state"), "detectors stay quiet"


def errors(report: Path) -> list[str]:
    """Errors and warnings of a validator's report."""
    notices = json.loads(report.read_text(encoding="utf-8"))["notices"]
    return [f"{notice['code']}: {notice['sampleNotices'][:1]}" for notice in notices if notice["severity"] != "INFO"]


@pytest.fixture(scope="module")
def broken(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same feed with a platform less."""
    copy = tmp_path_factory.mktemp("broken") / "gtfs"
    shutil.copytree(folder / "gtfs", copy)
    stops = (copy / "stops.txt").read_text(encoding="utf-8")
    (copy / "stops.txt").write_text(re.sub(r"^hc9,.*\n", "", stops, flags=re.MULTILINE), encoding="utf-8")
    return copy


def validate(feed: Path, output: Path) -> list[str]:
    """What the validator in Python finds."""
    command = [sys.executable, "-m", "gtfs_validator.cli", "-i", feed, "-o", output, "-c", "GB", "-d", TODAY.isoformat()]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    return errors(output / "report.json")


def test_a_validator_finds_nothing(folder: Path, tmp_path: Path) -> None:
    assert validate(folder / "gtfs", tmp_path) == []


def test_the_validator_would_find_a_missing_platform(broken: Path, tmp_path: Path) -> None:
    assert any("foreign_key" in error for error in validate(broken, tmp_path))


@pytest.fixture(scope="module")
def canonical(root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command of the canonical validator, by MobilityData."""
    if not shutil.which("mvn") or not shutil.which("java"):
        pytest.skip("the canonical validator needs java and mvn")
    sources, classes = root / "tests" / "repository" / "validator", tmp_path_factory.mktemp("canonical") / "classpath"
    command = ["mvn", "--batch-mode", "--file", sources / "pom.xml", "dependency:build-classpath", f"-Dmdep.outputFile={classes}"]
    if subprocess.run(command, capture_output=True, timeout=300).returncode:
        pytest.skip("Maven cannot reach the canonical validator")
    return ["java", "-cp", classes.read_text().strip(), str(sources / "Validate.java")]


def validate_canonically(command: list[str], feed: Path, output: Path) -> list[str]:
    zipped = shutil.make_archive(str(output / "feed"), "zip", feed)
    subprocess.run([*command, zipped, output / "report", TODAY.isoformat()], check=True, capture_output=True, timeout=200)
    return errors(output / "report" / "report.json")


@pytest.mark.timeout(500)
def test_the_canonical_validator_finds_nothing(canonical: list[str], folder: Path, tmp_path: Path) -> None:
    assert validate_canonically(canonical, folder / "gtfs", tmp_path) == []


@pytest.mark.timeout(500)
def test_the_canonical_validator_would_find_a_missing_platform(canonical: list[str], broken: Path, tmp_path: Path) -> None:
    assert any("foreign_key" in error for error in validate_canonically(canonical, broken, tmp_path))


def test_nothing_in_the_code_knows_its_name(root: Path, tracked: list[Path]) -> None:
    told = ("dialogues", "tests", "conversations")  # of this very station
    words = {"dialogues/components/everyday_words.txt", "dialogues/components/unknown_names.py"}  # "harbour" as any word of English
    rooms = {"assistant", "dialogues", "kiosk_ui", "console_ui"}
    code = [path for path in tracked if path.parts[0] in rooms and path.parts[:3] != told and path.as_posix() not in words]
    named = {
        f"{path}:{number}"
        for path in code
        for number, line in enumerate((root / path).read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        if "harbour" in line.lower() and 'ROOT / "examples"' not in line
    }
    assert not named
