"""Which train, when, from which platform. Every time, line and platform spoken is a row of the feed."""

from datetime import datetime, timedelta
from typing import Literal, TypedDict

from assistant.answers import live
from assistant.answers.asked import Asked, when
from assistant.answers.context import CLEAR, Context, Meant, Resolved, Slots, ask, choices, resolve, slots_of
from assistant.answers.journey_words import with_changes
from assistant.answers.models import Answer, Missed, row
from assistant.answers.renderer import Phrase
from assistant.answers.wording import Until, Vehicle, When
from assistant.conversation.models import Card, DepartureRow, DeparturesCard, Reply, SlotValue, Suggestion
from assistant.knowledge.models import Departure, Match
from assistant.unanswered.models import Kind

BOARD_ROWS = 5
ALL_ROWS, ALL_AHEAD = 10, timedelta(hours=2)
"""Rows of a board that is narrowed by nothing, and how far it looks: every line in every direction is on it once, if there is room."""
LOOK_AHEAD = timedelta(hours=24)
MOST_LOOKED_AT = 60
LINE_TILES = 8
DESTINATIONS = 5
ROOMS: tuple[tuple[Literal["destination", "origin", "line"], str], ...] = (("destination", "stop"), ("origin", "stop"), ("line", "line"))
"""What a question may name, and what that is among."""
FORGETS = ["origin", "destination", "line", "platform", "date", "depart_at", "until"]


class Narrow(TypedDict):
    """Ids that departures are narrowed by."""

    stop_id: str | None
    destination: str | None
    line: str | None


def next_departures(context: Context, slots: Slots) -> Answer:
    """The next trains: to a place, on a line, from a time; with neither place nor line, the whole board."""
    return refusal(context) or _departures(context, slots, "timetable_next_departures")


def platform(context: Context, slots: Slots) -> Answer:
    """The platform of the train that is meant."""
    return refusal(context) or _departures(context, slots, "timetable_platform")


def refusal(context: Context, at: datetime | None = None) -> Answer | None:
    """Why no time may be named now (or for the moment `at`), or None."""
    renderer, validity = context.renderer, context.knowledge.validity()
    if not context.clock_trusted:
        return Answer(replies=[renderer.reply(("utter_timetable_clock", {}))])
    match context.knowledge.expired(at or context.now):
        case "expired":
            return Answer(replies=[renderer.reply(("utter_timetable_expired", {"end": validity.end}))])
        case "none":
            return Answer(replies=[renderer.reply(("utter_timetable_absent", {}))])
        case "not_yet":
            return Answer(replies=[renderer.reply(("utter_timetable_not_yet", {"start": validity.start}))])
        case _:
            return None


def ask_destination(context: Context, slots: Slots, intent: str = "timetable_next_departures") -> Answer:
    """The question for a missing destination; says so where what was named is not known or is not clear."""
    said = slots.get("destination") or slots.get("stop")
    if said:
        found = resolve(context, said, {"stop"})
        if found.match is None:
            return _not_clear(context, found, slots, intent)
    tiles = destination_tiles(context, slots, intent)
    if intent == "timetable_next_departures":
        tiles.append(context.renderer.suggestion("utter_suggest_all_departures", ask("timetable_anywhere")))
    return choices(context, "utter_timetable_ask_destination", tiles, "destination")


def clear_destination(context: Context, said: str) -> bool:
    """True where `said` names one stop."""
    return resolve(context, said, {"stop"}).match is not None


def subjects(context: Context, slots: Slots, intent: str) -> Meant | Answer:
    """The destination, origin and line that slots name; else the question which one is meant, whose tiles ask `intent`."""
    meant: Meant = {}
    for kind, room in ROOMS:
        said = slots.get(kind) or (slots.get("stop") if kind == "destination" else None)
        if not said:
            continue
        found = resolve(context, said, {room})
        if found.match is None:
            return (_not_clear if room == "stop" else _line_not_clear)(context, found, slots, intent)
        meant[kind] = found.match
    return meant


def narrow(meant: Meant) -> Narrow:
    """What departures are narrowed to."""
    ids = {kind: match.id for kind, match in meant.items()}
    return Narrow(stop_id=ids.get("origin"), destination=ids.get("destination"), line=ids.get("line"))


