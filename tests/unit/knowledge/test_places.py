"""Facilities, and whether they are open."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.errors import StationError
from assistant.knowledge import Knowledge
from assistant.knowledge.imports import import_station
from assistant.knowledge.models import Outage, Source
from assistant.settings import Settings

Open = Callable[..., Knowledge]
LONDON = ZoneInfo("Europe/London")
PLACES = """
kiosk: {place: desk}
places:
  - {id: far, name: {en: Far Café, ko: 먼 카페}, category: cafe, stop: end, hours: "Mo-Fr 08:00-18:00"}
  - {id: near, name: Near Café, category: cafe, stop: mid, hours: "Mo-Su 08:00-12:00,13:00-01:00", level: L1}
  - {id: always, name: Night Café, category: cafe, stop: end, hours: 24/7}
  - {id: desk, name: Desk, category: information, stop: here, where: {en: in the hall, zh: 大厅}, aliases: [the counter]}
"""
LEVELS = "level_id,level_index,level_name\nL1,1,Upper Floor\n"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_open_ones_come_first_then_the_nearest(knowledge: Open) -> None:
    city = knowledge(PLACES, levels=LEVELS)

    def order(moment: str) -> list[str]:
        return [place.id for place in city.places(category="cafe", at=at(moment), language="en")]

    assert order("2026-11-24T09:00") == ["near", "far", "always"]
    assert order("2026-11-24T12:30") == ["far", "always", "near"]
    assert order("2026-11-28T03:00") == ["always", "near", "far"]


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2026-11-24T09:00", (True, None, "2026-11-24T12:00")),
        ("2026-11-24T12:30", (False, "2026-11-24T13:00", None)),
        ("2026-11-25T00:30", (True, None, "2026-11-25T01:00")),
        ("2026-11-25T02:00", (False, "2026-11-25T08:00", None)),
    ],
)
def test_opening_and_closing_in_the_stations_time(knowledge: Open, moment: str, state: tuple[bool, str | None, str | None]) -> None:
    [place] = knowledge(PLACES, levels=LEVELS).places(place_id="near", at=at(moment).astimezone(ZoneInfo("Asia/Seoul")), language="en")
    opens, closes = (None if text is None else at(text) for text in state[1:])
    assert (place.open_now, place.opens_at, place.closes_at) == (state[0], opens, closes)


def test_always_open_never_closes_and_no_hours_are_unknown(knowledge: Open) -> None:
    city = knowledge(PLACES, levels=LEVELS)
    [always] = city.places(place_id="always", at=at("2026-11-24T09:00"), language="en")
    [desk] = city.places(place_id="desk", at=at("2026-11-24T09:00"), language="en")
    assert (always.open_now, always.closes_at) == (True, None)
    assert (desk.open_now, desk.opens_at, desk.closes_at) == (None, None, None)


def test_public_holidays_are_those_of_the_time_zones_country(knowledge: Open) -> None:
    city = knowledge('places: [{id: shop, name: Shop, category: shop, hours: "Mo-Su 08:00-18:00; PH off"}]\n')
    states = [city.places(place_id="shop", at=at(f"2026-12-{day}T12:00"), language="en")[0].open_now for day in (24, 25)]
    assert states == [True, False]


def test_where_holidays_are_not_known_hours_that_name_them_are_not_judged(knowledge: Open) -> None:
    city = knowledge(
        'places: [{id: shop, name: Shop, category: shop, hours: "Mo-Su 08:00-18:00; PH off"},'
        " {id: inn, name: Inn, category: cafe, hours: 24/7}]\n",
        agency="agency_id,agency_name,agency_url,agency_timezone\na,City,https://city.example,UTC\n",
    )
    shop, inn = (city.places(place_id=key, at=at("2026-12-25T12:00"), language="en")[0] for key in ("shop", "inn"))
    assert (shop.open_now, shop.hours, inn.open_now) == (None, "Mo-Su 08:00-18:00; PH off", True)


def test_a_place_in_words(knowledge: Open) -> None:
    city = knowledge(PLACES, levels=LEVELS)
    [desk] = city.places(q="the counter", at=at("2026-11-24T09:00"), language="zh")
    assert (desk.id, desk.where, desk.source.kind, desk.source.key) == ("desk", "大厅", "station", "desk")
    [near] = city.places(place_id="near", at=at("2026-11-24T09:00"), language="en")
    assert (near.level, near.level_name) == ("L1", "Upper Floor")
    assert [place.id for place in city.places(q="coffee", at=at("2026-11-24T09:00"), language="en", limit=2)] == ["near", "far"]
    assert city.places(q="palace of mirrors", at=at("2026-11-24T09:00"), language="en") == []
    assert city.places(place_id="nowhere", at=at("2026-11-24T09:00"), language="en") == []


def test_entrances_of_the_feed_are_exits_unless_the_station_file_has_them(knowledge: Open) -> None:
    stops = """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,stop_desc,wheelchair_boarding
