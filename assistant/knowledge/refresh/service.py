"""Brings feeds into service: checked whole, the best one of all that are known, and never without one to go back to."""

import hashlib
import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path

from assistant.clock import Clock
from assistant.errors import AssistantError, StationError, Unavailable
from assistant.knowledge.imports import FeedError, import_station, open_feed
from assistant.knowledge.models import ImportReport, Notice
from assistant.knowledge.refresh.download import download
from assistant.knowledge.refresh.shelf import Finding, KnownFeed, Look, Origin, Outcome, Shelf, State, ranked
from assistant.knowledge.refresh.stick import copy
from assistant.knowledge.store import Store
from assistant.process import backoff
from assistant.settings import Settings

Progress = Callable[[str], None]
FIRST_RETRY_S = 60.0
"""Wait after the first failure; it doubles up to `feed.refresh_h`."""
MOST_FINDINGS = 30
"""Findings of an import that are remembered."""
_chance = random.SystemRandom().random


class _LaterError(StationError):
    """Good, but another feed is better now."""


def _silent(_: str) -> None:
    """No progress."""


def bring_in(settings: Settings, clock: Clock, progress: Progress = _silent) -> ImportReport:
    """Puts the best known feed into service, the station folder's included, unless it is already.

    A feed of the station folder that was not there before counts as the newest. Raises StationError where none can be used.
    """
    shelf, now = Shelf(settings), clock.now()
    with shelf.alone():
        state, failure, unseen = shelf.state(), None, None
        try:
            own = open_feed(settings).digest()
            unseen = own if state.feed(own) is None else None
        except StationError as error:
            own, failure = None, error
        gone = [feed for feed in state.feeds if feed.origin == "station" and feed.digest != own]
        state = state.model_copy(update={"feeds": tuple(feed for feed in state.feeds if feed not in gone)})
        if unseen:
            try:
                return _serve(settings, shelf, state, None, unseen, "station", now, progress)
            except _LaterError:
                state = shelf.state()
            except StationError as error:
                failure = error
        for feed in ranked(state.feeds, now):
            try:
                report = import_station(settings, progress, feed=None if feed.origin == "station" else shelf.path(feed.digest))
            except StationError as error:
                failure = failure or error
                continue
            shelf.save(state.model_copy(update={"in_service": feed.digest}))
            if failure and own is not None:
                progress(f"the station folder's feed cannot be used, an earlier one stays: {failure.message}")
            return report
    raise failure or StationError("there is no feed", hint="put the GTFS feed into the station folder")


def best_path(settings: Settings, clock: Clock) -> Path | None:
    """Where the feed lies that should be in service: None for the station folder. Raises StationError where that one is unusable."""
    shelf, now = Shelf(settings), clock.now()
    state = shelf.state()
    best = next(iter(ranked(state.feeds, now)), None)
    if best is None or best.origin == "station":
        return None
    try:
        unseen = state.feed(open_feed(settings).digest()) is None
    except StationError:
        unseen = False
    return None if unseen else shelf.path(best.digest)


def take(settings: Settings, clock: Clock, path: Path, origin: Origin, progress: Progress = _silent) -> Outcome:
    """Checks a zip and puts it into service, or keeps it until it begins.

    One that is known already is left where it stands, unless it comes by hand: then it counts as the newest. Raises StationError
    for one that is refused, Unavailable for a full disk.
    """
    shelf, now = Shelf(settings), clock.now()
    _note_own(settings, clock, progress)
    with shelf.alone():
        draft = shelf.folder / "copy.part"
        try:
            with _disk_errors():
                copy(path, draft, limit=_limit(settings))
                outcome = _take(settings, shelf, draft, origin, now, progress, again=origin == "hand")
        except (StationError, Unavailable) as error:
            _remember(shelf, _refused(error, origin, now))
            raise
        finally:
            draft.unlink(missing_ok=True)
        _remember(shelf, outcome)
    return outcome


