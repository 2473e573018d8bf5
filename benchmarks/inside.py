"""One fresh process that imports a feed, measured from inside: `python -m benchmarks.inside FOLDER`."""

import json
import sys
import tempfile
import time
from pathlib import Path

from assistant.knowledge.imports import import_station
from assistant.settings import Settings
from benchmarks.gtfs_peers.bare import peak_mb


def main() -> None:
    """Prints time and memory of a whole import into a new database as one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="bench-") as data:
        settings = Settings.load(station=Path(sys.argv[1]), data=Path(data))
        modules = peak_mb()
        began = time.perf_counter()
        report = import_station(settings)
        seconds = time.perf_counter() - began
        print(json.dumps({"seconds": seconds, "peak_mb": peak_mb(), "modules_mb": modules, "notices": len(report.notices)}))


if __name__ == "__main__":
    main()
