"""Ways through stations by hand: a plain Dijkstra over the rows of pathways.txt, with the rules that GTFS and the sources give.

Written apart from the assistant's code, and differently: dictionaries of rows, a heap, no graph library.
"""

import csv
import heapq
import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from math import ceil, cos, hypot, radians
from pathlib import Path

Row = dict[str, str]
Edges = dict[str, list[tuple[str, int, float]]]
FOOT = 0.3048


def rows_of(folder: Path, name: str) -> list[Row]:
    """The rows of a file of a feed; none where it is absent."""
    try:
        if (folder / "gtfs.zip").exists():
            with zipfile.ZipFile(folder / "gtfs.zip") as archive:
                text = archive.read(f"{name}.txt").decode("utf-8-sig")
        else:
            text = (folder / f"{name}.txt").read_text(encoding="utf-8-sig")
    except (KeyError, FileNotFoundError):
        return []
    return list(csv.DictReader(io.StringIO(text)))


def number(text: str | None) -> float:
    """A number, 0 for none."""
    return float(text) if text and text.strip() else 0.0


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """A feed's stops and pathways as they are."""

    stops: dict[str, Row]
    levels: dict[str, float]
    pathways: list[Row]
    feet: bool

    @classmethod
    def read(cls, folder: Path, *, feet: bool) -> "ByHand":
        return cls(
            stops={row["stop_id"]: row for row in rows_of(folder, "stops")},
            levels={row["level_id"]: number(row["level_index"]) for row in rows_of(folder, "levels")},
            pathways=rows_of(folder, "pathways"), feet=feet,
        )

    def stations(self) -> dict[str, dict[str, list[str]]]:
        """Parent station → kind → stops."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for stop in self.stops.values():
            if stop["parent_station"]:
                found[stop["parent_station"]][stop["location_type"] or "0"].append(stop["stop_id"])
        return found

    def edges(self, *, step_free: bool = False, believe_entrances: bool = True) -> Edges:
        """Stop → (next stop, seconds, cost) of every direction of every pathway."""
        found: Edges = defaultdict(list)
        for row in self.pathways:
            start, goal, mode = row["from_stop_id"], row["to_stop_id"], row["pathway_mode"]
            if step_free and not self._step_free(row, believe_entrances):
                continue
            for one, other, sign in [(start, goal, 1), (goal, start, -1)][: 2 if row["is_bidirectional"] == "1" and mode != "7" else 1]:
                seconds = self._seconds(row, one, other, sign)
                found[one].append((other, seconds, seconds * {"2": 2.0, "4": 1.5}.get(mode, 1.0)))
        return found

    def _step_free(self, row: Row, believe_entrances: bool) -> bool:
        ends = [self.stops[row["from_stop_id"]], self.stops[row["to_stop_id"]]]
        barred = believe_entrances and any(end["location_type"] == "2" and end.get("wheelchair_boarding") == "2" for end in ends)
        width = number(row.get("min_width"))
        return row["pathway_mode"] in "1567" and abs(number(row.get("max_slope"))) <= 1 / 12 and not 0 < width < 0.9 and not barred

    def _seconds(self, row: Row, one: str, other: str, sign: int) -> int:
        if number(row.get("traversal_time")) > 0:
            return round(number(row["traversal_time"]))
        mode, metres = row["pathway_mode"], number(row.get("length")) * (FOOT if self.feet else 1.0) or self._straight(one, other)
        steps = number(row.get("stair_count")) * sign
        rise = self.levels.get(self.stops[other]["level_id"], 0.0) - self.levels.get(self.stops[one]["level_id"], 0.0)
        if self.stops[other]["level_id"] not in self.levels or self.stops[one]["level_id"] not in self.levels:
            rise = 0.0
        if mode == "5":
            return 60
        if mode in "67":
            return 3
        climb = max(1.0, abs(rise)) * 25 * 0.3
        if mode == "2":
            return max(1, ceil((abs(steps) * 0.3 or metres or climb) / (0.67 if (steps or rise) < 0 else 0.5)))
        if mode == "4":
            return max(1, ceil((metres or climb) / 0.5))
        return max(1, ceil((metres or 30.0) / (1.2 if mode == "1" else 0.65)))

    def _straight(self, one: str, other: str) -> float:
        first, second = self.stops[one], self.stops[other]
        if not (first["stop_lat"].strip() and second["stop_lat"].strip()):
            return 0.0
        north = float(first["stop_lat"]) - float(second["stop_lat"])
        east = (float(first["stop_lon"]) - float(second["stop_lon"])) * cos(radians(float(first["stop_lat"])))
        return 111_195 * hypot(north, east)


def costs(edges: Edges, start: str) -> dict[str, float]:
    """Least cost from a stop to every other that can be reached (Dijkstra)."""
    best: dict[str, float] = {}
    heap = [(0.0, start)]
    while heap:
        cost, stop = heapq.heappop(heap)
        if stop in best:
            continue
        best[stop] = cost
        for other, _, more in edges.get(stop, []):
            if other not in best:
                heapq.heappush(heap, (cost + more, other))
    return best