def already_here(context: Context, meant: Meant) -> Answer | None:
    """The answer to who asks for a train to this very station."""
    to = meant.get("destination")
    if to is None or "origin" in meant or to.id != context.knowledge.station(context.language).id:
        return None
    return Answer(replies=[context.renderer.reply(("utter_timetable_already_here", {"destination": to.name}))], forgets=FORGETS)


def _departures(context: Context, slots: Slots, intent: str) -> Answer:
    meant = subjects(context, slots, intent)
    if isinstance(meant, Answer):
        return meant
    if here := already_here(context, meant):
        return here
    asked = when(context, slots)
    if refused := refusal(context, asked.at):
        return refused
    found_departures = next_rows(context, meant, asked.at, asked.until) if meant else _whole_board(context, asked)
    known = asked.known + slots_of(meant)
    unclear: list[Phrase] = [] if asked.understood else [("utter_timetable_time_unclear", {})]
    if not found_departures:
        return _with_changes(context, slots, meant, asked, known) or _none(context, meant, known, unclear, asked)
    going = live.running(found_departures)
    if not going:
        phrases = [*live.cancelled_before(found_departures), ("utter_timetable_all_cancelled", {})]
    elif going[0].headway_s:
        phrases = say_headway(context, going[0], meant, asked.at)
    else:
        say = _say_platform if intent == "timetable_platform" else _say_next
        phrases = live.cancelled_before(found_departures) + say(context, going, meant)
    return _board(context, found_departures, meant, known, unclear + phrases)


def next_rows(context: Context, meant: Meant, at: datetime, until: datetime | None) -> list[Departure]:
    """The departures of a board; where the first ones are cancelled, the next ones that run are on it too."""
    for limit in (BOARD_ROWS, MOST_LOOKED_AT):
        found = context.knowledge.departures(
            **narrow(meant), at=at, until=until or at + LOOK_AHEAD, limit=limit, language=context.language
        )
        if live.running(found) or len(found) < limit:
            break
    if live.running(found[:BOARD_ROWS]):
        return found[:BOARD_ROWS]
    return found[:2] + live.running(found)[: BOARD_ROWS - 2]


def _whole_board(context: Context, asked: Asked) -> list[Departure]:
    """What leaves next: each line in each direction, since a frequent one would fill the board; where there is room, what follows."""
    soon, ahead = next_rows(context, {}, asked.at, asked.until), asked.until or asked.at + ALL_AHEAD
    found = context.knowledge.departures(at=asked.at, until=ahead, limit=MOST_LOOKED_AT, language=context.language)
    if len(found) <= BOARD_ROWS or not live.running(soon):
        return soon
    ways = {(departure.line, departure.headsign): at for at, departure in reversed(list(enumerate(found)))}
    order = sorted(range(len(found)), key=lambda at: (ways[found[at].line, found[at].headsign] != at, at))
    return [found[at] for at in sorted(order[:ALL_ROWS])]


def values(context: Context, departure: Departure, meant: Meant) -> dict[str, object]:
    """What sentences say of a departure."""
    line = context.knowledge.line(departure.route_id, context.language)
    to = meant.get("destination")
    return {
        "vehicle": Vehicle(line.mode if line else "other"), "line": departure.line, "headsign": departure.headsign,
        "destination": to.name if to else departure.headsign, "platform": departure.platform,
        "when": When(departure.scheduled, departure.headway_s),
    }  # fmt: skip


def _say_next(context: Context, departures: list[Departure], meant: Meant) -> list[Phrase]:
    first = departures[0]
    name = "utter_timetable_next_to" if "destination" in meant else "utter_timetable_next_here"
    if live.unplanned(first):
        name = "utter_timetable_extra"
    name += "" if first.platform else "_no_platform"
    phrases: list[Phrase] = [(name, values(context, first, meant)), *live.changes(first)]
    if first.onward:
        phrases.append(goes_on(first))
    others = dict.fromkeys(live.due(departure) for departure in departures[1:] if not departure.headway_s)
    if meant and (later := [moment for moment in others if moment != live.due(first)][:2]):
        phrases.append(("utter_timetable_then", {"times": later}))
    return phrases


def goes_on(departure: Departure) -> Phrase:
    """What the train goes on as on its way to the destination: travellers stay aboard."""
    last = departure.onward[-1]
    return "utter_timetable_goes_on", {"line": last.line, "headsign": last.headsign}


