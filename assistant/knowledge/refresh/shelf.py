"""The feeds that are known: what each is worth, which one is best now, and the files of those that came from elsewhere."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from assistant.knowledge.files import alone, write_whole
from assistant.settings import Settings

Origin = Literal["station", "url", "stick", "hand"]
SPARE = 3
"""Feeds kept besides the best one: those that begin later, and the one to go back to."""


class Record(BaseModel):
    """Base of what is written down; what a later version adds is passed over."""

    model_config = ConfigDict(frozen=True)


class KnownFeed(Record):
    """A feed that was found good for this station."""

    digest: str
    """Hash of the zip, or of the station folder's files."""
    origin: Origin
    start: date
    end: date
    timezone: str
    version: str
    taken_at: AwareDatetime

    def state(self, now: datetime) -> Literal["valid", "not_yet", "expired"]:
        """Whether its timetable holds at a moment."""
        day = now.astimezone(ZoneInfo(self.timezone)).date()
        return "not_yet" if day < self.start else "expired" if day > self.end else "valid"


class Look(Record):
    """What is remembered of `feed.url` from one look to the next."""

    address: str
    """Hash of the address, which may hold a key."""
    digest: str | None = None
    """The content that `etag` and `last_modified` stand for."""
    etag: str | None = None
    last_modified: str | None = None
    at: AwareDatetime
    next_at: AwareDatetime
    failures: int = 0


class Finding(Record):
    """What an import found: of a refused feed what is wrong with it, of a taken one what was left out."""

    severity: Literal["error", "warning", "info"]
    code: str
    message: str
    file: str | None = None
    line: int | None = None
    count: int = 1


class Outcome(Record):
    """What came of a look at a feed."""

    at: AwareDatetime
    origin: Origin
    result: Literal["taken", "kept", "unchanged", "refused", "failed"]
    """`kept`: good, but another one holds now; it is taken when it begins."""
    code: str | None = None
    message: str | None = None
    hint: str | None = None
    """What to do about it."""
    findings: tuple[Finding, ...] = ()
    version: str | None = None
    start: date | None = None
    end: date | None = None


class State(Record):
    """All that is remembered of the feeds of one station."""

    station: str = ""
    feeds: tuple[KnownFeed, ...] = ()
    """In the order in which they came: the last is the newest. No clock is needed to tell."""
    in_service: str | None = None
    """Digest of the one that was put into service last."""
    look: Look | None = None
    last: Outcome | None = None

    def feed(self, digest: str | None) -> KnownFeed | None:
        """The known feed of a digest."""
        return next((feed for feed in self.feeds if feed.digest == digest), None)

    def with_newest(self, feed: KnownFeed) -> "State":
        """The same with `feed` as the newest."""
        others = tuple(known for known in self.feeds if known.digest != feed.digest)
        return self.model_copy(update={"feeds": (*others, feed)})


def ranked(feeds: Iterable[KnownFeed], now: datetime) -> list[KnownFeed]:
    """Feeds, the best first: those that hold now before all others, and of equals the one that came last."""
    newest_first = list(feeds)[::-1]
    return sorted(newest_first, key=lambda feed: feed.state(now) != "valid")


class Shelf:
    """The folder of the feeds that did not come with the station folder. Its content can be deleted and is fetched again."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.data / "feeds"
        self._station = hashlib.sha256(f"{settings.station.resolve()}\0{settings.stop}".encode()).hexdigest()[:16]

    @contextmanager
    def alone(self, name: str = "lock") -> Iterator[None]:
        """Keeps other processes out; waits for them first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with alone(self.folder / name):
            yield

    def state(self) -> State:
        """What is remembered; nothing of another station's, and nothing where the file is damaged."""
        try:
            state = State.model_validate_json((self.folder / "state.json").read_bytes())
        except (OSError, ValidationError):
            state = State()
        return state if state.station == self._station else State(station=self._station)

    def save(self, state: State) -> None:
        """Remembers `state`, whole or not at all."""
        if state == self.state() and (self.folder / "state.json").is_file():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.folder / "state.json", state.model_dump_json(indent=1))

    def path(self, digest: str) -> Path:
        """Where the zip of a feed is kept."""
        return self.folder / f"{digest[:32]}.zip"

    def has(self, feed: KnownFeed | None) -> bool:
        """True where a feed is at hand."""
        return feed is not None and (feed.origin == "station" or self.path(feed.digest).is_file())

    def tidy(self, state: State, now: datetime) -> State:
        """Removes what nobody will need: files of no known feed, and feeds past their end beyond the best one."""
        best, *others = ranked(state.feeds, now)
        spare = [feed for feed in others if feed.origin != "station" and feed.state(now) != "expired"][:SPARE]
        # The station folder's is not forgotten, or it would count as new.
        kept = tuple(feed for feed in state.feeds if feed is best or feed in spare or feed.origin == "station")
        files = {self.path(feed.digest) for feed in kept}
        for path in self.folder.glob("*.zip"):
            if path not in files:
                path.unlink(missing_ok=True)
        return state.model_copy(update={"feeds": kept})


def known_state(settings: Settings) -> State:
    """What is remembered of the feeds of a station."""
    return Shelf(settings).state()
