"""Journeys as cards and the API show them."""

from assistant.answers.context import Context
from assistant.answers.models import row
from assistant.conversation.models import JourneyRow, LegRow
from assistant.knowledge.models import Journey, Leg


def journey_row(context: Context, journey: Journey) -> JourneyRow:
    """A journey with its legs, and every row its times rest on."""
    sources = {(source.table, source.key): row(source) for leg in journey.legs for source in leg.sources}
    return JourneyRow(
        departure=journey.departure, arrival=journey.arrival, changes=journey.changes,
        legs=[_leg_row(context, leg) for leg in journey.legs], sources=list(sources.values()),
    )  # fmt: skip


def _leg_row(context: Context, leg: Leg) -> LegRow:
    line = context.knowledge.line(leg.route_id, context.language) if leg.route_id else None
    return LegRow(
        kind=leg.kind, start=leg.start.name, goal=leg.goal.name, start_platform=leg.start_platform, goal_platform=leg.goal_platform,
        departure=leg.departure, arrival=leg.arrival, line=leg.line, headsign=leg.headsign, trip=next(iter(leg.trip_ids), None),
        trip_name=leg.trip_name, stops=leg.stops, colour=line.colour if line else None, text_colour=line.text_colour if line else None,
        mode=line.mode if line else None, headway_s=leg.headway_s,
    )  # fmt: skip
