"""Readings that boxes push: which sensors of the station a message is for, and what becomes of each value."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from assistant.environment.messages import units
from assistant.environment.messages.models import Named, Parsed, Reason
from assistant.environment.models import Reading
from assistant.errors import AssistantError, BadRequest, NotAllowed, NotFound
from assistant.settings import Sensor

PUSH = "push:"

type Record = Callable[[Reading], None]
"""Takes a reading of `push:<id>`, `reading.sensor` being that id. May raise AssistantError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a message."""

    accepted: int
    rejected: Counter[Reason] = field(default_factory=Counter)


class Pushed:
    """Hands pushed values to the sensors that wait for them."""

    def __init__(self, sensors: Sequence[Sensor]) -> None:
        self._units: dict[tuple[str, str], str] = {
            (sensor.source.removeprefix(PUSH), sensor.quantity): sensor.unit for sensor in sensors if sensor.source.startswith(PUSH)
        }
        self._ids = {id_ for id_, _ in self._units}

    def take(self, parsed: Parsed, allowed: Collection[str], record: Record) -> Taken:
        """Records what a writer of the sensors `allowed` brought. A value of a quantity that nobody waits for is a rejected one.

        Raises NotAllowed or NotFound, before anything is recorded, where a value is for another sensor, or for none of the station;
        BadRequest where nothing could be used.
        """
        rejected = Counter(parsed.rejected)
        addressed = [(self._address(named.device, allowed), named) for named in parsed.found]
        accepted = 0
        for id_, named in addressed:
            reason = self._one(id_, named, record)
            if reason is None:
                accepted += 1
            else:
                rejected[reason] += 1
        if not accepted:
            why = ", ".join(f"{count} {reason}" for reason, count in sorted(rejected.items())) or "no value in it"
            raise BadRequest(f"nothing of this could be used: {why}", code="unusable-readings", hint="see docs/how-to/connect-sensors.md")
        return Taken(accepted=accepted, rejected=rejected)

    def _address(self, device: str, allowed: Collection[str]) -> str:
        """The id of a device: its name, or without the pin of a box; the writer's only sensor where the message does not say."""
        names = [device, device.rpartition(".")[0]] if device else list(allowed) if len(allowed) == 1 else []
        named = [name for name in names if name]
        if not named:
            raise BadRequest("the message does not say which sensor it is of", code="unnamed-sensor")
        mine = [name for name in named if name in allowed]
        if not mine:
            raise NotAllowed("this token is for other sensors", code="wrong-sensor")
        known = next((name for name in mine if name in self._ids), None)
        if known is None:
            raise NotFound("no sensor of the station waits for such readings", code="unknown-sensor")
        return known

    def _one(self, id_: str, named: Named, record: Record) -> Reason | None:
        measurement = named.measurement
        wanted = self._units.get((id_, measurement.quantity))
        if wanted is None:
            return "unknown-name"
        fitting = units.in_unit(measurement, wanted)
        if fitting is None:
            return "unknown-unit"
        try:
            record(Reading(sensor=id_, quantity=fitting.quantity, value=fitting.value, unit=fitting.unit, at=fitting.at))
        except AssistantError:
            return "refused"
        return None
