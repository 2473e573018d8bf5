"""Real feeds with the smallest station file: what the database answers is what plain loops over the raw rows find."""

import csv
import io
import random
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.clock import SystemClock
from assistant.knowledge import Knowledge
from assistant.settings import Settings

Row = dict[str, str]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, kw_only=True)
class Case:
    """A feed, a stop of the station, days on which its timetable holds."""

    folder: str
    stop: str
    name: str
    days: tuple[str, ...]
    platforms: bool = False


CASES = [
    Case(folder="wmata-rail-2026", stop="PF_A01_1", name="Metro Center", days=("2026-05-05", "2026-05-10"), platforms=True),
    Case(folder="wmata-rail-2026-oneday", stop="STN_A01_C01", name="Metro Center", days=("2026-05-01",), platforms=True),
    Case(folder="metro-north-2026", stop="1", name="Grand Central", days=("2026-09-01", "2026-10-31"), platforms=True),
    Case(folder="caltrain-2023-rt", stop="70021", name="22nd Street", days=("2023-10-02", "2023-10-07")),
    Case(folder="bart-2019-rt", stop="EMBR", name="Embarcadero", days=("2019-08-05", "2019-02-18")),
    Case(folder="detroit-people-mover-2024", stop="1", name="Times Square", days=("2024-03-04", "2024-03-10")),
    Case(folder="fukuoka-subway-2019", stop="8", name="天神", days=("2019-08-05", "2019-08-12")),
    Case(folder="busan-metro-2025", stop="219", name="Seomyeon", days=("2025-08-04", "2025-08-09")),
]
MOMENTS = ("08:00", "17:31", "23:50", "00:20", "03:30")


@dataclass(kw_only=True)
class Raw:
    """The feed's rows as they are."""

    zone: ZoneInfo
    stops: dict[str, Row]
    trips: dict[str, Row]
    calls: dict[str, list[Row]]
    calendar: list[Row]
    exceptions: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "Raw":
        def rows(name: str) -> list[Row]:
            try:
                if (folder / "gtfs.zip").exists():
                    with zipfile.ZipFile(folder / "gtfs.zip") as archive:
                        text = archive.read(f"{name}.txt").decode("utf-8-sig")
                else:
                    text = (folder / f"{name}.txt").read_text(encoding="utf-8-sig")
            except (KeyError, FileNotFoundError):
                return []
            return list(csv.DictReader(io.StringIO(text)))

        calls = defaultdict(list)
        for row in rows("stop_times"):
            calls[row["trip_id"]].append(row)
        for each in calls.values():
            each.sort(key=lambda row: int(row["stop_sequence"]))
        return cls(
            zone=ZoneInfo(rows("agency")[0]["agency_timezone"]), stops={row["stop_id"]: row for row in rows("stops")},
            trips={row["trip_id"]: row for row in rows("trips")}, calls=calls, calendar=rows("calendar"),
            exceptions={(row["service_id"], row["date"]): row["exception_type"] for row in rows("calendar_dates")},
        )

    def members(self, stop_id: str) -> set[str]:
        """Stops that are one station: of one parent, or of one name a few hundred metres apart."""
        def root(each: str) -> str:
            return self.stops[each].get("parent_station") or each

        own = self.stops[root(stop_id)]
        roots = {
            row["stop_id"] for row in self.stops.values()
            if not row.get("parent_station") and (row.get("location_type") or "0") in "01" and row["stop_name"] == own["stop_name"]
            and all(abs(float(row[axis]) - float(own[axis])) < 0.0025 for axis in ("stop_lat", "stop_lon"))
        }
        return {each for each in self.stops if root(each) in roots}

    def runs(self, service: str, day: date) -> bool:
        exception = self.exceptions.get((service, f"{day:%Y%m%d}"))
        if exception:
            return exception == "1"
        return any(
            row["service_id"] == service and row[WEEKDAYS[day.weekday()]] == "1" and row["start_date"] <= f"{day:%Y%m%d}" <= row["end_date"]
            for row in self.calendar
        )

    def moment(self, day: date, text: str) -> datetime:
        hours, minutes, seconds = map(int, text.split(":"))
        noon = datetime.combine(day, time(12), self.zone).astimezone(UTC)
        return noon + timedelta(seconds=hours * 3600 + minutes * 60 + seconds - 12 * 3600)

    def departures(self, at: datetime, here: set[str], there: set[str] | None) -> list[tuple[datetime, str, str]]:
        found = []
        for back in (-1, 0, 1):
            day = at.astimezone(self.zone).date() + timedelta(days=back)
            running = {row["service_id"] for row in self.trips.values()}
            running = {service for service in running if self.runs(service, day)}
            for trip, calls in self.calls.items():
                if self.trips[trip]["service_id"] not in running:
                    continue
                for index, call in enumerate(calls[:-1]):
                    if call["stop_id"] not in here or call.get("pickup_type") == "1":
                        continue
                    later = calls[index + 1 :]
                    if there is not None and not any(row["stop_id"] in there and row.get("drop_off_type") != "1" for row in later):
                        continue
                    moment = self.moment(day, call["departure_time"])
                    if moment >= at:
                        found.append((moment, trip, call["stop_id"]))
        return sorted(found)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A case with its rows and its knowledge."""

    case: Case
    raw: Raw
    knowledge: Knowledge


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.folder)
def opened(request: pytest.FixtureRequest, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The feed, imported with the smallest station file."""
    case: Case = request.param
    source, folder = shared_data / "gtfs" / case.folder, tmp_path_factory.mktemp(case.folder)
    (folder / "station.yaml").write_text(f"name: Station\nstop: '{case.stop}'\nlanguages: [en]\n")
    if (source / "gtfs.zip").exists():
        (folder / "gtfs.zip").symlink_to(source / "gtfs.zip")
    else:
        (folder / "gtfs").symlink_to(source)
    knowledge = Knowledge.open(Settings.load(station=folder, data=folder / "data"), SystemClock())
    yield Opened(case=case, raw=Raw.read(source), knowledge=knowledge)
    knowledge.close()


