"""A standing alert as the page and the API show it."""

from datetime import datetime
from typing import Literal

from assistant.conversation.models import Wire

Colour = Literal["red", "yellow", "green"]
"""ISO 22324: danger, act now; caution, prepare; safe. Never the only sign: a shape and a word go with it."""


class WayOut(Wire):
    """The way out of the station from this kiosk, while lifts are not to be used."""

    exit_id: str
    """Id of the exit, or of the refuge where `refuge` is true."""
    refuge: bool
    """A safe place to wait for help, where no exit can be reached."""
    safe: bool = True
    """False where no way is known to be safe; the first of `steps` says so."""
    name: dict[str, str]
    """Language → name of the exit."""
    steps: dict[str, list[str]]
    """Language → the way in sentences."""
    metres: int | None
    seconds: int


class AlertView(Wire):
    """One alert. Texts are language → text; every language of the station is there."""

    id: str
    life_safety: bool
    status: Literal["Actual", "Exercise", "System", "Test"]
    """Anything but `Actual` is shown as what it is, and takes over no screen."""
    colour: Colour
    category: str
    """CAP category, as Fire."""
    response: str
    """CAP responseType, as Evacuate."""
    severity: str
    since: datetime
    event: dict[str, str]
    headline: dict[str, str]
    instruction: dict[str, str]
    area: dict[str, str]
    sender: dict[str, str]
    """Who says so, for travellers."""
    way_out: WayOut | None = None
    """Where `response` is Evacuate and the map knows one."""
    way_out_step_free: WayOut | None = None
    """The same without stairs."""
