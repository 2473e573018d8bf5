"""What an import makes of the real feeds: which trains go on as others, and every notice, each looked up in the feed by hand."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.knowledge.imports import import_station
from assistant.knowledge.models import ImportReport
from assistant.settings import Settings

FEEDS = {
    "wmata-rail-2026": ("PF_A01_1", {"pathway-feet", "feed-info-ends"}),
    "wmata-rail-2026-oneday": ("PF_A01_1", {"pathway-feet", "feed-info-begins", "feed-info-ends"}),
    "metro-north-2026": ("1", set()),
    "caltrain-2023-rt": ("70021", set()),
    "bart-2019-rt": ("EMBR", set()),
    "detroit-people-mover-2024": ("1", {"in-seat-transfer-broken"}),
    "fukuoka-subway-2019": ("8", set()),
    "busan-metro-2025": ("219", set()),
    "mbta-5-stations": ("place-sstat", {"feed-without-timezone", "feed-without-timetable", "station-without-trains"}),
}


def imported(feed: Path, stop: str, folder: Path) -> ImportReport:
    (folder / "station.yaml").write_text(f"name: Station\nstop: '{stop}'\nlanguages: [en]\n")
    if feed.joinpath("gtfs.zip").exists():
        folder.joinpath("gtfs.zip").symlink_to(feed / "gtfs.zip")
    else:
        folder.joinpath("gtfs").symlink_to(feed)
    return import_station(Settings.load(station=folder, data=folder / "data"))


@pytest.mark.parametrize("name", FEEDS)
def test_notices_of_the_real_feeds(shared_data: Path, tmp_path: Path, name: str) -> None:
    stop, codes = FEEDS[name]
    assert {notice.code for notice in imported(shared_data / "gtfs" / name, stop, tmp_path).notices} == codes


def test_in_seat_transfers_of_detroit_are_its_blocks_but_for_three_back_in_time(shared_data: Path, tmp_path: Path) -> None:
    report = imported(shared_data / "gtfs" / "detroit-people-mover-2024", "1", tmp_path)
    assert [notice.count for notice in report.notices] == [3]
    with closing(sqlite3.connect(report.database)) as db:
        assert db.execute("SELECT count(*) FROM continuations").fetchone() == (440,)


def test_trains_of_fukuoka_go_on_between_the_airport_line_and_the_hakozaki_line(shared_data: Path, tmp_path: Path) -> None:
    report = imported(shared_data / "gtfs" / "fukuoka-subway-2019", "8", tmp_path)
    with closing(sqlite3.connect(report.database)) as db:
        names = dict(db.execute("SELECT id, trip_id FROM trips"))
        pairs = {(names[one], names[other]) for one, other in db.execute("SELECT trip, next FROM continuations")}
    assert len(pairs) == 274
    assert {(one.partition("線")[0], other.partition("線")[0]) for one, other in pairs} == {("空港", "箱崎"), ("箱崎", "空港")}
