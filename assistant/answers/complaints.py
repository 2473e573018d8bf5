"""Complaints, praise, and what to do after a delay. Nothing is reported from here: whom to tell is said."""

from assistant.answers.context import Context, ask
from assistant.answers.facts import Subject
from assistant.conversation.models import Suggestion


def _next_trains(context: Context) -> list[Suggestion]:
    return [context.renderer.suggestion("utter_suggest_departures", ask("timetable_next_departures"))]


file = Subject(facts=("complaints",), unknown="utter_complaints_file_unknown").tell
"""How and where to complain."""
delay = Subject(
    facts=("delays",), unknown="utter_complaints_delay_unknown", opening="utter_complaints_sorry", tiles=_next_trains
).tell  # fmt: skip
"""Compensation, and a missed train."""
defect = Subject(facts=("defects",), unknown="utter_complaints_defect_unknown", opening="utter_complaints_thanks").tell
"""Something dirty, broken or empty."""
