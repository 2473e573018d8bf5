"""The room's one door: what answers ask of the station's data."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Literal, Self

from assistant.clock import Clock
from assistant.errors import NotFound, StationError
from assistant.knowledge.imported import Imported
from assistant.knowledge.imports import current, import_station
from assistant.knowledge.models import Departure, FeedValidity, FoundPlace, Line, Match, Stop
from assistant.knowledge.outages import Outages
from assistant.knowledge.store import Store
from assistant.settings import Settings
from assistant.text import in_language


class Knowledge:
    """One imported station. Reads only; safe to use from one event loop and its threads."""

    def __init__(self, settings: Settings, store: Store, clock: Clock) -> None:
        self._settings = settings
        self._in = Imported(settings, store)
        self.outages = Outages(clock, settings.data / "outages.json")

    @classmethod
    def open(cls, settings: Settings, clock: Clock, progress: Callable[[str], None] = lambda _: None) -> Self:
        """The station's knowledge, imported first where its content has changed. Raises StationError."""
        import_station(settings, progress)
        database = current(settings)
        if database is None:
            raise StationError("the imported station is gone", hint="run `station import`")
        return cls(settings, Store(database), clock)

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

    def expired(self, at: datetime) -> Literal["valid", "not_yet", "expired"]:
        """Whether the timetable holds at a moment."""
        validity, day = self.validity(), at.astimezone(self._in.timetable.zone).date()
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
        if line is not None and line not in self._in.routes:
            raise NotFound("no line has this id", code="line-not-found")
        return self._in.timetable.departures(
            station=self._in.home if stop_id is None else self._station(stop_id), at=at,
            destination=None if destination is None else self._station(destination),
            line=None if line is None else self._in.routes[line], platform=None if platform is None else platform.strip().lower(),
            limit=limit, until=until, language=language,
        )

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

    def match(self, text: str, *, language: str, kinds: set[str] | None = None, limit: int = 4) -> list[Match]:
        """What a piece of text may mean, among stop, line, place and category."""
        return self._in.names.match(text, language=language, kinds=kinds, limit=limit)

    def places(
        self, *, category: str | None = None, q: str | None = None, place_id: str | None = None, at: datetime, language: str,
        limit: int = 10,
    ) -> list[FoundPlace]:
        """Facilities of a kind, by a text or by id: open ones first, then the nearest, then as listed."""
        ids: list[str] | None = None if place_id is None else [place_id]
        if q is not None and ids is None:
            matches = self.match(q, language=language, kinds={"place", "category"}, limit=20)
            kinds = {match.id for match in matches if match.kind == "category"}
            everything = self._in.places.find(None, category=None, at=at, language=language, limit=10_000)
            ids = [match.id for match in matches if match.kind == "place"]
            ids += [place.id for place in everything if place.category in kinds and place.id not in ids]
        return self._in.places.find(ids, category=category, at=at, language=language, limit=limit)

    def _station(self, stop_id: str) -> int:
        number = self._in.store.station_of(stop_id)
        if number is None:
            raise NotFound("no stop has this id", code="stop-not-found")
        return number

    def _translated(self, language: str) -> bool:
        names = json.loads(self._in.stations[self._in.home].names)
        return any(key == language or key.startswith(f"{language}-") for key in names)
