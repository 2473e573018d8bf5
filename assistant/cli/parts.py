"""`doctor`'s look at the station, the dialogues and the speech models."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.cli.findings import Finding, advice, ok, wrong
from assistant.clock import Clock
from assistant.dialogue import trainer
from assistant.environment.monitor import Monitor
from assistant.errors import StationError
from assistant.knowledge import Knowledge
from assistant.knowledge.imports import content_of, current, open_feed
from assistant.knowledge.realtime.keeper import Keeper, SourceState
from assistant.knowledge.refresh import State, best_path, known_state
from assistant.mqtt import Broker
from assistant.settings import Settings
from assistant.speech import store

SOON = timedelta(days=14)
SHORTEST_IDLE_S = 30
"""Below it the page cannot warn 20 s before it wipes a visit (WCAG 2.2.1) and still leave time for reading."""


def parts(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """Everything that the settings name."""
    yield from hurry(settings)
    yield from station(settings, clock)
    yield dialogues(settings)
    yield from speech_models(settings)


def hurry(settings: Settings) -> Iterator[Finding]:
    """Whether the kiosk leaves people the time they need."""
    idle_s = settings.kiosk.idle_s
    if idle_s < SHORTEST_IDLE_S:
        text = f"visits end after {idle_s:g} s: people are warned less than 20 s before"
        yield advice("kiosk", text, f"kiosk.idle_s: {SHORTEST_IDLE_S} or more")


def station(settings: Settings, clock: Clock) -> Iterator[Finding]:
    """The feed, whether it is imported and holds today, and the sensors."""
    try:
        content = content_of(settings, open_feed(settings, best_path(settings, clock)))
        database = current(settings)
        if database is None or database.stem != content:
            yield advice("station", f"{settings.station} is not imported yet", "station-assistant station import (serve does it too)")
            return
        knowledge = Knowledge.open(settings, clock)
    except StationError as error:
        yield wrong("station", error.message, error.hint or "station-assistant station check")
        return
    try:
        yield timetable(knowledge, clock)
        yield from feed(settings, known_state(settings), clock.now())
        yield from realtime(settings, clock, knowledge)
        yield from sensors(Monitor(settings, clock, ZoneInfo(knowledge.validity().timezone)))
    finally:
        knowledge.close()


def timetable(knowledge: Knowledge, clock: Clock) -> Finding:
    """Whether the timetable holds today and in two weeks."""
    validity, newer = knowledge.validity(), "put a newer feed into the station folder"
    state = knowledge.expired(clock.now())
    if state == "none":
        return advice("timetable", "the feed has none: no times are told", "put a feed with a timetable into the station folder")
    if state != "valid":
        words = "ended" if state == "expired" else "has not begun"
        return wrong("timetable", f"it {words} ({validity.start} to {validity.end}): no times are told", newer)
    if knowledge.expired(clock.now() + SOON) == "expired":
        return advice("timetable", f"it ends on {validity.end}", newer)
    rows = f"{sum(knowledge.counts().values())} rows, {validity.start} to {validity.end}"
    return ok("timetable", f"{rows}, imported {validity.imported_at:%Y-%m-%d %H:%M} UTC")


def feed(settings: Settings, known: State, now: datetime) -> Iterator[Finding]:
    """Where the timetable in service came from, when a newer one is looked for, and what went wrong last."""
    here, look, last = known.feed(known.in_service), known.look, known.last
    if here is not None and here.origin != "station":
        days = max(0, (now - here.taken_at).days)
        came = {"url": "from its address", "stick": "from a USB stick", "hand": "by hand"}[here.origin]
        yield ok("feed", f"came {came}, {days} {'day' if days == 1 else 'days'} ago")
    if waiting := [item for item in known.feeds if item.state(now) == "not_yet" and item is not here]:
        yield ok("feed", f"the next one waits for {waiting[-1].start}")
    if last is not None and last.result in ("refused", "failed"):
        yield advice("feed", f"last {last.result}: {last.message} ({last.at:%Y-%m-%d %H:%M} UTC)", "station-assistant station refresh")
    if settings.feed.url is not None:
        text = "not looked for yet" if look is None else f"looked at {look.at:%Y-%m-%d %H:%M}, next at {look.next_at:%Y-%m-%d %H:%M} UTC"
        yield ok("feed's address", text)


def realtime(settings: Settings, clock: Clock, knowledge: Knowledge) -> Iterator[Finding]:
    """What each realtime source gives when it is looked at once; topics are only named."""

    async def look() -> list[SourceState]:
        keeper = Keeper(settings, clock, knowledge.realtime, knowledge.outages, Broker(settings.mqtt))
        try:
            return await keeper.once()
        finally:
            await keeper.stop()

    for state in asyncio.run(look()):
        area = f"realtime {' and '.join(part.replace('_', ' ') for part in state.parts)}"
        if state.topic:
            yield ok(area, "comes by the broker; not tried here")
        elif state.failure is not None:
            text = f"gives nothing ({state.failure}): answers say what is scheduled"
            yield advice(area, text, "mend the source, or realtime in station.yaml")
        else:
            dropped = sum(knowledge.realtime.dropped.values()) if "trip_updates" in state.parts else 0
            yield ok(area, f"{round(state.age_s or 0)} seconds old" + (f", {dropped} updates fit no train" if dropped else ""))
    if settings.mqtt.outages is not None:
        yield ok("outages", "come by the broker; not tried here")


def sensors(monitor: Monitor) -> Iterator[Finding]:
    """Sensors whose source cannot be used, and silent ones."""
    for problem in monitor.problems:
        yield advice("sensor", problem.message, problem.hint or "mend its source in station.yaml")
    states = monitor.air().sensors
    silent = [state.id for state in states if state.silent]
    if silent:
        yield advice("air", f"silent: {', '.join(silent)}", "look at the sensors; their part of the station counts as unknown")
    elif states:
        yield ok("air", f"{len(states)} sensors report")


def dialogues(settings: Settings) -> Finding:
    """Whether a model of today's content is trained."""
    if settings.dialogue.engine == "direct":
        return ok("dialogues", "not used: touch only")
    path = trainer.model_path(settings.models)
    if path.exists():
        return ok("dialogues", f"trained ({path.name})")
    return wrong("dialogues", "no model of their present content", "station-assistant dialogues train")


def speech_models(settings: Settings) -> Iterator[Finding]:
    """Whether each language has a recogniser's model, and whether it is whole."""
    installed = store.installed(settings.models)
    for language in settings.languages:
        if settings.speech.address or settings.speech.engines.get(language) in ("scripted", "none"):
            continue
        names = [item.model.name for item in installed if language in item.model.languages and item.model.engine != "piper"]
        if names:
            yield ok(f"hearing {language}", ", ".join(names))
        else:
            yield wrong(f"hearing {language}", "no model", "station-assistant models install")
    for item in installed:
        if problems := store.verify(item):
            mend = f"station-assistant models install {item.model.name}"
            yield wrong("speech model", f"{item.model.name}: {problems[0]}", f"rm -r {item.path} && {mend}")
