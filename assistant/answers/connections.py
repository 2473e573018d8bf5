"""How to go on from this station: lines of every mode, buses, taxis, bicycles, the car park."""

from assistant.answers.context import Context, Slots, ask
from assistant.answers.facilities import place_phrase
from assistant.answers.facts import Subject, nearest
from assistant.answers.models import Answer, row
from assistant.answers.renderer import Phrase
from assistant.answers.staff_help import request as staff
from assistant.answers.wording import Vehicle
from assistant.conversation.models import TextCard
from assistant.knowledge.models import Line

CATEGORIES = ("bus", "taxi", "bike", "car_park")
FEW_LINES = 6
"""More lines of a mode are counted, not listed."""
SPOKEN = 2
"""Places whose way is said; the others are on the screen."""

parking = Subject(facts=("car_park",), unknown="utter_connections_parking_unknown", places=("car_park",)).tell
"""Parking, picking up and dropping off by car, and where the car park is."""


def find(context: Context, slots: Slots) -> Answer:
    """The lines here by mode, then where buses, taxis, bicycles and cars stand."""
    renderer, by_mode = context.renderer, _by_mode(context)
    lines = [_lines_phrase(mode, of_mode) for mode, of_mode in by_mode.items()]
    places = [place for category in CATEGORIES if (place := nearest(context, (category,)))]
    if not lines and not places:
        return staff(context, {})
    said: list[Phrase] = [*lines, *(place_phrase(context, place) for place in places[:SPOKEN])]
    if len(places) > SPOKEN:
        said.append(("utter_connections_more", {}))
    listed = [renderer.text(name, **values) for name, values in (*lines, *(place_phrase(context, place) for place in places))]
    tiles = [renderer.suggestion("utter_suggest_place", ask("facilities_find", place=place.id), name=place.name) for place in places]
    rows = [row(line.source) for of_mode in by_mode.values() for line in of_mode] + [row(place.source) for place in places]
    card = TextCard(title=renderer.text("utter_connections_title"), lines=listed)
    return Answer(replies=[renderer.reply(*said, card=card)], suggestions=tiles, sources=rows)


def _by_mode(context: Context) -> dict[str, list[Line]]:
    """Lines of this station, by what runs on them."""
    found: dict[str, list[Line]] = {}
    for line in context.knowledge.lines(context.language):
        found.setdefault(line.mode, []).append(line)
    return found


def _lines_phrase(mode: str, lines: list[Line]) -> Phrase:
    names = list(dict.fromkeys(line.name for line in lines))
    if len(names) > FEW_LINES:
        return "utter_connections_many_lines", {"vehicle": Vehicle(mode), "count": len(names)}
    return "utter_connections_lines", {"vehicle": Vehicle(mode), "lines": names}
