"""The one kiosk: where it stands, its screen, its keys, its times."""

from typing import Annotated, Literal

from pydantic import Field

from assistant.settings.parts import Part, Seconds

KeyName = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]{0,31}$")]
type KeyAction = Literal[
    "speech", "next", "previous", "select", "repeat", "louder", "quieter", "faster", "slower", "talk", "start_over", "help",
]
type HeadsetEvent = Literal["plugged", "unplugged"]


class KioskScreen(Part):
    """How large the screen is and from where it is read: the largest letters are sized by it, so that a capital H is 0.7° high or
    more (EN 301 549, 5.1.4)."""

    inches: Annotated[float, Field(gt=2, le=200, allow_inf_nan=False)] | None = None
    """Diagonal of the picture, in inches. Unset, a usual size for its number of pixels is assumed."""
    distance_mm: Annotated[float, Field(ge=200, le=5_000, allow_inf_nan=False)] = 600.0
    """From the eyes to the screen, in millimetres. Where `inches` is unset and the pixels are those of a 10.1-inch or 7-inch screen, at
    most 400 is taken: people stand nearer."""


class Kiosk(Part):
    """Where the one kiosk of this assistant stands; "here" and "nearest" mean this place."""

    id: str = "kiosk-1"
    """Name of the kiosk in events and reports."""
    place: str | None = None
    """Id of a place or GTFS stop of the station: "you are here"."""
    level: str | None = None
    """GTFS `level_id` the kiosk stands on."""
    heading: float | None = None
    """Degrees clockwise from north that a person at the screen looks towards; the first turn of a way is told from it."""
    keypad: dict[KeyName, KeyAction] = Field(default_factory=dict)
    """Key → what it does, for a keypad beside the screen. A key is named as browsers name it (`KeyboardEvent.code`), as `F13` or
    `Numpad8`. `speech` turns the speech mode on and off; `next`, `previous`, `select` and `repeat` are the four keys that reach
    everything in it, and turn it on too."""
    headset: dict[KeyName, HeadsetEvent] = Field(default_factory=dict)
    """Key → `plugged` or `unplugged`, for a headset socket that sends a key when a plug goes in or out: plugged starts the speech mode,
    unplugged ends it."""
    screen: KioskScreen = Field(default_factory=KioskScreen)
    idle_s: Seconds = 60.0
    """Seconds without touch or speech until the conversation is wiped. People are warned 20 s before; where it is below 30, at half
    of it, which is less than WCAG 2.2.1 asks for."""
    quiet_s: Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)] = 8.0
    """Seconds until somebody who has touched the screen or was asked something, and says nothing, is prompted once; as long again, and
    only tiles are shown. 0 prompts nobody."""
