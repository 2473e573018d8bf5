"""Recorded GTFS-Realtime of real operators over the timetables they belong to, held against plain readings of the same files."""

import contextlib
import csv
import io
import json
import random
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from google.transit import gtfs_realtime_pb2 as pb

from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.conversation.models import DeparturesCard
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.knowledge.models import Departure
from assistant.knowledge.realtime.models import Unusable
from assistant.knowledge.realtime.parse import parse
from assistant.settings import ROOT, Settings

PACIFIC = ZoneInfo("America/Los_Angeles")
Row = dict[str, str]


@dataclass
class Hands:
    """A clock whose hands the test turns."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def trusted(self) -> bool:
        return True


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A station with its feed as it was recorded, and the hands at the moment of the recording."""

    folder: Path
    knowledge: Knowledge
    settings: Settings
    hands: Hands

    def put(self, name: str) -> None:
        self.knowledge.realtime.put(parse((self.folder / name).read_bytes()), ("trip_updates", "alerts"))

    def departures(self, stop_id: str, hours: float = 3.0) -> list[Departure]:
        now = self.hands.now()
        return self.knowledge.departures(stop_id=stop_id, at=now, until=now + timedelta(hours=hours), limit=400)

    def desk(self) -> Desk:
        environment = Monitor(self.settings, self.hands, PACIFIC)
        return Desk(self.settings, self.knowledge, environment, self.hands, Responses.load(ROOT / "dialogues" / "domain"))


