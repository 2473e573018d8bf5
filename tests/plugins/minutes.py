"""Minutes and results per suite: a table above pytest's own last line."""

from collections import Counter, defaultdict
from pathlib import PurePosixPath

import pytest


class Minutes:
    """Adds up seconds and outcomes of each folder below `tests/`."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count set-up, call and clean-up of a test into its suite."""
        suite = PurePosixPath(report.nodeid.partition("::")[0]).parts[1]
        self.seconds[suite] += report.duration
        if report.when == "call" or report.outcome != "passed":
            expected = report.outcome == "skipped" and hasattr(report, "wasxfail")  # pytest tells both as skipped
            self.outcomes[suite]["failed as expected" if expected else report.outcome] += 1

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table."""
        terminalreporter.section("minutes per suite")
        for suite, seconds in self.seconds.items():
            counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(self.outcomes[suite].items()))
            terminalreporter.line(f"{suite:<12} {seconds / 60:5.1f} min  {counts}")


def pytest_configure(config: pytest.Config) -> None:
    """Switch the table on."""
    config.pluginmanager.register(Minutes(), "minutes")
