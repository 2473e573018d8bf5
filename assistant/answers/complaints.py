"""Complaints, praise, what to do after a delay, and what is dirty, broken or wet: that is reported to staff."""

from assistant.answers.context import Context, Slots, ask
from assistant.answers.facts import Subject
from assistant.answers.models import Answer
from assistant.answers.told import told
from assistant.conversation.models import Suggestion


def _next_trains(context: Context) -> list[Suggestion]:
    return [context.renderer.suggestion("utter_suggest_departures", ask("timetable_next_departures"))]


file = Subject(facts=("complaints",), unknown="utter_complaints_file_unknown").tell
"""How and where to complain."""
delay = Subject(
    facts=("delays",), unknown="utter_complaints_delay_unknown", opening="utter_complaints_sorry", tiles=_next_trains
).tell  # fmt: skip
"""Compensation, and a missed train."""
_DEFECT = Subject(facts=("defects",), unknown="utter_complaints_defect_unknown", opening="utter_complaints_thanks")


def defect(context: Context, slots: Slots) -> Answer:
    """Something dirty, broken, empty or wet: staff are told what kind of thing and where."""
    return _DEFECT.tell(context, slots, told(context, "spill" if slots.get("hazard") == "spill" else "defect", slots))
