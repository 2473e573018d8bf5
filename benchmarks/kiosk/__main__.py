"""`make bench-kiosk`: speed on a slow processor, memory, accessibility of every state, and what ten people get done."""

import argparse
from collections.abc import Callable

from benchmarks.figures import Figure, Report, in_parts
from benchmarks.kiosk import axe, memory, people, speed

PARTS: dict[str, Callable[[], list[Figure]]] = {
    "speed": speed.measure, "memory": memory.measure, "axe": axe.measure, "people": people.measure,
}  # fmt: skip


def main() -> None:
    """Measures everything, or the parts named, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these; the rest is taken from the last run on this machine")
    report = Report("kiosk")
    report.figures += in_parts("kiosk", PARTS, parser.parse_args().parts or list(PARTS))
    print(report.write())


if __name__ == "__main__":
    main()
