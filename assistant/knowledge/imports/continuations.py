"""Trains that go on as another trip: blocks of `trips.txt`, and in-seat transfers of `transfers.txt`."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby

from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.services import Service, day_bits
from assistant.knowledge.store import Builder, TripEnds

LONGEST_STAY_S = 1800
"""A vehicle that waits for longer is no train to stay aboard of."""
FILE = "transfers.txt"
Days = Callable[[int], int]


def import_continuations(builder: Builder, services: dict[str, Service], notices: Notices) -> None:
    """Writes which trip goes on as which; on a day on which both run."""
    by_number = {service.id: service for service in services.values()}
    days = lru_cache(None)(lambda number: day_bits(by_number[number]))
    builder.insert("continuations", _of_blocks(builder, days), 2)
    builder.insert("continuations", _in_seat(builder, days, notices), 2)
    builder.delete_forbidden_continuations()


def _of_blocks(builder: Builder, days: Days) -> Iterator[tuple[int, int]]:
    for _, group in groupby(builder.block_trips(), lambda trip: trip.block):
        trips = list(group)
        for index, trip in enumerate(trips):
            yield from ((trip.id, after.id) for after in _next(trip, trips[index + 1 :], days))


def _next(trip: TripEnds, later: list[TripEnds], days: Days) -> Iterator[TripEnds]:
    """What a vehicle runs next, on each of its days; where it does not start from the same platform, nobody can stay aboard."""
    left = days(trip.service)
    for after in later:
        if not left or after.start_s - trip.end_s > LONGEST_STAY_S:
            return
        if after.start_s < trip.end_s or not left & days(after.service):
            continue
        if after.start_stop == trip.end_stop:
            yield after
        left &= ~days(after.service)


def _in_seat(builder: Builder, days: Days, notices: Notices) -> Iterator[tuple[int, int]]:
    for trip, after in builder.in_seat_transfers():
        if days(trip.service) & days(after.service) and trip.end_s <= after.start_s <= trip.end_s + LONGEST_STAY_S:
            yield trip.id, after.id
        else:
            why = "an in-seat transfer between trips that do not follow each other on any day was left out"
            notices.warning("in-seat-transfer-broken", why, file=FILE)
