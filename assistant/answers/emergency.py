"""What to do in danger: whom to call, where help and the way out are. Words file a report to staff; they never raise an alert."""

from assistant.alarm.evacuation import unsafe
from assistant.alarm.views import AlertView, WayOut
from assistant.answers.context import Context, Slots
from assistant.answers.facilities import place_phrase, way_tiles
from assistant.answers.models import Answer, row
from assistant.answers.renderer import Phrase
from assistant.answers.staff_help import first_place, staff_at, staff_phone
from assistant.answers.told import told
from assistant.conversation.models import SourceRow, Suggestion, TextCard
from assistant.errors import NotFound
from assistant.knowledge.models import FoundPlace
from assistant.text import in_language

HELP = ("help_point", "staff", "first_aid")
STAFF = ("staff", "information", "help_point")
EXITS = 6
"""Exits among which one is looked for that is reached without a lift."""


def help_now(context: Context, slots: Slots) -> Answer:
    """The emergency number, where the station names one, and the nearest help point."""
    first = _number(context, "utter_emergency_help", "utter_emergency_help_no_number")
    return _answer(context, [*first, *told(context, "help", slots)], HELP)


def medical(context: Context, slots: Slots) -> Answer:
    """Whom to call, and where help, a defibrillator and first aid are."""
    first = _number(context, "utter_emergency_medical", "utter_emergency_medical_no_number")
    answer = _answer(context, [*first, *told(context, "medical", slots)], HELP, also=("defibrillator", "first_aid"))
    return answer.model_copy(update={"suggestions": _ways(context, ("defibrillator", "first_aid"))})


def fire(context: Context, slots: Slots) -> Answer:
    """Out, without lifts: by which exit, and who helps those who cannot take stairs. Smoke is reported as what it is."""
    first = _number(context, "utter_emergency_fire", "utter_emergency_fire_no_number")
    return _outside(context, [*first, *told(context, "smoke" if slots.get("hazard") == "smoke" else "fire", slots)], slots)


def crime(context: Context, slots: Slots) -> Answer:
    """To other people, then call; and the nearest help point."""
    first = _number(context, "utter_emergency_crime", "utter_emergency_crime_no_number")
    return _answer(context, [*first, *told(context, "crime", slots)], HELP)


def track(context: Context, slots: Slots) -> Answer:
    """Never down to the track; staff and the nearest help point."""
    return _answer(context, [("utter_emergency_track", {}), *told(context, "track", slots), *_call(context)], HELP)


def suspicious(context: Context, slots: Slots) -> Answer:
    """Do not touch, go away, tell staff; and the nearest help point."""
    return _answer(context, [("utter_emergency_suspicious", {}), *told(context, "suspicious", slots), *_call(context)], HELP)


def lost_person(context: Context, slots: Slots) -> Answer:
    """Where staff are, with whom to wait, and their number."""
    return _with_staff(context, [("utter_emergency_lost_person", {}), *told(context, "lost_person", slots)])


def alarm(context: Context, slots: Slots) -> Answer:
    """The warning that stands: what it is, where, since when, who says so, what to do. Where none is known, that, and what to do in one."""
    standing = context.warnings.standing()
    actual = next((view for view in standing if view.status == "Actual"), None)
    if actual is None:
        known = f"utter_emergency_alarm_{standing[0].status.lower()}" if standing else "utter_emergency_alarm_unknown"
        return _outside(context, [(known, {}), ("utter_emergency_alarm", {})], slots, assembly=True)
    phrases, source = _warned(context, actual), [_alert_row(actual)]
    if actual.response != "Evacuate":
        return Answer(replies=[context.renderer.reply(*phrases)], sources=source)
    answer = _outside(context, [*phrases, ("utter_emergency_no_lifts", {})], slots, assembly=True)
    return answer.model_copy(update={"sources": [*source, *answer.sources]})


def _warned(context: Context, view: AlertView) -> list[Phrase]:
    area, language = in_language(view.area, context.language), context.language
    told: dict[str, object] = {"time": view.since.astimezone(context.now.tzinfo), "sender": in_language(view.sender, language)}
    return [
        ("utter_facilities_fact", {"text": in_language(view.headline, language)}),
        *([("utter_facilities_fact", {"text": instruction})] if (instruction := in_language(view.instruction, language)) else []),
        *([("utter_emergency_alarm_area", {"area": area})] if area else []),
        ("utter_emergency_alarm_since", told),
    ]


def _alert_row(view: AlertView) -> SourceRow:
    return SourceRow(kind="alert", table="alerts", key=view.id, as_of=view.since.isoformat(timespec="seconds"))


