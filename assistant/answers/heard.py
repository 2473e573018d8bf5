"""What in a message without any name is nearly one: written with slips, or as it sounds."""

import re

from assistant.answers.context import Context, ask
from assistant.conversation.models import Suggestion
from assistant.knowledge.names import CLEAR

HAN = re.compile(r"[\u3400-\u9fff]")
LONG_HAN, SURE_HAN = 3, 0.95
"""Characters of Chinese, and their closeness, that sound like a name by no chance: 可以 sounds like 喝水."""
LISTENED = 60
"""Characters of a message in which names are listened for."""


def likely(said: str, confidence: float) -> bool:
    """Whether a part of a message is a name by more than chance."""
    return not HAN.search(said) or (len(said) >= LONG_HAN and confidence >= SURE_HAN)


def tiles(context: Context, text: str) -> list[Suggestion]:
    """The surest name in a message that was not understood, as a tile: trains to a stop, or where a place is."""
    text = text[:LISTENED]
    for found in context.knowledge.names_heard(text, language=context.language, kinds={"stop", "place", "category"}):
        match = found.matches[0]
        if match.confidence < CLEAR or not likely(text[found.start : found.end], match.confidence):
            continue
        if match.kind == "stop":
            slots = ask("timetable_next_departures", destination=match.id)
            return [context.renderer.suggestion("utter_suggest_departures_to", slots, destination=match.name)]
        return [context.renderer.suggestion("utter_suggest_place", ask("facilities_find", place=match.id), name=match.name)]
    return []
