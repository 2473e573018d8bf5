"""One train: where and when it stops on a day."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from assistant.answers.desk import Desk
from assistant.answers.models import row
from assistant.api.parameters import Language, check_timetable, moment
from assistant.conversation.models import SourceRow, Wire
from assistant.errors import BadRequest, NotFound
from assistant.knowledge.models import Call, Train

Trip = Annotated[str, Path(max_length=200)]


class CallRow(Wire):
    """A stop of a train."""

    stop: str
    name: str
    platform: str | None
    arrival: datetime | None
    """None where it lets nobody out."""
    departure: datetime | None
    """None where it takes nobody along."""
    expected_arrival: datetime | None
    """Realtime; None where nothing live is known."""
    expected_departure: datetime | None
    status: Literal["scheduled", "on_time", "delayed", "cancelled", "skipped"]
    """"skipped": the train runs, but does not stop here."""
    source: SourceRow
    live: SourceRow | None
    """The row of realtime behind what is expected, cancelled or skipped."""


class TrainRow(Wire):
    """One trip on one service day, whose times may reach into the day after."""

    trip: str
    name: str | None
    """What travellers call it, as "IC 101"."""
    line: str
    headsign: str
    date: date
    step_free: bool | None
    headway_s: int | None
    """Seconds between trains where the feed promises no exact times: all times are then only about so."""
    onward: str | None
    """Trip that the train goes on as at its last stop: travellers stay aboard."""
    calls: list[CallRow]
    source: SourceRow


def router(desk: Desk) -> APIRouter:
    """The route of `/v1/trains`."""
    routes = APIRouter(prefix="/v1", tags=["station"])

    @routes.get("/trains/{trip:path}")
    def train(
        trip: Trip,
        day: Annotated[date | None, Query(alias="date")] = None,
        at: datetime | None = None,
        language: Language = "en",
    ) -> TrainRow:
        """A trip's stops on the service day `date`, or as it leaves somewhere `at` a moment; today's without both."""
        context = desk.context(language)
        check_timetable(context)
        leaves = moment(at, context)
        days = [day] if day else [leaves.date(), leaves.date() - timedelta(days=1)] if at else [leaves.date()]
        validity = context.knowledge.validity()
        if not validity.start <= days[0] <= validity.end:
            raise BadRequest(f"the timetable holds from {validity.start} to {validity.end}", code="out-of-timetable")
        found = [train for on in days if (train := context.knowledge.train(trip, on, language, at=leaves if at else None))]
        if not found:
            raise NotFound("no such trip runs on this day; trips are in /v1/departures", code="train-not-found")
        return _row(next((train for train in found if any(call.departure == leaves for call in train.calls)), found[0]))

    return routes


def _row(train: Train) -> TrainRow:
    return TrainRow(
        trip=train.trip_id, name=train.name, line=train.line, headsign=train.headsign, date=train.day, step_free=train.step_free,
        headway_s=train.headway_s, onward=train.onward.trip_id if train.onward else None, calls=[_call(call) for call in train.calls],
        source=row(train.source),
    )  # fmt: skip


def _call(call: Call) -> CallRow:
    return CallRow(
        stop=call.stop_id, name=call.stop.name, platform=call.platform, arrival=call.arrival, departure=call.departure,
        expected_arrival=call.expected_arrival, expected_departure=call.expected_departure, status=call.status, source=row(call.source),
        live=row(call.live) if call.live else None,
    )  # fmt: skip
