"""How the air is, by the sensors that report."""

from collections.abc import Sequence
from datetime import datetime

from assistant.answers.context import Context, Slots, ask
from assistant.answers.models import Answer, Missed
from assistant.answers.renderer import Named, Phrase
from assistant.conversation.models import AirHour, AirQualityCard, SensorRow, SourceRow
from assistant.environment.air_quality.station import band
from assistant.environment.models import AirQuality, Index, Reading
from assistant.text import in_language
from assistant.unanswered.models import Kind

SYSTEMS = {"us_epa": "US EPA AQI 2024", "hj_633": "HJ 633-2026", "european": "European AQI 2024"}


def now(context: Context, slots: Slots) -> Answer:
    """The index and its category; a silent sensor's area is said to be unknown."""
    air = context.environment.air(context.now)
    phrases = [*_index(air), *_silent(context, air), *_aired(context, air), *_guideline(air)]
    tiles = [context.renderer.suggestion("utter_suggest_air_advice", ask("air_quality_advice"))] if air.index else []
    shown = card(context, air, day(context, air))
    missed = None if air.index else Missed(kind=Kind.NOT_TOLD)
    return Answer(replies=[context.renderer.reply(*phrases, card=shown)], suggestions=tiles, sources=_sources(air), missed=missed)


def advice(context: Context, slots: Slots) -> Answer:
    """What the index of now means for people who feel bad air first; no advice where there is none."""
    air = context.environment.air(context.now)
    phrases: list[Phrase] = [(f"utter_air_quality_advice_{_word(air.index)}", {})] if air.index else []
    phrases += [*_index(air), *_silent(context, air)]
    tiles = [
        context.renderer.suggestion("utter_suggest_air_measuring", ask("air_quality_measuring")),
        context.renderer.suggestion("utter_suggest_staff", ask("staff_help_request")),
    ]
    return Answer(replies=[context.renderer.reply(*phrases, card=card(context, air))], suggestions=tiles, sources=_sources(air))


def _index(air: AirQuality) -> list[Phrase]:
    index = air.index
    if index is None:
        return [("utter_air_quality_unknown", {})]
    name = "utter_air_quality_equivalent" if index.equivalent else "utter_air_quality_now"
    if index.system != "us_epa":
        name = f"utter_air_quality_equivalent_{index.system}" if index.equivalent else f"utter_air_quality_now_{index.system}"
    if (index.system, index.category) == ("hj_633", "excellent"):
        name += "_excellent"  # HJ 633 names no primary pollutant up to an index of 50
    category = Named(f"utter_air_quality_category_{_word(index)}")
    pollutant = Named(f"utter_air_quality_quantity_{index.pollutant}")
    return [(name, {"category": category, "index": index.value, "pollutant": pollutant})]


def _word(index: Index) -> str:
    """A category as the names of the responses spell it: the US EPA's bare, the others' with their system."""
    return index.category if index.system == "us_epa" else f"{index.system}_{index.category}"


def _silent(context: Context, air: AirQuality) -> list[Phrase]:
    areas = list(dict.fromkeys(in_language(sensor.area, context.language) for sensor in air.sensors if sensor.silent))
    return [("utter_air_quality_silent", {"area": areas})] if areas else []


def _aired(context: Context, air: AirQuality) -> list[Phrase]:
    """The areas whose carbon dioxide says that they are badly aired."""
    found: list[Phrase] = []
    for aired in ("poor", "stale"):
        areas = [in_language(sensor.area, context.language) for sensor in air.sensors if sensor.band == aired]
        found += [(f"utter_air_quality_aired_{aired}", {"area": list(dict.fromkeys(areas))})] if areas else []
    return found


def _guideline(air: AirQuality) -> list[Phrase]:
    """What was over the WHO's guideline most in the last day."""
    worst = max((sensor for sensor in air.sensors if sensor.guideline), key=lambda sensor: sensor.guideline or 0, default=None)
    if worst is None or (worst.guideline or 0) <= 1:
        return []
    pollutant = Named(f"utter_air_quality_quantity_{worst.quantity}")
    return [("utter_air_quality_guideline", {"pollutant": pollutant, "times": worst.guideline})]


def day(context: Context, air: AirQuality) -> list[AirHour]:
    """The last 24 hours as far as they are known."""
    hours = context.environment.day(air)
    return [AirHour(at=at, value=index.value if index else None, band=band(index) if index else None) for at, index in hours]


def card(context: Context, air: AirQuality, day: Sequence[AirHour] = ()) -> AirQualityCard:
    """The air as the page and the API show it."""
    renderer, index = context.renderer, air.index
    sensors = [
        SensorRow(
            area=in_language(sensor.area, context.language),
            quantity=sensor.quantity,
            label=renderer.text(f"utter_air_quality_quantity_{sensor.quantity}"),
            value=sensor.last.value if sensor.last and not sensor.silent else None,
            unit=sensor.unit,
            silent=sensor.silent,
        )
        for sensor in air.sensors
    ]
    return AirQualityCard(
        index=index.value if index else None,
        category=index.category if index else None,
        band=band(index) if index else None,
        label=renderer.text(f"utter_air_quality_category_{_word(index)}") if index else renderer.text("utter_air_quality_title"),
        system=SYSTEMS[context.settings.environment.index],
        equivalent=bool(index and index.equivalent),
        at=max((reading.at for reading in _counted(air)), default=air.at),
        sensors=sensors,
        day=list(day),
    )


def _sources(air: AirQuality) -> list[SourceRow]:
    return [
        SourceRow(kind="sensor", table="readings", key=f"{reading.sensor}|{_time(reading.at)}", as_of=_time(reading.at))
        for reading in _counted(air)
    ]


def _counted(air: AirQuality) -> list[Reading]:
    """The readings that the answer rests on."""
    return [sensor.last for sensor in air.sensors if sensor.last is not None and not sensor.silent]


def _time(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