here,Here Central,51.5,-0.1,1,,,
here1,Here Central,51.5,-0.1,0,here,,
here2,Here Central,51.5,-0.1,0,here,,
north,North Door,51.5003,-0.1,2,here,by the taxis,1
south,South Door,51.4997,-0.1,2,here,,
mid,Mid Town,51.6,-0.1,0,,,
other,Elsewhere Door,51.6,-0.1,2,mid,,
end,End,51.7,-0.1,0,,,
"""
    city = knowledge("places: [{id: s, name: South Exit, category: exit, stop: south}]\n", stops=stops)
    found = city.places(category="exit", at=at("2026-11-24T09:00"), language="en")
    assert [(place.id, place.name, place.where, place.step_free) for place in found] == [
        ("s", "South Exit", "", None), ("north", "North Door", "by the taxis", True),
    ]
    assert city.counts()["exits"] == 1
    assert city.match("north door", language="en")[0].id == "north"


STOPS = """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,wheelchair_boarding
here,Here Central,51.5,-0.1,1,,
here1,Here Central,51.5,-0.1,0,here,
here2,Here Central,51.5,-0.1,0,here,
hall,Hall,51.5,-0.1,3,here,
gallery,Gallery,51.50001,-0.1,3,here,
yard,Yard,51.501,-0.1,3,here,
north,North Door,51.5003,-0.1,2,here,1
mid,Mid Town,51.6,-0.1,0,,
end,End,51.7,-0.1,0,,
"""
PATHWAYS = """pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,length,traversal_time
stairs,hall,gallery,2,1,20,40
lift,hall,gallery,5,1,,200
walk,hall,yard,1,1,110,90
door,hall,north,1,1,30,25
track,hall,here1,2,1,20,30
"""
WALKED = """
kiosk: {place: hall}
places:
  - {id: up, name: Up, category: cafe, stop: gallery, hours: 24/7}
  - {id: out, name: Out, category: cafe, stop: yard, hours: 24/7}
  - {id: off, name: Off, category: cafe, hours: 24/7}
  - {id: lying, name: Lying, category: cafe, stop: yard, step_free: false, hours: 24/7}
  - {id: told, name: Told, category: cafe, step_free: true, hours: 24/7}
"""
NOON = at("2026-11-24T12:00")


def outage(*targets: str) -> Outage:
    source = Source(kind="record", table="outages", key="o", as_of="now")
    return Outage(id="o", targets=targets, reason="", since=at("2026-01-01T00:00"), until=None, origin="api", source=source)


def test_nearest_is_by_the_time_it_takes_to_walk(knowledge: Open) -> None:
    city = knowledge(WALKED, stops=STOPS, pathways=PATHWAYS)

    def order(**wish: bool) -> list[tuple[str, int | None]]:
        return [(place.id, place.metres) for place in city.places(category="cafe", at=NOON, language="en", **wish)]

    assert order() == [("up", 20), ("out", 110), ("lying", 110), ("off", None), ("told", None)], "the gallery is up the stairs"
    assert order(step_free=True) == [("out", 110), ("up", 0), ("told", None)], "the lift takes longer than the way to the yard"
    city.outages.add(outage("lift"))
    assert order(step_free=True) == [("out", 110), ("told", None)]
    city.outages.add(outage("stairs", "lift"))
    assert [key for key, _ in order()][:2] == ["out", "lying"], "what is cut off is not the nearest, however close"


def test_a_description_that_is_the_name_once_more_is_left_out(knowledge: Open) -> None:
    stops = """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,stop_desc
here,Here Central,51.5,-0.1,1,,
here1,Here Central,51.5,-0.1,0,here,
one,Entrance A - 12Th and G Sts.,51.5,-0.1,2,here,Entrance A - 12Th & G Sts
two,"Entrance B - 9St & G St, Gallery Place",51.5,-0.1,2,here,Entrance B - 9 St & G St Gallery Place West
three,Back Door,51.5,-0.1,2,here,Through the back yard
mid,Mid Town,51.6,-0.1,0,,
end,End,51.7,-0.1,0,,
"""
    city = knowledge("", stops=stops)
    found = city.places(category="exit", at=at("2026-11-24T09:00"), language="en")
    assert {place.id: place.where for place in found} == {"one": "", "two": "", "three": "Through the back yard"}


def test_an_entrance_is_hidden_only_behind_the_exit_that_it_is(knowledge: Open) -> None:
    taxi = "{id: taxi, name: Taxis, category: taxi, stop: north}"
    city = knowledge(f"places: [{taxi}]\n", stops=STOPS)
    assert [place.id for place in city.places(category="exit", at=NOON, language="en")] == ["north"]
    city = knowledge(f"places: [{taxi}, {{id: n, name: Station Square, category: exit, stop: north}}]\n", stops=STOPS)
    assert [place.id for place in city.places(category="exit", at=NOON, language="en")] == ["n"]
    assert city.match("north door", language="en")[0].id == "n", "the feed's name for it leads to it too"
    assert [place.id for place in city.places(place_id="north", at=NOON, language="en")] == ["n"]


def test_everything_that_matches_can_be_found(knowledge: Open) -> None:
    city = knowledge("places: [{id: taxi, name: Taxis, category: taxi, stop: north}]\n", stops=STOPS)
    for text in ("north door", "taxis", "exit"):
        [match, *_] = city.match(text, language="en", kinds={"place", "category"})
        asked = {"category": match.id} if match.kind == "category" else {"place_id": match.id}
        assert city.places(**asked, at=NOON, language="en"), text


def test_a_fact_is_said_word_by_word_with_its_row(knowledge: Open) -> None:
    city = knowledge("facts: {wifi: {en: The network is Here Free., ko: 네트워크는 Here Free입니다.}}\n")
    fact = city.fact("wifi", "ko")
    assert fact is not None
    assert (fact.text, fact.source.kind, fact.source.table, fact.source.key) == ("네트워크는 Here Free입니다.", "station", "facts", "wifi")
    assert city.fact("luggage", "en") is None


def test_a_fact_of_nothing_known_is_an_error(write: Callable[..., Settings]) -> None:
    with pytest.raises(StationError, match="facts: wlan is none of"):
        import_station(write("facts: {wlan: The network is Here Free.}\n"))
