"""A small city to put into feeds: Here (two platforms), Mid, End, and one train after the other."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.clock import SystemClock
from assistant.knowledge import Knowledge
from assistant.settings import Settings

BASE = {
    "agency": "agency_id,agency_name,agency_url,agency_timezone\na,City,https://city.example,Europe/London\n",
    "stops": """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code
here,Here Central,51.5,-0.1,1,,
here1,Here Central,51.5,-0.1,0,here,1
here2,Here Central,51.5,-0.1,0,here,2
mid,Mid Town,51.6,-0.1,0,,
end,End of the World,51.7,-0.1,0,,
""",
    "routes": """route_id,agency_id,route_short_name,route_long_name,route_type,route_color
r1,a,R1,River Line,2,00aa44
r2,a,R2,Hill Line,2,
""",
    "trips": "trip_id,route_id,service_id,trip_headsign\nout,r1,daily,End of the World\nback,r1,daily,Here Central\n",
    "stop_times": """trip_id,stop_sequence,stop_id,arrival_time,departure_time
out,1,here1,08:00:00,08:05:00
out,2,mid,08:20:00,08:21:00
out,3,end,08:40:00,08:40:00
back,1,end,07:00:00,07:00:00
back,2,mid,07:20:00,07:21:00
back,3,here2,07:40:00,07:40:00
""",
    "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "daily,1,1,1,1,1,1,1,20260101,20261231\n",
}
SMALLEST = "name: Here Central\nstop: here1\nlanguages: [en, zh, ko]\n"
Open = Callable[..., Knowledge]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Settings]:
    """Writes a station folder from tables that replace those of the small city (None: the file is absent)."""

    def write_station(yaml: str = "", **tables: str | bytes | None) -> Settings:
        folder = tmp_path / "station"
        (folder / "gtfs").mkdir(parents=True, exist_ok=True)
        (folder / "station.yaml").write_text(SMALLEST + yaml, encoding="utf-8")
        for name, content in (BASE | tables).items():
            path = folder / "gtfs" / f"{name}.txt"
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Settings.load(station=folder, data=tmp_path / "data")

    return write_station


@pytest.fixture
def knowledge(write: Callable[..., Settings]) -> Iterator[Open]:
    """Opens the knowledge of such a folder."""
    opened = []

    def open_station(yaml: str = "", **tables: str | bytes | None) -> Knowledge:
        opened.append(Knowledge.open(write(yaml, **tables), SystemClock()))
        return opened[-1]

    yield open_station
    for each in opened:
        each.close()