def put_back(settings: Settings, clock: Clock, digest: str, progress: Progress = _silent) -> Outcome:
    """Puts an earlier feed into service again, as if it had come last. `digest` may be cut to its beginning.

    Raises StationError where it is not at hand or does not hold now.
    """
    shelf, now = Shelf(settings), clock.now()
    with shelf.alone():
        state = shelf.state()
        feed = next((known for known in state.feeds if known.digest.startswith(digest)), None)
        if feed is None or not shelf.has(feed):
            raise StationError("this timetable is not at hand any more", code="feed-gone", hint="get its zip again")
        if feed.state(now) != "valid":
            raise StationError("this timetable does not hold now", code="feed-not-valid", hint="choose one that does")
        shelf.save(state.with_newest(feed))
    try:
        bring_in(settings, clock, progress)
        taken = shelf.state().in_service == feed.digest
        gone = StationError("this timetable cannot be used any more", code="feed-gone", hint="get its zip again")
        error: AssistantError | None = None if taken else gone
    except (StationError, Unavailable) as refused:
        error = refused
    with shelf.alone():
        outcome = _refused(error, feed.origin, now) if error else Outcome(
            at=now, origin=feed.origin, result="taken", version=feed.version, start=feed.start, end=feed.end
        )  # fmt: skip
        _remember(shelf, outcome)
    return outcome


def fetch_from(settings: Settings, clock: Clock, url: str, progress: Progress = _silent) -> Outcome:
    """Takes the feed of any http or https address, once, as if it came by hand. Raises Unavailable or StationError."""
    if not url.startswith(("http://", "https://")):
        raise StationError("this is no address of a feed", hint="write http://… or https://…")
    shelf = Shelf(settings)
    with shelf.alone("look.lock"):
        draft = shelf.folder / "download.part"
        try:
            with _disk_errors():
                download(url, draft, limit=_limit(settings))
            return take(settings, clock, draft, "hand", progress)
        finally:
            draft.unlink(missing_ok=True)


def fetch(settings: Settings, clock: Clock, progress: Progress = _silent) -> Outcome:
    """Looks at `feed.url` now and takes what is new there. Raises Unavailable or StationError; what is in service then stays."""
    if settings.feed.url is None:
        raise StationError("feed.url is not set", hint="set feed: {url: …} in station.yaml, or name a file")
    shelf, now, address = Shelf(settings), clock.now(), hashlib.sha256(settings.feed.url.encode()).hexdigest()
    _note_own(settings, clock, progress)
    with shelf.alone("look.lock"):
        draft, state = shelf.folder / "download.part", shelf.state()
        look = state.look if state.look and state.look.address == address else Look(address=address, at=now, next_at=now)
        try:
            with _disk_errors():
                outcome, look = _look(settings, shelf, look, draft, now, progress)
        except Unavailable as error:
            again = look.failures + 1
            wait = backoff((FIRST_RETRY_S, max(FIRST_RETRY_S, settings.feed.refresh_h * 3600)), again, _chance())
            look = look.model_copy(update={"at": now, "next_at": now + timedelta(seconds=wait), "failures": again})
            _remember(shelf, _refused(error, "url", now), look)
            raise
        except StationError as error:
            _remember(shelf, _refused(error, "url", now), _settled(settings, Look(address=address, at=now, next_at=now)))
            raise
        finally:
            draft.unlink(missing_ok=True)
        _remember(shelf, outcome, _settled(settings, look))
    return outcome


def _note_own(settings: Settings, clock: Clock, progress: Progress) -> None:
    """The station folder's feed was there before the one that comes now, so it must not count as newer later."""
    with suppress(StationError):
        bring_in(settings, clock, progress)


def _look(settings: Settings, shelf: Shelf, look: Look, draft: Path, now: datetime, progress: Progress) -> tuple[Outcome, Look]:
    """One conditional request; the validators are sent only where the content they stand for is still at hand."""
    known = shelf.has(shelf.state().feed(look.digest))
    got = download(
        settings.feed.url or "", draft, limit=_limit(settings),
        etag=look.etag if known else None, last_modified=look.last_modified if known else None,
    )
    if got is None:
        return Outcome(at=now, origin="url", result="unchanged"), look.model_copy(update={"at": now})
    with shelf.alone():
        digest = open_feed(settings, draft).digest()
        outcome = _take(settings, shelf, draft, "url", now, progress, again=digest != look.digest)
    return outcome, Look(
        address=look.address, digest=digest, etag=got.etag, last_modified=got.last_modified, at=now, next_at=now
    )


