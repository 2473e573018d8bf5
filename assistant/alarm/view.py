"""A standing alert as people see it: its colour, and its words in every language of the station."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from assistant.alarm.cap.choose import info_in, response, worst
from assistant.alarm.models import Info, Standing
from assistant.alarm.views import AlertView, Colour, WayOut
from assistant.settings import Settings
from assistant.text import in_language, plain

LONGEST_LINE: Final = 300
"""Characters of an event, a headline, an area, a sender."""
LONGEST_TEXT: Final = 1500
"""Characters of what to do."""


def view(standing: Standing, settings: Settings, *, way_out: WayOut | None = None, step_free: WayOut | None = None) -> AlertView:
    """An alert for the page and the API; the ways out are those of who knows the map.

    Where a message lacks a language, its text in English or in its first language stands there (`choose.info_in`).
    """
    alert, main = standing.alert, worst(standing.alert)
    chosen = {language: info_in(alert, language) for language in settings.languages}
    return AlertView(
        id=standing.id, life_safety=standing.life_safety, status="Test" if alert.status == "Draft" else alert.status,
        colour=colour(standing), category=main.categories[0] if main and main.categories else "Other",
        response=response(main) if main else "None", severity=main.severity if main else "Unknown", since=standing.since,
        event={language: _event(info) for language, info in chosen.items()},
        headline={language: plain(info.headline, LONGEST_LINE) or _event(info) if info else "" for language, info in chosen.items()},
        instruction={language: plain(info.instruction, LONGEST_TEXT) if info else "" for language, info in chosen.items()},
        area={language: _area(info) for language, info in chosen.items()}, sender=_sender(standing, settings, chosen),
        way_out=way_out, way_out_step_free=step_free,
    )  # fmt: skip


def colour(standing: Standing) -> Colour:
    """ISO 22324: red, danger, act now; yellow, caution, prepare; green, safe. An exercise or a test is never red."""
    main = worst(standing.alert)
    if main is None:
        return "yellow"
    if main.urgency == "Past" or response(main) == "AllClear":
        return "green"
    grave = main.severity in ("Extreme", "Severe") and main.urgency in ("Immediate", "Expected") and main.certainty != "Unlikely"
    return "red" if standing.alert.status == "Actual" and (standing.life_safety or grave) else "yellow"


def by_rank(standing: Sequence[Standing]) -> list[Standing]:
    """What is shown first: life safety, then red, yellow, green, then the newest."""
    order: Mapping[Literal["red", "yellow", "green"], int] = {"red": 0, "yellow": 1, "green": 2}
    return sorted(standing, key=lambda one: (not one.life_safety, order[colour(one)], -one.since.timestamp(), one.id))


def _event(info: Info | None) -> str:
    return plain(info.event, LONGEST_LINE) if info else ""


def _area(info: Info | None) -> str:
    return plain("; ".join(area.description for area in info.areas), LONGEST_LINE) if info else ""


def _sender(standing: Standing, settings: Settings, chosen: Mapping[str, Info | None]) -> dict[str, str]:
    """Its name as the station lists it, else the station's own for what the station raised, else as the message says."""
    listed = next((one.name for one in settings.alerts.senders if one.sender == standing.alert.sender), None)
    if listed is None and standing.source != "sender":
        listed = settings.name
    if listed is not None:
        return {language: plain(in_language(listed, language), LONGEST_LINE) for language in chosen}
    return {language: plain(info.sender_name, LONGEST_LINE) if info else "" for language, info in chosen.items()}
