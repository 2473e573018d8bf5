"""Feeds from files and addresses: what is asked again, what is refused, how failures are told."""

import asyncio
import gzip
import http.server
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.clock import StartedClock
from assistant.knowledge import Knowledge
from assistant.knowledge.realtime import keeper as keeping
from assistant.knowledge.realtime import sources
from assistant.knowledge.realtime.keeper import Keeper, SourceState
from assistant.knowledge.realtime.sources import FetchFailed, FileSource, HttpSource, source_of
from assistant.mqtt import Broker
from assistant.settings import Mqtt, Settings
from tests.fixtures.realtime import alert, feed, stop, trip
from tests.unit.knowledge.test_realtime import SIX_TRAINS, at, said

Write = Callable[..., Settings]


@dataclass
class Site:
    """A web server of this machine that answers as a test wants."""

    url: str = ""
    answer: Callable[[http.server.BaseHTTPRequestHandler], None] = lambda _: None
    asked: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append({name.lower(): value for name, value in self.headers.items()} | {"path": self.path})
            site.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_port}/feed.pb"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as running:
        yield running


def gives(body: bytes, status: int = 200, **headers: str) -> Callable[[http.server.BaseHTTPRequestHandler], None]:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


async def fails(source: sources.FeedSource) -> str:
    with pytest.raises(FetchFailed) as failed:
        await source.fetch()
    return failed.value.code


async def test_a_body_comes_once(site: Site) -> None:
    source = HttpSource(site.url, {"x-key": "secret"})
    site.answer = gives(b"one", etag='"1"', last_modified="Tue, 24 Nov 2026 08:00:00 GMT")
    assert await source.fetch() == b"one"
    assert site.asked[0]["x-key"] == "secret"
    site.answer = gives(b"", 304)
    assert await source.fetch() is None
    assert site.asked[1]["if-none-match"] == '"1"'
    assert site.asked[1]["if-modified-since"] == "Tue, 24 Nov 2026 08:00:00 GMT"
    site.answer = gives(b"two")
    assert await source.fetch() == b"two"
    assert await source.fetch() is None, "the same bytes, though the server does not say so"
    source.forget()
    assert await source.fetch() == b"two"
    assert "if-none-match" not in site.asked[-1]
    await source.close()


@pytest.mark.parametrize(("status", "code"), [(404, "http-404"), (500, "http-500"), (204, "http-204"), (304, "http-304")])
async def test_other_answers_are_failures(site: Site, status: int, code: str) -> None:
    site.answer = gives(b"", status)
    source = HttpSource(site.url, {})
    assert await fails(source) == code
    await source.close()


async def test_a_huge_body_is_not_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LIMIT_B", 100_000)
    source = HttpSource(site.url, {})
    site.answer = gives(b"x" * 100_001)
    assert await fails(source) == "too-large"
    site.answer = gives(gzip.compress(b"x" * 5_000_000), content_encoding="gzip")
    assert await fails(source) == "too-large"
    site.answer = gives(b"x" * 100_000)
    assert len(await source.fetch() or b"") == 100_000
    await source.close()


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "gzip"])
async def test_a_body_packed_in_another_way_than_asked_for_is_not_read(site: Site, packing: str) -> None:
    packed = gzip.compress(gzip.compress(bytes(1_000_000))) if "," in packing else b"no gzip"
    site.answer = gives(packed, content_encoding=packing)
    source = HttpSource(site.url, {})
    assert await fails(source) == "packed"
    site.answer = gives(gzip.compress(b"feed"), content_encoding="gzip")
    assert await source.fetch() == b"feed"
    await source.close()


async def test_validators_that_cannot_be_sent_back_are_forgotten(site: Site) -> None:
    site.answer = gives(b"one", etag='"\xe9"', last_modified="\xe9")
    source = HttpSource(site.url, {})
    assert [await source.fetch(), await source.fetch()] == [b"one", None]
    assert "if-none-match" not in site.asked[1]
    await source.close()