def _say_platform(context: Context, departures: list[Departure], meant: Meant) -> list[Phrase]:
    name = "utter_timetable_platform" if departures[0].platform else "utter_timetable_platform_unknown"
    return [(name, values(context, departures[0], meant)), *live.changes(departures[0])]


def say_headway(context: Context, first: Departure, meant: Meant, at: datetime) -> list[Phrase]:
    """How often a line runs that promises no times, and from when on where that is not yet."""
    headway_s = first.headway_s or 0
    told = values(context, first, meant) | {"minutes": max(1, round(headway_s / 60)), "when": When(first.scheduled)}
    phrases: list[Phrase] = [("utter_timetable_headway_to" if "destination" in meant else "utter_timetable_headway_here", told)]
    if first.scheduled.timestamp() - at.timestamp() > headway_s:
        phrases.append(("utter_timetable_headway_from", told))
    phrases.append(("utter_timetable_headway_platform" if first.platform else "utter_timetable_headway_no_platform", told))
    return phrases


def _board(context: Context, departures: list[Departure], meant: Meant, known: list[SlotValue], phrases: list[Phrase]) -> Answer:
    going = live.running(departures)
    first = going[0] if going else departures[0]
    if first.platform and going:
        known.append(SlotValue(type="platform", value=first.platform, id=first.stop_id))
    alert = live.alert_of(context, first, meant["origin"].id if "origin" in meant else None)
    kept = {value.type for value in known}
    return Answer(
        replies=[_reply(context, phrases + ([live.say_alert(alert)] if alert else []), departures_card(context, departures, meant))],
        suggestions=_follow_ups(context, departures, meant),
        sources=[source for departure in departures for source in live.rows(departure)] + ([row(alert.source)] if alert else []),
        slots=known,
        forgets=[kind for kind in FORGETS if kind not in kept],
    )


def _reply(context: Context, phrases: list[Phrase], card: Card | None = None) -> Reply:
    return context.renderer.reply(*phrases, card=card)


def departures_card(context: Context, departures: list[Departure], meant: Meant) -> DeparturesCard | None:
    """The board of what has a time; None where nothing has."""
    renderer, timed = context.renderer, [departure for departure in departures if not departure.headway_s]
    if not timed:
        return None
    if to := meant.get("destination"):
        title = renderer.text("utter_timetable_title_to", destination=to.name)
    elif line := meant.get("line"):
        title = renderer.text("utter_timetable_title_line", line=line.name)
    else:
        title = renderer.text("utter_timetable_title_here")
    return DeparturesCard(title=title, departures=[departure_row(context, departure) for departure in timed])


def departure_row(context: Context, departure: Departure) -> DepartureRow:
    """A departure as boards and the API show it."""
    line = context.knowledge.line(departure.route_id, context.language)
    return DepartureRow(
        scheduled=departure.scheduled, expected=departure.expected, line=departure.line, headsign=departure.headsign,
        platform=departure.platform, status=departure.status, trip=departure.trip_id, source=row(departure.source),
        arrival=departure.arrival, colour=line.colour if line else None, text_colour=line.text_colour if line else None,
        mode=line.mode if line else None, trip_name=departure.trip_name, headway_s=departure.headway_s,
        scheduled_platform=departure.scheduled_platform,
        live=row(departure.live) if departure.live else None,
        onward=" ".join((departure.onward[-1].line, departure.onward[-1].headsign)) if departure.onward else None,
    )  # fmt: skip


def _follow_ups(context: Context, departures: list[Departure], meant: Meant) -> list[Suggestion]:
    renderer, to = context.renderer, meant.get("destination")
    if to is None:
        return destination_tiles(context, {}, "timetable_next_departures")
    tiles = [renderer.suggestion("utter_suggest_platform", ask("timetable_platform", destination=to.id), destination=to.name)]
    if len(departures) == BOARD_ROWS:
        later = departures[-1].scheduled.replace(tzinfo=None).isoformat(timespec="minutes")
        tiles.append(renderer.suggestion("utter_suggest_later", ask("timetable_next_departures", destination=to.id, depart_at=later)))
    tiles.append(renderer.suggestion("utter_suggest_all_departures", ask("timetable_anywhere")))
    first = departures[0]
    if first.platform and context.knowledge.walking_s(first.stop_id):
        way = ask("wayfinding_route", platform=first.stop_id)
        tiles.insert(0, renderer.suggestion("utter_suggest_way_platform", way, platform=first.platform))
    return tiles


