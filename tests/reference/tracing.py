"""What the rows that an answer names as its sources allow it to say. They are read from the raw feed, never from the import."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tests.reference.gtfs_by_hand import ByHand, Call, Row

SHOWN = re.compile(r"(?<![\d:])(\d{2}):(\d{2})(?![\d:])")
SPOKEN = {
    "en": re.compile(
        r"\b(?P<hour>\d{1,2}) (?:o'clock|hundred|oh (?P<few>\d)|(?P<minute>\d{2}))\b"
        r"|(?P<past>\d{1,2}) minutes? past midnight|(?P<midnight>midnight)|(?P<noon>\bnoon\b)"
    ),
    "zh": re.compile(r"(?P<hour>\d{1,2})点(?:整|零?(?P<minute>\d{1,2})分)"),
    "ko": re.compile(r"(?P<hour>\d{1,2})시(?!간)(?: (?P<minute>\d{1,2})분)?"),
}
PLATFORMS = {
    "en": re.compile(r"\bplatforms? (\d+[A-Z]?|[A-Z]\b)"),
    "zh": re.compile(r"(\d+[A-Z]?|[A-Z])号(?:站台|月台)"),
    "ko": re.compile(r"(\d+[A-Z]?|[A-Z])번 승강장"),
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
NAMED = ("stop_name", "stop_desc", "route_short_name", "route_long_name", "trip_headsign", "trip_short_name", "level_name")


@dataclass(slots=True)
class Allowed:
    """What may be said."""

    moments: set[datetime] = field(default_factory=set)
    """In UTC, to the second."""
    clock: set[str] = field(default_factory=set)
    """Times of day, as 08:05."""
    platforms: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


class Tracer:
    """Finds rows by the names that sources give them. `places` are those of the station file, by id."""

    def __init__(self, by_hand: ByHand, home: str, places: dict[str, dict[str, Any]]) -> None:
        self.by_hand, self.home, self._places = by_hand, home, places
        self._levels = {row["level_id"]: row for row in by_hand.rows("levels")}
        self._pathways = {row["pathway_id"]: row for row in by_hand.rows("pathways")}
        routes = (row.get(key, "") for row in by_hand.routes.values() for key in ("route_short_name", "route_long_name"))
        stops = (row["stop_name"] for row in by_hand.stops.values() if row.get("location_type", "") in ("", "0", "1"))
        self.known = {name for name in (*routes, *stops) if name}

    def allowed(self, sources: Iterable[dict[str, str]], at: datetime) -> Allowed:
        """What these sources allow at a moment. Raises KeyError where one names no row."""
        allowed = Allowed()
        for source in sources:
            if source["kind"] == "station":
                self._place(allowed, self._places[source["key"]])
            elif source["table"] == "clock":
                allowed.moments.add(datetime.fromisoformat(source["as_of"]).astimezone(UTC))
            elif source["kind"] == "gtfs":
                self._row(allowed, source["table"], source["key"], at)
        allowed.clock |= {f"{moment.astimezone(self.by_hand.zone):%H:%M}" for moment in allowed.moments}
        return allowed

    def station(self) -> Allowed:
        """Every name in the station that everybody stands in."""
        allowed = Allowed()
        for stop_id in self.by_hand.stops:
            if self.by_hand.station(stop_id) == self.by_hand.station(self.home):
                self.name_stop(allowed, stop_id)
        return allowed

    def name_stop(self, allowed: Allowed, stop_id: str) -> None:
        """Allows the names of a stop and of its station."""
        for each in (stop_id, self.by_hand.stops[stop_id].get("parent_station"), self.by_hand.station(stop_id)):
            if each:
                allowed.names |= _names(self.by_hand.stops[each])

    def name_route(self, allowed: Allowed, route_id: str) -> None:
        """Allows the names of a route."""
        allowed.names |= _names(self.by_hand.routes[route_id])

    def _row(self, allowed: Allowed, table: str, key: str, at: datetime) -> None:
        match table:
            case "stop_times":
                trip_id, _, sequence = key.rpartition("|")
                self._trip(allowed, trip_id)
                call = next(call for call in self.by_hand.calls[trip_id] if call.sequence == int(sequence))
                self._call(allowed, call, self.by_hand.trips[trip_id]["service_id"], at)
            case "trips":
                self._trip(allowed, key)
            case "stops":
                self.name_stop(allowed, key)
                named = Call(0, key, 0, 0, True, True, "", "")
                allowed.platforms |= {self.by_hand.platform(named) or ""}
            case "routes":
                self.name_route(allowed, key)
            case "pathways":
                row = self._pathways[key]
                allowed.names |= {row.get("signposted_as", ""), row.get("reversed_signposted_as", "")}
                self.name_stop(allowed, row["from_stop_id"])
                self.name_stop(allowed, row["to_stop_id"])
            case "levels":
                allowed.names |= _names(self._levels[key])
            case _:
                columns = [row for row in self.by_hand.rows(table) if key.split("|")[0] in row.values()]
                if not columns:
                    raise KeyError(f"{table} has no row {key}")

    def _trip(self, allowed: Allowed, trip_id: str) -> None:
        trip = self.by_hand.trips[trip_id]
        allowed.names |= _names(trip)
        self.name_route(allowed, trip["route_id"])
        if not trip.get("trip_headsign"):
            self.name_stop(allowed, self.by_hand.calls[trip_id][-1].stop_id)

    def _call(self, allowed: Allowed, call: Call, service: str, at: datetime) -> None:
        allowed.names.add(call.headsign)
        self.name_stop(allowed, call.stop_id)
        allowed.platforms |= {self.by_hand.platform(call) or ""}
        allowed.moments |= self._moments(service, (call.arrival_s, call.departure_s), at)

    def _moments(self, service: str, seconds: Iterable[int], at: datetime) -> set[datetime]:
        days = [day for day in (at.date() + timedelta(days=number) for number in range(-2, 9)) if service in self.by_hand.services(day)]
        return {self._moment(day, each) for day in days for each in seconds}

    def _moment(self, day: date, seconds: int) -> datetime:
        noon = datetime.combine(day, time(12), self.by_hand.zone).astimezone(UTC)
        return noon + timedelta(seconds=seconds - 12 * 3600)

    def _place(self, allowed: Allowed, place: dict[str, Any]) -> None:
        allowed.names |= {place["name"], place.get("where", "")}
        hours = SHOWN.findall(place.get("hours", ""))
        allowed.clock |= {f"{int(hour) % 24:02}:{minute}" for hour, minute in hours}


def shown_times(text: str) -> set[str]:
    """Times of day in a text for the eye."""
    return {":".join(found) for found in SHOWN.findall(text)}


def spoken_times(speech: str, language: str) -> set[str]:
    """Times of day in a text for the ear."""
    found = set()
    for match in SPOKEN[language].finditer(speech):
        parts = match.groupdict()
        if parts.get("midnight") or parts.get("past"):
            hour, minute = 0, int(parts.get("past") or 0)
        elif parts.get("noon"):
            hour, minute = 12, 0
        else:
            hour, minute = int(parts["hour"] or 0), int(parts.get("minute") or parts.get("few") or 0)
        found.add(f"{hour:02}:{minute:02}")
    return found


def moments(card: object, path: str = "") -> Iterator[tuple[str, datetime]]:
    """Every moment in a card (JSON), with where it stands in it; walks are left out, as their ends are sums of a time and a length."""
    if isinstance(card, dict) and card.get("kind") != "walk":
        for key, value in card.items():
            yield from moments(value, f"{path}.{key}")
    elif isinstance(card, list):
        for value in card:
            yield from moments(value, path)
    elif isinstance(card, str) and MOMENT.match(card):
        yield path, datetime.fromisoformat(card).astimezone(UTC)


def unsourced_names(text: str, allowed: Allowed, known: set[str]) -> set[str]:
    """Known names of stops and lines that a text says although nothing allows them."""
    rest = text
    for name in sorted({name.rstrip(".") for name in allowed.names} - {""}, key=len, reverse=True):
        rest = re.sub(_word(name), "·", rest)
    return {name for name in known if re.search(_word(name), rest)}


def _word(name: str) -> str:
    """A name as a word of its own; Chinese and Korean letters may touch it."""
    return rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])"


def _names(row: Row) -> set[str]:
    return {row[key] for key in NAMED if row.get(key)}