async def test_a_body_that_drips_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "FETCH_S", 0.5)
    over = threading.Event()

    def drip(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while not over.wait(0.05):
            try:
                request.wfile.write(b"x")
                request.wfile.flush()
            except OSError:
                return

    site.answer = drip
    source = HttpSource(site.url, {})
    assert await fails(source) == "slow"
    over.set()
    await source.close()


async def test_redirects_stay_at_their_host(site: Site) -> None:
    source = HttpSource(site.url, {"x-key": "secret"})

    def moved(request: http.server.BaseHTTPRequestHandler) -> None:
        (gives(b"found") if request.path == "/new" else gives(b"", 302, location="/new"))(request)

    site.answer = moved
    assert await source.fetch() == b"found"
    site.answer = gives(b"", 302, location="/round")
    source.forget()
    assert await fails(source) == "redirect"
    with serving(Site(answer=gives(b"stolen"))) as other:
        elsewhere = other.url.replace("127.0.0.1", "localhost")
        site.answer = gives(b"", 302, location=elsewhere)
        assert await fails(source) == "redirect"
        site.answer = gives(b"", 302, location=other.url)
        assert await fails(source) == "redirect", "another port is another service"
        assert other.asked == []
    site.answer = gives(b"", 302, location="http://127.0.0.1:99999999/")
    assert await fails(source) == "redirect"
    await source.close()


async def test_what_nobody_foresaw_does_not_end_the_watch(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    async def burst(_: HttpSource) -> bytes | None:
        raise ExceptionGroup("nobody", [OverflowError()])

    monkeypatch.setattr(HttpSource, "fetch", burst)
    with kept(write, "http://127.0.0.1:1/feed.pb") as running:
        assert [state.failure for state in await running.keeper.once()] == ["broken"]


async def test_no_proxy_of_the_environment_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.answer = gives(b"direct")
    with serving(Site(answer=gives(b"by proxy"))) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        source = HttpSource(site.url, {})
        assert await source.fetch() == b"direct"
        assert proxy.asked == []
        await source.close()


async def test_nobody_there() -> None:
    source = HttpSource("http://127.0.0.1:1/feed.pb", {})
    assert await fails(source) == "unreachable"
    await source.close()


async def test_what_is_no_file_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/zero")):
        assert await fails(FileSource(path)) == "file-unreadable"


async def test_a_file_comes_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of("file:live/feed.pb", tmp_path, {})
    assert isinstance(source, FileSource)
    assert await fails(source) == "file-missing"
    path = tmp_path / "live" / "feed.pb"
    path.parent.mkdir()
    path.write_bytes(b"one")
    assert await source.fetch() == b"one"
    assert await source.fetch() is None
    os.utime(path, (1, 1))
    assert await source.fetch() == b"one"
    path.unlink()
    path.mkdir()
    assert await fails(source) == "file-unreadable"
    path.rmdir()
    monkeypatch.setattr(sources, "LIMIT_B", 3)
    path.write_bytes(b"four")
    assert await fails(source) == "too-large"


@dataclass
class Kept:
    """A station whose keeper is run by a test."""

    knowledge: Knowledge
    keeper: Keeper

    def first(self) -> str:
        return said(self.knowledge.departures(at=at("08:00"), limit=1)[0])

    @property
    def state(self) -> SourceState:
        return self.keeper.states()[0]

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not true():  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@contextmanager
def kept(write: Write, source: str, **more: object) -> Iterator[Kept]:
    settings = write("realtime: " + json.dumps({"trip_updates": source, "alerts": source, "refresh_s": 0.05} | more), **SIX_TRAINS)
    clock = StartedClock(at("08:00"))
    knowledge = Knowledge.open(settings, clock)
    keeper = Keeper(settings, clock, knowledge.realtime, knowledge.outages, Broker(settings.mqtt))
    yield Kept(knowledge, keeper)
    knowledge.close()


def late(minutes: int) -> bytes:
    return feed(at("08:00"), trip("t0", stop("here1", departure=minutes * 60)), alert("a", "Late", {"route_id": "r1"})).SerializeToString()


async def test_a_source_of_both_is_asked_once_and_gives_both(write: Write, site: Site) -> None:
    site.answer = gives(late(5), etag="1")
    with kept(write, site.url, refresh_s=60) as station:
        station.keeper.start()
        await station.until(lambda: station.state.fresh)
        assert station.first() == "t0 08:00>08:05 delayed 1"
        assert [alert.header for alert in station.knowledge.alerts(at("08:00"), language="en")] == ["Late"]
        assert len(site.asked) == 1
        await station.keeper.stop()


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (gives(b"<html>502</html>"), "not-protobuf"), (gives(b"", 500), "http-500"), (gives(late(9)[:-4]), "not-protobuf"),
        (gives(feed(at("09:00")).SerializeToString()), "feed-from-the-future"),
        (gives(feed(at("06:00")).SerializeToString()), "feed-too-old"),
    ],
)  # fmt: skip
async def test_a_failure_is_told_and_mended_without_a_wrong_time(
    write: Write, site: Site, answer: Callable[[http.server.BaseHTTPRequestHandler], None], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LONGEST_WAIT_S", 0.05)
    site.answer = gives(late(5))
    with kept(write, site.url) as station:
        station.keeper.start()
        await station.until(lambda: station.state.fresh)
        site.answer = answer
        await station.until(lambda: station.state.failure == why)
        assert station.first() == "t0 08:00>08:05 delayed 1", "what was said last holds until it is too old"
        site.answer = gives(late(7))
        await station.until(lambda: station.state.failure is None)
        assert station.first() == "t0 08:00>08:07 delayed 1"
        await station.keeper.stop()


async def test_failures_are_logged_once_a_change_and_asked_for_less_often(
    write: Write, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site.answer = gives(b"", 500)
    with kept(write, site.url) as station, caplog.at_level("INFO", logger="assistant"):
        station.keeper.start()
        await station.until(lambda: len(site.asked) >= 3)
        site.answer = gives(late(5))
        await station.until(lambda: station.state.failure is None and station.state.fresh)
        await station.keeper.stop()
    told = [record.msg for record in caplog.records if record.msg.startswith("realtime")]
    assert told == ["realtime_failed", "realtime_back"]
    assert site.url not in caplog.text


async def test_nothing_new_grows_old(write: Write) -> None:
    with kept(write, "file:rt.pb", limit_s=1.5) as station:
        (station.knowledge._settings.station / "rt.pb").write_bytes(late(5))
        station.keeper.start()
        await station.until(lambda: station.state.fresh)
        assert station.first() == "t0 08:00>08:05 delayed 1"
        await station.until(lambda: not station.state.fresh)
        assert station.first() == "t0 08:00 scheduled 1"
        await station.keeper.stop()


async def test_one_look_tells_how_all_is(write: Write, site: Site) -> None:
    site.answer = gives(b"", 404)
    with kept(write, site.url) as station:
        assert [state.failure for state in await station.keeper.once()] == ["http-404"]
        site.answer = gives(late(5))
        [state] = await station.keeper.once()
        assert (state.failure, state.fresh, state.parts) == (None, True, ("trip_updates", "alerts"))
        await station.keeper.stop()


@pytest.mark.parametrize(
    "source",
    ["feed.pb", "file:", "file:/etc/passwd", "file:../feed.pb", "file:a/../../b", "ftp://x/y", "http://", "mqtt:", "mqtt:a/#", "mqtt:+/a"],
)
def test_a_source_that_cannot_be_is_refused(write: Write, source: str) -> None:
    with pytest.raises(Exception, match=r"realtime\.alerts"):
        write("realtime: " + json.dumps({"alerts": source}))


def test_a_topic_needs_a_broker(write: Write) -> None:
    with pytest.raises(Exception, match=r"mqtt\.host"):
        write("realtime: {alerts: 'mqtt:alerts'}")
    with pytest.raises(Exception, match=r"mqtt\.host"):
        write("mqtt: {outages: 'outages/#'}")
    assert write("realtime: {alerts: 'mqtt:alerts'}\nmqtt: {host: localhost}").mqtt == Mqtt(host="localhost")
