"""One sensor under one rule: holding, confirmed by time, on the safe side, ended. Times are seconds that never go back."""

import math

from assistant.environment.rules.condition import condition
from assistant.environment.rules.models import Verdict
from assistant.settings.sensing import Rule


class Track:
    """The state machine. `read`, `due` and `silence` say whether `held` became true."""

    __slots__ = ("condition", "held", "queued", "rule", "safe", "sensor", "since", "unknown", "until", "verdict")

    def __init__(self, rule: Rule, sensor: str) -> None:
        self.rule, self.sensor = rule, sensor
        self.condition = condition(rule)
        self.held = False
        """It holds here, and has for the rule's hold time."""
        self.since: float | None = None
        """While it holds but not long enough: since when, without a break."""
        self.safe: float | None = None
        """While held: since when, without a break, on the safe side."""
        self.until = -math.inf
        """When it last held; of no meaning while it does."""
        self.unknown = False
        """While held: the sensor is silent."""
        self.verdict: Verdict | None = None
        """What the last reading said; None where that is too old."""
        self.queued: float | None = None
        """The deadline that the engine has in its queue."""

    def read(self, at: float, verdict: Verdict) -> bool:
        """A reading; also the last one again, when the rule's hours begin."""
        if self.held:
            self._held(at, verdict)
            return False
        if verdict != "holds":
            self.since = None
            return False
        if self.since is None:
            self.since = at
        return self.due(at)

    def _held(self, at: float, verdict: Verdict) -> None:
        if verdict != "safe":
            self.safe = None
        elif self.safe is None:
            self.safe, self.until = at, self.until if self.unknown else at
        self.unknown = False
        self.due(at)

    def due(self, at: float) -> bool:
        """The time is `at`: a hold or a clearing time may be over."""
        if self.since is not None and at >= self.since + self.rule.hold_s:
            self.since, self.held = None, True
            return True
        if self.safe is not None and at >= self.safe + self.rule.clear_s:
            self.held, self.safe = False, None
        return False

    def deadline(self) -> float | None:
        """When time alone changes something."""
        if self.since is not None:
            return self.since + self.rule.hold_s
        return None if self.safe is None else self.safe + self.rule.clear_s

    def silence(self, at: float) -> None:
        """No reading has come for too long. What holds stays, and is unknown; what was about to hold or to end is not."""
        self.condition.reset()
        self.verdict = self.since = None
        if self.held and not self.unknown:
            self.unknown = True
            if self.safe is None:
                self.until = at
            self.safe = None

    def leave(self) -> None:
        """The rule's hours are over."""
        self.held = self.unknown = False
        self.since = self.safe = None
        self.until = -math.inf

    def votes(self, at: float) -> bool:
        """True where it counts towards the sensors that have to agree."""
        if self.held and self.safe is None and not self.unknown:
            return True
        return self.rule.confirm > 1 and at - self.until <= self.rule.confirm_s
