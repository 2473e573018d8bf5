"""Parts and multiples of a feed, and what is asked of it."""

import zipfile
from pathlib import Path

import pytest

from benchmarks.feeds import busiest, records, scaled
from benchmarks.figures import middle

STOPS = "stop_id,parent_station,location_type\nA,,1\na1,A,0\na2,A,0\nb,,0\n"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """Forty trips from a1 or a2 to b and back."""
    trips = [f"t{number}" for number in range(40)]
    calls = [f"{trip},{sequence},{stop}" for trip in trips for sequence, stop in ((1, f"a{1 + int(trip[1:]) % 2}"), (2, "b"), (3, "a1"))]
    path = tmp_path / "gtfs.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("stops.txt", STOPS)
        archive.writestr("trips.txt", "\n".join(["trip_id", *trips]))
        archive.writestr("stop_times.txt", "\n".join(["trip_id,stop_sequence,stop_id", *calls]))
    return path


@pytest.mark.parametrize("factor", [0.25, 0.5, 1, 3])
def test_a_scaled_feed_keeps_whole_trips(feed: Path, tmp_path: Path, factor: float) -> None:
    calls = scaled(feed, tmp_path / "copy.zip", factor)
    trips = [row["trip_id"] for row in records(tmp_path / "copy.zip", "trips")]
    rows = [row["trip_id"] for row in records(tmp_path / "copy.zip", "stop_times")]
    assert len(rows) == calls == 3 * len(trips)
    assert sorted(rows) == sorted(trips * 3)
    assert len(set(trips)) == len(trips)
    assert len(trips) == 40 * factor if factor >= 1 else 0 < len(trips) < 40
    assert scaled(feed, tmp_path / "again.zip", factor) == calls


def test_the_busiest_station_is_counted_over_its_platforms(feed: Path) -> None:
    assert busiest(feed) == ("A", ["a1", "a2"])


def test_a_long_measurement_is_held_to_its_bar_by_the_median() -> None:
    figure = middle("import", "s", [2.0, 9.0, 2.2], bar=2.5, note="of a feed")
    assert (figure.value, figure.holds, figure.note) == (2.2, True, "of a feed; 2.00 to 9.00 s")