def _with_changes(context: Context, slots: Slots, meant: Meant, asked: Asked, known: list[SlotValue]) -> Answer | None:
    """That no train goes there without a change, and the journey, if that was asked for and there is one."""
    if "destination" not in meant or "line" in meant or asked.until or not asked.understood:
        return None
    answer = with_changes(context, meant, asked.at, step_free=slots.get("step_free") == "true")
    if answer is None:
        return None
    no, kept = _reply(context, [("utter_timetable_none_to", {"destination": meant["destination"].name})]), {value.type for value in known}
    forgets = [kind for kind in FORGETS if kind not in kept]
    return answer.model_copy(update={"replies": [no, *answer.replies], "slots": known, "forgets": forgets})


def _none(context: Context, meant: Meant, known: list[SlotValue], unclear: list[Phrase], asked: Asked) -> Answer:
    if asked.until:
        phrase: Phrase = ("utter_timetable_none_between", {"since": Until(asked.at), "until": Until(asked.until)})
    elif to := meant.get("destination"):
        phrase = ("utter_timetable_none_to", {"destination": to.name})
    elif line := meant.get("line"):
        phrase = ("utter_timetable_none_line", {"line": line.name})
    else:
        phrase = ("utter_timetable_none_here", {})
    kept = {value.type for value in known}
    tiles = [context.renderer.suggestion("utter_suggest_all_departures", ask("timetable_anywhere"))]
    forgets = [kind for kind in FORGETS if kind not in kept]
    return Answer(replies=[_reply(context, [*unclear, phrase])], suggestions=tiles, slots=known, forgets=forgets)


def _not_clear(context: Context, found: Resolved, slots: Slots, intent: str) -> Answer:
    if found.near:
        tiles = [_destination_tile(context, near, slots, intent) for near in found.near]
        return choices(context, "utter_timetable_did_you_mean", tiles, "destination")
    tiles = destination_tiles(context, slots, intent)
    if found.said:
        asked = choices(context, "utter_timetable_unknown_name", tiles, "destination", name=found.said)
    else:
        asked = choices(context, "utter_timetable_unknown_stop", tiles, "destination")
    return asked.model_copy(update={"missed": Missed(kind=Kind.UNKNOWN_NAME)})


def _line_not_clear(context: Context, found: Resolved, slots: Slots, intent: str) -> Answer:
    meant = [match for match in found.near if match.confidence >= CLEAR]
    named = [(match.id, match.name) for match in meant] or [(line.id, line.name) for line in context.knowledge.lines(context.language)]
    kept = {kind: slots[kind] for kind in ("origin", "destination", "stop", "depart_at", "time") if slots.get(kind)}
    tiles = [
        context.renderer.suggestion("utter_suggest_departures_line", ask(intent, line=line, **kept), line=name)
        for line, name in named[:LINE_TILES]
    ]
    if meant:
        return choices(context, "utter_timetable_did_you_mean", tiles)
    asked = choices(context, "utter_timetable_unknown_line", tiles)
    return asked.model_copy(update={"forgets": ["line"], "missed": Missed(kind=Kind.UNKNOWN_NAME)})


def destination_tiles(context: Context, slots: Slots, intent: str) -> list[Suggestion]:
    """Tiles for the stations that the station file names and those most trains go to, each asking `intent`."""
    named = (context.knowledge.stop(stop_id, context.language) for stop_id in context.settings.destinations)
    stops = [*(stop for stop in named if stop), *context.knowledge.popular_destinations(context.language, DESTINATIONS)]
    names = dict(list({stop.id: stop.name for stop in stops}.items())[:DESTINATIONS])
    matches = [Match(kind="stop", id=stop_id, name=name, confidence=1.0) for stop_id, name in names.items()]
    return [_destination_tile(context, match, slots, intent) for match in matches]


def _destination_tile(context: Context, match: Match, slots: Slots, intent: str) -> Suggestion:
    kept = {kind: slots[kind] for kind in ("depart_at", "time", "line") if slots.get(kind)}
    return context.renderer.suggestion("utter_suggest_departures_to", ask(intent, destination=match.id, **kept), destination=match.name)