def _take(
    settings: Settings, shelf: Shelf, draft: Path, origin: Origin, now: datetime, progress: Progress, *, again: bool
) -> Outcome:
    digest, state = open_feed(settings, draft).digest(), shelf.state()
    known = state.feed(digest)
    if known and shelf.has(known) and (not again or ranked(state.feeds, now)[0] == known):
        return Outcome(at=now, origin=origin, result="unchanged", version=known.version, start=known.start, end=known.end)
    draft.replace(shelf.path(digest))
    findings: tuple[Finding, ...] = ()
    try:
        findings = _findings(_serve(settings, shelf, state, shelf.path(digest), digest, origin, now, progress).notices)
    except _LaterError:
        pass
    except AssistantError:
        if known is None:
            shelf.path(digest).unlink(missing_ok=True)
        raise
    state = shelf.tidy(shelf.state(), now)
    shelf.save(state)
    feed = state.feed(digest)
    result = "taken" if state.in_service == digest else "kept"
    return Outcome.model_validate(
        {"at": now, "origin": origin, "result": result, "findings": findings}
        | (feed.model_dump(include={"version", "start", "end"}) if feed else {})
    )


def _serve(
    settings: Settings, shelf: Shelf, state: State, path: Path | None, digest: str, origin: Origin, now: datetime, progress: Progress
) -> ImportReport:
    """Imports a feed as the newest one. Raises _LaterError where another is better now, StationError where it is no good."""
    noted = state

    def accept(store: Store) -> None:
        nonlocal noted
        feed = KnownFeed(
            digest=digest, origin=origin, start=date.fromisoformat(store.meta["start"]), end=date.fromisoformat(store.meta["end"]),
            timezone=store.meta["timezone"], version=store.meta["version"], taken_at=now,
        )
        if origin != "station":
            _judge(settings, store, feed, state, now)
        noted = state.with_newest(feed)
        if ranked(noted.feeds, now)[0] != feed:
            shelf.save(noted)
            raise _LaterError("another feed is better now")

    report = import_station(settings, progress, feed=path, accept=accept)
    shelf.save(noted.model_copy(update={"in_service": digest}))
    return report


def _judge(settings: Settings, store: Store, feed: KnownFeed, state: State, now: datetime) -> None:
    """What a feed that nobody looks over must be besides readable. The station's stop was checked by the import."""
    if feed.state(now) == "expired":
        raise StationError(f"the feed ended on {feed.end}", code="feed-expired", hint="get a newer one")
    others = [known for known in state.feeds if known.digest != feed.digest]
    if others and ranked(others, now)[0].timezone != feed.timezone:
        raise StationError(
            "the feed has another time zone than the one in service", code="feed-other-zone",
            hint="if that is right, put it into the station folder",
        )
    if not store.lines_of(store.station_of(settings.stop) or 0):
        raise StationError(
            "no trip of the feed departs from this station", code="station-without-trains",
            hint="if that is right, put it into the station folder",
        )


@contextmanager
def _disk_errors() -> Iterator[None]:
    """A full or failing disk is no fault of the feed: later may help."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise Unavailable(f"the feed cannot be written ({type(error).__name__})", code="feed-disk", hint="look at the disk") from error


def _refused(error: AssistantError, origin: Origin, now: datetime) -> Outcome:
    result = "failed" if isinstance(error, Unavailable) else "refused"
    found = _findings(error.findings) if isinstance(error, FeedError) else ()
    return Outcome.model_validate({
        "at": now, "origin": origin, "result": result, "code": error.code, "message": error.message, "hint": error.hint, "findings": found,
    })  # fmt: skip


def _findings(notices: Iterable[Notice]) -> tuple[Finding, ...]:
    """The worst first, the first of many."""
    worst_first = sorted(notices, key=lambda one: ("error", "warning", "info").index(one.severity))
    return tuple(Finding.model_validate(asdict(one)) for one in worst_first[:MOST_FINDINGS])


def _settled(settings: Settings, look: Look) -> Look:
    """The next look in its turn, somewhat early by chance: not every kiosk of a city at once."""
    wait = timedelta(hours=settings.feed.refresh_h * (1 - _chance() / 10))
    return look.model_copy(update={"next_at": look.at + wait, "failures": 0})


def _remember(shelf: Shelf, outcome: Outcome, look: Look | None = None) -> None:
    state = shelf.state()
    with _disk_errors():
        shelf.save(state.model_copy(update={"last": outcome, "look": look or state.look}))


def _limit(settings: Settings) -> int:
    return int(settings.feed.limit_mb * 1_000_000)
