"""Where the kiosk stands, and what time it is there."""

from assistant.answers.context import Context, Slots, ask
from assistant.answers.level_words import level_name
from assistant.answers.models import Answer, row
from assistant.answers.renderer import Phrase
from assistant.answers.wording import WEEKDAYS
from assistant.conversation.models import SourceRow
from assistant.knowledge.models import Source


def here(context: Context, slots: Slots) -> Answer:
    """The station, and where in it the kiosk stands as far as the station file says."""
    station = context.knowledge.station(context.language)
    (place, place_source), level = _place(context), _level(context)
    phrases: list[Phrase] = [("utter_wayfinding_here_station", {"station": station.name})]
    if place and level:
        phrases.append(("utter_wayfinding_here_place_level", {"place": place, "level": level}))
    elif place:
        phrases.append(("utter_wayfinding_here_place", {"place": place}))
    elif level:
        phrases.append(("utter_wayfinding_here_level", {"level": level}))
    tiles = [
        context.renderer.suggestion("utter_suggest_overview", ask("facilities_overview")),
        context.renderer.suggestion("utter_suggest_exit", ask("facilities_find", place="exit")),
    ]
    sources = [source for source in (station.source, place_source) if source]
    return Answer(replies=[context.renderer.reply(*phrases)], suggestions=tiles, sources=[row(source) for source in sources])


def clock(context: Context, slots: Slots) -> Answer:
    """The time and date by the station's clock; none where nobody vouches for it."""
    if not context.clock_trusted:
        return Answer(replies=[context.renderer.reply(("utter_timetable_clock", {}))])
    now, language = context.now, context.renderer.spoken_in("utter_timetable_clock_now")
    told = {"time": now, "weekday": WEEKDAYS[language][now.weekday()] if language in WEEKDAYS else "", "date": now.date()}
    source = SourceRow(kind="record", table="clock", key=str(now.tzinfo), as_of=now.isoformat(timespec="seconds"))
    tiles = [context.renderer.suggestion("utter_suggest_departures", ask("timetable_next_departures"))]
    return Answer(replies=[context.renderer.reply(("utter_timetable_clock_now", told))], suggestions=tiles, sources=[source])


def _place(context: Context) -> tuple[str | None, Source | None]:
    """What the spot of the kiosk is called, and the row that says so."""
    key = context.settings.kiosk.place
    if key is None:
        return None, None
    listed = context.knowledge.places(place_id=key, at=context.now, language=context.language)
    if listed:
        return listed[0].name, listed[0].source
    spot = context.knowledge.spot(key, context.language)
    return (spot.name, spot.source) if spot and spot.name else (None, None)


def _level(context: Context) -> str | None:
    """The name of the level that the kiosk stands on."""
    level, key = context.settings.kiosk.level, context.settings.kiosk.place
    if level in context.knowledge.levels():
        return level_name(context, context.knowledge.level_plan(level, context.language))
    spot = context.knowledge.spot(key, context.language) if key else None
    return spot.level_name if spot else None
