"""The metro as a goal inside the station: the platforms that its lines leave from."""

import re
from datetime import timedelta

from assistant.answers.context import Context

METRO = re.compile(r"(?:the )?(?:metro|subway|underground)|地铁|지하철|전철", re.IGNORECASE)
AHEAD = timedelta(days=1)
"""A platform of the metro is one that it leaves from within this time."""
LOOKED_AT = 40
"""Departures of a line in which each of its platforms is used."""


def metro_platforms(context: Context, said: str) -> tuple[str, ...]:
    """Ids of the platforms of this station's metro lines; none where something else was said, or no metro leaves from here."""
    if not METRO.fullmatch(said.strip()):
        return ()
    lines = [line.id for line in context.knowledge.lines(context.language) if line.mode == "metro"]
    found = [
        departure.stop_id for line in lines
        for departure in context.knowledge.departures(
            line=line, at=context.now, until=context.now + AHEAD, limit=LOOKED_AT, language=context.language
        )
    ]  # fmt: skip
    return tuple(dict.fromkeys(found))
