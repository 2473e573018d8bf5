"""Times as travellers say them are read as what they mean."""

from datetime import datetime

import pytest

from benchmarks.understanding.time_values import CASES, ZONE, cases, measure, read

ENOUGH = 0.95


def test_nearly_all_times_are_read_as_they_are_meant() -> None:
    measured = measure()
    assert set(measured) == {"en", "ko", "zh"}
    for language, (right, of, wrong) in measured.items():
        assert of == len(cases(language)) == right + len(wrong)
        assert right >= ENOUGH * of, (language, wrong)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yml")), ids=lambda path: path.stem)
def test_the_cases_are_many_and_some_name_no_time(path: object) -> None:
    asked = cases(getattr(path, "stem", ""))
    assert len(asked) == len({(case.text, case.now) for case in asked}) == 180
    assert sum(not case.means for case in asked) == 23


def test_what_is_not_understood_is_not_right() -> None:
    now = datetime(2026, 5, 6, 10, 15, tzinfo=ZONE)
    assert read("at eight or at nine", now) == ("?", "at eight at nine")
    assert read("where is the lift", now) == ()
