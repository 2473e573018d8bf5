"""The timetable by the console's calls: an upload is looked at before it is read, checked whole, and leaves nothing where it is refused."""

import asyncio
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.accounts import audit
from assistant.accounts.models import Role
from assistant.api.access import Gate
from assistant.console.feed import Feeds
from tests.conftest import EXAMPLE
from tests.fixtures.accounts import Door
from tests.unit.console.conftest import API, Browser

UPLOAD = "/feed/upload"


@pytest.fixture(autouse=True)
def idle(feeds: Feeds) -> Iterator[None]:
    """Nobody has asked for anything before or after."""
    feeds.refresher._asked = None
    feeds.upload.forget()
    yield
    feeds.refresher._asked = None
    feeds.upload.forget()


def zipped(*, without: str = "", **more: bytes) -> bytes:
    """The example's feed as a zip; `without` one file, `more` tables in place of its own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((EXAMPLE / "gtfs").glob("*.txt")):
            if path.stem != without:
                archive.writestr(path.name, more.get(path.stem, path.read_bytes()))
    return packed.getvalue()


def files(feeds: Feeds) -> list[str]:
    """What lies on the shelf besides what it remembers."""
    return sorted(path.name for path in feeds.shelf.folder.glob("*") if path.suffix in (".part", ".zip"))


def work(feeds: Feeds) -> None:
    """Lets the refresher do what it was asked for, in its own process."""
    asyncio.run(feeds.refresher.look())


@pytest.mark.timeout(60)
def test_a_good_zip_goes_into_service_and_a_bad_one_does_not(as_role: Callable[[Role], Browser], feeds: Feeds, door: Door) -> None:
    publisher = as_role("publisher")
    taken = publisher.ask("POST", UPLOAD, content=zipped())
    assert (taken.status_code, taken.json()["work"]) == (202, "hand"), taken.text
    again = publisher.ask("POST", UPLOAD, content=zipped())
    assert (again.status_code, again.json()["code"]) == (409, "feed-busy")
    work(feeds)
    seen = publisher.ask("GET", "/feed").json()
    assert (seen["work"], seen["lost"], seen["last"]["result"], seen["last"]["origin"]) == ("none", False, "taken", "hand")
    good = next(one for one in seen["known"] if one["in_service"])
    assert good["origin"] == "hand"

    publisher.ask("POST", UPLOAD, content=zipped(without="stop_times"))
    work(feeds)
    seen = publisher.ask("GET", "/feed").json()
    assert (seen["last"]["result"], seen["last"]["origin"]) == ("refused", "hand")
    assert seen["last"]["message"]
    assert [one["id"] for one in seen["known"] if one["in_service"]] == [good["id"]], "the old one stays"
    assert len(files(feeds)) == 1
    station = next(one for one in seen["known"] if one["origin"] == "station")
    assert publisher.ask("POST", f"/feed/known/{station['id']}/return").status_code == 202
    work(feeds)
    assert next(one["id"] for one in publisher.ask("GET", "/feed").json()["known"] if one["in_service"]) == station["id"]
    with door.database.reading() as session:
        actions = [entry.change.action for entry in audit.listed(session, limit=3)]
    assert actions == ["feed.returned", "feed.uploaded", "feed.uploaded"]


def test_what_an_import_finds_is_shown(as_role: Callable[[Role], Browser], feeds: Feeds) -> None:
    publisher = as_role("publisher")
    elsewhere = (EXAMPLE / "gtfs" / "stops.txt").read_bytes().replace(b"\nhc,", b"\nzz,").replace(b",hc,", b",zz,")
    publisher.ask("POST", UPLOAD, content=zipped(stops=elsewhere))
    work(feeds)
    last = publisher.ask("GET", "/feed").json()["last"]
    assert last["result"] == "refused"
    assert [one for one in last["findings"] if one["severity"] == "error" and one["message"]]
    assert last["findings"][0]["severity"] == "error"


def test_a_zip_bomb_is_refused_by_the_limits_of_the_import(as_role: Callable[[Role], Browser], feeds: Feeds) -> None:
    publisher = as_role("publisher")
    bomb = zipped(stop_times=b"trip_id" + b"\0" * 40_000_000)
    assert len(bomb) < 2_000_000
    assert publisher.ask("POST", UPLOAD, content=bomb).status_code == 202
    work(feeds)
    last = publisher.ask("GET", "/feed").json()["last"]
    assert (last["result"], last["code"]) == ("refused", "feed-hostile"), last
    assert "upload.part" not in files(feeds)


def test_what_is_no_zip_is_refused(as_role: Callable[[Role], Browser], feeds: Feeds) -> None:
    publisher = as_role("publisher")
    publisher.ask("POST", UPLOAD, content=b"CANARY7")
    work(feeds)
    last = publisher.ask("GET", "/feed").json()["last"]
    assert last["result"] == "refused"
    assert "CANARY7" not in str(last)
    empty = publisher.ask("POST", UPLOAD, content=b"")
    assert (empty.status_code, empty.json()["code"]) == (400, "feed-empty")
    assert "upload.part" not in files(feeds)


class Wire:
    """A body that is given piece by piece, and counts how often it was asked for."""

    def __init__(self, *pieces: bytes, breaks_off: bool = False) -> None:
        self._pieces, self._breaks_off = list(pieces), breaks_off
        self.asked = 0

    async def __call__(self) -> dict[str, Any]:
        self.asked += 1
        if self._pieces:
            piece = self._pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(self._pieces) or self._breaks_off}
        return {"type": "http.disconnect"}


def sent(browser: Browser, wire: Wire, headers: dict[str, str], path: str = API + UPLOAD) -> tuple[int, bytes]:
    """One raw request as the gate meets it: status and body of its answer."""
    gate = browser.client.app
    assert isinstance(gate, Gate)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.client.cookies.items())
    told = {"host": "127.0.0.1:8080", "origin": "http://127.0.0.1:8080", "x-csrf-token": browser.csrf, "cookie": cookies} | headers
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http", "path": path,
        "root_path": "", "raw_path": path.encode(), "query_string": b"", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8080),
        "headers": [(name.encode(), value.encode()) for name, value in told.items()],
    }  # fmt: skip
    answer: list[Any] = []

    async def send(message: Any) -> None:
        answer.append(message)

    asyncio.run(gate(scope, wire, send))
    return answer[0]["status"], b"".join(message.get("body", b"") for message in answer[1:])


@pytest.mark.parametrize("role", ["viewer", "editor", "nobody"])
def test_nobody_else_has_a_byte_read(
    role: Role, as_role: Callable[[Role], Browser], open_browser: Callable[[], Browser], browser: Browser, feeds: Feeds
) -> None:
    one = as_role(role) if role != "nobody" else open_browser()  # type: ignore[comparison-overlap]
    wire = Wire(b"x" * 1000)
    status, _ = sent(one, wire, {"content-length": "1900000"})
    assert status in (401, 403)
    assert wire.asked == 0, "refused before it was read"
    assert files(feeds) == [name for name in files(feeds) if name.endswith(".zip")]


def test_a_page_of_another_site_has_no_byte_read(as_role: Callable[[Role], Browser]) -> None:
    publisher = as_role("publisher")
    for headers in ({"x-csrf-token": "wrong"}, {"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}):
        wire = Wire(b"x" * 1000)
        assert sent(publisher, wire, headers)[0] == 403
        assert wire.asked == 0


def test_a_body_past_the_limit_is_refused_before_it_is_read_or_in_the_middle(as_role: Callable[[Role], Browser], feeds: Feeds) -> None:
    publisher = as_role("publisher")
    announced = Wire(b"x")
    assert sent(publisher, announced, {"content-length": "2000001"})[0] == 413
    assert announced.asked == 0
    piece = b"x" * 500_000
    growing = Wire(*[piece] * 9)
    status, body = sent(publisher, growing, {"transfer-encoding": "chunked"})
    assert (status, b"too-large" in body) == (413, True)
    assert growing.asked == 5, "the piece that went past it was the last one read"
    assert "upload.part" not in files(feeds)
    assert publisher.ask("POST", "/notices", content=piece * 3).status_code == 413, "every other call keeps its own limit"


def test_an_upload_that_breaks_off_leaves_nothing(as_role: Callable[[Role], Browser], feeds: Feeds) -> None:
    publisher = as_role("publisher")
    status, body = sent(publisher, Wire(b"x" * 1000, breaks_off=True), {})
    assert (status, b"feed-broken-off" in body) == (400, True)
    assert "upload.part" not in files(feeds)
    assert feeds.refresher.busy() is None
    assert publisher.ask("POST", UPLOAD, content=b"x").status_code == 202, "the place is free again"


def test_a_disk_that_is_full_is_told(as_role: Callable[[Role], Browser], feeds: Feeds, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Any:
        raise OSError(28, "No space left on device")

    publisher = as_role("publisher")
    monkeypatch.setattr(Path, "open", full)
    refused = publisher.ask("POST", UPLOAD, content=b"x")
    assert (refused.status_code, refused.json()["code"]) == (503, "feed-disk")


def test_without_an_address_there_is_nothing_to_look_at(as_role: Callable[[Role], Browser]) -> None:
    refused = as_role("publisher").ask("POST", "/feed/look")
    assert (refused.status_code, refused.json()["code"]) == (409, "feed-no-address")


def test_a_timetable_that_is_gone_is_not_put_back(as_role: Callable[[Role], Browser]) -> None:
    refused = as_role("publisher").ask("POST", "/feed/known/0123456789ab/return")
    assert (refused.status_code, refused.json()["code"]) == (404, "feed-gone")
