"""A page that is led through many states and looks, without being opened anew for each."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser import acts
from tests.browser.conftest import SIZES, SMALL, open_page
from tests.browser.fake_assistant import FakeAssistant, serve
from tests.browser.states import EVERY

SCREENS: dict[str, tuple[int, int]] = {**SIZES, **SMALL, "wide": (1920, 1080)}
LANGUAGES = ["en", "zh", "ko"]
THEMES = ["light", "dark", "contrast"]
TEXTS = ["normal", "large", "largest"]
REACHES = ["all", "low"]
PLAIN = {"theme": "light", "text": "normal", "reach": "all"}
STANDS_S = 4.0
"""So long a state is trusted to stand; the page gives up thinking after 12 s."""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Stage:
    """One page over one double. What it complains of is in `troubles`."""

    def __init__(self, browser: Browser, double: FakeAssistant, url: str) -> None:
        self.double = double
        self.troubles: list[str] = []
        self.page = open_page(browser, url)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self._shown: tuple[str, str] | None = None
        self._rough = False
        """Whether the page has to be loaded anew, because of the state it is in, or because that was not reached."""
        self._since = 0.0
        self._look: dict[str, str] = {}

    def show(self, state: str, language: str = "en", size: str = "landscape", **look: str) -> Page:
        """A state in a language, at a size, with a `theme`, `text` and `reach`."""
        wanted = PLAIN | (look if EVERY[state].dressed else {})
        stands = self._shown == (state, language) and time.monotonic() - self._since < STANDS_S
        width, height = SCREENS[size]
        self.page.set_viewport_size({"width": width, "height": height})
        if not stands or (not EVERY[state].lasting and wanted != self._look):
            self._clear()
            self._rough = True
            self._dress(wanted)
            EVERY[state](self.page, self.double, language)
            self._shown, self._since, self._rough = (state, language), time.monotonic(), EVERY[state].rough
        elif EVERY[state].dressed and EVERY[state].lasting:
            self._dress(wanted)
        self._look = wanted
        if not EVERY[state].dressed or EVERY[state].lasting:
            acts.tell(self.page, "language", language)  # Whatever the state, the page is drawn anew.
        self.page.evaluate(SETTLED)
        return self.page

    def _dress(self, look: dict[str, str]) -> None:
        changes: dict[str, Any] = {"theme": look["theme"], "text": look["text"], "lowReach": look["reach"] == "low"}
        acts.tell(self.page, "prefer", changes)

    def _clear(self) -> None:
        """Nobody is there, nothing is wrong, and the page is as it was opened."""
        self._shown = None
        anew(self.double)
        if self._rough:
            self.page.reload()
        else:
            self.double.push(self.double.warnings(), self.double.status())
            self.page.locator("body:not([data-phase=alarm])").wait_for()
            acts.tell(self.page, "start-over")
        acts.phase(self.page, "idle")
        self.page.locator("html:lang(en)").wait_for()


def anew(double: FakeAssistant) -> None:
    """The double as it is made."""
    for name, value in vars(type(double)()).items():
        if not name.startswith("_") and name not in ("app", "refused"):
            setattr(double, name, value)


@contextmanager
def stage(browser: Browser, kind: type[FakeAssistant] = FakeAssistant) -> Iterator[Stage]:
    """A stage over a double of a kind, which must have stayed without troubles in the end."""
    double = kind()
    with serve(double) as url:
        made = Stage(browser, double, url)
        yield made
        made.page.context.close()
    assert made.troubles == []
    assert double.refused == []
