"""Feeds as they should not be: a notice, or one error that says what, where and how to mend it; never half an import."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.errors import StationError
from assistant.knowledge import Knowledge
from assistant.knowledge.imports import import_station
from assistant.knowledge.imports.folder_check import check_folder
from assistant.knowledge.models import Notice
from assistant.settings import Settings
from tests.unit.knowledge.conftest import BASE

Write = Callable[..., Settings]
Open = Callable[..., Knowledge]
MORNING = datetime(2026, 11, 24, 6, tzinfo=UTC)
CALLS = "trip_id,stop_sequence,stop_id,arrival_time,departure_time\n"
GOOD = "out,1,here1,08:00:00,08:05:00\nout,2,end,08:40:00,08:40:00\n"


def refused(settings: Settings) -> StationError:
    with pytest.raises(StationError) as caught:
        import_station(settings)
    assert caught.value.hint
    state = settings.data / "station"
    assert not (state / "current").exists()
    assert not list(state.glob("*.sqlite")) + list(state.glob("*.part"))
    return caught.value


def departures(knowledge: Knowledge) -> list[str]:
    return [departure.trip_id for departure in knowledge.departures(at=MORNING, until=MORNING.replace(hour=23))]


def notice(settings: Settings, code: str) -> Notice:
    [found] = [notice for notice in import_station(settings).notices if notice.code == code]
    return found


@pytest.mark.parametrize("name", ["agency", "stops", "routes", "trips", "stop_times", "calendar"])
def test_a_missing_file_is_named(write: Write, name: str) -> None:
    assert f"{name}.txt" in refused(write(**{name: None})).message


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("stops", "stop_name\nHere\n", "stops.txt line 1: column stop_id is missing"),
        ("stop_times", "trip_id,stop_id\nout,here1\n", "stop_times.txt line 1: column stop_sequence is missing"),
        ("stops", b"stop_id,stop_name\nhere1,Caf\xe9\n", "stops.txt, at or after line"),
        ("stop_times", CALLS.encode() + b"\xff\xfe\x00", "stop_times.txt, at or after line"),
        ("agency", "agency_id,agency_timezone\na,Mars/Olympus\n", "agency.txt line 2: agency_timezone is no time zone"),
        ("agency", "agency_id,agency_timezone\na,../../etc/passwd\n", "agency.txt line 2: agency_timezone is no time zone"),
        ("agency", "agency_id,agency_timezone\n", "agency.txt has no rows"),
        ("stop_times", "", "stop_times.txt line 1: column trip_id is missing"),
        ("stop_times", CALLS, "stop_times.txt has no trip that can be used"),
        ("trips", "trip_id,route_id,service_id\nout,nowhere,daily\n", "trips.txt has no trip that can be used"),
        ("calendar", "service_id,monday,start_date,end_date\ndaily,0,20260101,20261231\n", "no service with a trip runs on any day"),
        ("stops", "stop_id,stop_name\n" + "x" * 1_100_000, "stops.txt has a line of over"),
        ("stops", 'stop_id,stop_name\nhere1,"' + "x" * 200_000 + '"\n', "stops.txt, at or after line"),
    ],
)
def test_an_unusable_file_is_one_clear_error(write: Write, name: str, content: str | bytes, where: str) -> None:
    assert refused(write(**{name: content})).message.startswith(where)


def test_an_unknown_stop_of_the_station_names_those_alike(write: Write) -> None:
    settings = write().model_copy(update={"stop": "nowhere"})
    assert "here" in refused(settings).message


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ("{id: loo, name: Loo, category: palace}", "category is none of"),
        ("{id: loo, name: Loo, category: toilet, hours: always}", "opening_hours syntax"),
        ("{id: loo, name: Loo, category: toilet}, {id: loo, name: Loo, category: toilet}", "two places have this id"),
    ],
)
def test_a_wrong_place_stops_the_import(write: Write, places: str, words: str) -> None:
    assert words in refused(write(f"places: [{places}]\n")).message


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("bad,1,here1,25:61:00,25:61:00", "call-broken"),
        ("bad,1,here1,half past,08:00:00", "call-broken"),
        ("bad,1,nowhere,09:00:00,09:00:00", "call-broken"),
        ("bad,first,here1,09:00:00,09:00:00", "call-broken"),
        ("bad,99999999999,here1,09:00:00,09:00:00", "call-broken"),
        ("bad,2,here1,09:00:00,09:00:00", "call-repeated"),
        ("bad,1,here1,09:40:00,09:40:00", "trip-times"),
        ("bad,1,here1,,", "trip-times"),
        ("worse,1,here1,09:00:00,09:00:00", "call-trip-unknown"),
    ],
)
def test_a_trip_with_a_broken_call_is_left_out_and_told_of(write: Write, knowledge: Open, row: str, code: str) -> None:
    tables = {
        "trips": "trip_id,route_id,service_id\nout,r1,daily\nbad,r1,daily\n",
        "stop_times": f"{CALLS}{GOOD}{row}\nbad,2,end,09:20:00,09:20:00\n",
    }
    found = notice(write(**tables), code)
    assert (found.severity, found.file) == ("warning", "stop_times.txt")
    if code in ("call-broken", "call-trip-unknown"):
        assert found.line == 4
    assert departures(knowledge(**tables)) == ["out"]


def test_repeated_ids_keep_the_first_row(write: Write, knowledge: Open) -> None:
    tables = {
        "stops": "stop_id,stop_name\nhere1,Here Central\nend,End\nhere1,Elsewhere\nhere2,X\nmid,M\n",
        "trips": "trip_id,route_id,service_id\nout,r1,daily\nout,r2,daily\nback,r1,daily\n",
    }
    report = import_station(write(**tables))
    assert {(found.code, found.file, found.line) for found in report.notices} == {
        ("stop-repeated", "stops.txt", 4), ("trip-repeated", "trips.txt", 3),
    }
    city = knowledge(**tables)
    assert city.departures(at=MORNING, limit=1)[0].line == "R1"
    assert city.stop("here1", "en").name == "Here Central"


def test_a_thousand_broken_rows_are_one_notice(write: Write) -> None:
    found = notice(write(stop_times=CALLS + GOOD + "ghost,1,here1,08:00:00,08:00:00\n" * 1000), "call-trip-unknown")
    assert (found.line, found.count) == (4, 1000)


def test_bom_crlf_quotes_and_spaces_are_read(knowledge: Open) -> None:
    calls = '\ufeff"trip_id" , stop_sequence, "stop_id",arrival_time,departure_time,pickup_type\r\n'
    calls += '"out" , 1, "here1" , 8:00:00 ,08:05:00 , \r\nout,2,end,08:40:00,08:40:00\r\n\r\nout,3,mid,08:50:00,08:50:00,0,more,than,asked'
    assert departures(knowledge(stop_times=calls)) == ["out"]


def test_parents_that_are_missing_or_in_a_circle_do_no_harm(write: Write, knowledge: Open) -> None:
    tables = {
        "stops": "stop_id,stop_name,parent_station\nhere1,Here,gone\nend,End,mid\nmid,Mid,end\nhere2,Here,here1\n",
    }
    assert {found.code for found in import_station(write(**tables)).notices} == {"stop-parent-unknown", "stop-parent-circle"}
    assert departures(knowledge(**tables)) == ["out"]


def test_feed_info_that_ends_early_is_a_warning_and_the_calendars_count(write: Write, knowledge: Open) -> None:
    info = "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version\nC,x,en,20260101,20260630,v7\n"
    assert notice(write(feed_info=info), "feed-info-ends").severity == "warning"
    validity = knowledge(feed_info=info).validity()
    assert (validity.end.isoformat(), validity.version) == ("2026-12-31", "v7")


@pytest.mark.parametrize(
    ("day", "code"),
    [("2025-12-31", "feed-not-yet"), ("2026-12-16", None), ("2026-12-17", "feed-ends-soon"), ("2026-12-31", "feed-ends-soon"),
     ("2027-01-01", "feed-expired")],
)
def test_check_warns_of_the_end_a_fortnight_ahead(write: Write, tmp_path: Path, day: str, code: str | None) -> None:
    station, noon = write("contacts: {emergency: '112'}\n"), datetime.fromisoformat(f"{day}T12:00+00:00")
    found = check_folder(station, tmp_path / "check.sqlite", noon, lambda _: None)
    assert [each.code for each in found if each.code.startswith("feed-")] == ([code] if code else [])


def test_names_are_one_short_line_of_plain_text(write: Write, knowledge: Open) -> None:
    """Else a feed could move the cursor, turn the direction of the screen's text, or be read aloud for minutes."""
    odd = '"End\n of \x1b[31m the\u202e World\x00' + " Way" * 3000 + '"'
    stops = BASE["stops"].replace("End of the World", odd).replace(",here,2", ',here,"2\n"')
    trips = 'trip_id,route_id,service_id,trip_headsign,trip_short_name\nout,r1,daily,,"IC\n1"\nback,r1,daily,Here Central,\n'
    opened = knowledge(stops=stops, trips=trips)
    departure = opened.departures(at=MORNING, limit=1)[0]
    assert departure.headsign.startswith("End of [31m the World Way")
    assert len(departure.headsign) <= 200
    train = opened.train("out", MORNING.date(), "en")
    assert train is not None
    assert train.name == "IC 1"
    texts = [departure.headsign, *(call.stop.name for call in train.calls)]
    assert all(text.isprintable() for text in texts)


