"""`doctor` says where a kiosk leaves people too little time."""

import pytest

from assistant.cli.parts import hurry
from assistant.settings import Settings


@pytest.mark.parametrize(("idle_s", "told"), [(29.5, True), (30.0, False)])
def test_a_visit_that_ends_early_is_told(station_settings: Settings, idle_s: float, told: bool) -> None:
    settings = station_settings.model_copy(update={"kiosk": station_settings.kiosk.model_copy(update={"idle_s": idle_s})})
    assert [(finding.state, finding.mend) for finding in hurry(settings)] == ([("advice", "kiosk.idle_s: 30 or more")] if told else [])
