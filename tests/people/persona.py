"""Who stands at the kiosk: what a person can do and perceive. Nothing else is open to a script."""

from dataclasses import dataclass, field
from enum import StrEnum

from tests.people.voices import Voice


class Ability(StrEnum):
    """Something that one person can do and another cannot."""

    SEE = "see"
    HEAR = "hear"
    SPEAK = "speak"
    TOUCH = "touch"
    TYPE = "type"
    SCROLL = "scroll"
    KEYPAD = "keypad"
    """The four keys beside the screen, and a plug for the headset."""
    KEYBOARD = "keyboard"
    """A keyboard that somebody has brought along."""


class Unable(Exception):
    """A script does what its person cannot do: an error of the script, never of the kiosk."""


class Stuck(Exception):
    """The person cannot go on: what they need is not on the screen, not in reach, too small or not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """One of the ten."""

    name: str
    can: frozenset[Ability]
    language: str = "en"
    voice: Voice | None = None
    understandable: bool = True
    """Whether a recogniser can be expected to understand the voice: else it is tried and told, and not counted."""
    size: tuple[int, int] = (1080, 1920)
    reach: float = 0.0
    """Share of the screen, from its top, that the hands do not reach."""
    target_px: int = 44
    """The smallest side of what is touched."""
    words: int | None = None
    """The longest text that is read, in words; None reads everything."""
    touches: int | None = None
    """So many touches, and then none until something new is offered."""
    patience_s: float = 40.0
    """How long an answer is waited for."""

    def need(self, ability: Ability) -> None:
        """Raises Unable where the person does not have the ability."""
        if ability not in self.can:
            raise Unable(f"{self.name} cannot {ability}")

    @property
    def speaks(self) -> bool:
        """Whether the person asks by voice at all."""
        return Ability.SPEAK in self.can


@dataclass(slots=True)
class Log:
    """What was said aloud, in its order."""

    said: list[str] = field(default_factory=list)
    alarms: list[tuple[str, str]] = field(default_factory=list)
    """Id and language of the alerts that were announced."""