def zipped(settings: Settings, names: Callable[[str], str] = str, **more: bytes) -> Settings:
    """The same station with its feed in a zip."""
    folder = settings.station / "gtfs"
    with zipfile.ZipFile(settings.station / "gtfs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, names(path.name))
            path.unlink()
        for name, content in more.items():
            archive.writestr(name, content)
    folder.rmdir()
    return settings


@pytest.mark.parametrize("top", ["", "feed/", "a/b/"])
def test_a_zip_may_have_a_folder_in_it(write: Write, top: str) -> None:
    assert import_station(zipped(write(), lambda name: top + name)).counts["trips"] == 2


@pytest.mark.parametrize("name", ["../stops.txt", "/etc/stops.txt", "a/../../stops.txt", "..\\stops.txt", "C:\\stops.txt"])
def test_a_zip_that_points_outside_is_refused(write: Write, name: str) -> None:
    error = refused(zipped(write(), **{name: b"stop_id\n"}))
    assert error.code == "feed-hostile"
    assert "stops.txt" not in error.message


def test_a_zip_bomb_is_refused_unread(write: Write) -> None:
    assert refused(zipped(write(stops=b"stop_id,stop_name\n" + b"0" * 5_000_000))).code == "feed-hostile"


def test_a_feed_over_the_limit_is_refused(write: Write) -> None:
    settings = zipped(write("feed: {limit_mb: 0.0001}\n"))
    assert refused(settings).code == "feed-too-large"
    folder = write("feed: {limit_mb: 0.00001}\n")
    assert refused(folder).code == "feed-too-large"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"trip_id\n", bytes(1000)])
