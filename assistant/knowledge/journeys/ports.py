"""What plans journeys, and what the planner needs of the station's ways."""

from datetime import date, datetime
from typing import Protocol

from assistant.knowledge.models import Journey


class JourneyPlanner(Protocol):
    """Plans journeys in terms of GTFS ids and aware times alone, so that another engine can stand behind it."""

    def plan(
        self, *, origin: str, destination: str, depart_at: datetime | None, arrive_by: datetime | None, step_free: bool, limit: int,
        language: str,
    ) -> list[Journey]:
        """Journeys between two stops, the best first, each with fewer changes than the one before.

        With `arrive_by` those that leave latest and arrive by then (leaving no earlier than `depart_at`, if given), else those that
        arrive first from `depart_at` on. An origin that is a platform stands for itself, a station for all its platforms; a destination
        always for its whole station. Raises NotFound for a stop that is none.
        """
        ...

    def load(self, day: date) -> None:
        """Gets a day ready ahead of the first question about it; the wait is else that question's."""
        ...


class Ways(Protocol):
    """Walking times in stations, by the ways of their station that can be used now."""

    def mapped(self, stop_id: str) -> bool:
        """Whether any way leads to a platform."""
        ...

    def doors(self, station: int) -> tuple[str, ...]:
        """Ids of the places at which travellers come to a station, of those that ways lead to: the kiosk, else its entrances."""
        ...

    def change_s(self, start: str, goal: str, *, step_free: bool, closed: frozenset[str]) -> int | None:
        """Seconds of the quickest way between two stops or places without what is `closed`, or None where there is none.

        `closed` holds ids of ways, stops and facilities.
        """
        ...
