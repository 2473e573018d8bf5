"""Newer feeds: which one is best, what is refused, and that the last good one stays."""

import io
import os
import resource
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.clock import StartedClock
from assistant.errors import AssistantError, StationError, Unavailable
from assistant.knowledge import Knowledge
from assistant.knowledge.imports import current
from assistant.knowledge.refresh import bring_in, fetch, fetch_from, known_state, take
from assistant.knowledge.refresh.download import download
from assistant.knowledge.refresh.stick import on_sticks
from assistant.settings import Feed, Settings
from tests.unit.knowledge.conftest import BASE

Write = Callable[..., Settings]
CLOCK = StartedClock(datetime(2026, 11, 24, 8, tzinfo=UTC))
LATER = StartedClock(datetime(2027, 1, 2, 8, tzinfo=UTC))


def calendar(start: int, end: int) -> str:
    return BASE["calendar"].replace("20260101,20261231", f"{start},{end}")


def zipped(**tables: str | None) -> bytes:
    """The small city with other tables, as a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (BASE | tables).items():
            if content is not None:
                archive.writestr(f"{name}.txt", content)
    return packed.getvalue()


NEWER = zipped(trips="trip_id,route_id,service_id,trip_headsign\nout,r1,daily,Newer\nback,r1,daily,Here Central\n")
NEXT_YEAR = zipped(calendar=calendar(20270101, 20271231), trips="trip_id,route_id,service_id\nout,r2,daily\nback,r1,daily\n")


@pytest.fixture
def zip_of(tmp_path: Path) -> Callable[[bytes], Path]:
    def write_zip(content: bytes) -> Path:
        path = tmp_path / "given.zip"
        path.write_bytes(content)
        return path

    return write_zip


def served(settings: Settings, clock: StartedClock = CLOCK) -> str:
    """Which feed answers: the headsign of its next train."""
    knowledge = Knowledge.open(settings, clock)
    try:
        return knowledge.departures(at=clock.now())[0].headsign
    finally:
        knowledge.close()


def test_a_newer_feed_goes_into_service_and_survives_a_restart(write: Write, zip_of: Callable[[bytes], Path]) -> None:
    settings = write()
    assert served(settings) == "End of the World"
    outcome = take(settings, CLOCK, zip_of(NEWER), "hand")
    assert (outcome.result, str(outcome.start), str(outcome.end)) == ("taken", "2026-01-01", "2026-12-31")
    assert served(settings) == served(settings) == "Newer"
    assert take(settings, CLOCK, zip_of(NEWER), "hand").result == "unchanged"


def test_a_feed_that_comes_before_the_first_start_is_newer_than_the_folders(write: Write, zip_of: Callable[[bytes], Path]) -> None:
    settings = write()
    take(settings, CLOCK, zip_of(NEWER), "hand")
    assert served(settings) == "Newer"


def test_a_feed_put_into_the_station_folder_later_is_newer(write: Write, zip_of: Callable[[bytes], Path]) -> None:
    settings = write()
    bring_in(settings, CLOCK)
    take(settings, CLOCK, zip_of(NEWER), "stick")
    write(trips="trip_id,route_id,service_id,trip_headsign\nout,r1,daily,By hand\nback,r1,daily,Here\n")
    assert served(settings) == "By hand"
    assert take(settings, CLOCK, zip_of(NEWER), "stick").result == "unchanged", "a stick left in brings nothing back"
    assert served(settings) == "By hand"
    assert take(settings, CLOCK, zip_of(NEWER), "hand").result == "taken", "an operator may"
    assert served(settings) == "Newer"


def test_a_feed_that_begins_later_waits_for_its_day(write: Write, zip_of: Callable[[bytes], Path]) -> None:
    settings = write()
    bring_in(settings, CLOCK)
    before = current(settings)
    outcome = take(settings, CLOCK, zip_of(NEXT_YEAR), "url")
    assert (outcome.result, str(outcome.start), current(settings)) == ("kept", "2027-01-01", before)
    assert served(settings) == "End of the World"
    knowledge = Knowledge.open(settings, LATER)
    assert knowledge.expired(LATER.now()) == "valid"
    assert knowledge.departures(at=LATER.now())[0].line == "R2"
    knowledge.close()


def test_an_expired_feed_in_the_station_folder_gives_way_to_one_that_holds(write: Write, zip_of: Callable[[bytes], Path]) -> None:
    settings = write()
    take(settings, CLOCK, zip_of(NEWER), "hand")
    write(calendar=calendar(20250101, 20251231))
    assert served(settings) == "Newer"


def test_without_a_feed_in_the_folder_the_kept_one_serves(write: Write, zip_of: Callable[[bytes], Path]) -> None:
    settings = write(**dict.fromkeys(BASE, None))
    (settings.station / "gtfs").rmdir()
    with pytest.raises(StationError, match=r"gtfs\.zip is missing"):
        bring_in(settings, CLOCK)
    take(settings, CLOCK, zip_of(NEWER), "hand")
    assert served(settings) == "Newer"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html>Please log in</html>", "feed-damaged"),
        (NEWER[: len(NEWER) // 2], "feed-damaged"),
        (zipped(stop_times=None), "feed-file-missing"),
        (zipped(stops=BASE["stops"].replace("here1,", "elsewhere,")), "station-stop-unknown"),
        (zipped(agency=BASE["agency"].replace("Europe/London", "Asia/Seoul")), "feed-other-zone"),
        (zipped(calendar=calendar(20240101, 20251231)), "feed-expired"),
        (zipped(trips="trip_id,route_id,service_id\nback,r1,daily\n"), "station-without-trains"),
        (zipped(shapes="0" * 30_000_000), "feed-hostile"),
    ],
    ids=["page", "cut", "incomplete", "other-station", "other-zone", "expired", "without-trains", "bomb"],
)
def test_what_is_no_good_is_refused_and_the_old_one_stays(
    write: Write, zip_of: Callable[[bytes], Path], content: bytes, code: str
) -> None:
    settings = write()
    bring_in(settings, CLOCK)
    before = current(settings)
    with pytest.raises(StationError) as refused:
        take(settings, CLOCK, zip_of(content), "stick")
    assert refused.value.code == code
    assert current(settings) == before
    assert served(settings) == "End of the World"
    last = known_state(settings).last
    assert last is not None
    assert (last.result, last.code) == ("refused", code)
    assert [path.name for path in (settings.data / "feeds").glob("*.zip")] == []


def test_more_than_the_limit_is_refused(write: Write, zip_of: Callable[[bytes], Path]) -> None:
    settings = write().model_copy(update={"feed": Feed(limit_mb=0.0005)})
    with pytest.raises(StationError, match=r"more than the limit of 0\.0005 MB"):
        take(settings, CLOCK, zip_of(NEWER), "stick")


def test_feeds_of_another_station_do_not_count(write: Write, zip_of: Callable[[bytes], Path]) -> None:
    settings = write()
    take(settings, CLOCK, zip_of(NEWER), "hand")
    (settings.station / "station.yaml").write_text("name: Mid\nstop: mid\n", encoding="utf-8")
    assert served(Settings.load(station=settings.station, data=settings.data)) == "End of the World"


def test_a_damaged_memory_is_an_empty_one(write: Write, zip_of: Callable[[bytes], Path]) -> None:
    settings = write()
    take(settings, CLOCK, zip_of(NEWER), "hand")
    (settings.data / "feeds" / "state.json").write_bytes(b'{"station": ')
    assert served(settings) == "End of the World"


def test_only_what_may_be_needed_is_kept(write: Write, zip_of: Callable[[bytes], Path]) -> None:
    settings = write()
    bring_in(settings, CLOCK)
    for number in range(6):
        trips = f"trip_id,route_id,service_id,trip_headsign\nout,r1,daily,Number {number}\nback,r1,daily,Here\n"
        take(settings, CLOCK, zip_of(zipped(trips=trips)), "url")
    assert served(settings) == "Number 5"
    assert len(list((settings.data / "feeds").glob("*.zip"))) == 4


def test_sticks_are_looked_for_at_their_top_and_links_are_not_followed(tmp_path: Path) -> None:
    media, elsewhere = tmp_path / "media", tmp_path / "elsewhere"
    for folder in ("kiosk/STICK", "OTHER", "deep/er/still", "linked"):
        (media / folder).mkdir(parents=True)
    elsewhere.mkdir()
    (elsewhere / "gtfs.zip").write_bytes(NEWER)
    for folder in ("kiosk/STICK", "OTHER", "deep/er/still"):
        (media / folder / "gtfs.zip").write_bytes(NEWER)
    (media / "linked" / "gtfs.zip").symlink_to(elsewhere / "gtfs.zip")
    (media / "link").symlink_to(elsewhere)
    (media / "gtfs.zip").write_bytes(NEWER)
    assert on_sticks(media) == [media / "OTHER" / "gtfs.zip", media / "kiosk" / "STICK" / "gtfs.zip"]
    assert on_sticks(tmp_path / "nowhere") == []


def test_a_link_or_a_pipe_on_a_stick_is_refused(write: Write, tmp_path: Path) -> None:
    settings = write()
    link, pipe = tmp_path / "link.zip", tmp_path / "pipe.zip"
    (tmp_path / "real.zip").write_bytes(NEWER)
    link.symlink_to(tmp_path / "real.zip")
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path / "gone.zip"):
        with pytest.raises(StationError) as refused:
            take(settings, CLOCK, path, "stick")
        assert refused.value.code == "feed-damaged"


@pytest.mark.parametrize("most", [100, 1000, 20_000])
def test_a_full_disk_is_no_fault_of_the_stick(write: Write, zip_of: Callable[[bytes], Path], most: int) -> None:
    settings = write()
    bring_in(settings, CLOCK)
    stick, (soft, hard) = zip_of(NEWER), resource.getrlimit(resource.RLIMIT_FSIZE)
    database = current(settings)
    assert database is not None
    size = database.stat().st_size
    assert 1000 < len(NEWER) < 20_000 < size, "nothing can be written, not the copy, or not the import"
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        with pytest.raises(Unavailable) as failed:
            take(settings, CLOCK, stick, "stick")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert failed.value.code == "feed-disk"
    assert not list((settings.data / "feeds").glob("*.zip")), "what is of no use takes no room"
    assert served(settings) == "End of the World"
    assert take(settings, CLOCK, stick, "stick").result == "taken"


class Publisher:
    """A server of one feed that counts what it was asked."""

    def __init__(self) -> None:
        self.content, self.status, self.headers, self.asked = NEWER, 200, {"ETag": '"one"'}, [dict[str, str]()]
        self.asked.clear()
        self.endless = False
        """True for an answer that does not say how long it is."""
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                publisher.asked.append({key.lower(): value for key, value in self.headers.items()} | {"path": self.path})
                if self.path == "/moved":
                    self.send_response(301)
                    self.send_header("Location", "/feed.zip")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                same = self.headers.get("If-None-Match") == publisher.headers.get("ETag", "-")
                self.send_response(304 if same else publisher.status)
                for key, value in publisher.headers.items():
                    self.send_header(key, value)
                body = b"" if same else publisher.content
                if "Content-Length" not in publisher.headers and not publisher.endless:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/feed.zip?key=secret"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    server = Publisher()
    yield server
    server.close()


def at_address(settings: Settings, url: str, **feed: object) -> Settings:
    return settings.model_copy(update={"feed": Feed.model_validate({"url": url, **feed})})


def test_an_unchanged_feed_is_asked_for_and_not_sent(write: Write, publisher: Publisher) -> None:
    settings = at_address(write(), publisher.url)
    bring_in(settings, CLOCK)
    assert fetch(settings, CLOCK).result == "taken"
    assert fetch(settings, CLOCK).result == "unchanged"
    assert [request.get("if-none-match") for request in publisher.asked] == [None, '"one"']
    publisher.headers, publisher.content = {"ETag": '"two"'}, NEXT_YEAR
    assert fetch(settings, CLOCK).result == "kept"
    assert served(settings) == "Newer"
    publisher.headers = {"Last-Modified": "Tue, 24 Nov 2026 08:00:00 GMT"}
    assert [fetch(settings, CLOCK).result, fetch(settings, CLOCK).result] == ["unchanged", "unchanged"]
    assert publisher.asked[-1]["if-modified-since"] == "Tue, 24 Nov 2026 08:00:00 GMT"
    assert b"secret" not in b"".join(path.read_bytes() for path in (settings.data / "feeds").iterdir())


def test_the_same_content_under_a_new_name_changes_no_order(write: Write, publisher: Publisher, zip_of: Callable[[bytes], Path]) -> None:
    settings = at_address(write(), publisher.url)
    fetch(settings, CLOCK)
    by_hand = "trip_id,route_id,service_id,trip_headsign\nout,r1,daily,By hand\nback,r1,daily,Here\n"
    take(settings, CLOCK, zip_of(zipped(trips=by_hand)), "hand")
    publisher.headers = {"ETag": '"other"'}
    assert fetch(settings, CLOCK).result == "unchanged"
    assert served(settings) == "By hand"


def test_a_feed_that_was_lost_is_sent_again(write: Write, publisher: Publisher) -> None:
    settings = at_address(write(), publisher.url)
    bring_in(settings, CLOCK)
    fetch(settings, CLOCK)
    for path in (settings.data / "feeds").glob("*.zip"):
        path.unlink()
    assert served(settings) == "End of the World"
    fetch(settings, CLOCK)
    assert served(settings) == "Newer"
    assert publisher.asked[-1].get("if-none-match") is None
    assert len(list((settings.data / "feeds").glob("*.zip"))) == 1


def test_a_refused_feed_is_not_taken_for_known(write: Write, publisher: Publisher) -> None:
    settings = at_address(write(), publisher.url)
    publisher.content = b"no zip"
    for _ in range(2):
        with pytest.raises(StationError, match="is no zip"):
            fetch(settings, CLOCK)
    assert publisher.asked[-1].get("if-none-match") is None
    look = known_state(settings).look
    assert look is not None
    assert timedelta(hours=21) < look.next_at - look.at <= timedelta(hours=24)


def test_failures_wait_longer_each_time(write: Write, publisher: Publisher) -> None:
    settings = at_address(write(), publisher.url, refresh_h=1)
    publisher.status = 500
    waits = []
    for _ in range(9):
        with pytest.raises(Unavailable, match="status 500"):
            fetch(settings, CLOCK)
        look = known_state(settings).look
        assert look is not None
        waits.append((look.next_at - look.at).total_seconds())
    assert all(0.5 * least <= wait <= least for wait, least in zip(waits, (60, 120, 240, 480, 960, 1920, 3600, 3600, 3600), strict=True))
    publisher.status = 200
    assert fetch(settings, CLOCK).result == "taken"
    look = known_state(settings).look
    assert look is not None
    assert look.failures == 0


@pytest.mark.parametrize(
    ("headers", "content", "code"),
    [
        ({"Content-Length": "999999999"}, b"", "feed-too-large"),
        ({}, b"0" * 2_000_000, "feed-too-large"),
        ({"Content-Length": "5000"}, NEWER[:300], "feed-unreachable"),
        ({"Content-Encoding": "gzip"}, NEWER, "feed-encoding"),
        ({"Location": "http://127.0.0.2:1/other"}, b"", "feed-redirect"),
        ({"Location": "file:///etc/passwd"}, b"", "feed-redirect"),
        ({"Location": "/again"}, b"", "feed-unreachable"),
    ],
    ids=["says-too-much", "sends-too-much", "cut", "packed", "elsewhere", "file", "circle"],
)
def test_an_address_that_misbehaves(
    tmp_path: Path, publisher: Publisher, headers: dict[str, str], content: bytes, code: str
) -> None:
    publisher.headers, publisher.content, publisher.status = headers, content, 302 if "Location" in headers else 200
    publisher.endless = not headers
    with pytest.raises(AssistantError) as failed:
        download(publisher.url, tmp_path / "got", limit=1_000_000)
    assert failed.value.code == code
    assert "secret" not in failed.value.message
    assert not (tmp_path / "got").is_file() or (tmp_path / "got").stat().st_size <= 1_000_000


def test_an_etag_that_cannot_be_sent_back_is_forgotten(write: Write, publisher: Publisher) -> None:
    settings = at_address(write(), publisher.url)
    publisher.headers = {"ETag": '"\xe9"'}
    assert [fetch(settings, CLOCK).result, fetch(settings, CLOCK).result] == ["taken", "unchanged"]
    assert publisher.asked[-1].get("if-none-match") is None


def test_an_address_of_the_same_host_is_followed(tmp_path: Path, publisher: Publisher) -> None:
    moved = publisher.url.partition("/feed")[0] + "/moved"
    assert download(moved, tmp_path / "got", limit=1_000_000) is not None
    assert (tmp_path / "got").read_bytes() == NEWER


def test_a_slow_address_is_given_up(tmp_path: Path, publisher: Publisher) -> None:
    with pytest.raises(Unavailable) as failed:
        download(publisher.url, tmp_path / "got", limit=1_000_000, longest_s=0)
    assert failed.value.code == "feed-slow"


def test_no_proxy_of_the_environment_is_used(tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert download(publisher.url, tmp_path / "got", limit=1_000_000) is not None


def test_an_address_by_hand_counts_as_the_newest(write: Write, publisher: Publisher) -> None:
    settings = write()
    bring_in(settings, CLOCK)
    assert fetch_from(settings, CLOCK, publisher.url).origin == "hand"
    assert served(settings) == "Newer"
    for address in ("ftp://example.org/feed.zip", "file:///etc/passwd"):
        with pytest.raises(StationError, match="no address"):
            fetch_from(settings, CLOCK, address)
