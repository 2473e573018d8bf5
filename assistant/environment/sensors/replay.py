"""A recorded CSV played over and over: by the clock of the day, or by its own time stamps from the moment it is loaded."""

import csv
import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from pathlib import Path

from assistant.environment.air_quality.means import Hours, Means
from assistant.environment.models import Reading
from assistant.environment.quality import judged
from assistant.errors import StationError
from assistant.settings import Sensor

LIMIT_BYTES = 16_000_000
DAY = timedelta(days=1)
LONGEST = timedelta(days=3660)
WINDOW = timedelta(hours=12)
"""How far back the last reading may be."""
SUMMER_TIME = timedelta(hours=2)
TIME_COLUMNS = ("time", "timestamp", "date")
_OF_DAY = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_MISSING = {"", "na", "nan", "null", "-"}

Row = tuple[timedelta, float]


class ReplaySource:
    """Plays rows (offset into the cycle, value): a day's rows on every local day, others from `start` with `period`."""

    def __init__(
        self, sensor: Sensor, rows: list[Row], *, start: datetime, period: timedelta | None, zone: tzinfo
    ) -> None:
        self._sensor = sensor
        self._offsets = [offset for offset, _ in rows]
        self._values = [value for _, value in rows]
        self._start = start
        self._period = period
        self._zone = zone

    @classmethod
    def load(cls, sensor: Sensor, station: Path, *, start: datetime, zone: tzinfo) -> "ReplaySource":
        """The source of `replay:<csv>#<column>`. Raises StationError that names file, line and mend."""
        name, _, column = sensor.source.removeprefix("replay:").partition("#")
        path = (station / name).resolve()
        if not path.is_relative_to(station.resolve()):
            raise StationError(f"sensor {sensor.id}: {name} lies outside the station folder", hint="move it below the folder")
        try:
            if path.stat().st_size > LIMIT_BYTES:
                raise StationError(f"{path} is larger than {LIMIT_BYTES // 1_000_000} MB", hint="cut it")
            cells = _cells(path, column)
        except OSError as error:
            raise StationError(f"{path}: {error.strerror}", hint=f"sensor {sensor.id} plays it") from None
        except (UnicodeDecodeError, csv.Error):
            raise StationError(f"{path} is no CSV in UTF-8", hint="save it as such") from None
        if not cells:
            raise StationError(f"{path} has no value in column {column}", hint="fill the column or name another")
        if _OF_DAY.fullmatch(cells[0][1]):
            rows = [(_time_of_day(path, line, text), value) for line, text, value in cells]
            return cls(sensor, sorted(rows), start=start, period=None, zone=zone)
        rows, period = _recording(path, cells)
        return cls(sensor, rows, start=start, period=period, zone=zone)

    def last(self, now: datetime) -> Reading | None:
        """The newest good reading of the twelve hours up to `now`."""
        return next((reading for reading in reversed(self.readings(now - WINDOW, now)) if reading.quality == "good"), None)

    def hours(self, now: datetime, count: int) -> Hours:
        """Means of the last `count` hours, newest first."""
        means = Means()
        for reading in self.readings(now - timedelta(hours=count), now):
            if reading.quality == "good":
                means.add(reading.at, reading.value)
        return means.hours(now, count)

    def readings(self, begin: datetime, end: datetime) -> Sequence[Reading]:
        """Readings after `begin` up to `end`, oldest first."""
        found = []
        for cycle, first, last in self._cycles(begin, end):
            for index in range(first, last):
                at = self._moment(cycle, self._offsets[index])
                if begin < at <= end:
                    found.append(self._reading(at, self._values[index]))
        return found

    def _cycles(self, begin: datetime, end: datetime) -> Iterator[tuple[datetime, int, int]]:
        """Each cycle's start, with the range of its rows that can lie between `begin` and `end`."""
        if self._period is None:
            earliest, latest = (moment.astimezone(self._zone).replace(tzinfo=None) for moment in (begin, end))
            midnight = datetime.combine(earliest, time.min)
            while midnight <= latest:
                first = bisect_right(self._offsets, earliest - midnight - SUMMER_TIME)
                yield midnight, first, bisect_right(self._offsets, latest - midnight + SUMMER_TIME)
                midnight += DAY
            return
        cycle = self._start + (begin - self._start) // self._period * self._period
        while cycle <= end:
            yield cycle, bisect_right(self._offsets, begin - cycle), bisect_right(self._offsets, end - cycle)
            cycle += self._period

    def _moment(self, cycle: datetime, offset: timedelta) -> datetime:
        """The instant of a row; a day's rows follow the wall clock, through changes of summer time too."""
        moment = cycle + offset
        return moment if self._period is not None else moment.replace(tzinfo=self._zone).astimezone(UTC)

    def _reading(self, at: datetime, value: float) -> Reading:
        sensor = self._sensor
        return judged(sensor, Reading(sensor=sensor.id, quantity=sensor.quantity, value=value, unit=sensor.unit, at=at))


def _cells(path: Path, column: str) -> list[tuple[int, str, float]]:
    """Line, time as text, and value of every row that has one."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = file.readline()
        delimiter = ";" if header.count(";") > header.count(",") else ","
        names = next(csv.reader([header], delimiter=delimiter), [])
        clock = next((name for name in TIME_COLUMNS if name in names), None)
        if clock is None or column not in names:
            wanted = column if clock else " or ".join(TIME_COLUMNS)
            raise StationError(f"{path}:1: there is no column {wanted}", hint=f"it has {', '.join(names)}")
        found = []
        for line, row in enumerate(csv.reader(file, delimiter=delimiter), start=2):
            # A row that is longer than its header begins with an unnamed row number, as R writes it.
            shift = 1 if len(row) == len(names) + 1 else 0
            cells = dict(zip(names, row[shift:], strict=False))
            text = cells.get(column, "").strip()
            if text.lower() in _MISSING:
                continue
            try:
                value = float(text)
            except ValueError:
                value = math.nan
            if not math.isfinite(value):
                raise StationError(f"{path}:{line}: column {column} holds no number", hint="mend or empty the cell")
            found.append((line, cells[clock].strip(), value))
    return found


def _time_of_day(path: Path, line: int, text: str) -> timedelta:
    match = _OF_DAY.fullmatch(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (24, 0, 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        raise StationError(f"{path}:{line}: no time of day", hint="write it as 07:05 or 07:05:30")
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _recording(path: Path, cells: list[tuple[int, str, float]]) -> tuple[list[Row], timedelta]:
    """Rows by their distance from the first, and the length of a cycle: one mean step longer than the recording."""
    stamps = []
    for line, text, value in cells:
        try:
            at = datetime.fromisoformat(text)
            stamps.append((at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at, value))
        except (ValueError, OverflowError):
            raise StationError(f"{path}:{line}: no time", hint="write it as 2026-05-01T07:05:00") from None
    stamps.sort()
    first = stamps[0][0]
    length = stamps[-1][0] - first
    if length > LONGEST:
        raise StationError(f"{path} goes over more than ten years", hint="a row has a wrong date, or the recording is to be cut")
    period = max(length + length / max(1, len(stamps) - 1), timedelta(minutes=1))
    return [(at - first, value) for at, value in stamps], period