def test_a_zip_that_is_none_is_refused(write: Write, content: bytes) -> None:
    settings = zipped(write())
    (settings.station / "gtfs.zip").write_bytes(content)
    assert refused(settings).code == "feed-damaged"


def test_a_damaged_zip_is_refused(write: Write) -> None:
    settings = zipped(write())
    path = settings.station / "gtfs.zip"
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo("stops.txt")
    begin = member.header_offset + 30 + len("stops.txt")
    content[begin : begin + member.compress_size] = bytes(member.compress_size)
    path.write_bytes(bytes(content))
    assert refused(settings).message.startswith("stops.txt")


@pytest.mark.parametrize("name", [".", "./", "\0"])
def test_a_member_without_a_name_does_no_harm(write: Write, name: str) -> None:
    assert import_station(zipped(write(), **{name: b"x"})).counts["trips"] == 2


def test_a_damaged_lzma_zip_is_refused(write: Write) -> None:
    settings = write()
    path, tables = settings.station / "gtfs.zip", sorted((settings.station / "gtfs").iterdir())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for table in tables:
            archive.writestr(table.name, table.read_bytes())
            table.unlink()
        begin = archive.getinfo("stops.txt").header_offset + 30 + len("stops.txt") + 12
    (settings.station / "gtfs").rmdir()
    content = bytearray(path.read_bytes())
    content[begin : begin + 20] = b"\xff" * 20
    path.write_bytes(bytes(content))
    assert refused(settings).code == "feed-damaged"


def test_no_feed_at_all_says_where_it_belongs(write: Write) -> None:
    settings = zipped(write())
    (settings.station / "gtfs.zip").unlink()
    assert "gtfs.zip is missing" in refused(settings).message


NO_TIMETABLE = dict.fromkeys(("agency", "routes", "trips", "stop_times", "calendar"))


def test_a_station_without_a_timetable_has_all_but_times(write: Write, knowledge: Open) -> None:
    city = knowledge(**NO_TIMETABLE, stops="stop_id,stop_name,stop_timezone\nhere1,Here,Asia/Seoul\n")
    assert city.expired(MORNING) == "none"
    assert (city.validity().timezone, departures(city), city.lines("en")) == ("Asia/Seoul", [], [])
    assert city.station("en").name == "Here Central"


def test_check_says_that_there_is_no_timetable(write: Write, tmp_path: Path) -> None:
    found = check_folder(write(**NO_TIMETABLE), tmp_path / "check.sqlite", MORNING, lambda _: None)
    assert {"feed-without-timezone", "feed-without-timetable"} <= {each.code for each in found}
    assert "feed-expired" not in {each.code for each in found}


def test_a_feed_that_lost_its_timetable_does_not_replace_one_with_it(write: Write, knowledge: Open) -> None:
    import_station(write())
    with pytest.raises(StationError) as caught:
        import_station(write(**NO_TIMETABLE))
    assert caught.value.code == "feed-timetable-lost"
    assert departures(knowledge(**NO_TIMETABLE)) == ["out"]


def test_agencies_of_two_time_zones_are_told_of(write: Write) -> None:
    agencies = "agency_id,agency_timezone\na,Europe/London\nb,Europe/London\nc,Europe/Paris\n"
    assert notice(write(agency=agencies), "agency-timezones").line == 4
