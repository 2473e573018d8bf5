"""Reads GTFS-Realtime 2.0 from its protocol buffer. What the schema allows but no reader can use is left out and counted."""

from collections import Counter
from collections.abc import Iterable

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from google.transit import gtfs_realtime_pb2 as pb

from assistant.knowledge.realtime.models import (
    Alert,
    Event,
    Feed,
    Period,
    Selector,
    StopUpdate,
    Texts,
    TripUpdate,
    Unusable,
)
from assistant.text import plain

MOST_ENTITIES = 50_000
LATEST = 2**33
"""A moment of the 23rd century."""
LONGEST_ID = 200
LONGEST_HEADER = 200
LONGEST_DESCRIPTION = 600
MOST_SELECTORS = 500
MOST_TRANSLATIONS = 30
TRIP_RELATIONSHIPS = {
    0: "SCHEDULED", 1: "ADDED", 2: "UNSCHEDULED", 3: "CANCELED", 5: "REPLACEMENT", 6: "DUPLICATED", 7: "DELETED", 8: "NEW",
}  # fmt: skip
STOP_RELATIONSHIPS = {0: "SCHEDULED", 1: "SKIPPED", 2: "NO_DATA", 3: "UNSCHEDULED"}


def parse(data: bytes) -> Feed:
    """A whole feed. Raises Unusable for what is no feed, or one that only amends an earlier one."""
    try:
        message = pb.FeedMessage.FromString(data)
    except DecodeError:
        raise Unusable("not-protobuf") from None
    header = message.header
    if not message.HasField("header") or not header.gtfs_realtime_version:
        raise Unusable("not-gtfs-realtime")
    if header.incrementality != pb.FeedHeader.FULL_DATASET:
        raise Unusable("differential")  # the reference leaves undefined how amendments are to be put together
    if len(message.entity) > MOST_ENTITIES:
        raise Unusable("too-many-entities")
    dropped: Counter[str] = Counter()
    updates, alerts = [], []
    for entity in message.entity:
        try:
            if entity.HasField("trip_update") and not entity.is_deleted:
                updates.append(_trip_update(entity.trip_update))
            if entity.HasField("alert") and not entity.is_deleted:
                alerts.append(_alert(entity.id, entity.alert))
        except Unusable as unusable:
            dropped[unusable.code] += 1
    return Feed(timestamp=header.timestamp or None, updates=tuple(updates), alerts=tuple(alerts), dropped=dict(dropped))


def _trip_update(update: pb.TripUpdate) -> TripUpdate:
    trip, properties = update.trip, update.trip_properties
    trip_id = _text(trip.trip_id)
    if not trip_id or len(trip_id) > LONGEST_ID:
        raise Unusable("trip-unnamed")
    return TripUpdate(
        trip_id=trip_id, relationship=TRIP_RELATIONSHIPS.get(trip.schedule_relationship, "UNSCHEDULED"),  # type: ignore[arg-type]
        route_id=_text(trip.route_id), start_date=_text(trip.start_date), start_time=_text(trip.start_time),
        stops=tuple(_stop_update(stop) for stop in update.stop_time_update),
        delay=update.delay if update.HasField("delay") else None, timestamp=update.timestamp or None,
        headsign=_words(properties.trip_headsign, LONGEST_ID), short_name=_words(properties.trip_short_name, LONGEST_ID),
    )  # fmt: skip


def _stop_update(stop: pb.TripUpdate.StopTimeUpdate) -> StopUpdate:
    properties = stop.stop_time_properties
    return StopUpdate(
        sequence=stop.stop_sequence if stop.HasField("stop_sequence") else None, stop_id=_text(stop.stop_id),
        arrival=_event(stop.arrival) if stop.HasField("arrival") else None,
        departure=_event(stop.departure) if stop.HasField("departure") else None,
        relationship=STOP_RELATIONSHIPS.get(stop.schedule_relationship, "NO_DATA"),  # type: ignore[arg-type]
        assigned_stop_id=_text(properties.assigned_stop_id), headsign=_words(properties.stop_headsign, LONGEST_ID),
        boards=properties.pickup_type != 1, alights=properties.drop_off_type != 1,
    )  # fmt: skip


def _event(event: pb.TripUpdate.StopTimeEvent) -> Event | None:
    if max(event.time, event.scheduled_time) > LATEST:
        raise Unusable("delay-unbelievable")
    time = event.time if event.time > 0 else None
    delay = event.delay if event.HasField("delay") else None
    scheduled = event.scheduled_time if event.scheduled_time > 0 else None
    return None if time is None and delay is None else Event(time, delay, scheduled)


def _alert(alert_id: str, alert: pb.Alert) -> Alert:
    header = _texts(alert.header_text, LONGEST_HEADER)
    description = _texts(alert.description_text, LONGEST_DESCRIPTION)
    if not (header or description):
        raise Unusable("alert-without-words")
    if len(alert.informed_entity) > MOST_SELECTORS:
        raise Unusable("alert-too-wide")
    active = _periods(alert.active_period)
    return Alert(
        id=(_text(alert_id) or "")[:LONGEST_ID], effect=_effect(alert), header=header or description,
        description=description, selectors=tuple(_selector(entity) for entity in alert.informed_entity),
        shown=_periods(alert.communication_period) or active, holds=_periods(alert.impact_period) or active,
    )  # fmt: skip


def _effect(alert: pb.Alert) -> str:
    value = pb.Alert.Effect.DESCRIPTOR.values_by_number.get(alert.effect)
    return str(value.name) if value else "UNKNOWN_EFFECT"


def _selector(entity: pb.EntitySelector) -> Selector:
    return Selector(
        agency_id=_text(entity.agency_id), route_id=_text(entity.route_id) or _text(entity.trip.route_id),
        route_type=entity.route_type if entity.HasField("route_type") else None, trip_id=_text(entity.trip.trip_id),
        stop_id=_text(entity.stop_id),
    )  # fmt: skip


def _periods(ranges: Iterable[pb.TimeRange]) -> tuple[Period, ...]:
    return tuple(Period(span.start or None, span.end or None) for span in ranges)


def _texts(text: pb.TranslatedString, longest: int) -> Texts:
    said = [
        ((_text(translation.language) or "").lower(), _words(translation.text, longest))
        for translation in text.translation[:MOST_TRANSLATIONS]
    ]
    return tuple((language, words) for language, words in said if words)


def _words(text: str, longest: int) -> str | None:
    """A text for people; None for none."""
    return plain(_text(text) or "", longest) or None


def _text(value: str | bytes) -> str | None:
    """An id; None for none. What is no UTF-8 comes as bytes: Unusable."""
    if isinstance(value, bytes):
        raise Unusable("text-broken")
    return value or None
