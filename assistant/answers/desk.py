"""The one place that knows which question is answered by what: for Rasa's actions, for touch and for the API alike."""

import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from assistant.answers import (
    accessibility,
    air_quality,
    connections,
    disruptions,
    emergency,
    facilities,
    fallback,
    journeys,
    languages,
    lost_property,
    privacy,
    robot,
    running_days,
    smalltalk,
    staff_help,
    tickets_fares,
    timetable,
    train_stops,
    trains,
    wayfinding,
)  # fmt: skip
from assistant.answers.context import Context, Slots
from assistant.answers.models import Answer
from assistant.answers.renderer import Renderer, Responses
from assistant.clock import Clock
from assistant.environment.monitor import Monitor
from assistant.errors import BadRequest, UnknownLanguage
from assistant.knowledge import Knowledge
from assistant.settings import Settings

ANSWERS: dict[str, Callable[[Context, Slots], Answer]] = {
    "timetable_next_departures": trains.next_departures,
    "timetable_inform": timetable.next_departures,
    "timetable_anywhere": timetable.next_departures,
    "timetable_platform": trains.platform,
    "timetable_disruptions": disruptions.disruptions,
    "trains_first_departure": trains.first_departure,
    "trains_last_departure": trains.last_departure,
    "trains_stops": train_stops.stops,
    "trains_arrival": train_stops.arrival,
    "trains_runs_on": running_days.runs_on,
    "trains_direct": trains.direct,
    "journeys_plan": journeys.plan,
    "journeys_arrive_by": journeys.arrive_by,
    "journeys_step_free": journeys.step_free,
    "tickets_fares_price": tickets_fares.price,
    "facilities_find": facilities.find,
    "facilities_inform": facilities.find,
    "facilities_opening_hours": facilities.opening_hours,
    "wayfinding_route": wayfinding.route,
    "wayfinding_step_free": wayfinding.step_free,
    "wayfinding_outages": wayfinding.outages,
    "lost_property_procedure": lost_property.procedure,
    "connections_find": connections.find,
    "accessibility_station": accessibility.station,
    "air_quality_now": air_quality.now,
    "languages_switch": languages.switch,
    "robot_capabilities": robot.capabilities,
    "privacy_record": privacy.record,
    "staff_help_request": staff_help.request,
    "emergency_help": emergency.help_now,
    "smalltalk_greet": smalltalk.greet,
    "smalltalk_thanks": smalltalk.thanks,
    "smalltalk_goodbye": smalltalk.goodbye,
    "fallback_out_of_scope": fallback.unknown,
}


class Desk:
    """Answers questions from the station's own data."""

    def __init__(self, settings: Settings, knowledge: Knowledge, environment: Monitor, clock: Clock, responses: Responses) -> None:
        self._settings, self._knowledge, self._environment = settings, knowledge, environment
        self._clock, self.responses = clock, responses

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the station, its own first."""
        return self._settings.languages

    def context(self, language: str) -> Context:
        """The surroundings of a question asked now. Raises UnknownLanguage."""
        if language not in self._settings.languages:
            raise UnknownLanguage(f"this station serves {', '.join(self._settings.languages)}")
        knowledge = self._knowledge.pinned()
        now = self._clock.now().astimezone(ZoneInfo(knowledge.validity().timezone))
        return Context(
            settings=self._settings, knowledge=knowledge, environment=self._environment, now=now,
            renderer=Renderer(self.responses, language, now), clock_trusted=self._clock.trusted(),
        )  # fmt: skip

    def answer(self, intent: str, slots: Slots, language: str) -> Answer:
        """The answer to a question. Raises BadRequest for an intent that is not taught."""
        look_up = ANSWERS.get(intent)
        if look_up is None:
            raise BadRequest("this intent is not known", code="unknown-intent", hint="GET /openapi.json names the intents")
        return self.timed(look_up, slots, language)

    def timed(self, look_up: Callable[[Context, Slots], Answer], slots: Slots, language: str) -> Answer:
        """Any look-up, with the time it took."""
        began = time.perf_counter()
        answer = look_up(self.context(language), slots)
        return answer.model_copy(update={"answer_ms": round((time.perf_counter() - began) * 1000, 3)})
