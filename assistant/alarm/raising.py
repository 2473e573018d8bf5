"""What a rule or a failing sensor tells, as CAP messages of this kiosk."""

import re
from collections.abc import Sequence
from datetime import datetime

from assistant.alarm.cap.followups import updated
from assistant.alarm.models import Alert, Area, Info
from assistant.answers.renderer import Renderer, Responses
from assistant.environment.quality import Trouble
from assistant.environment.rules import Change
from assistant.settings import Sensor, Settings
from assistant.settings.sensing import Rule
from assistant.text import in_language


def of_rule(settings: Settings, rule: Rule, change: Change, sender: str, last: Alert | None) -> Alert:
    """The alert of a rule, in every language of the station; an Update where it stands already."""
    told = rule.alert
    sensors = [sensor for sensor in settings.sensors if sensor.id in (change.sensors or rule.sensors)]
    infos = tuple(
        Info(
            language=language, categories=(told.category,), event=in_language(told.event, language), responses=(told.response,),
            urgency=told.urgency, severity=told.severity, certainty=told.certainty, headline=in_language(told.headline, language),
            instruction=in_language(told.instruction, language), sender_name=in_language(settings.name, language),
            areas=_areas(sensors, language),
        )
        for language in settings.languages
    )  # fmt: skip
    identifier = _identifier(rule.id, change.at)
    if last is not None:
        return updated(last, identifier=identifier, sent=change.at, infos=infos)
    return Alert(
        identifier=identifier, sender=sender, sent=change.at, status="Actual", message_type="Alert",
        scope="Restricted" if told.staff else "Public", infos=infos,
    )  # fmt: skip


def of_trouble(settings: Settings, responses: Responses, sensor: Sensor, trouble: Trouble, sender: str, now: datetime) -> Alert:
    """That a sensor cannot be believed: for staff (CAP's scope Restricted), for its area is unknown now and not good."""

    def said(language: str) -> str:
        name = in_language(sensor.name, language)
        return Renderer(responses, language, now).text(f"utter_emergency_sensor_{trouble.kind}", name=name)

    return _for_staff(settings, f"{sensor.id}.{trouble.kind}", {language: said(language) for language in settings.languages}, sender, now,
                      (sensor,))  # fmt: skip


def of_disk(settings: Settings, responses: Responses, sender: str, now: datetime) -> Alert:
    """That readings cannot be written any more."""
    said = {language: Renderer(responses, language, now).text("utter_emergency_readings_unwritten") for language in settings.languages}
    return _for_staff(settings, "readings", said, sender, now, ())


def _for_staff(
    settings: Settings, key: str, said: dict[str, str], sender: str, now: datetime, sensors: Sequence[Sensor]
) -> Alert:  # fmt: skip
    infos = tuple(
        Info(
            language=language, categories=("Infra",), event=said[language], responses=("Assess",), urgency="Expected", severity="Minor",
            certainty="Observed", headline=said[language], sender_name=in_language(settings.name, language),
            areas=_areas(sensors, language),
        )
        for language in settings.languages
    )  # fmt: skip
    return Alert(
        identifier=_identifier(key, now), sender=sender, sent=now, status="Actual", message_type="Alert", scope="Restricted", infos=infos
    )


def _areas(sensors: Sequence[Sensor], language: str) -> tuple[Area, ...]:
    """The areas of sensors by name, each with the zones of its sensors."""
    zones: dict[str, list[str]] = {}
    for sensor in sensors:
        found = zones.setdefault(in_language(sensor.area, language), [])
        if sensor.zone and sensor.zone not in found:
            found.append(sensor.zone)
    return tuple(Area(description=name, zones=tuple(found)) for name, found in zones.items())


def _identifier(key: str, at: datetime) -> str:
    return f"{re.sub(r'[^A-Za-z0-9_.-]', '_', key)}-{at.timestamp() * 1000:.0f}"
