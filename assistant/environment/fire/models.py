"""Values of fire location: what is known of a fire, and where it may be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["smoke", "heat_alarm", "co_alarm", "call_point"]
"""What a detector answers to, as `settings.sensing.Quantity` names it. A call point is pressed by people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """A detector and the zone it hangs in."""

    id: str
    zone: str
    kind: Kind = "smoke"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What somebody said they saw or smelt, and where they said it."""

    zone: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where a fire may be."""

    zones: tuple[str, ...]
    """The smallest set that holds the wanted probability, the most probable first."""
    probabilities: tuple[float, ...]
    """Of each of `zones`; their sum is what the set holds."""
    first: str
    """The zone of the detector that sounded first: the baseline, and what a fire panel shows."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """How a kind of detector answers to a fire: normal times of arrival, and fewer answers from further away."""

    delay_s: float
    """Seconds from the arrival of smoke to the alarm, of a middling detector."""
    spread_s: float
    """Standard deviation of that."""
    reach_m: float
    """Metres at which an intact detector's chance to be reached by enough of it has fallen to 37 %."""


RESPONSES: dict[Kind, Response] = {
    "smoke": Response(delay_s=0.0, spread_s=25.0, reach_m=150.0),
    "heat_alarm": Response(delay_s=90.0, spread_s=60.0, reach_m=15.0),
    "co_alarm": Response(delay_s=90.0, spread_s=60.0, reach_m=100.0),
}
"""Assumed: no published figures for stations were found. Heat reaches a ceiling detector near the fire only; carbon monoxide spreads
as smoke does, and its alarms take longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What the locator takes for granted. All of it is assumed; `benchmarks/fire` holds it against fires of another model."""

    share: float = 0.9
    """Probability that the set of zones has to hold."""
    speeds_m_s: tuple[float, ...] = (0.1, 0.2, 0.4, 0.8)
    """At which smoke may travel along the ways, each as likely: slow fires and ceiling jets."""
    lag: float = 0.25
    """Standard deviation of the travel time, as a part of it."""
    dead: float = 0.1
    """Chance that a detector of which nothing is known would not sound in any fire."""
    spurious: float = 0.03
    """Chance that a detector that sounds does so for another reason than this fire."""
    walked_m: float = 25.0
    """Metres from a fire at which the chance that somebody presses a call point has fallen to 37 %."""
    mistaken: float = 0.1
    """Chance that a call point is pressed without regard to where the fire is."""
    misplaced: float = 0.3
    """The same for what somebody says at a kiosk."""
    before_s: float = 600.0
    """A fire began at most so long before the first alarm …"""
    window_s: float = 1800.0
    """… and alarms so long after the first one tell nothing of where it began."""
