"""A train of the timetable, as it runs now."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.knowledge.models import Call, Source, Train
from assistant.knowledge.realtime.overlay import Snapshot
from assistant.knowledge.realtime.trips import LiveCall, LiveTrip, status


def as_it_runs(train: Train, live: Snapshot, zone: ZoneInfo) -> Train:
    """The train with all that realtime says of its calls; a call that it makes no more has no times."""
    trip = None if train.headway_s is not None else _run(train, live)
    if trip is None:
        return train
    if trip.pattern is None or len(trip.calls) != len(train.calls):  # it runs another way: what is not stated is not called at
        stated = {call.boarding.stop_id: call for call in trip.calls}
        known = [stated.get(call.stop_id) for call in train.calls]
    else:
        known = list(trip.calls)
    return replace(train, calls=tuple(_call(trip, call, now, live, zone) for call, now in zip(train.calls, known, strict=True)))


def _run(train: Train, live: Snapshot) -> LiveTrip | None:
    """The run of a repeated trip that begins when this one does."""
    first = train.calls[0].departure or train.calls[0].arrival
    for trip in live.trips.values():
        if (trip.trip_id, trip.day) == (train.trip_id, train.day):
            planned = trip.calls[0].planned if trip.calls else None
            if planned is None or trip.pattern is None or first is None or planned.departure == first.timestamp():
                return trip
    return None


def _call(trip: LiveTrip, call: Call, now: LiveCall | None, live: Snapshot, zone: ZoneInfo) -> Call:
    source = Source(kind="realtime", table="trip_updates", key=f"{trip.trip_id}|{trip.day:%Y%m%d}|{call.stop_id}", as_of=live.as_of)
    if trip.cancelled:
        return replace(call, status="cancelled", live=source)
    if now is None or now.expected.skipped:
        return replace(call, arrival=None, departure=None, status="skipped", live=source)
    moments = [None if moment is None else datetime.fromtimestamp(moment, zone) for moment in now.expected[:2]]
    if moments == [None, None] and now.platform == call.platform:
        return call
    return replace(
        call, stop_id=now.stop_id, platform=now.platform, expected_arrival=moments[0] if call.arrival else None,
        expected_departure=moments[1] if call.departure else None, status=status(trip, now), live=source,
    )  # fmt: skip
