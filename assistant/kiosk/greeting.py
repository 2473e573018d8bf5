"""What the page is told when a conversation opens: what the idle screen shows, whom to call, what is recorded."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from assistant import log
from assistant.answers import privacy, robot, staff_help, timetable
from assistant.answers.context import Context
from assistant.answers.desk import Desk
from assistant.conversation.health import Health
from assistant.conversation.models import Suggestion
from assistant.kiosk import protocol as wire
from assistant.settings import Settings
from assistant.text import in_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """What the idle screen shows: a notice that must be seen, the tiles, the station's time; and what the page keeps."""

    notice: str | None
    suggestions: list[Suggestion]
    now: datetime
    help: wire.Help = field(default_factory=wire.Help)
    privacy: list[str] = field(default_factory=list)


def greeting(desk: Desk, language: str) -> Greeting:
    """What the idle screen shows now, in a language."""
    context = desk.context(language)
    refused = timetable.refusal(context)
    return Greeting(
        notice=refused.replies[0].text if refused else None, suggestions=robot.tiles(context), now=context.now,
        help=_or(wire.Help(), _help, context), privacy=_or([], privacy.lines, context),
    )  # fmt: skip


def welcome(
    settings: Settings, greeting: Greeting, health: Health, conversation_id: str, language: str, *, resumed: bool = False
) -> wire.Welcome:
    """The message that opens a conversation."""
    kiosk = settings.kiosk
    return wire.Welcome(
        conversation_id=conversation_id, resumed=resumed, language=language, languages=list(settings.languages),
        station=in_language(settings.name, language), kiosk=kiosk.id, now=greeting.now, idle_s=kiosk.idle_s, quiet_s=kiosk.quiet_s,
        speech=abilities(health), suggestions=greeting.suggestions, notice=greeting.notice, keypad=dict(kiosk.keypad),
        headset=dict(kiosk.headset), screen=wire.ScreenSize(inches=kiosk.screen.inches, distance_mm=kiosk.screen.distance_mm),
        help=greeting.help, privacy=greeting.privacy,
    )  # fmt: skip


def abilities(health: Health) -> dict[str, wire.SpeechAbility]:
    """What the kiosk can hear and say now, by language."""
    return {
        language: wire.SpeechAbility(hear=can.hear is not None, speak=can.speak is not None, captions=can.captions)
        for language, can in health.speech.items()
    }


def _help(context: Context) -> wire.Help:
    phone, where = staff_help.reached(context)
    return wire.Help(emergency=context.settings.contacts.emergency, staff=phone, where=where)


def _or[T](otherwise: T, look_up: Callable[[Context], T], context: Context) -> T:
    """What is looked up, and something else where that fails: it keeps no page from its welcome."""
    try:
        return look_up(context)
    except Exception as error:
        log.failure("welcome_incomplete", error)
        return otherwise
