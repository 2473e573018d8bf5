"""The room's one door: what answers ask of the station's data."""

import gc
import json
from collections.abc import Callable, Iterable
from copy import copy
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, Self

from assistant.clock import Clock
from assistant.errors import NotFound, StationError, Unavailable
from assistant.knowledge.imported import Imported
from assistant.knowledge.imports import current, last_good, write_gazetteer
from assistant.knowledge.indoor import Closable, Escape, LevelPlan, Spot, Zones
from assistant.knowledge.models import (
    Departure,
    Fact,
    Fare,
    FeedValidity,
    FoundPlace,
    Journey,
    Line,
    Match,
    Outage,
    Route,
    ServiceAlert,
    Stop,
    Train,
)  # fmt: skip
from assistant.knowledge.names import Spotted
from assistant.knowledge.notices import NoticeBoard
from assistant.knowledge.outages import Outages
from assistant.knowledge.realtime.overlay import Overlay
from assistant.knowledge.realtime.train import as_it_runs
from assistant.knowledge.refresh import bring_in
from assistant.knowledge.store import Store
from assistant.settings import Settings
from assistant.text import in_language


class Knowledge:
    """One imported station. Reads only; safe to use from one event loop and its threads."""

    def __init__(self, settings: Settings, store: Store, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self.realtime = Overlay(clock, settings.realtime.limit_s)
        self.outages = Outages(clock, settings.data / "outages.json")
        self.notices = NoticeBoard()
        self._in = Imported(settings, store, self.realtime, self.outages.closed)
        self.realtime.bind(store)

    @classmethod
    def open(cls, settings: Settings, clock: Clock, progress: Callable[[str], None] = lambda _: None) -> Self:
        """The station's knowledge, imported first where its content has changed.

        Where no feed can be used or written any more, the last good import of this station stays in service. Raises StationError
        or Unavailable.
        """
        try:
            bring_in(settings, clock, progress)
            database = current(settings)
        except (StationError, Unavailable) as error:
            database = last_good(settings)
            if database is None:
                raise
            progress(f"the feed cannot be used, the last good import stays in service: {error.message}")
        if database is None:
            raise StationError("the imported station is gone", hint="run `station import`")
        return cls(settings, Store(database), clock)

    def reload(self) -> bool:
        """Puts the newest import into service; False where it is already. Raises StationError, and the old one stays.

        Questions under way end with the feed they began with, see `pinned`; its file is closed after the last of them.
        """
        database = current(self._settings)
        if database is None or database == self._in.store.path:
            return False
        fresh = Imported(self._settings, Store(database), self.realtime, self.outages.closed)
        fresh.warm(self._clock.now())
        self._in = fresh
        self.realtime.bind(fresh.store)
        gc.collect()  # the old one is large and full of circles
        return True

    def pinned(self) -> Self:
        """The same, but for ever with the feed that is in service now: one question's facts all come from one feed."""
        return copy(self)

    def beside(self, settings: Settings, names: Path) -> Self:
        """The feed in service with another content of the station file, whose gazetteer is written to `names`; for a while, for a draft."""
        beside = copy(self)
        beside._settings = settings  # noqa: SLF001
        beside._in = Imported(settings, self._in.store, self.realtime, self.outages.closed)  # noqa: SLF001
        write_gazetteer(settings, self._in.store, names, self.validity().version)
        return beside

    def close(self) -> None:
        """Lets go of the database."""
        self._in.store.close()

    def station(self, language: str) -> Stop:
        """This station, by the name its operator gave it."""
        stop = self._in.stop(self._in.stations[self._in.home], language)
        names = self._settings.name
        translated = stop.name if language not in names and self._translated(language) else in_language(names, language)
        return Stop(id=stop.id, name=translated, latitude=stop.latitude, longitude=stop.longitude, source=stop.source)

    def validity(self) -> FeedValidity:
        """From when to when the timetable has trips."""
        meta = self._in.store.meta
        return FeedValidity(
            start=date.fromisoformat(meta["start"]), end=date.fromisoformat(meta["end"]), version=meta["version"],
            imported_at=datetime.fromisoformat(meta["imported_at"]), timezone=meta["timezone"],
        )

    def expired(self, at: datetime) -> Literal["valid", "not_yet", "expired", "none"]:
        """Whether the timetable holds at a moment; "none" where the feed has no timetable at all."""
        validity, day = self.validity(), at.astimezone(self._in.timetable.zone).date()
        if validity.end == date.min:
            return "none"
        if day < validity.start:
            return "not_yet"
        return "expired" if day > validity.end else "valid"

    def counts(self) -> dict[str, int]:
        """How much of everything there is."""
        counts: dict[str, int] = json.loads(self._in.store.meta["counts"])
        return counts | {"places": len(self._in.places.listed), "exits": len(self._in.places.exits)}

    def departures(
        self, *, stop_id: str | None = None, at: datetime, destination: str | None = None, line: str | None = None,
        platform: str | None = None, limit: int = 5, until: datetime | None = None, language: str = "en",
    ) -> list[Departure]:
        """Next boardings at this station or another stop; `destination` is reached without a change. Raises NotFound."""
        return self._in.timetable.departures(
            station=self._from(stop_id), at=at,
            destination=None if destination is None else self._station(destination),
            line=self._line(line), platform=None if platform is None else platform.strip().lower(),
            limit=limit, until=until, language=language,
        )

    def first_departure(
        self, *, stop_id: str | None = None, destination: str | None = None, line: str | None = None, day: date, language: str = "en",
    ) -> Departure | None:
        """The first boarding of a service day, narrowed as `departures`. Raises NotFound."""
        return self._edge(stop_id, destination, line, day, None, language, latest=False)

    def last_departure(
        self, *, stop_id: str | None = None, destination: str | None = None, line: str | None = None, day: date,
        until: datetime | None = None, language: str = "en",
    ) -> Departure | None:
        """The last boarding of a service day, which may be after midnight, or the last not after `until`. Raises NotFound."""
        return self._edge(stop_id, destination, line, day, until, language, latest=True)

    def train(self, trip_id: str, day: date, language: str, *, at: datetime | None = None) -> Train | None:
        """A trip with its calls on a service day, None where it does not run; `at`: the one of a repeated trip that leaves here then."""
        train = self._in.trains.train(trip_id, day, language, at)
        return train and self._as_it_runs(train)

    def find_trains(self, *, name: str, day: date, language: str) -> list[Train]:
        """Trains that travellers call `name`, as "IC 101", and that run on a service day."""
        return [self._as_it_runs(train) for train in self._in.trains.named(name, day, language)]

    def trips_named(self, name: str) -> list[str]:
        """Ids of the trips that travellers call `name`, whatever day they run on."""
        return self._in.trains.ids(name)

    def runs(self, trip_id: str, day: date) -> bool:
        """Whether a trip runs on a service day."""
        return self._in.trains.runs(trip_id, day)

    def running_days(self, trip_ids: Iterable[str], *, first: date, last: date) -> list[date]:
        """Service days from `first` to `last` on which any of these trips runs."""
        return self._in.trains.running_days(trip_ids, first, last)

    def fares(self, *, origin: str | None = None, destination: str, line: str | None = None) -> list[Fare]:
        """Fares from this station or another, the cheapest first; empty where the feed has none that holds. Raises NotFound."""
        return self._in.fares.between(self._from(origin), self._station(destination), self._line(line))

    def journeys(
        self, *, origin: str | None = None, destination: str, depart_at: datetime | None = None, arrive_by: datetime | None = None,
        step_free: bool = False, limit: int = 3, language: str = "en",
    ) -> list[Journey]:
        """Journeys with changes, the best first and others with fewer changes after it; from this station where `origin` is None.

        With `arrive_by` those that leave last, not before `depart_at`; else those that arrive first from `depart_at` on, by default now.
        Raises NotFound.
        """
        start = self._in.stations[self._in.home].stop_id if origin is None else origin
        if depart_at is None and arrive_by is None:
            depart_at = self._clock.now()
        return self._in.journeys.plan(
            origin=start, destination=destination, depart_at=depart_at, arrive_by=arrive_by, step_free=step_free, limit=limit,
            language=language,
        )

    def load_journeys(self, *days: date) -> None:
        """Gets journeys ready, by default those of today and tomorrow: a second a day, which else the first traveller waits who asks."""
        today = self._clock.now().astimezone(self._in.timetable.zone).date()
        for day in days or (today, today + timedelta(days=1)):
            self._in.journeys.load(day)

    def load_ways(self) -> None:
        """Gets the ways and plans of the station ready: a tenth of a second, which else the first traveller waits who asks."""
        self._in.indoor.warm()

    def route(self, *, origin: str | None = None, goal: str, step_free: bool = False, language: str = "en") -> Route | None:
        """The best way from the kiosk, or from a stop or place, to another one; None where there is no way now.

        Raises NotFound where the data has no way to one of them at all, or nobody said where the kiosk stands.
        """
        return self._in.indoor.route(origin=origin, goal=goal, step_free=step_free, language=language, closed=self.outages.closed())

    def obstacles(self, *, origin: str | None = None, goal: str, step_free: bool = False) -> list[Outage]:
        """The outages that close the way which would be taken were all in order. Raises NotFound as `route`."""
        outages = {target: outage for outage in self.outages.listed() for target in outage.targets}
        closed = self.outages.closed()
        ways = self._in.indoor.out_of_order(origin=origin, goal=goal, step_free=step_free, closed=closed)
        found = {outages[key].id: outages[key] for ids in ways for key in ids if key in closed and key in outages}
        return list(found.values())

    def escape(
        self, goals: Iterable[str], *, origin: str | None = None, step_free: bool = False, avoid: frozenset[str] = frozenset()
    ) -> Escape | None:
        """The way to one of `goals` without lifts and around the zones `avoid`, from the kiosk where `origin` is None; None for none."""
        return self._in.indoor.escape(goals, origin=origin, step_free=step_free, avoid=avoid, closed=self.outages.closed())

    def escape_route(self, escape: Escape, language: str) -> Route:
        """A way out as a route with names."""
        return self._in.indoor.escape_route(escape, language)

    def zones(self) -> Zones:
        """This station's nodes and the metres between them, as `environment.ports.ZoneGraph` wants them."""
        return self._in.indoor.zones

    def walking_s(self, goal: str) -> int | None:
        """Seconds on foot from the kiosk to a stop or place, by the ways that are open now; None where none is known."""
        walk = self._in.indoor.walking(goal, self.outages.closed())
        return walk.seconds if walk else None

    def change_s(self, from_stop: str, to_stop: str, *, step_free: bool = False) -> int | None:
        """Seconds on foot from one platform to another of any station of the feed; None where no way is known or open."""
        return self._in.indoor.change_s(from_stop, to_stop, step_free=step_free, closed=self.outages.closed())

    def platforms(self, code: str | None, language: str) -> list[Spot]:
        """Platforms of this station that ways lead to: those of a code, all for None."""
        return self._in.indoor.platforms(code, language)

    def levels(self) -> list[str]:
        """Ids of this station's levels, the highest first."""
        return self._in.indoor.levels()

    def level_plan(self, level_id: str, language: str) -> LevelPlan:
        """What is to be drawn of a level of this station. Raises NotFound."""
        return self._in.indoor.level_plan(level_id, language=language, closed=self.outages.closed())

    def spot(self, key: str, language: str) -> Spot | None:
        """A pathway, facility, node, platform or place as travellers may know it; None for an id that is none of them."""
        return self._in.indoor.spot(key, language)

    def closables(self, language: str) -> list[Closable]:
        """Everything of the station that can be out of order, lifts first."""
        return self._in.indoor.closables(language)

    def alerts(
        self, at: datetime, *, route: str | None = None, stop: str | None = None, trip: str | None = None, language: str
    ) -> list[ServiceAlert]:
        """Alerts of a moment, notices first: of a line, of a stop, of a line at a stop; of this station and its lines without either.

        Those of a single trip come with `trip` only. Raises NotFound.
        """
        line = self._line(route)
        station = self._from(stop)
        lines = self._in.store.lines_of(station) if line is None else {line}
        routes = {route_id for route_id, number in self._in.routes.items() if number in lines}
        stops = None if route is not None and stop is None else self._in.store.live.members(station)
        home = self._in.store.live.members(self._in.home)
        notices = self.notices.alerts(at, routes=routes, stops=stops, here=home, language=language)
        return notices + self.realtime.alerts(at, routes=routes, stops=stops, trip_id=trip, language=language)

    def stop(self, stop_id: str, language: str) -> Stop | None:
        """The station or lone stop that a GTFS stop id belongs to."""
        number = self._in.store.station_of(stop_id)
        return self._in.stop(self._in.stations[number], language) if number is not None else None

    def line(self, route_id: str, language: str) -> Line | None:
        """The line of a route."""
        number = self._in.routes.get(route_id)
        return self._in.line(self._in.lines[number], language) if number is not None else None

    def lines(self, language: str) -> list[Line]:
        """Lines that can be boarded at this station."""
        here = self._in.store.lines_of(self._in.home)
        return [self._in.line(row, language) for row in self._in.lines.values() if row.id in here]

    def popular_destinations(self, language: str, limit: int) -> list[Stop]:
        """Stations that the most trips from here reach."""
        return [self._in.stop(self._in.stations[number], language) for number in self._in.destinations()[:limit]]

    def spoken_names(self) -> list[tuple[str, str, str]]:
        """Language ("" for any), name as it is written, name as it is said. The same list as long as the feed is the same."""
        return self._in.spoken_names

    def match(self, text: str, *, language: str, kinds: set[str] | None = None, limit: int = 4) -> list[Match]:
        """What a piece of text may mean, among stop, line, place and category."""
        return self._in.names.match(text, language=language, kinds=kinds, limit=limit)

    def names_heard(self, text: str, *, language: str, kinds: set[str] | None = None) -> list[Spotted]:
        """The parts of a whole message that sound like names of some kinds, of stops where none are given; the surest first."""
        return self._in.names.spot(text, language=language, kinds=kinds or {"stop"})

    def places(
        self, *, category: str | None = None, q: str | None = None, place_id: str | None = None, at: datetime, language: str,
        limit: int = 10, step_free: bool = False,
    ) -> list[FoundPlace]:
        """Facilities of a kind, by a text or by id: open ones first, then the nearest on foot, then as listed.

        `step_free` leaves out what cannot be reached without steps now.
        """
        ids: list[str] | None = None if place_id is None else [place_id]
        if q is not None and ids is None:
            matches = self.match(q, language=language, kinds={"place", "category"}, limit=20)
            kinds = {match.id for match in matches if match.kind == "category"}
            everything = self._in.places.find(None, category=None, at=at, language=language, limit=10_000)
            ids = [match.id for match in matches if match.kind == "place"]
            ids += [place.id for place in everything if place.category in kinds and place.id not in ids]
        return self._in.places.find(ids, category=category, at=at, language=language, limit=limit, step_free=step_free)

    def fact(self, topic: str, language: str) -> Fact | None:
        """What the station says of a topic (a category of places, or `assistance`); None where it says nothing."""
        return self._in.places.fact(topic, language)

    def _as_it_runs(self, train: Train) -> Train:
        return as_it_runs(train, self.realtime.live(self._in.store), self._in.timetable.zone)

    def _edge(
        self, stop_id: str | None, destination: str | None, line: str | None, day: date, until: datetime | None, language: str, *,
        latest: bool,
    ) -> Departure | None:
        return self._in.timetable.edge(
            station=self._from(stop_id), destination=None if destination is None else self._station(destination),
            line=self._line(line), day=day, latest=latest, until=until, language=language,
        )

    def _from(self, stop_id: str | None) -> int:
        return self._in.home if stop_id is None else self._station(stop_id)

    def _line(self, route_id: str | None) -> int | None:
        if route_id is not None and route_id not in self._in.routes:
            raise NotFound("no line has this id", code="line-not-found")
        return None if route_id is None else self._in.routes[route_id]

    def _station(self, stop_id: str) -> int:
        number = self._in.store.station_of(stop_id)
        if number is None:
            raise NotFound("no stop has this id", code="stop-not-found")
        return number

    def _translated(self, language: str) -> bool:
        names = json.loads(self._in.stations[self._in.home].names)
        return any(key == language or key.startswith(f"{language}-") for key in names)
