"""When to look where: by the clock, by the stick, once each; and what a running assistant hears of it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.knowledge import Knowledge
from assistant.knowledge.refresh import Refresher, bring_in, known_state, take
from assistant.settings import ClockStart, Feed, Settings
from tests.unit.knowledge.test_refresh import CLOCK, NEWER, NEXT_YEAR, Publisher, publisher, zip_of

__all__ = ["publisher", "zip_of"]
Write = Callable[..., Settings]
Zip = Callable[[bytes], Path]


class Hands:
    """A clock that is set by hand."""

    def __init__(self, moment: datetime, *, trusted: bool = True) -> None:
        self.moment, self.vouched = moment, trusted

    def now(self) -> datetime:
        return self.moment

    def trusted(self) -> bool:
        return self.vouched


def started(settings: Settings, **feed: object) -> Settings:
    """Settings whose clock the refresher hands on to its processes."""
    return settings.model_copy(update={"clock": ClockStart(start=CLOCK.now()), "feed": Feed.model_validate(feed)})


def look(refresher: Refresher) -> None:
    asyncio.run(refresher.look())


@pytest.mark.timeout(60)
def test_a_feed_that_waited_is_taken_on_its_day(write: Write, zip_of: Zip) -> None:
    settings, clock, rung = started(write()), Hands(CLOCK.now()), []
    bring_in(settings, clock)
    take(settings, clock, zip_of(NEXT_YEAR), "hand")
    knowledge = Knowledge.open(settings, clock)
    refresher = Refresher(settings, clock, knowledge, lambda: rung.append(clock.moment))
    look(refresher)
    assert rung == []
    clock.moment = datetime(2027, 1, 1, 8, tzinfo=UTC)
    look(refresher)
    assert knowledge.departures(at=clock.now())[0].line == "R2"
    assert rung == [clock.moment]
    look(refresher)
    assert len(rung) == 1
    knowledge.close()


def test_the_end_of_the_timetable_is_told_when_it_comes(write: Write) -> None:
    settings, clock, rung = started(write()), Hands(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)), []
    knowledge = Knowledge.open(settings, clock)
    refresher = Refresher(settings, clock, knowledge, lambda: rung.append(knowledge.expired(clock.now())))
    look(refresher)
    clock.moment += timedelta(minutes=2)
    look(refresher)
    look(refresher)
    assert rung == ["expired"]
    knowledge.close()


@pytest.mark.timeout(60)
def test_the_address_is_looked_at_when_it_is_due(
    write: Write, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_FEED__URL", publisher.url)
    settings, clock = started(write(), url=publisher.url), Hands(CLOCK.now(), trusted=False)
    knowledge = Knowledge.open(settings, clock)
    refresher = Refresher(settings, clock, knowledge, lambda: None)
    look(refresher)
    assert publisher.asked == [], "nothing is fetched by a clock that nobody vouches for"
    clock.vouched = True
    look(refresher)
    assert knowledge.departures(at=CLOCK.now())[0].headsign == "Newer"
    look(refresher)
    clock.moment += timedelta(hours=20)
    look(refresher)
    assert len(publisher.asked) == 1, "not due yet"
    clock.moment += timedelta(hours=5)
    look(refresher)
    assert [request.get("if-none-match") for request in publisher.asked] == [None, '"one"']
    clock.moment -= timedelta(days=400)
    look(refresher)
    assert len(publisher.asked) == 3, "a clock that was set back does not stop it"
    assert "secret" not in "".join(capfd.readouterr())
    knowledge.close()


@pytest.mark.timeout(60)
def test_a_look_that_ends_without_a_trace_is_not_tried_over_and_over(
    write: Write, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = started(write(), url=publisher.url), Hands(CLOCK.now())
    monkeypatch.setenv("ASSISTANT_FEED__REFRESH_H", "no number")
    knowledge = Knowledge.open(settings, clock)
    refresher = Refresher(settings, clock, knowledge, lambda: None)
    assert refresher._due() == ("look",)
    look(refresher)
    assert known_state(settings).look is None
    assert refresher._due() is None
    knowledge.close()


@pytest.mark.timeout(60)
def test_a_stick_is_looked_at_once(write: Write, tmp_path: Path) -> None:
    stick = tmp_path / "media" / "STICK"
    stick.mkdir(parents=True)
    (stick / "gtfs.zip").write_bytes(NEWER)
    settings, clock = started(write(), stick=tmp_path / "media"), Hands(CLOCK.now())
    knowledge = Knowledge.open(settings, clock)
    refresher = Refresher(settings, clock, knowledge, lambda: None)
    look(refresher)
    assert knowledge.departures(at=CLOCK.now())[0].headsign == "Newer"
    assert refresher._due() is None
    (stick / "gtfs.zip").write_bytes(NEWER[:-1])
    assert refresher._due() == ("stick", str(stick / "gtfs.zip")), "another content is looked at again"
    knowledge.close()