def despair(context: Context, slots: Slots) -> Answer:
    """Somebody to talk to, by the number that the station names for this, and staff nearby."""
    contacts = context.settings.contacts
    number = contacts.crisis or contacts.emergency
    first: Phrase = ("utter_emergency_despair", {"phone": number}) if number else ("utter_emergency_despair_no_number", {})
    danger = _call(context) if contacts.emergency != number else []
    return _with_staff(context, [first, *told(context, "despair", slots), *danger])


def _number(context: Context, name: str, without: str) -> list[Phrase]:
    """A sentence with the emergency number, another where the station names none."""
    phone = context.settings.contacts.emergency
    return [(name, {"phone": phone}) if phone else (without, {})]


def _call(context: Context) -> list[Phrase]:
    phone = context.settings.contacts.emergency
    return [("utter_emergency_call", {"phone": phone})] if phone else []


def _answer(context: Context, phrases: list[Phrase], helpers: tuple[str, ...], also: tuple[str, ...] = ()) -> Answer:
    """What to do, then where help is, then what else helps."""
    place = first_place(context, helpers)
    nearby = [first_place(context, (kind,)) for kind in also]
    others = [found for found in nearby if found and found.open_now is not False and found != place]
    said = [*phrases, *(_point(place) if place else []), *(place_phrase(context, other) for other in others)]
    sources = [row(found.source) for found in (place, *others) if found]
    return Answer(replies=[context.renderer.reply(*said)], suggestions=_ways(context, helpers), sources=sources)


def _with_staff(context: Context, phrases: list[Phrase]) -> Answer:
    place = first_place(context, STAFF)
    phone = staff_phone(context, place)
    said = [*phrases, *(staff_at(context, place) if place else []), *([("utter_staff_help_phone", {"phone": phone})] if phone else [])]
    sources = [row(place.source)] if place else []
    return Answer(replies=[context.renderer.reply(*said)], suggestions=_ways(context, STAFF), sources=sources)


def _outside(context: Context, phrases: list[Phrase], slots: Slots, *, assembly: bool = False) -> Answer:
    """The way out without a lift, away from where it burns as far as that is known, and who helps those who cannot take stairs."""
    said, sources = [*phrases], list[SourceRow]()
    card = None
    if evacuating := _evacuating(context, slots):
        view, way = evacuating
        name = in_language(way.name, context.language)
        if not way.safe:
            said.append(("utter_facilities_fact", {"text": unsafe(context.language)}))
        steps = way.steps.get(context.language) or [name]
        said.append(("utter_facilities_fact", {"text": steps[-1]}) if way.refuge else ("utter_emergency_exit_named", {"name": name}))
        card = TextCard(title=name, lines=steps)
        sources.append(_alert_row(view))
    elif way_out := _exit(context):
        where = way_out.where or way_out.level_name
        said.append(("utter_emergency_exit" if where else "utter_emergency_exit_named", {"name": way_out.name, "where": where}))
        sources.append(row(way_out.source))
    if assembly and (told := context.knowledge.fact("assembly_point", context.language)):
        said.append(("utter_facilities_fact", {"text": told.text}))
        sources.append(row(told.source))
    said.append(("utter_emergency_no_stairs", {}))
    if place := first_place(context, HELP):
        said += _point(place)
        sources.append(row(place.source))
    return Answer(replies=[context.renderer.reply(*said, card=card)], sources=sources)


def _evacuating(context: Context, slots: Slots) -> tuple[AlertView, WayOut] | None:
    """The way out that a standing alert names; None where none does."""
    for view in context.warnings.standing():
        way = (view.way_out_step_free if slots.get("step_free") == "true" else None) or view.way_out
        if way and view.status == "Actual":
            return view, way
    return None


def _point(place: FoundPlace) -> list[Phrase]:
    where = place.where or place.level_name
    return [("utter_emergency_help_point" if where else "utter_emergency_help_point_named", {"name": place.name, "where": where})]


def _exit(context: Context) -> FoundPlace | None:
    """The nearest open exit that is reached without a lift, as far as ways are known."""
    found = context.knowledge.places(category="exit", at=context.now, language=context.language, limit=EXITS)
    usable = [place for place in found if place.open_now is not False]
    return next((place for place in usable if _without_lift(context, place.id)), None)


def _without_lift(context: Context, goal: str) -> bool:
    """False where the way is known to take a lift, or to be closed."""
    try:
        route = context.knowledge.route(goal=goal, language=context.language)
    except NotFound:
        return True
    return route is not None and all(step.mode != "lift" for step in route.steps)


def _ways(context: Context, kinds: tuple[str, ...]) -> list[Suggestion]:
    """A tile with the way to the first of these kinds of places that the station has."""
    place = first_place(context, kinds)
    return way_tiles(context, place) if place else []
