"""Every state with every language, theme, size and size of text, in pairs: axe with its strictest rules, nothing cut or covered."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.checks import AXE, BROKEN, COVERED, CUT, SMALL, axe, check, faults
from tests.browser.conftest import open_page
from tests.browser.pairs import cover, every_pair, pairs_of
from tests.browser.stage import LANGUAGES, REACHES, SCREENS, TEXTS, THEMES, Stage, stage
from tests.browser.states import ALARMS, STATES

__all__ = ["AXE", "COVERED", "CUT", "SMALL", "check"]

DRESSED = [name for name, state in STATES.items() if state.dressed]
PLAIN = [name for name, state in STATES.items() if not state.dressed]
FACTORS = [
    {"state": DRESSED, "size": list(SCREENS), "language": LANGUAGES, "theme": THEMES, "text": TEXTS, "reach": REACHES},
    {"state": PLAIN + list(ALARMS), "size": list(SCREENS), "language": LANGUAGES},
]
"""What an alarm ends has the looks of everybody."""
ROWS = [row for factors in FACTORS for row in cover(factors)]


def rows(state: str) -> list[dict[str, str]]:
    """The looks of one state, those of one language together."""
    return sorted((row for row in ROWS if row["state"] == state), key=lambda row: row["language"])


@pytest.fixture(scope="module")
def shared(chromium: Browser) -> Iterator[Stage]:
    """One page for all states."""
    with stage(chromium) as made:
        yield made


def test_every_pair_occurs_in_few_rows() -> None:
    occurring = {pair for row in ROWS for pair in pairs_of(row)}
    assert [pair for factors in FACTORS for pair in every_pair(factors) if pair not in occurring] == []
    assert len(ROWS) < 1.1 * len(SCREENS) * sum(len(factors["state"]) for factors in FACTORS)


@pytest.mark.parametrize("state", [*DRESSED, *PLAIN, *ALARMS])
def test_a_state_is_accessible_and_whole(shared: Stage, state: str) -> None:
    found = []
    for row in rows(state):
        look = " ".join(value for name, value in row.items() if name != "state")
        found += [f"{look}: {fault}" for fault in faults(shared.show(**row))]
    assert not found, "\n".join(found)


def test_the_check_finds_faults(chromium: Browser, url: str) -> None:
    page = open_page(chromium, url)
    page.locator("departures-board tbody tr").first.wait_for()
    page.evaluate("document.querySelector('.date').style.color = '#667'; document.querySelector('button.type span').textContent = ''")
    assert len(axe(page)) >= 2
    page.evaluate("document.querySelector('departures-board h2').style.minHeight = '400px'")
    assert page.evaluate(CUT)
    page.evaluate("document.querySelector('button.type').style.cssText = 'min-height: 0; height: 20px'")
    assert page.evaluate(SMALL)
    assert page.evaluate(COVERED) == []
    assert page.evaluate(BROKEN) == []
    page.evaluate("document.querySelector('departures-board h2').style.cssText = 'inline-size: 1ch; overflow-wrap: anywhere'")
    page.evaluate("document.querySelector('departures-board h2').textContent = '08:02'")
    assert page.evaluate(BROKEN)
    page.evaluate("document.querySelector('station-header').style.cssText = 'position: fixed; inset: 0'")
    assert page.evaluate(COVERED)
    page.context.close()
