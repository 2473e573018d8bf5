"""Which of a message's infos counts: for a language, and for the colour and the shape of all of it."""

from typing import Final

from assistant.alarm.models import Alert, Info, Response

RESPONSES: Final[tuple[Response, ...]] = ("Evacuate", "Shelter", "Execute", "Avoid", "Prepare", "Monitor", "Assess", "AllClear", "None")
"""The most urgent first."""
ACUTE_RESPONSES: Final = frozenset({"Evacuate", "Shelter", "Execute", "Avoid"})
SEVERITIES: Final = ("Extreme", "Severe", "Moderate", "Unknown", "Minor")
URGENCIES: Final = ("Immediate", "Expected", "Unknown", "Future", "Past")


def acute(info: Info) -> bool:
    """Whether it asks to act at once: Immediate, Extreme or Severe, not Unlikely, and evacuate, shelter, execute or avoid.

    Stricter than the bar of the US Wireless Emergency Alerts (47 CFR 10.400), which also takes Expected and every response.
    """
    return (
        info.urgency == "Immediate" and info.severity in ("Extreme", "Severe") and info.certainty != "Unlikely"
        and not ACUTE_RESPONSES.isdisjoint(info.responses)
    )  # fmt: skip


def worst(alert: Alert) -> Info | None:
    """The info that asks most of people; None in a message without one."""
    return min(alert.infos, key=_rank, default=None)


def response(info: Info) -> Response:
    """The most urgent response of an info; `None` where it names none."""
    return next((each for each in RESPONSES if each in info.responses), "None")


def info_in(alert: Alert, language: str) -> Info | None:
    """The info for a language: exactly it, else the same without regard to its region (`en-US` for `en`), else English, else the first.

    Of several in one language the worst.
    """
    wanted = language.casefold()
    base = wanted.partition("-")[0]
    tags = [info.language.casefold() for info in alert.infos]
    bases = [tag.partition("-")[0] for tag in tags]
    for named, sought in ((tags, wanted), (bases, base), (bases, "en")):
        found = [info for info, name in zip(alert.infos, named, strict=True) if name == sought]
        if found:
            return min(found, key=_rank)
    first = alert.infos[0].language if alert.infos else None
    return min((info for info in alert.infos if info.language == first), key=_rank, default=None)


def _rank(info: Info) -> tuple[bool, int, int]:
    return not acute(info), SEVERITIES.index(info.severity), URGENCIES.index(info.urgency)