def compare(opened: Opened, at: datetime, stop: str, destination: str | None) -> int:
    """Asserts that both say the same; returns how many departures there were to compare."""
    there = opened.raw.members(destination) if destination else None
    expected = [row for row in opened.raw.departures(at, opened.raw.members(stop), there) if row[0] <= at + timedelta(hours=20)][:8]
    found = opened.knowledge.departures(stop_id=stop, destination=destination, at=at, until=at + timedelta(hours=20), limit=8)
    assert [departure.scheduled.astimezone(UTC) for departure in found] == [moment for moment, _, _ in expected]
    last = expected[-1][0] if expected else at  # of trains at the same last minute, either may be the eighth
    assert {(each.trip_id, each.stop_id) for each in found if each.scheduled < last} == {row[1:] for row in expected if row[0] < last}
    return len(expected)


@pytest.mark.timeout(300)
def test_departures_are_those_of_the_raw_rows(opened: Opened) -> None:
    draw = random.Random(opened.case.folder)  # noqa: S311
    served = sorted({call["stop_id"] for calls in opened.raw.calls.values() for call in calls})
    compared = 0
    for day in opened.case.days:
        for moment in MOMENTS:
            at = datetime.fromisoformat(f"{day}T{moment}").replace(tzinfo=opened.raw.zone).astimezone(UTC)
            stop = draw.choice([opened.case.stop, *draw.sample(served, 2)])
            compared += compare(opened, at, stop, None)
            compared += compare(opened, at, opened.case.stop, draw.choice(served))
    assert compared >= 20


def test_the_station_is_itself_and_serves_lines(opened: Opened) -> None:
    at = datetime.fromisoformat(f"{opened.case.days[0]}T08:00").replace(tzinfo=opened.raw.zone)
    knowledge = opened.knowledge
    assert knowledge.expired(at) == "valid"
    stop = knowledge.stop(opened.case.stop, "und")
    assert stop is not None
    assert stop.name == opened.case.name
    assert knowledge.lines("en")
    assert knowledge.match(opened.case.name, language="en", kinds={"stop"})[0].id == stop.id
    found = knowledge.departures(at=at, limit=20)
    assert any(departure.platform for departure in found) == opened.case.platforms
    assert all(departure.line and departure.headsign for departure in found)


def test_nobody_is_sent_to_a_train_that_ends_here(opened: Opened) -> None:
    at = datetime.fromisoformat(f"{opened.case.days[0]}T07:00").replace(tzinfo=opened.raw.zone)
    for departure in opened.knowledge.departures(at=at, limit=300):
        assert departure.source.key != f"{departure.trip_id}|{opened.raw.calls[departure.trip_id][-1]['stop_sequence']}"


def test_old_translations_are_read(shared_data: Path, tmp_path: Path) -> None:
    (tmp_path / "station.yaml").write_text("name: {ja: 天神}\nstop: '8'\nlanguages: [en]\n")
    (tmp_path / "gtfs.zip").symlink_to(shared_data / "gtfs" / "fukuoka-subway-2019" / "gtfs.zip")
    knowledge = Knowledge.open(Settings.load(station=tmp_path, data=tmp_path / "data"), SystemClock())
    assert knowledge.station("en").name == "Tenjin"
    ids = [[match.id for match in knowledge.match(name, language="en")] for name in ("めいのはま", "Meinohama", "姪浜")]
    assert ids == [["1"]] * 3
    knowledge.close()


def test_a_feed_without_a_timetable_has_a_station_but_no_times(shared_data: Path, tmp_path: Path) -> None:
    (tmp_path / "station.yaml").write_text("name: South Station\nstop: place-sstat\nlanguages: [en]\n")
    (tmp_path / "gtfs").symlink_to(shared_data / "gtfs" / "mbta-5-stations")
    knowledge = Knowledge.open(Settings.load(station=tmp_path, data=tmp_path / "data"), SystemClock())
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert knowledge.expired(now) == "none"
    assert knowledge.departures(at=now) == []
    assert knowledge.station("en").name == "South Station"
    assert len(knowledge.places(category="exit", at=now, language="en", limit=100)) > 5
    assert knowledge.route(origin="door-sstat-dewey", goal="NEC-2287-13") is not None
    knowledge.close()
