"""What the sensors themselves tell: how warm and humid it is, what is measured, where, and by which index it is judged."""

from decimal import Decimal

from assistant.answers.context import Context, Slots, ask
from assistant.answers.models import Answer, Missed
from assistant.answers.renderer import Named, Phrase
from assistant.answers.staff_help import request as staff
from assistant.conversation.models import SourceRow, TextCard
from assistant.environment.air_quality.heat_index import heat_index
from assistant.environment.models import Reading, SensorState
from assistant.text import in_language
from assistant.unanswered.models import Kind

CLIMATE = ("temperature", "humidity")
SPOKEN_UNITS = {"°C": "utter_air_quality_unit_celsius"}
"""Units that are said as words."""
SPOKEN = 2
"""Areas whose values are said; the screen shows all."""


def climate(context: Context, slots: Slots) -> Answer:
    """Temperature and humidity by area, the kiosk's own level first; a silent sensor's value is unknown."""
    states = [state for state in context.environment.air(context.now).sensors if state.quantity in CLIMATE]
    areas = _by_area(context, states)
    if not areas:
        helped = staff(context, {})
        replies = [context.renderer.reply(("utter_air_quality_climate_none", {})), *helped.replies]
        return helped.model_copy(update={"replies": replies, "missed": Missed(kind=Kind.NOT_TOLD)})
    phrases = [_climate(area, of_area) for area, of_area in areas.items()]
    lines = [context.renderer.text(name, **values) for name, values in phrases]
    card = TextCard(title=context.renderer.text("utter_air_quality_climate_title"), lines=lines)
    counted = [state.last for state in states if state.last and not state.silent]
    tiles = [context.renderer.suggestion("utter_suggest_air", ask("air_quality_now"))]
    return Answer(
        replies=[context.renderer.reply(*phrases[:SPOKEN], card=card)], suggestions=tiles,
        sources=[
            SourceRow(kind="sensor", table="readings", key=f"{last.sensor}|{last.at.isoformat(timespec='seconds')}",
                      as_of=last.at.isoformat(timespec="seconds"))
            for last in counted
        ],
    )  # fmt: skip


def measuring(context: Context, slots: Slots) -> Answer:
    """How many sensors measure what and where, and by which index the air is judged."""
    states = context.environment.air(context.now).sensors
    if not states:
        return Answer(replies=[context.renderer.reply(("utter_air_quality_measuring_none", {}))], missed=Missed(kind=Kind.NOT_TOLD))
    areas = _by_area(context, states)
    quantities = list(dict.fromkeys(_quantity(context, state.quantity) for state in states))
    phrases: list[Phrase] = [("utter_air_quality_measuring", {"count": len(states), "quantities": quantities, "areas": list(areas)})]
    phrases.append((f"utter_air_quality_index_{context.settings.environment.index}", {}))
    lines = [
        context.renderer.text("utter_air_quality_measured_in", area=area, quantities=[_quantity(context, one.quantity) for one in of_area])
        for area, of_area in areas.items()
    ]
    card = TextCard(title=context.renderer.text("utter_air_quality_measuring_title"), lines=lines)
    version = context.knowledge.validity().version
    return Answer(
        replies=[context.renderer.reply(*phrases, card=card)],
        suggestions=[context.renderer.suggestion("utter_suggest_air", ask("air_quality_now"))],
        sources=[SourceRow(kind="station", table="sensors", key=state.id, as_of=version) for state in states],
    )  # fmt: skip


def _climate(area: str, states: list[SensorState]) -> Phrase:
    """The values of one area; that they are unknown where all its sensors are silent."""
    values = {state.quantity: _value(state, state.last) for state in reversed(states) if not state.silent and state.last}
    match tuple(quantity for quantity in CLIMATE if quantity in values):
        case ("temperature", "humidity"):
            both = {"area": area, **values["temperature"], "humidity": values["humidity"]["value"]}
            felt = _felt(states)
            return ("utter_air_quality_climate_both", both) if felt is None else ("utter_air_quality_climate_heat", both | {"felt": felt})
        case ("temperature",):
            return "utter_air_quality_climate_temperature", {"area": area, **values["temperature"]}
        case ("humidity",):
            return "utter_air_quality_climate_humidity", {"area": area, **values["humidity"]}
        case _:
            return "utter_air_quality_climate_silent", {"area": area}


def _felt(states: list[SensorState]) -> int | None:
    """The heat index of an area's temperature and humidity in whole °C; None where it is not defined."""
    last = {(state.quantity, state.unit): state.last.value for state in reversed(states) if not state.silent and state.last}
    celsius, humidity = last.get(("temperature", "°C")), last.get(("humidity", "%"))
    if celsius is None or humidity is None:
        return None
    felt = heat_index(Decimal(str(celsius)), Decimal(str(humidity)))
    return None if felt is None else round(felt)


def _value(state: SensorState, last: Reading) -> dict[str, object]:
    unit = SPOKEN_UNITS.get(state.unit)
    return {"value": round(last.value), "unit": Named(unit) if unit else state.unit}


def _by_area(context: Context, states: list[SensorState]) -> dict[str, list[SensorState]]:
    """The sensors by the name of their area, the levels nearest to the kiosk's first."""
    levels = context.knowledge.levels()
    here = context.settings.kiosk.level

    def away(state: SensorState) -> int:
        if here not in levels or state.level not in levels:
            return 0 if state.level == here else len(levels)
        return abs(levels.index(state.level) - levels.index(here))

    found: dict[str, list[SensorState]] = {}
    for state in sorted(states, key=away):
        found.setdefault(in_language(state.area, context.language), []).append(state)
    return found


def _quantity(context: Context, quantity: str) -> str:
    return context.renderer.text(f"utter_air_quality_quantity_{quantity}")
