"""A train's stops by the API, as it runs now."""

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from google.transit import gtfs_realtime_pb2 as pb

from assistant.clock import StartedClock
from assistant.knowledge import Knowledge
from assistant.knowledge.realtime.parse import parse
from tests.fixtures.realtime import STOP, TRIP, feed, stop, trip

TRAIN = "/v1/trains/IC1da3?date=2026-11-24"


@pytest.fixture
def hears(knowledge: Knowledge, clock: StartedClock) -> Iterator[Callable[..., None]]:
    """Takes trip updates in; afterwards nothing live is known."""

    def take(*updates: pb.FeedEntity) -> None:
        knowledge.realtime.put(parse(feed(clock.now(), *updates).SerializeToString()), ("trip_updates",))

    yield take
    take()


def calls(client: TestClient) -> dict[str, dict[str, object]]:
    return {call["stop"]: call for call in client.get(TRAIN).json()["calls"]}


def test_a_train_nothing_live_is_known_of_is_scheduled(client: TestClient) -> None:
    found = calls(client).values()
    assert len(found) == 8
    live = {(call["status"], call["expected_arrival"], call["expected_departure"], call["live"]) for call in found}
    assert live == {("scheduled", None, None, None)}


def test_a_late_train_tells_when_it_is_expected(client: TestClient, hears: Callable[..., None]) -> None:
    hears(trip("IC1da3", stop("hc2", arrival=420, departure=360), stop("gv1", relationship=STOP.SKIPPED)))
    found = calls(client)
    assert (found["hc2"]["arrival"], found["hc2"]["expected_arrival"]) == ("2026-11-24T09:31:00Z", "2026-11-24T09:38:00Z")
    assert (found["hc2"]["departure"], found["hc2"]["expected_departure"]) == ("2026-11-24T09:35:00Z", "2026-11-24T09:41:00Z")
    assert (found["hc2"]["status"], found["hc2"]["live"]["kind"]) == ("delayed", "realtime")
    assert (found["gv1"]["status"], found["gv1"]["arrival"], found["gv1"]["departure"]) == ("skipped", None, None)
    assert found["ng1"]["status"] == "scheduled"


def test_a_cancelled_train_is_told_at_every_stop(client: TestClient, hears: Callable[..., None]) -> None:
    hears(trip("IC1da3", relationship=TRIP.CANCELED))
    assert {call["status"] for call in calls(client).values()} == {"cancelled"}
