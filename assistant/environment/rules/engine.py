"""Readings in, changes of alerts out. Pure: it knows no clock, and what time alone ends is told by `tick`."""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from zoneinfo import ZoneInfo

from assistant.environment.models import Reading
from assistant.environment.rules.models import Change
from assistant.environment.rules.schedule import Schedule, is_hours
from assistant.environment.rules.state import State, restore, state
from assistant.environment.rules.track import Track
from assistant.environment.rules.watched import Watched
from assistant.settings.sensing import Rule, Sensor

HOURS, HOLDS, ENDS, SILENT = range(4)
"""What counts first at the same moment; a silence is the last, it needs more than `silent_s`."""
BACK_S = 1.0
"""Calls may be so much out of order; more is a clock that was set back."""


@dataclass(slots=True, kw_only=True)
class Ear:
    """One sensor that rules watch."""

    silent_s: float
    tracks: list[tuple[Watched, Track]] = field(default_factory=list)
    last: float | None = None
    value: float | None = None
    queued: bool = False


class Engine:
    """Every rule of the station over every reading.

    Only good readings of listed sensors count, each sensor's in their order; one older than its sensor's `silent_s` says nothing of now.
    A sensor that falls silent while its rule holds ends nothing: the change names it as unknown. The holding time of a silent sensor
    begins anew. A rule ends when none of its sensors holds, whatever `confirm` asks for the beginning; one with `latch` by `end` only.
    Outside its hours a rule holds nowhere: what is not latched ends with them, and what still holds when they begin counts from then.

    The time of a change is that of the reading, or the moment at which a time was over, however late `tick` is called. The clock may be
    set back: what has passed stays passed. A reading costs O(log n) in the rules' running times and O(1) in the readings before it.
    """

    def __init__(self, rules: Sequence[Rule], sensors: Sequence[Sensor], zone: ZoneInfo | None = None, country: str | None = None) -> None:
        """`zone` is the station's for the rules' hours (else UTC), `country` says whose holidays; hours that are none count always."""
        zone = zone or ZoneInfo("UTC")
        self._ears = {sensor.id: Ear(silent_s=sensor.silent_s) for sensor in sensors}
        self._rules: dict[str, Watched] = {}
        for rule in rules:
            schedule = Schedule(rule.hours, zone, country) if rule.hours is not None and is_hours(rule.hours) else None
            watched = self._rules[rule.id] = Watched(rule, schedule)
            for track in watched.tracks:
                if track.sensor in self._ears:
                    self._ears[track.sensor].tracks.append((watched, track))
        self._queue: list[tuple[float, int, int, Ear | Watched | tuple[Watched, Track]]] = []
        self._order = count()
        self._time: float | None = None
        self._now = -math.inf
        self._shift = 0.0

    def feed(self, reading: Reading, now: datetime) -> list[Change]:
        """What a reading changes, and what time has ended up to it. `now` is the clock's time, aware."""
        changes = self._advance(now)
        ear = self._ears.get(reading.sensor)
        at = min(reading.at.timestamp() + self._shift, self._now)
        if ear is None or not ear.tracks or reading.quality != "good" or not math.isfinite(reading.value):
            return changes
        if self._now - at > ear.silent_s or not _newer(ear, at, reading.value):
            return changes
        changes += self._flush(at)
        ear.last, ear.value = at, reading.value
        if not ear.queued:
            self._push(at + ear.silent_s, SILENT, ear)
            ear.queued = True
        for watched, track in ear.tracks:
            track.verdict = track.condition.judge(at, reading.value)
            if watched.open:
                changes += self._step(watched, track, at, track.read(at, track.verdict))
        return changes

    def tick(self, now: datetime) -> list[Change]:
        """What time alone has changed by `now`; to be called every second or so."""
        return self._advance(now) + self._flush(self._now)

    def lost(self, sensor: str, now: datetime) -> list[Change]:
        """As if `sensor` had been silent for too long: its device is said to be gone. Its next reading brings it back."""
        changes, ear = self.tick(now), self._ears.get(sensor)
        return changes if ear is None else changes + self._deaf(ear, self._now)

    def end(self, rule_id: str, now: datetime) -> list[Change]:
        """Ends what a rule has raised, latched or not, because somebody who may said so. It comes again when it holds anew."""
        changes, watched = self.tick(now), self._rules.get(rule_id)
        return [*changes, watched.ended(self._moment(self._now))] if watched is not None and watched.raised else changes

    def raised(self) -> dict[str, tuple[str, ...]]:
        """Rule → the sensors for which it holds, of every rule whose alert stands."""
        return {rule_id: watched.told[0] for rule_id, watched in self._rules.items() if watched.raised}

    def snapshot(self) -> State:
        """What has to outlive a restart, as JSON holds it. A window of a rise does not: it fills anew."""
        return state(self._rules.values(), {key: (ear.last, ear.value) for key, ear in self._ears.items()}, self._shift)

    def restore(self, saved: object, now: datetime) -> list[Change]:
        """Goes on from a `snapshot`, also under other rules; to be called before the first reading. What cannot be used is left out.

        Returns the ends of alerts whose rule is gone, or ended meanwhile.
        """
        changes = self._advance(now)
        moment = self._moment(self._now)
        lasts, gone = restore(saved, self._rules, self._now)
        for sensor, (last, value) in lasts.items():
            if (ear := self._ears.get(sensor)) is not None:
                ear.last, ear.value, ear.queued = last, value, True
                self._push(last + ear.silent_s, SILENT, ear)
        changes += [Change(rule_id=rule_id, kind="cleared", at=moment, sensors=()) for rule_id in gone]
        for watched in self._rules.values():
            for track in watched.tracks:
                if not watched.open or track.sensor not in self._ears:
                    track.leave()
                self._schedule(watched, track)
            changes += watched.after(self._now, moment, edge=False, value=None)
        return changes + self._flush(self._now)

    def _advance(self, now: datetime) -> list[Change]:
        """Brings the own time to `now`. Where the clock was set back, it goes on from where it was."""
        stamp = now.timestamp()
        first = self._time is None
        back = self._now - (stamp + self._shift) if not first else 0.0
        if back > BACK_S:
            self._shift += back
        self._now = max(self._now, stamp + self._shift)
        if first:
            self._time = self._now
        changes: list[Change] = []
        if first or back > BACK_S:
            for watched in self._rules.values():
                changes += self._hours(watched, self._now)
        return changes

    def _flush(self, until: float) -> list[Change]:
        """Everything that time ends up to `until`, in its order."""
        changes: list[Change] = []
        while self._queue and self._queue[0][:2] <= (until, ENDS):
            at, _, _, what = heapq.heappop(self._queue)
            self._time = max(self._time or at, at)
            if isinstance(what, Ear):
                changes += self._silence(what, at)
            elif isinstance(what, Watched):
                changes += self._hours(what, at) if what.queued == at else []
            elif what[1].queued == at:
                watched, track = what
                track.queued = None
                changes += self._step(watched, track, at, track.due(at))
        self._time = until if self._time is None else max(self._time, until)
        return changes

    def _step(self, watched: Watched, track: Track, at: float, edge: bool) -> list[Change]:
        self._schedule(watched, track)
        ear = self._ears.get(track.sensor)
        return watched.after(at, self._moment(max(at, self._time or at)), edge=edge, value=None if ear is None else ear.value)

    def _silence(self, ear: Ear, at: float) -> list[Change]:
        if ear.last is not None and ear.last + ear.silent_s > at:
            self._push(ear.last + ear.silent_s, SILENT, ear)
            return []
        ear.queued = False
        return self._deaf(ear, at)

    def _deaf(self, ear: Ear, at: float) -> list[Change]:
        changes: list[Change] = []
        for watched, track in ear.tracks:
            track.silence(at)
            changes += self._step(watched, track, at, False)
        return changes

    def _hours(self, watched: Watched, at: float) -> list[Change]:
        """Looks whether the rule's hours count at `at`, and when that changes next."""
        if watched.schedule is None:
            return []
        watched.queued = None
        wall = datetime.fromtimestamp(at - self._shift, UTC)
        was, watched.open = watched.open, watched.schedule.open(wall)
        # Never the same moment again, should a fraction of a second be lost on the way.
        watched.queued = max(watched.schedule.next_change(wall).timestamp() + self._shift, at + 0.01)
        self._push(watched.queued, HOURS, watched)
        changes: list[Change] = []
        for track in watched.tracks if was != watched.open else ():
            if not watched.open:
                track.leave()
            elif track.verdict is not None:
                changes += self._step(watched, track, at, track.read(at, track.verdict))
        return changes if watched.open else [*changes, *watched.after(at, self._moment(at), edge=False, value=None)]

    def _schedule(self, watched: Watched, track: Track) -> None:
        deadline = track.deadline()
        if deadline is not None and (track.queued is None or deadline < track.queued):
            track.queued = deadline
            self._push(deadline, ENDS if track.held else HOLDS, (watched, track))

    def _push(self, at: float, kind: int, what: Ear | Watched | tuple[Watched, Track]) -> None:
        heapq.heappush(self._queue, (at, kind, next(self._order), what))

    def _moment(self, at: float) -> datetime:
        return datetime.fromtimestamp(at - self._shift, UTC)


def _newer(ear: Ear, at: float, value: float) -> bool:
    """False for what came before, and for the same once more."""
    return ear.last is None or at > ear.last or (at == ear.last and value != ear.value)
