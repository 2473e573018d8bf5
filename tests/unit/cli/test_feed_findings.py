"""What `doctor` says of newer timetables."""

from datetime import UTC, date, datetime, timedelta

from assistant.cli.findings import Finding
from assistant.cli.parts import feed
from assistant.knowledge.refresh import Outcome, State
from assistant.knowledge.refresh.shelf import KnownFeed, Look
from assistant.settings import Feed, Settings
from tests.conftest import EXAMPLE

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def known(digest: str, start: date, **more: object) -> KnownFeed:
    values = {"digest": digest, "origin": "url", "start": start, "end": date(2027, 12, 31), "timezone": "Europe/London", "version": "v"}
    return KnownFeed.model_validate(values | {"taken_at": NOW - timedelta(days=3)} | more)


def found(state: State, url: str | None = None) -> list[Finding]:
    settings = Settings.load(station=EXAMPLE).model_copy(update={"feed": Feed(url=url)})
    return list(feed(settings, state, NOW))


def test_nothing_is_said_of_what_is_not_set_up() -> None:
    assert found(State()) == []
    own = known("a", date(2026, 1, 1), origin="station")
    assert found(State(feeds=(own,), in_service="a")) == []


def test_age_the_next_one_and_the_next_look() -> None:
    feeds = (known("a", date(2026, 1, 1)), known("b", date(2027, 1, 1)))
    look = Look(address="x", at=NOW, next_at=NOW + timedelta(hours=24))
    texts = [item.text for item in found(State(feeds=feeds, in_service="a", look=look), "https://user:secret@feeds.example/x")]
    assert texts == [
        "came from its address, 3 days ago", "the next one waits for 2027-01-01",
        "looked at 2026-11-24 08:00, next at 2026-11-25 08:00 UTC",
    ]  # fmt: skip


def test_the_last_failure_is_advice_with_a_mend() -> None:
    last = Outcome(at=NOW, origin="stick", result="refused", code="feed-expired", message="the feed ended on 2025-12-31")
    [finding] = found(State(last=last))
    assert (finding.state, finding.mend) == ("advice", "station-assistant station refresh")
    assert finding.text == "last refused: the feed ended on 2025-12-31 (2026-11-24 08:00 UTC)"
    assert found(State(last=last.model_copy(update={"result": "taken"}))) == []
