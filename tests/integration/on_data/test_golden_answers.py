"""Golden answers: at 300 and more stops and moments a feed, clock changes included, the board is what plain loops over the rows find."""

import csv
import random
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from assistant.clock import SystemClock
from assistant.knowledge import Knowledge
from assistant.knowledge.models import Departure
from assistant.settings import Settings
from tests.conftest import EXAMPLE
from tests.reference.gtfs_by_hand import Boarding, ByHand, clock_changes, tables

FEEDS = (
    "wmata-rail-2026", "metro-north-2026", "caltrain-2023-rt", "bart-2019-rt", "busan-metro-2025", "fukuoka-subway-2019",
    "detroit-people-mover-2024",
)  # fmt: skip
PAIRS = 300
PAIRS_OF_A_NIGHT = 40
LIMIT = 8
AHEAD = timedelta(hours=20)


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A feed whose days are moved by whole weeks: `day` becomes the first of the days on which the clocks of its zone change."""

    folder: str
    day: date
    nights: tuple[date, ...]


MOVED = [
    Moved(folder="wmata-rail-2026", day=date(2026, 5, 3), nights=(date(2026, 11, 1),)),
    # The last year in which the clocks of Korea were changed; those of Japan were not since 1951.
    Moved(folder="busan-metro-2025", day=date(2025, 7, 6), nights=(date(1988, 5, 8), date(1988, 10, 9))),
]
MOVED_TOO = [
    Moved(folder="wmata-rail-2026", day=date(2026, 5, 3), nights=(date(2026, 3, 8),)),
    Moved(folder="metro-north-2026", day=date(2026, 9, 20), nights=(date(2026, 3, 8),)),
]
"""The same in other feeds: not before every change."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """The same feed twice: imported, and by hand."""

    knowledge: Knowledge
    by_hand: ByHand


@contextmanager
def opened(feed: Path, folder: Path) -> Iterator[Opened]:
    """A feed, a folder or a zip, as the station of the first stop that it serves."""
    by_hand = ByHand(feed)
    (folder / "station.yaml").write_text(f"name: Station\nstop: '{by_hand.served()[0]}'\nlanguages: [en]\n")
    (folder / ("gtfs" if feed.is_dir() else "gtfs.zip")).symlink_to(feed.absolute())
    knowledge = Knowledge.open(Settings.load(station=folder, data=folder / "data"), SystemClock())
    try:
        yield Opened(knowledge=knowledge, by_hand=by_hand)
    finally:
        knowledge.close()


def feed_of(shared_data: Path, folder: str) -> Path:
    zipped = shared_data / "gtfs" / folder / "gtfs.zip"
    return zipped if zipped.exists() else zipped.parent


def compare(opened: Opened, draw: random.Random, moments: list[datetime]) -> list[Boarding]:
    """Asserts that both say the same at drawn stops; returns what there was to compare."""
    served, compared = opened.by_hand.served(), []
    for number, at in enumerate(moments):
        stop = draw.choice(served)
        until = at + AHEAD if number % 10 else None
        everything = opened.by_hand.departures(stop, at, until)
        asked = drawn_narrowing(opened.by_hand, draw, number, everything)
        expected = opened.by_hand.departures(stop, at, until, **asked) if asked else everything
        found = opened.knowledge.departures(stop_id=stop, at=at, until=until, limit=LIMIT, language="und", **asked)
        rows = [boarding(each) for each in found]
        question = f"{stop} at {at}, {asked}"
        assert [row.at for row in rows] == [row.at for row in expected[:LIMIT]], question
        # Of trains of the same last minute any may be the eighth, but each only once.
        assert len(set(rows)) == len(rows), question
        assert set(rows) <= set(expected), question
        compared += expected[:LIMIT]
    return compared


def boarding(found: Departure) -> Boarding:
    """An answer in the words of the reference."""
    return Boarding(
        at=found.scheduled.astimezone(UTC), trip_id=found.trip_id, stop_id=found.stop_id,
        sequence=int(found.source.key.rpartition("|")[2]), line=found.line, route_id=found.route_id, headsign=found.headsign,
        platform=found.platform, arrival=found.arrival.astimezone(UTC) if found.arrival else None, headway_s=found.headway_s,
        onward=tuple(each.trip_id for each in found.onward),
    )  # fmt: skip


def drawn_narrowing(by_hand: ByHand, draw: random.Random, number: int, everything: list[Boarding]) -> dict[str, str]:
    """A destination, a line, both, or neither."""
    asked = {}
    if number % 4 in (1, 3):
        stops = by_hand.served()
        if everything and number % 8 < 6:
            stops = [call.stop_id for call in by_hand.calls[draw.choice(everything).trip_id]]
        asked["destination"] = draw.choice(stops)
    if number % 4 in (2, 3):
        asked["line"] = draw.choice([each.route_id for each in everything] or list(by_hand.routes))
    return asked


def moments_of(by_hand: ByHand, draw: random.Random) -> list[datetime]:
    """Any time, just before and after midnight, the first and the last day, and around every change of the clocks."""
    days = by_hand.days()
    nights = clock_changes(by_hand.zone, days)
    drawn = [moment for night in draw.sample(nights, min(2, len(nights))) for moment in around(by_hand, draw, night)]
    drawn += [begin(by_hand, draw.choice(days)) + timedelta(minutes=draw.randint(-15, 15)) for _ in range(60)]
    drawn += [begin(by_hand, day) + timedelta(minutes=draw.randrange(24 * 60)) for day in (days[0], days[-1]) for _ in range(30)]
    drawn += [begin(by_hand, draw.choice(days)) + timedelta(seconds=draw.randrange(24 * 3600)) for _ in range(PAIRS - len(drawn))]
    return drawn


def around(by_hand: ByHand, draw: random.Random, night: date) -> list[datetime]:
    """Moments from the evening before a change of the clocks to the evening after it, most of them in the night."""
    hours = [draw.choice((draw.uniform(-1, 6), draw.uniform(-6, 20))) for _ in range(PAIRS_OF_A_NIGHT)]
    return [begin(by_hand, night) + timedelta(seconds=int(hour * 3600)) for hour in hours]


def begin(by_hand: ByHand, day: date) -> datetime:
    return datetime.combine(day, time(), by_hand.zone).astimezone(UTC)


@pytest.mark.parametrize("folder", [*FEEDS, "example"])
def test_answers_are_those_found_by_hand(folder: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    feed = EXAMPLE / "gtfs" if folder == "example" else feed_of(request.getfixturevalue("shared_data"), folder)
    with opened(feed, tmp_path) as both:
        draw = random.Random(folder)  # noqa: S311
        moments = moments_of(both.by_hand, draw)
        assert len(moments) >= PAIRS
        compared = compare(both, draw, moments)
    assert len(compared) >= 3 * PAIRS
    assert any(row.arrival for row in compared)
    assert any(row.onward for row in compared) == (folder in ("fukuoka-subway-2019", "detroit-people-mover-2024"))
    assert any(row.platform for row in compared) == (folder in ("wmata-rail-2026", "metro-north-2026", "example"))


@pytest.mark.parametrize(
    "moved", [*MOVED, *(pytest.param(one, marks=pytest.mark.long) for one in MOVED_TOO)],
    ids=lambda moved: f"{moved.folder}-{moved.nights[0]}",
)  # fmt: skip
def test_answers_in_nights_when_the_clocks_change(moved: Moved, shared_data: Path, tmp_path: Path) -> None:
    copy, station = tmp_path / "feed.zip", tmp_path / "station"
    station.mkdir()
    move(feed_of(shared_data, moved.folder), copy, moved.nights[0] - moved.day)
    with opened(copy, station) as both:
        days = both.by_hand.days()
        assert set(moved.nights) <= set(clock_changes(both.by_hand.zone, days))
        draw = random.Random(str(moved))  # noqa: S311
        for night in moved.nights:
            compared = compare(both, draw, around(both.by_hand, draw, night))
            assert sum(row.at.astimezone(both.by_hand.zone).date() == night for row in compared) >= PAIRS_OF_A_NIGHT


def test_answers_of_trains_that_run_at_intervals(shared_data: Path, tmp_path: Path) -> None:
    feed, station = tmp_path / "feed", tmp_path / "station"
    feed.mkdir()
    station.mkdir()
    for file in (shared_data / "gtfs" / "detroit-people-mover-2024").glob("*.txt"):
        (feed / file.name).symlink_to(file)
    trips = sorted({row["trip_id"] for row in tables(feed)("trips")})[::7]
    with (feed / "frequencies.txt").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("trip_id", "start_time", "end_time", "headway_secs", "exact_times"))
        for number, trip in enumerate(trips):
            begin_h = 6 + number % 12
            rows.writerow((trip, f"{begin_h}:00:00", f"{begin_h + 1}:30:00", 240 + number, ("", "0", "1")[number % 3]))
            rows.writerow((trip, f"{begin_h + 9}:00:00", f"{begin_h + 10}:00:00", 600, number % 2))
    with opened(feed, station) as both:
        draw = random.Random("intervals")  # noqa: S311
        compared = compare(both, draw, moments_of(both.by_hand, draw))
    assert {bool(row.headway_s) for row in compared} == {True, False}


def move(feed: Path, copy: Path, by: timedelta) -> None:
    """Writes a copy of a feed with its dates moved; what has no part in departures is left out."""
    assert by.days % 7 == 0
    with zipfile.ZipFile(feed) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            if name in ("calendar.txt", "calendar_dates.txt"):
                target.writestr(name, moved_dates(tables(feed)(name.removesuffix(".txt")), by))
            elif name not in ("shapes.txt", "feed_info.txt"):
                target.writestr(name, source.read(name))


def moved_dates(rows: list[dict[str, str]], by: timedelta) -> str:
    lines = [",".join(rows[0])]
    for row in rows:
        moved = {key: f"{datetime.strptime(row[key], '%Y%m%d') + by:%Y%m%d}" for key in row if "date" in key}
        lines.append(",".join((row | moved).values()))
    return "\n".join(lines) + "\n"