def stops_of(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Trip → its (trip, stop) pairs in order."""
    rows = sorted(table(folder, "stop_times"), key=lambda row: int(row["stop_sequence"]))
    return {trip: [(trip, row["stop_id"]) for row in rows if row["trip_id"] == trip] for trip in {row["trip_id"] for row in rows}}


Record = Callable[[str, str, str], Recorded]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stations with their imports, made once."""
    return tmp_path_factory.mktemp("recorded")


@pytest.fixture
def recorded(shared_data: Path, imported: Path) -> Iterator[Record]:
    opened: list[Knowledge] = []

    def open_station(name: str, stop: str, moment_of: str, timetable: str | None = None) -> Recorded:
        folder, station = shared_data / "gtfs" / name, imported / name
        if not station.exists():
            station.mkdir()
            (station / "gtfs.zip").symlink_to(shared_data / "gtfs" / (timetable or name) / "gtfs.zip")
        (station / "station.yaml").write_text(f"name: Station\nstop: '{stop}'\nlanguages: [en, zh, ko]\n")
        message = pb.FeedMessage.FromString((folder / moment_of).read_bytes())
        hands = Hands(datetime.fromtimestamp(message.header.timestamp, UTC))
        settings = Settings.load(station=station, data=imported / f"{name}-data")
        opened.append(Knowledge.open(settings, hands))
        return Recorded(folder=folder, knowledge=opened[-1], settings=settings, hands=hands)

    yield open_station
    for knowledge in opened:
        knowledge.close()


def table(folder: Path, name: str) -> list[Row]:
    with zipfile.ZipFile(folder / "gtfs.zip") as archive, archive.open(f"{name}.txt") as file:
        return list(csv.DictReader(io.TextIOWrapper(file, "utf-8-sig")))


def seconds(text: str) -> int:
    hours, minutes, rest = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + rest


def by_hand(folder: Path) -> dict[tuple[str, str], tuple[datetime, datetime]]:
    """(trip, stop) → planned and expected departure, read from Caltrain's JSON and CSV with plain loops."""
    rows = defaultdict(list)
    for row in table(folder, "stop_times"):
        rows[row["trip_id"]].append(row)
    found = {}
    for entity in json.loads((folder / "ct-trip-updates.pb.json").read_text())["entity"]:
        update = entity["tripUpdate"]
        trip_id, day = update["trip"]["tripId"], update["trip"]["startDate"]
        noon = datetime(int(day[:4]), int(day[4:6]), int(day[6:]), 12, tzinfo=PACIFIC)
        stops = {stop["stopId"]: stop for stop in update["stopTimeUpdate"]}
        late: timedelta | None = None
        for row in sorted(rows[trip_id], key=lambda row: int(row["stop_sequence"])):
            arrival, departure = (noon + timedelta(seconds=seconds(row[f"{name}_time"]) - 43_200) for name in ("arrival", "departure"))
            stop = stops.get(row["stop_id"], {})
            if "departure" in stop:
                late = datetime.fromtimestamp(int(stop["departure"]["time"]), PACIFIC) - departure
            elif "arrival" in stop:
                late = datetime.fromtimestamp(int(stop["arrival"]["time"]), PACIFIC) - arrival
            if late is not None:
                found[trip_id, row["stop_id"]] = departure, departure + late
    return found


@pytest.mark.timeout(60)
def test_every_expected_time_of_caltrain_is_that_of_its_file(recorded: Record) -> None:
    station = recorded("caltrain-2023-rt", "70011", "ct-trip-updates.pb")
    station.put("ct-trip-updates.pb")
    assert station.knowledge.realtime.dropped == {}
    now, known = station.hands.now(), by_hand(station.folder)
    checked, late = set(), 0
    for stop_id in {stop_id for _, stop_id in known}:
        for departure in station.departures(stop_id):
            if (found := known.get((departure.trip_id, departure.stop_id))) is None:
                assert departure.expected is None, "what the feed does not say is not expected"
                continue
            planned, expected = found
            assert (departure.scheduled, departure.expected) == (planned, expected)
            assert departure.status == ("on_time" if abs((expected - planned).total_seconds()) <= 60 else "delayed")
            assert departure.live is not None
            assert departure.live.key == f"{departure.trip_id}|20231107|{departure.stop_id}"
            late += departure.status == "delayed"
            checked.add((departure.trip_id, departure.stop_id))
    ends = {rows[-1] for rows in stops_of(station.folder).values()}
    soon = now + timedelta(hours=3)
    assert checked == {key for key, (_, expected) in known.items() if now <= expected <= soon and key not in ends}
    assert len(checked) > 180
    assert late > 40


@pytest.mark.timeout(60)
def test_caltrain_is_in_the_order_of_what_is_expected(recorded: Record) -> None:
    station = recorded("caltrain-2023-rt", "70011", "ct-trip-updates.pb")
    station.put("ct-trip-updates.pb")
    for stop_id in ("70011", "70061", "70112", "70172", "70262"):
        found = station.departures(stop_id)
        due = [departure.expected or departure.scheduled for departure in found]
        assert len(found) > 5
        assert due == sorted(due)
        assert due[0] >= station.hands.now()
        assert len({departure.trip_id for departure in found}) == len(found), "no train twice"


@pytest.mark.timeout(60)
def test_old_realtime_of_caltrain_says_nothing(recorded: Record) -> None:
    station = recorded("caltrain-2023-rt", "70011", "ct-trip-updates.pb")
    station.put("ct-trip-updates.pb")
    station.hands.at += timedelta(seconds=181)
    assert {departure.status for departure in station.departures("70112")} == {"scheduled"}
    with pytest.raises(Unusable, match="feed-too-old"):
        station.put("ct-trip-updates.pb")


@pytest.mark.timeout(60)
def test_bart_matches_as_far_as_it_can_and_says_nothing_else(recorded: Record) -> None:
    station = recorded("bart-2019-rt", "MONT", "bart-trip-updates.pb")
    station.put("bart-trip-updates.pb")
    message = pb.FeedMessage.FromString((station.folder / "bart-trip-updates.pb").read_bytes())
    trips = {row["trip_id"] for row in table(station.folder, "trips")}
    known = [entity.trip_update.trip.trip_id in trips for entity in message.entity]
    assert (sum(known), len(known)) == (65, 91)
    # Two updates mix two trains: their stops are out of order, or hours away from the timetable.
    dropped = station.knowledge.realtime.dropped
    assert {**dropped} == {"trip-unknown": 18, "added-trip-without-line": 8, "stops-out-of-order": 1, "delay-unbelievable": 1}
    stated: dict[tuple[str, str], set[int]] = defaultdict(set)
    for entity in message.entity:
        for stop in entity.trip_update.stop_time_update:
            stated[entity.trip_update.trip.trip_id, stop.stop_id].add(stop.departure.time)
    checked = 0
    for stop_id in ("MONT", "EMBR", "DALY", "BAYF", "MCAR", "19TH"):
        for departure in station.departures(stop_id):
            if departure.expected is not None and (departure.trip_id, stop_id) in stated:
                assert int(departure.expected.timestamp()) in stated[departure.trip_id, stop_id]
                checked += 1
    assert checked > 60


def test_the_alert_of_bart_is_told_with_the_trains(recorded: Record) -> None:
    station = recorded("bart-2019-rt", "MONT", "bart-alerts.pb")
    station.put("bart-alerts.pb")
    desk = station.desk()
    for language in ("en", "zh", "ko"):
        told = desk.answer("timetable_disruptions", {}, language)
        assert "Montgomery station is currently closed" in told.replies[0].text
        assert [(source.kind, source.table, source.key) for source in told.sources] == [("realtime", "alerts", "BSA_187874")]
        departures = desk.answer("timetable_anywhere", {}, language)
        assert "Montgomery station is currently closed" in departures.replies[0].speech
        assert "BSA_187874" in {source.key for source in departures.sources}
    station.hands.at += timedelta(seconds=181)
    assert "Montgomery" not in desk.answer("timetable_anywhere", {}, "en").replies[0].text


def test_washington_of_another_year_says_nothing_wrong(recorded: Record) -> None:
    station = recorded("wmata-live-2021", "STN_A01_C01", "rail-tripupdates.pb", "wmata-rail-2026")
    station.hands.at = datetime(2026, 5, 5, 12, tzinfo=UTC)
    message = pb.FeedMessage.FromString((station.folder / "rail-tripupdates.pb").read_bytes())
    message.header.timestamp = int(station.hands.at.timestamp())
    for entity in message.entity:
        entity.trip_update.timestamp = message.header.timestamp
    before = station.departures("STN_A01_C01")
    station.knowledge.realtime.put(parse(message.SerializeToString()), ("trip_updates",))
    assert len(before) > 50
    assert station.departures("STN_A01_C01") == before
    assert sum(station.knowledge.realtime.dropped.values()) == len(message.entity)


def test_the_lines_of_washington_are_those_of_its_alerts(recorded: Record) -> None:
    station = recorded("wmata-live-2021", "STN_A01_C01", "rail-alerts.pb", "wmata-rail-2026")
    station.hands.at = datetime(2026, 5, 5, 12, tzinfo=UTC)
    message = pb.FeedMessage.FromString((station.folder / "rail-alerts.pb").read_bytes())
    message.header.timestamp = int(station.hands.at.timestamp())
    station.knowledge.realtime.put(parse(message.SerializeToString()), ("alerts",))
    # Metro Center has the Red, Orange, Silver and Blue lines, not the Green one.
    told = [alert.routes for alert in station.knowledge.alerts(station.hands.now(), language="en")]
    assert told == [("ORANGE", "SILVER"), ("BLUE", "YELLOW"), ("RED",), ("RED",), ("RED",)]
    assert station.knowledge.alerts(station.hands.now(), route="GREEN", language="en")[0].routes == ("GREEN",)
    assert station.knowledge.realtime.outages() == []


SAID = {
    "en": "scheduled at {planned}. I don't know the platform. It is now expected at {expected}.",
    "zh": "按时刻表{planned}发车。我不知道是哪个站台。现在预计{expected}发车。",
    "ko": "시간표상 {planned}에 출발합니다. 승강장은 알지 못합니다. 지금은 {expected}에 출발할 것으로 보입니다.",
}


@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_a_real_delay_is_said(recorded: Record, language: str) -> None:
    """Hillsdale, 17:05: train 310 of 16:55 has not come yet."""
    station = recorded("caltrain-2023-rt", "70112", "ct-trip-updates.pb")
    station.put("ct-trip-updates.pb")
    planned, expected = by_hand(station.folder)["310", "70112"]
    answer = station.desk().answer("timetable_anywhere", {}, language)
    card = answer.replies[0].card
    assert isinstance(card, DeparturesCard)
    row = card.departures[0]
    assert (row.trip, row.scheduled, row.expected, row.status) == ("310", planned, expected, "delayed")
    assert SAID[language].format(planned=f"{planned:%H:%M}", expected=f"{expected:%H:%M}") in answer.replies[0].text
    assert ("realtime", "310|20231107|70112") in {(source.kind, source.key) for source in answer.sources}
    station.hands.at += timedelta(seconds=181)
    later = station.desk().answer("timetable_anywhere", {}, language)
    assert f"{expected:%H:%M}" not in later.replies[0].text
    assert {source.kind for source in later.sources} == {"gtfs"}


@pytest.mark.timeout(90)
def test_no_changed_byte_of_a_recording_makes_a_wrong_time(recorded: Record) -> None:
    """Whatever a spoilt feed says: no error gets out, no train is hours away, no planned time is touched."""
    station = recorded("caltrain-2023-rt", "70112", "ct-trip-updates.pb")
    whole = (station.folder / "ct-trip-updates.pb").read_bytes()
    now = station.hands.now()
    every = station.knowledge.departures(stop_id="70112", at=now - timedelta(days=2), until=now + timedelta(days=3), limit=2000)
    planned = {(found.trip_id, found.scheduled) for found in every}
    dice, taken = random.Random(1699405534), 0  # noqa: S311
    for _ in range(400):
        spoilt = bytearray(whole)
        for _ in range(dice.choice((1, 1, 2, 20))):
            spoilt[dice.randrange(20, len(spoilt))] = dice.randrange(256)
        if dice.random() < 0.1:
            del spoilt[dice.randrange(len(spoilt)) :]
        with contextlib.suppress(Unusable):
            station.knowledge.realtime.put(parse(bytes(spoilt)), ("trip_updates", "alerts"))
            taken += 1
        for found in station.departures("70112"):
            assert (found.trip_id, found.scheduled) in planned
            assert found.expected is None or timedelta(minutes=-15) <= found.expected - found.scheduled <= timedelta(hours=6)
    assert taken > 30
