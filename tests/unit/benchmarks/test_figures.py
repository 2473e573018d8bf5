"""The figures' arithmetic, and what their table says."""

import json
from pathlib import Path

import pytest

from benchmarks.figures import Figure, Report, percentile, spread


@pytest.mark.parametrize(("rank", "value"), [(50, 50), (95, 95), (100, 100), (1, 1)])
def test_percentiles_by_nearest_rank(rank: float, value: float) -> None:
    assert percentile([float(number) for number in range(100, 0, -1)], rank) == value


def test_a_percentile_of_one_value() -> None:
    assert percentile([7.0], 95) == 7.0


def test_a_bar_holds_up_to_itself() -> None:
    figures = [Figure(name="f", unit="ms", value=value, bar=60) for value in (60, 60.1)]
    assert [figure.holds for figure in figures] == [True, False]
    assert Figure(name="f", unit="ms", value=1).holds is None
    assert Figure(name="f", unit="ms", value=None, bar=1).holds is None


def test_many_values_are_held_to_the_bar_by_their_95th_percentile() -> None:
    figure = spread("f", "ms", [1.0] * 94 + [100.0] * 6, bar=50)
    assert (figure.n, figure.p50, figure.p95, figure.holds) == (100, 1.0, 100.0, False)


def test_both_files_hold_every_figure_and_say_what_missed_its_bar(tmp_path: Path) -> None:
    report = Report("made_up", machine={"cores": 2})
    report.figures += [
        Figure(name="start", unit="s", value=20.0, bar=15, peer={"name": "other", "value": 49.0}),
        Figure(name="departures", unit="ms", value=None, bar=10, note="no data here"),
    ]
    table = report.write(tmp_path)
    assert table == (tmp_path / "made_up.md").read_text()
    assert "| start | 20.0 s |  |  | 1 | ≤ 15.0 | **no** | other: 49.0 s |" in table
    assert "| departures | absent (no data here) |" in table
    content = json.loads((tmp_path / "made_up.json").read_text())
    assert list(content) == ["machine", "versions", "date", "figures"]
    assert [(figure["bar"], figure["holds"]) for figure in content["figures"]] == [(15, False), (10, None)]
