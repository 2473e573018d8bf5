"""The one place that knows which question is answered by what: for Rasa's actions, for touch and for the API alike."""

import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

from assistant.answers import (
    accessibility,
    air_quality,
    air_sensors,
    complaints,
    connections,
    disruptions,
    emergency,
    facilities,
    fallback,
    frequency,
    here_and_now,
    journeys,
    languages,
    lost_property,
    luggage,
    overview,
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
from assistant.answers.ports import NOBODY, NOTHING_STANDS, Reporter, Warnings
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
    "timetable_clock": here_and_now.clock,
    "timetable_frequency": frequency.frequency,
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
    "tickets_fares_buy": tickets_fares.buy,
    "tickets_fares_payment": tickets_fares.payment,
    "tickets_fares_discounts": tickets_fares.discounts,
    "tickets_fares_passes": tickets_fares.passes,
    "tickets_fares_refund": tickets_fares.refund,
    "tickets_fares_validity": tickets_fares.validity,
    "tickets_fares_gate": tickets_fares.gate,
    "tickets_fares_reservation": tickets_fares.reservation,
    "facilities_find": facilities.find,
    "facilities_inform": facilities.find,
    "facilities_opening_hours": facilities.opening_hours,
    "facilities_wifi": overview.wifi,
    "facilities_smoking": overview.smoking,
    "facilities_overview": overview.overview,
    "wayfinding_route": wayfinding.route,
    "wayfinding_step_free": wayfinding.step_free,
    "wayfinding_outages": wayfinding.outages,
    "wayfinding_here": here_and_now.here,
    "lost_property_procedure": lost_property.procedure,
    "lost_property_found": lost_property.found,
    "luggage_storage": luggage.storage,
    "luggage_allowance": luggage.allowance,
    "luggage_bicycle": luggage.bicycle,
    "luggage_pets": luggage.pets,
    "luggage_help": luggage.carrying,
    "connections_find": connections.find,
    "connections_parking": connections.parking,
    "accessibility_station": accessibility.station,
    "accessibility_boarding": accessibility.boarding,
    "accessibility_hearing": accessibility.hearing,
    "accessibility_sight": accessibility.sight,
    "air_quality_now": air_quality.now,
    "air_quality_advice": air_quality.advice,
    "air_quality_measuring": air_sensors.measuring,
    "air_quality_climate": air_sensors.climate,
    "languages_switch": languages.switch,
    "languages_offered": languages.offered,
    "robot_capabilities": robot.capabilities,
    "robot_identity": robot.identity,
    "robot_sure": robot.sure,
    "privacy_record": privacy.record,
    "privacy_camera": privacy.camera,
    "privacy_delete": privacy.delete,
    "privacy_sharing": privacy.sharing,
    "staff_help_request": staff_help.asked_for,
    "staff_help_call": staff_help.call,
    "staff_help_contact": staff_help.contact,
    "complaints_file": complaints.file,
    "complaints_delay": complaints.delay,
    "complaints_defect": complaints.defect,
    "emergency_help": emergency.help_now,
    "emergency_medical": emergency.medical,
    "emergency_fire": emergency.fire,
    "emergency_crime": emergency.crime,
    "emergency_track": emergency.track,
    "emergency_suspicious": emergency.suspicious,
    "emergency_lost_person": emergency.lost_person,
    "emergency_alarm": emergency.alarm,
    "emergency_despair": emergency.despair,
    "smalltalk_greet": smalltalk.greet,
    "smalltalk_thanks": smalltalk.thanks,
    "smalltalk_goodbye": smalltalk.goodbye,
    "smalltalk_how_are_you": smalltalk.how_are_you,
    "smalltalk_compliment": smalltalk.compliment,
    "smalltalk_harassment": smalltalk.harassment,
    "smalltalk_affirm": smalltalk.affirm,
    "smalltalk_deny": smalltalk.deny,
    "fallback_out_of_scope": fallback.unknown,
}

LEADING = ("wayfinding_", "journeys_", "facilities_find", "accessibility_")
"""Questions that lead people through the station: while it is to be left, all of them are answered with the way out."""


class Desk:
    """Answers questions from the station's own data."""

    def __init__(
        self, settings: Settings, knowledge: Knowledge, environment: Monitor, clock: Clock, responses: Responses,
        reporter: Reporter = NOBODY, warnings: Warnings = NOTHING_STANDS,
    ) -> None:  # fmt: skip
        self._settings, self._knowledge, self._environment = settings, knowledge, environment
        self._clock, self.responses, self._reporter, self._warnings = clock, responses, reporter, warnings

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the station, its own first."""
        return self._settings.languages

    def context(self, language: str, conversation: str = "", *, step_free: bool = False) -> Context:
        """The surroundings of a question asked now. Raises UnknownLanguage."""
        if language not in self._settings.languages:
            raise UnknownLanguage(f"this station serves {', '.join(self._settings.languages)}")
        knowledge = self._knowledge.pinned()
        now = self._clock.now().astimezone(ZoneInfo(knowledge.validity().timezone))
        return Context(
            settings=self._settings, knowledge=knowledge, environment=self._environment, now=now,
            renderer=Renderer(self.responses, language, now), clock_trusted=self._clock.trusted(), reporter=self._reporter,
            warnings=self._warnings, conversation=conversation, step_free=step_free,
        )  # fmt: skip

    def answer(self, intent: str, slots: Slots, language: str, conversation: str = "", *, step_free: bool = False) -> Answer:
        """The answer to a question; `conversation` bounds what it reports, `step_free` is for who takes no stairs.

        Raises BadRequest for an intent that is not taught.
        """
        if intent.startswith(LEADING) and self._evacuating():
            slots = {"step_free": "true"} if "step_free" in intent or slots.get("step_free") == "true" else {}
            intent = "emergency_alarm"
        look_up = ANSWERS.get(intent)
        if look_up is None:
            raise BadRequest("this intent is not known", code="unknown-intent", hint="GET /openapi.json names the intents")
        return self.timed(look_up, slots, language, conversation, step_free=step_free)

    def _evacuating(self) -> bool:
        return any(view.life_safety and view.response == "Evacuate" for view in self._warnings.standing())

    def timed(
        self, look_up: Callable[[Context, Slots], Answer], slots: Slots, language: str, conversation: str = "", *,
        step_free: bool = False,
    ) -> Answer:  # fmt: skip
        """Any look-up, with the time it took."""
        began = time.perf_counter()
        answer = look_up(self.context(language, conversation, step_free=step_free), slots)
        return answer.model_copy(update={"answer_ms": round((time.perf_counter() - began) * 1000, 3)})
