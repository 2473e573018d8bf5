"""One rule with its sensors: raised where enough of them agree, until none of them holds any more."""

from datetime import datetime
from typing import Literal

from assistant.environment.rules.models import Change
from assistant.environment.rules.schedule import Schedule
from assistant.environment.rules.track import Track
from assistant.settings.sensing import Rule


class Watched:
    """A rule as it is now."""

    __slots__ = ("at", "open", "queued", "raised", "rule", "schedule", "told", "tracks")

    def __init__(self, rule: Rule, schedule: Schedule | None) -> None:
        self.rule, self.schedule = rule, schedule
        self.tracks = [Track(rule, sensor) for sensor in dict.fromkeys(rule.sensors)]
        self.open = True
        """Whether its hours count now."""
        self.queued: float | None = None
        """When they are looked at next."""
        self.raised = False
        self.told: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        """The sensors, and the unknown ones, of the last change."""
        self.at: datetime | None = None
        """When the last change was."""

    def after(self, at: float, moment: datetime, *, edge: bool, value: float | None) -> list[Change]:
        """What a step of one of the tracks at `at` changes; `edge`: it has just come to hold."""
        if self.raised:
            if not self.rule.latch and not any(track.held for track in self.tracks):
                return [self.ended(moment, value)]
            return self._updated(moment, value)
        if not edge or sum(track.votes(at) for track in self.tracks) < self.rule.confirm:
            return []
        self.raised = True
        self.told = self.holding()
        agreed = tuple(track.sensor for track in self.tracks if track.held or track.votes(at))
        return [self._change("raised", moment, agreed, self.told[1], value)]

    def ended(self, moment: datetime, value: float | None = None) -> Change:
        """Ends what stands. Sensors that are silent begin anew; those that hold come again only after they were over."""
        self.raised, self.told = False, ((), ())
        for track in self.tracks:
            if track.unknown:
                track.leave()
        return self._change("cleared", moment, (), (), value)

    def _updated(self, moment: datetime, value: float | None) -> list[Change]:
        held = self.holding()
        if held == self.told:
            return []
        self.told = held
        return [self._change("updated", moment, *held, value)]

    def holding(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The sensors for which it holds, and those of them that are silent."""
        held = [track for track in self.tracks if track.held]
        return tuple(track.sensor for track in held), tuple(track.sensor for track in held if track.unknown)

    def _change(
        self, kind: Literal["raised", "updated", "cleared"], moment: datetime, sensors: tuple[str, ...], unknown: tuple[str, ...],
        value: float | None,
    ) -> Change:  # fmt: skip
        self.at = moment if self.at is None else max(self.at, moment)
        return Change(rule_id=self.rule.id, kind=kind, at=self.at, sensors=sensors, unknown=unknown, value=value)
