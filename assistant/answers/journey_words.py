"""Journeys in words, one sentence a train, with every row that a sentence rests on."""

from datetime import datetime

from assistant.answers.asked import Asked
from assistant.answers.context import Context, Meant, ask
from assistant.answers.journey_rows import journey_row
from assistant.answers.models import Answer, row
from assistant.answers.renderer import Named, Phrase
from assistant.answers.wording import When
from assistant.conversation.models import JourneyCard, SourceRow, Suggestion
from assistant.knowledge.models import Journey, Leg, Match


def tell(context: Context, journeys: list[Journey], meant: Meant, *, step_free: bool) -> Answer:
    """The best journey in words, all of them on a card."""
    best, to = journeys[0], meant["destination"]
    phrases = _rides(best)
    phrases.append(("utter_journeys_arrive_about" if _trains(best)[-1].headway_s else "utter_journeys_arrive", _goal(to, best.arrival)))
    if step_free and any(leg.kind == "ride" and leg.step_free is None for leg in best.legs):
        phrases.append(("utter_journeys_trains_unknown", {}))
    if len(journeys) > 1:
        phrases.append(("utter_journeys_direct" if journeys[1].changes == 0 else "utter_journeys_fewer", _ends(journeys[1])))
    card = JourneyCard(
        title=context.renderer.text("utter_journeys_title", destination=to.name),
        journeys=[journey_row(context, journey) for journey in journeys],
    )  # fmt: skip
    return Answer(
        replies=[context.renderer.reply(*phrases, card=card)], suggestions=_tiles(context, best, meant, step_free=step_free),
        sources=_sources(context, journeys),
    )  # fmt: skip


def none(context: Context, to: Match, *, by: Asked | None, step_free: bool) -> Answer:
    """That there is no such journey."""
    name = "utter_journeys_none_step_free" if step_free else "utter_journeys_none_by" if by else "utter_journeys_none"
    tile = (
        context.renderer.suggestion("utter_suggest_staff", ask("staff_help_request"))
        if step_free else context.renderer.suggestion("utter_suggest_all_departures", ask("timetable_anywhere"))
    )  # fmt: skip
    return Answer(replies=[context.renderer.reply((name, {"destination": to.name}))], suggestions=[tile])


def with_changes(context: Context, meant: Meant, at: datetime, *, step_free: bool = False) -> Answer | None:
    """The journey for who asked for a train to a place that no train goes to; None where there is none either.

    Where one is wanted without steps and there is none, that is said.
    """
    to, origin = meant["destination"], meant.get("origin")

    def journeys(*, step_free: bool) -> list[Journey]:
        return context.knowledge.journeys(
            origin=origin.id if origin else None, destination=to.id, depart_at=at, step_free=step_free, language=context.language
        )  # fmt: skip

    if found := journeys(step_free=step_free):
        return tell(context, found, meant, step_free=step_free)
    return none(context, to, by=None, step_free=True) if step_free and journeys(step_free=False) else None


def _rides(journey: Journey) -> list[Phrase]:
    phrases: list[Phrase] = []
    changing = False
    for leg in journey.legs:
        if leg.kind == "walk":
            if leg.start.id != leg.goal.id:
                minutes = max(1, round((leg.arrival - leg.departure).total_seconds() / 60))
                phrases.append(("utter_journeys_walk", {"goal": leg.goal.name, "minutes": minutes}))
            continue
        phrases += _ride(leg, changing=changing)
        changing = True
    return phrases


def _ride(leg: Leg, *, changing: bool) -> list[Phrase]:
    name = "utter_journeys_change" if changing else "utter_journeys_take"
    told: dict[str, object] = {
        "line": leg.line, "goal": leg.goal.name, "platform": leg.start_platform, "when": When(leg.departure),
        "status": Named("utter_journeys_expected" if leg.expected else "utter_journeys_scheduled"),
        "minutes": max(1, round((leg.headway_s or 0) / 60)),
    }  # fmt: skip
    if leg.headway_s:
        name = "utter_journeys_change_often" if changing else "utter_journeys_take_often"
    phrases: list[Phrase] = [(name + ("" if leg.start_platform else "_no_platform"), told)]
    if len(leg.trip_ids) > 1:
        phrases.append(("utter_journeys_stay", told))
    return phrases


def _trains(journey: Journey) -> list[Leg]:
    return [leg for leg in journey.legs if leg.kind == "ride"]


def _ends(journey: Journey) -> dict[str, object]:
    """When a journey begins and ends; about then, where a train without fixed times is the first or the last one."""
    trains = _trains(journey)
    return {
        "when": When(journey.departure, about=trains[0].headway_s is not None),
        "arrival": When(journey.arrival, about=trains[-1].headway_s is not None),
    }


def _goal(to: Match, arrival: datetime) -> dict[str, object]:
    return {"destination": to.name, "when": When(arrival)}


def _sources(context: Context, journeys: list[Journey]) -> list[SourceRow]:
    """Rows of the times, stations and lines, each once."""
    found = []
    for leg in (leg for journey in journeys for leg in journey.legs):
        line = context.knowledge.line(leg.route_id, context.language) if leg.route_id else None
        found += [*leg.sources, leg.start.source, leg.goal.source, *([line.source] if line else [])]
    return list({(source.table, source.key): row(source) for source in found}.values())


def _tiles(context: Context, best: Journey, meant: Meant, *, step_free: bool) -> list[Suggestion]:
    renderer, first = context.renderer, next(leg for leg in best.legs if leg.kind == "ride")
    tiles = []
    if first.start_platform and context.knowledge.walking_s(first.start_id):
        way = ask("wayfinding_route", platform=first.start_id)
        tiles.append(renderer.suggestion("utter_suggest_way_platform", way, platform=first.start_platform))
    if not step_free:
        again = ask("journeys_step_free", **{kind: match.id for kind, match in meant.items()})
        tiles.append(renderer.suggestion("utter_suggest_journey_step_free", again, destination=meant["destination"].name))
    return [*tiles, renderer.suggestion("utter_suggest_all_departures", ask("timetable_anywhere"))]
