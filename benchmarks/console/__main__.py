"""`make bench-console`: what a publication takes, and what the kiosk notices of it."""

import argparse
from collections.abc import Callable

from benchmarks.console import publishing
from benchmarks.figures import Figure, Report, in_parts

PARTS: dict[str, Callable[[], list[Figure]]] = {"publishing": publishing.measure}


def main() -> None:
    """Measures everything, or the parts named, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these; the rest is taken from the last run on this machine")
    report = Report("console")
    report.figures += in_parts("console", PARTS, parser.parse_args().parts or list(PARTS))
    print(report.write())


if __name__ == "__main__":
    main()
