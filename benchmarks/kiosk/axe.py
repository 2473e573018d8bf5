"""Every state in every language, theme and size: what axe finds by its strictest rules, and what is cut, covered or too small."""

from collections.abc import Iterator
from itertools import product

from benchmarks.figures import Figure
from benchmarks.kiosk.browser import chromium
from benchmarks.running import say
from tests.browser.checks import axe, layout
from tests.browser.stage import LANGUAGES, SCREENS, TEXTS, THEMES, stage
from tests.browser.states import EVERY

SHOWN = 20
"""So many faults are named at most."""


def combinations() -> Iterator[dict[str, str]]:
    """State × language × theme × size; the size of text and the reach take turns. An alarm has the looks of everybody."""
    for state, language in product(EVERY, LANGUAGES):
        dressed = EVERY[state].dressed
        for number, (theme, size) in enumerate(product(THEMES if dressed else THEMES[:1], SCREENS)):
            look = {
                "theme": theme,
                "text": TEXTS[number % len(TEXTS)],
                "reach": "low" if (number + number // len(SCREENS)) % 4 == 1 else "all",
            }
            yield {"state": state, "language": language, "size": size} | (look if dressed else {})


def measure() -> list[Figure]:
    """Goes through all of them in one page."""
    seen, violations, others = 0, [], []
    with chromium() as browser, stage(browser) as made:
        for row in combinations():
            page = made.show(**row)
            name = " ".join(row.values())
            violations += [f"{name}: {found}" for found in axe(page)]
            others += [f"{name}: {found}" for found in layout(page)]
            seen += 1
    for fault in [*violations, *others][:SHOWN]:
        say(fault)
    return [
        Figure(name="states × languages × themes × sizes looked at", unit="screens", value=seen, n=seen),
        Figure(
            name="violations of axe, with target-size and color-contrast-enhanced", unit="violations", value=len(violations), n=seen, bar=0
        ),
        Figure(name="things cut, covered or too small to touch", unit="faults", value=len(others), n=seen, bar=0),
    ]
