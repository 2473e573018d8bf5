"""What becomes of departures when realtime speaks of them; and of what realtime says wrongly."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from google.transit import gtfs_realtime_pb2 as pb

from assistant.knowledge import Knowledge
from assistant.knowledge.imports import import_station
from assistant.knowledge.models import Departure
from assistant.knowledge.realtime.models import Unusable
from assistant.knowledge.realtime.parse import parse
from assistant.settings import Settings
from tests.fixtures.realtime import STOP, TRIP, feed, stop, trip
from tests.unit.knowledge.conftest import BASE

LONDON = ZoneInfo("Europe/London")
SIX_TRAINS = {
    "trips": "trip_id,route_id,service_id,trip_headsign,trip_short_name\n"
    + "".join(f"t{number},r1,daily,End of the World,N{number}\n" for number in range(6))
    + "hill,r2,daily,Mid Town,\nnight,r1,daily,End of the World,\n",
    "stop_times": "trip_id,stop_sequence,stop_id,arrival_time,departure_time\n"
    + "".join(
        f"t{number},10,here1,08:{number}0:00,08:{number}0:00\nt{number},20,mid,08:{number}5:00,08:{number}6:00\n"
        f"t{number},30,end,09:{number}0:00,09:{number}0:00\n"
        for number in range(6)
    )
    + "hill,1,here2,08:15:00,08:15:00\nhill,2,mid,08:40:00,08:40:00\n"
    + "night,1,here1,24:10:00,24:10:00\nnight,2,mid,24:30:00,24:31:00\nnight,3,end,25:00:00,25:00:00\n",
}


def at(text: str, day: str = "2026-11-24") -> datetime:
    return datetime.fromisoformat(f"{day}T{text}").replace(tzinfo=LONDON)


class Hands:
    """A clock whose hands the test turns."""

    def __init__(self, now: datetime) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at.astimezone(UTC)

    def trusted(self) -> bool:
        return True


class City:
    """The small city with its clock."""

    def __init__(self, settings: Settings) -> None:
        self.hands = Hands(at("08:00"))
        self.knowledge = Knowledge.open(settings, self.hands)

    def hears(self, *entities: pb.FeedEntity, at: datetime | None = None) -> None:
        self.knowledge.realtime.put(parse(feed(at or self.hands.now(), *entities).SerializeToString()), ("trip_updates", "alerts"))

    def departures(self, since: str = "08:00", **narrow: object) -> list[Departure]:
        moment = at(since)
        return self.knowledge.departures(at=moment, until=moment + timedelta(hours=2), **{"limit": 10} | narrow)  # type: ignore[arg-type]

    def board(self, since: str = "08:00", **narrow: object) -> list[str]:
        """Lines such as "t0 08:00>08:07 delayed 1"."""
        return [said(departure) for departure in self.departures(since, **narrow)]

    @property
    def dropped(self) -> dict[str, int]:
        return self.knowledge.realtime.dropped


def said(departure: Departure) -> str:
    expected = f">{departure.expected:%H:%M}" if departure.expected else ""
    return f"{departure.trip_id} {departure.scheduled:%H:%M}{expected} {departure.status} {departure.platform}"


@pytest.fixture
def city(write: Callable[..., Settings]) -> Iterator[City]:
    made = City(write(**SIX_TRAINS))
    yield made
    made.knowledge.close()


UNTOUCHED = [
    "t0 08:00 scheduled 1", "t1 08:10 scheduled 1", "hill 08:15 scheduled 2", "t2 08:20 scheduled 1", "t3 08:30 scheduled 1",
    "t4 08:40 scheduled 1", "t5 08:50 scheduled 1",
]  # fmt: skip


def test_without_realtime_everything_is_scheduled(city: City) -> None:
    assert city.board() == UNTOUCHED


def test_a_late_train_stands_where_it_is_expected(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=13 * 60)))
    assert city.board(limit=4) == ["t0 08:00 scheduled 1", "hill 08:15 scheduled 2", "t2 08:20 scheduled 1", "t1 08:10>08:23 delayed 1"]
    [late] = [departure for departure in city.departures() if departure.trip_id == "t1"]
    assert late.source.table == "stop_times"
    assert late.live is not None
    assert (late.live.kind, late.live.table, late.live.key) == ("realtime", "trip_updates", "t1|20261124|here1")
    assert late.live.as_of == "2026-11-24T08:00:00+00:00"


def test_a_late_train_is_listed_until_it_leaves(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=13 * 60)))
    assert city.board("08:22", limit=2) == ["t1 08:10>08:23 delayed 1", "t3 08:30 scheduled 1"]
    assert city.board("08:24", limit=1) == ["t3 08:30 scheduled 1"]


def test_an_early_train_is_gone_when_it_has_left(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=-180)))
    assert city.board("08:06", limit=1) == ["t1 08:10>08:07 delayed 1"]
    assert city.board("08:08", limit=1) == ["hill 08:15 scheduled 2"]


@pytest.mark.parametrize(("delay", "status"), [(0, "on_time"), (60, "on_time"), (-60, "on_time"), (61, "delayed"), (-61, "delayed")])
def test_within_a_minute_is_on_time(city: City, delay: int, status: str) -> None:
    city.hears(trip("t1", stop("here1", departure=delay)))
    assert {departure.trip_id: departure.status for departure in city.departures()}["t1"] == status


def test_arrival_at_the_destination_is_the_expected_one(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=600), stop("end", arrival=1200)))
    [late] = [departure for departure in city.departures(destination="end") if departure.trip_id == "t1"]
    assert (late.expected, late.arrival) == (at("08:20"), at("09:30"))


def test_delay_goes_before_where_a_train_is_named_by_line_or_platform(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=600)), trip("hill", stop("here2", departure=300)))
    assert city.board(line="r2") == ["hill 08:15>08:20 delayed 2"]
    assert city.board(platform="2") == ["hill 08:15>08:20 delayed 2"]
    assert "hill 08:15>08:20 delayed 2" not in city.board(destination="end")


def test_a_cancelled_train_stays_on_the_board(city: City) -> None:
    city.hears(trip("t1", relationship=TRIP.CANCELED))
    assert city.board(limit=3) == ["t0 08:00 scheduled 1", "t1 08:10 cancelled 1", "hill 08:15 scheduled 2"]


def test_a_deleted_train_is_not_shown(city: City) -> None:
    city.hears(trip("t1", relationship=TRIP.DELETED))
    assert city.board(limit=2) == ["t0 08:00 scheduled 1", "hill 08:15 scheduled 2"]


def test_a_skipped_stop_here_is_cancelled_for_who_waits_here(city: City) -> None:
    city.hears(trip("t1", stop("here1", relationship=STOP.SKIPPED), stop("mid", arrival=0)))
    [here] = [departure for departure in city.departures() if departure.trip_id == "t1"]
    assert (here.status, here.skipped) == ("cancelled", True)
    assert [departure.trip_id for departure in city.departures(stop_id="mid")][:2] == ["t0", "t1"]


def test_a_train_that_skips_the_destination_does_not_go_there(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=0), stop("mid", relationship=STOP.SKIPPED)))
    assert "t1" not in [departure.trip_id for departure in city.departures(destination="mid")]
    assert "t1" in [departure.trip_id for departure in city.departures(destination="end")]


def test_stops_without_data_are_scheduled(city: City) -> None:
    city.hears(trip("t1", stop("here1", relationship=STOP.NO_DATA)))
    assert city.board() == UNTOUCHED


@pytest.mark.parametrize(
    "update", [stop("here1", departure=0, assigned="here2"), stop("here2", sequence=10, departure=0), stop("here2", departure=0)]
)
def test_another_platform_of_the_station(city: City, update: STOP) -> None:
    city.hears(trip("t1", update))
    [moved] = [departure for departure in city.departures() if departure.trip_id == "t1"]
    assert (moved.platform, moved.scheduled_platform, moved.stop_id) == ("2", "1", "here2")
    assert "t1" in [departure.trip_id for departure in city.departures(platform="2")]
    assert "t1" not in [departure.trip_id for departure in city.departures(platform="1")]


def test_a_platform_elsewhere_is_not_believed(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=0, assigned="end")))
    [kept] = [departure for departure in city.departures() if departure.trip_id == "t1"]
    assert (kept.platform, kept.scheduled_platform) == ("1", None)


def test_an_added_train(city: City) -> None:
    stops = (stop("here2", departure=at("08:12")), stop("end", arrival=at("08:50")))
    city.hears(trip("extra", *stops, relationship=TRIP.ADDED, route="r2", headsign="Land's End"))
    [extra] = city.departures(destination="end", line="r2")
    assert said(extra) == "extra 08:12>08:12 on_time 2"
    assert (extra.line, extra.headsign, extra.arrival) == ("R2", "Land's End", at("08:50"))
    assert (extra.source.kind, extra.source.key) == ("realtime", "extra|20261124|here2")
    assert city.board(limit=3) == ["t0 08:00 scheduled 1", "t1 08:10 scheduled 1", "extra 08:12>08:12 on_time 2"]
    assert city.departures(stop_id="end") == []


def test_a_new_train_with_a_plan_of_its_own_is_late(city: City) -> None:
    late = stop("here2", departure=at("08:12"))
    late.departure.scheduled_time = int(at("08:05").timestamp())
    city.hears(trip("new", late, stop("end", arrival=at("08:50")), relationship=TRIP.NEW, route="r2"))
    [found] = city.departures(line="r2", limit=1)
    assert (said(found), found.headsign) == ("new 08:05>08:12 delayed 2", "End of the World")


@pytest.mark.parametrize(
    ("stops", "route", "why"),
    [
        ((stop("here2", departure=at("08:12")), stop("end", arrival=at("08:50"))), None, "added-trip-without-line"),
        ((stop("here2", departure=at("08:12")), stop("end", arrival=at("08:50"))), "r9", "added-trip-without-line"),
        ((stop("here2", departure=at("08:12")), stop("moon", arrival=at("08:50"))), "r2", "added-trip-at-unknown-stops"),
        ((stop("here2", departure=at("08:12")),), "r2", "added-trip-at-unknown-stops"),
        ((stop("here2", departure=at("08:12")), stop("end", arrival=60)), "r2", "added-trip-without-times"),
        ((stop("here2", departure=at("08:12")), stop("end", arrival=at("08:11"))), "r2", "times-run-back"),
        ((stop("here2", departure=at("08:12", "2026-12-24")), stop("end", arrival=at("09:00", "2026-12-24"))), "r2", "delay-unbelievable"),
    ],
)
def test_an_added_train_that_is_not_wholly_known_is_left_out(city: City, stops: tuple[STOP, ...], route: str | None, why: str) -> None:
    city.hears(trip("extra", *stops, relationship=TRIP.ADDED, route=route))
    assert city.board() == UNTOUCHED
    assert city.dropped == {why: 1}


def test_a_replacement_is_all_that_is_left_of_its_trip(city: City) -> None:
    city.hears(trip("t1", stop("here2", departure=at("08:14")), stop("end", arrival=at("09:20")), relationship=TRIP.REPLACEMENT))
    assert city.board(limit=3) == ["t0 08:00 scheduled 1", "t1 08:14>08:14 on_time 2", "hill 08:15 scheduled 2"]
    assert "t1" not in [departure.trip_id for departure in city.departures(destination="mid")]


def test_an_added_train_of_the_timetable_is_that_train(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=120), relationship=TRIP.ADDED))
    assert [line for line in city.board() if line.startswith("t1")] == ["t1 08:10>08:12 delayed 1"]


@pytest.mark.parametrize("relationship", [TRIP.UNSCHEDULED, TRIP.DUPLICATED])
def test_what_is_not_used_changes_nothing(city: City, relationship: int) -> None:
    city.hears(trip("t1", stop("here1", departure=600), relationship=relationship))  # type: ignore[arg-type]
    assert city.board() == UNTOUCHED
    assert city.dropped == {"trip-relationship-not-used": 1}


@pytest.mark.parametrize(
    ("entity", "why"),
    [
        (trip("moon", stop("here1", departure=60)), "trip-unknown"),
        (trip("t1", stop("here1", departure=60), date="20250101"), "trip-not-on-this-day"),
        (trip("t1", stop("here1", departure=60), date="2026-1-1"), "start-date-broken"),
        (trip("t1", stop("here1", departure=60), date="20269999"), "start-date-broken"),
        (trip("t1", stop("here1", departure=60), at=at("06:00")), "update-out-of-time"),
        (trip("t1", stop("here1", departure=60), at=at("08:05")), "update-out-of-time"),
        (trip("t1", stop("here1", departure=3 * 86_400)), "delay-unbelievable"),
        (trip("t1", stop("here1", departure=-3600)), "delay-unbelievable"),
        (trip("t1", stop("here1", departure=at("08:10", "2026-11-27")), date="20261124"), "delay-unbelievable"),
        (trip("t1", stop("here1", departure=at("08:30")), stop("mid", arrival=at("08:29"))), "times-run-back"),
        (trip("t1", stop("mid", arrival=300, departure=0)), "times-run-back"),
        (trip("t1", stop("mid", departure=0, sequence=20), stop("here1", departure=0, sequence=10)), "stops-out-of-order"),
        (trip("t1"), "update-without-news"),
    ],
)
def test_an_update_that_cannot_be_changes_nothing(city: City, entity: pb.FeedEntity, why: str) -> None:
    city.hears(entity)
    assert city.board() == UNTOUCHED
    assert city.dropped == {why: 1}


def test_an_unknown_stop_does_not_spoil_the_rest(city: City) -> None:
    city.hears(trip("t1", stop("moon", departure=900), stop("here1", departure=300)))
    assert "t1 08:10>08:15 delayed 1" in city.board()
    assert city.dropped == {"stop-unknown": 1}


def test_a_stop_id_goes_before_a_sequence_that_contradicts_it(city: City) -> None:
    city.hears(trip("t1", stop("here1", sequence=20, departure=300)))
    assert "t1 08:10>08:15 delayed 1" in city.board()


def test_after_midnight_it_is_still_the_service_day_before(city: City) -> None:
    city.hands.at = at("00:05", "2026-11-25")
    city.hears(trip("night", stop("here1", departure=300)))
    [late] = city.knowledge.departures(at=city.hands.at, limit=1)
    assert (late.scheduled, late.expected) == (at("00:10", "2026-11-25"), at("00:15", "2026-11-25"))
    assert late.live is not None
    assert late.live.key == "night|20261124|here1"


def test_without_a_date_the_nearest_run_is_meant(city: City) -> None:
    city.hands.at = at("23:58")
    city.hears(trip("t0", stop("here1", departure=at("08:02", "2026-11-25"))))
    [late] = [found for found in city.knowledge.departures(at=city.hands.at, limit=8) if found.trip_id == "t0"]
    assert (late.scheduled, late.expected) == (at("08:00", "2026-11-25"), at("08:02", "2026-11-25"))


def test_a_date_names_the_run(city: City) -> None:
    city.hears(trip("t0", stop("here1", departure=300), date="20261125"))
    assert city.board(limit=1) == ["t0 08:00 scheduled 1"]
    tomorrow = city.knowledge.departures(at=at("07:59", "2026-11-25"), limit=1)
    assert [said(departure) for departure in tomorrow] == ["t0 08:00>08:05 delayed 1"]


def test_runs_of_one_trip_are_told_apart_by_their_start(write: Callable[..., Settings]) -> None:
    runs = "trip_id,start_time,end_time,headway_secs,exact_times\nt0,08:00:00,09:00:00,1200,1\n"
    city = City(write(**SIX_TRAINS, frequencies=runs))
    city.hears(trip("t0", stop("here1", departure=120), start="08:20:00"), trip("t0", stop("here1", departure=120)))
    assert [line for line in city.board() if line.startswith("t0")] == [
        "t0 08:00 scheduled 1", "t0 08:20>08:22 delayed 1", "t0 08:40 scheduled 1",
    ]  # fmt: skip
    assert city.dropped == {"run-unknown": 1}
    city.knowledge.close()


def test_a_line_without_exact_times_gets_none(write: Callable[..., Settings]) -> None:
    city = City(write(**SIX_TRAINS, frequencies="trip_id,start_time,end_time,headway_secs\nt0,08:00:00,09:00:00,1200\n"))
    city.hears(trip("t0", stop("here1", departure=120), start="08:20:00"))
    assert all(departure.expected is None for departure in city.departures())
    assert city.dropped == {"trip-without-exact-times": 1}
    city.knowledge.close()


def test_a_train_that_goes_on_as_a_cancelled_one_gets_no_further(write: Callable[..., Settings]) -> None:
    tables = {
        "trips": "trip_id,route_id,service_id,trip_headsign,block_id\none,r1,daily,Mid Town,b\ntwo,r2,daily,End of the World,b\n",
        "stop_times": "trip_id,stop_sequence,stop_id,arrival_time,departure_time\n"
        "one,1,here1,08:10:00,08:10:00\none,2,mid,08:20:00,08:20:00\n"
        "two,1,mid,08:25:00,08:25:00\ntwo,2,end,08:45:00,08:45:00\n",
    }
    city = City(write(**tables))
    assert [departure.arrival for departure in city.departures(destination="end")] == [at("08:45")]
    city.hears(trip("two", stop("mid", departure=600)), trip("one", stop("here1", departure=120)))
    [late] = city.departures(destination="end")
    assert (late.expected, late.arrival) == (at("08:12"), at("08:55"))
    city.hears(trip("two", relationship=TRIP.CANCELED))
    assert city.departures(destination="end") == []
    city.knowledge.close()


def test_the_last_train_is_one_that_runs(city: City) -> None:
    city.hears(trip("night", relationship=TRIP.CANCELED, date="20261124"), trip("t5", stop("here1", departure=600)))
    last = city.knowledge.last_departure(day=at("08:00").date(), language="en")
    assert last is not None
    assert said(last) == "t5 08:50>09:00 delayed 1"


def test_of_two_updates_the_one_measured_last_counts(city: City) -> None:
    newer = trip("t1", stop("here1", departure=300), at=at("07:59"))
    city.hears(newer, trip("t1", stop("here1", departure=900), at=at("07:50")))
    assert "t1 08:10>08:15 delayed 1" in city.board()


def test_what_is_too_old_is_scheduled_again(city: City) -> None:
    limit = city.knowledge._settings.realtime.limit_s
    city.hears(trip("t1", stop("here1", departure=300)))
    city.hands.at = at("08:00") + timedelta(seconds=limit)
    assert "t1 08:10>08:15 delayed 1" in city.board()
    assert city.knowledge.realtime.knows("trip_updates")
    city.hands.at += timedelta(seconds=1)
    assert city.board() == UNTOUCHED
    assert not city.knowledge.realtime.knows("trip_updates")


def test_age_counts_from_the_feed_not_from_its_coming(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=300)), at=at("07:58"))
    city.hands.at = at("08:01:01")
    assert city.board() == UNTOUCHED


def test_a_clock_put_back_drops_what_is_then_to_come(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=300)))
    city.hands.at = at("07:00")
    assert city.board() == UNTOUCHED


@pytest.mark.parametrize(
    ("moment", "why"),
    [(at("08:03"), "feed-from-the-future"), (at("07:50"), "feed-too-old"), (1, "feed-too-old"), (2**63, "feed-from-the-future")],
)
def test_a_feed_of_another_time_is_refused_and_the_last_one_kept(city: City, moment: datetime | int, why: str) -> None:
    city.hears(trip("t1", stop("here1", departure=300)))
    message = feed(moment, trip("t1", stop("here1", departure=900)))
    with pytest.raises(Unusable) as refused:
        city.knowledge.realtime.put(parse(message.SerializeToString()), ("trip_updates",))
    assert refused.value.code == why
    assert "t1 08:10>08:15 delayed 1" in city.board()


def test_an_older_feed_does_not_replace_a_newer_one(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=300)))
    city.hears(trip("t1", stop("here1", departure=900)), at=at("07:59"))
    assert "t1 08:10>08:15 delayed 1" in city.board()


def test_another_timetable_takes_over_what_is_known(city: City, write: Callable[..., Settings]) -> None:
    city.hears(trip("t1", stop("here1", departure=300)))
    pinned, moment = city.knowledge.pinned(), at("08:00")
    import_station(write(**SIX_TRAINS | {"routes": BASE["routes"].replace("R1", "B1")}))
    assert city.knowledge.reload()
    [_, late] = city.knowledge.departures(at=moment, limit=2)
    assert (late.line, said(late)) == ("B1", "t1 08:10>08:15 delayed 1")
    assert [said(found) for found in pinned.departures(at=moment, limit=2)] == UNTOUCHED[:2], "numbers of two imports are not mixed up"


def calls(city: City, trip_id: str = "t1") -> list[tuple[str, str, str, str | None]]:
    train = city.knowledge.train(trip_id, at("08:00").date(), "en")
    assert train is not None
    return [
        (call.stop.id, call.status, f"{call.expected_arrival or call.arrival or call.expected_departure or call.departure:%H:%M}"
         if call.arrival or call.departure else "", call.live.key if call.live else None)
        for call in train.calls
    ]  # fmt: skip


def test_a_train_is_told_as_it_runs(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=300), stop("mid", relationship=STOP.SKIPPED), stop("end", arrival=600)))
    assert calls(city) == [
        ("here", "delayed", "08:15", "t1|20261124|here1"), ("mid", "skipped", "", "t1|20261124|mid"),
        ("end", "delayed", "09:20", "t1|20261124|end"),
    ]  # fmt: skip
    assert [status for _, status, _, _ in calls(city, "t2")] == ["scheduled"] * 3


def test_a_cancelled_train_keeps_its_planned_times(city: City) -> None:
    city.hears(trip("t1", relationship=TRIP.CANCELED))
    assert [(status, time) for _, status, time, _ in calls(city)] == [
        ("cancelled", "08:10"),
        ("cancelled", "08:15"),
        ("cancelled", "09:10"),
    ]


def test_a_train_that_runs_another_way_calls_where_it_is_stated(city: City) -> None:
    city.hears(trip("t1", stop("here1", departure=at("08:14")), stop("end", arrival=at("09:20")), relationship=TRIP.REPLACEMENT))
    assert [(status, time) for _, status, time, _ in calls(city)] == [("delayed", "08:14"), ("skipped", ""), ("delayed", "09:20")]


def test_only_the_run_that_is_late_is_told_so(write: Callable[..., Settings]) -> None:
    city = City(write(**SIX_TRAINS, frequencies="trip_id,start_time,end_time,headway_secs,exact_times\nt0,08:00:00,09:00:00,1200,1\n"))
    city.hears(trip("t0", stop("here1", departure=120), start="08:20:00"))
    for run, status in (("08:00", "scheduled"), ("08:20", "delayed"), ("08:40", "scheduled")):
        train = city.knowledge.train("t0", at("08:00").date(), "en", at=at(run))
        assert train is not None
        assert train.calls[0].departure == at(run)
        assert train.calls[0].status == status
    city.knowledge.close()
