"""First picture, answer to a touch, long tasks and bytes of the page, on a processor six times slower, served by the real assistant."""

from playwright.sync_api import Browser, Page

from benchmarks.figures import Figure, percentile, spread
from benchmarks.kiosk.browser import SLOWER, chromium, page
from benchmarks.running import assistant, say

LOADS = 20
ROUNDS = 12
TOUCH_ONLY = {"ASSISTANT_DIALOGUE__ENGINE": "direct", "ASSISTANT_SPEECH__ADDRESS": "tcp://127.0.0.1:9"}
"""Neither Rasa nor voice: what is measured is the page, not what runs beside it on two cores."""
LONGEST_TASK_MS = 200
BARE = "data:text/html,<button onclick='this.style.background=`gold`'>touch</button>"
"""The peer: the least page that answers a touch."""


PAINTS = "Object.fromEntries(performance.getEntriesByType('paint').map(({ name, startTime }) => [name, startTime]))"


def measure() -> list[Figure]:
    """The figures."""
    with assistant(**TOUCH_ONLY) as running, chromium() as browser:
        say(f"{LOADS} cold loads")
        loads = [load(browser, running.url) for _ in range(LOADS)]
        bare = [load(browser, BARE)["first-paint"] for _ in range(5)]
        say(f"{ROUNDS} rounds of touches")
        touched = touches(browser, running.url)
        idle = bare_touches(browser)
    tasks = [task for one in loads for task in one["long"]] + touched["long"]
    too_long = sum(task > LONGEST_TASK_MS for task in tasks)
    slow = f"{SLOWER} times slower processor, no cache, 1280 × 800"
    return [
        spread("first paint", "ms", [one["first-paint"] for one in loads], bar=1000, note=slow,
               peer={"name": "an empty page with one button", "value": round(percentile(bare, 95))}),
        spread("first contentful paint", "ms", [one["first-contentful-paint"] for one in loads], note=slow),
        spread("ready for a touch", "ms", [one["ready"] for one in loads], note="departures and tiles are there"),
        spread("input to feedback", "ms", touched["events"], bar=100, note=f"{slow}; Event Timing, in steps of 8 ms",
               peer={"name": "an empty page with one button", "value": round(percentile(idle, 95))}),
        Figure(name=f"tasks longer than {LONGEST_TASK_MS} ms", unit="", value=float(too_long), n=len(tasks), bar=0,
               p50=percentile(tasks, 50) if tasks else None, p95=percentile(tasks, 95) if tasks else None,
               note=f"of {len(tasks)} longer than 50 ms; longest {max(tasks, default=0):.0f} ms; p50 and p95 are their lengths"),
        Figure(name="transferred by a cold load", unit="KB", value=max(one["bytes"] for one in loads) / 1000, n=LOADS, bar=400,
               note=f"{loads[0]['requests']:.0f} requests, fonts are the machine's own"),
    ]  # fmt: skip


def load(browser: Browser, url: str) -> dict[str, float | list[float]]:
    """One cold load: paints and readiness in ms from the navigation, bytes over the wire."""
    with page(browser, slower=SLOWER) as (opened, session):
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        opened.goto(url)
        ready = 0.0
        if url.startswith("http"):
            opened.locator("departures-board tbody tr").first.wait_for()
            opened.locator("suggestion-tiles button").first.wait_for()
            ready = opened.evaluate("performance.now()")
        opened.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        paints = opened.evaluate(PAINTS)
        return {**paints, "ready": ready, "bytes": sum(sizes), "requests": float(len(sizes)), "long": opened.evaluate("seen.long")}


def touches(browser: Browser, url: str) -> dict[str, list[float]]:
    """What a visit touches, again and again: tiles, keyboard, languages, settings, start over."""
    with page(browser, slower=SLOWER) as (opened, _):
        opened.goto(url)
        opened.locator("suggestion-tiles button").first.wait_for()
        opened.evaluate("seen.long.length = 0")
        count = 0
        for round_ in range(ROUNDS):
            count += visit(opened, round_)
        return {"events": interactions(opened, count), "long": opened.evaluate("seen.long")}


def visit(opened: Page, number: int) -> int:
    """One visit; how many times something was touched or pressed."""
    opened.locator("suggestion-tiles button").nth(number % 6).click()
    opened.locator("body[data-phase=answer]").wait_for()
    opened.locator("button.type").click()
    for letter in "toilet":
        opened.keyboard.press(letter)
    for name in ("e", "r"):
        opened.locator("text-entry .keys button", has_text=name).first.click()
    opened.keyboard.press("Escape")
    opened.locator("[data-language=ko]").click()
    opened.locator("html:lang(ko)").wait_for()
    opened.locator("[data-language=en]").click()
    opened.locator("html:lang(en)").wait_for()
    opened.locator("button.settings").click()
    opened.locator("settings-panel").wait_for()
    opened.locator("button.over").click()
    opened.locator("body[data-phase=idle][data-panel='']").wait_for()
    return 15


def bare_touches(browser: Browser) -> list[float]:
    """The same for a page that does nothing but colour a button."""
    with page(browser, slower=SLOWER) as (opened, _):
        opened.goto(BARE)
        for _ in range(30):
            opened.locator("button").click()
        return interactions(opened, 30)


def interactions(opened: Page, count: int) -> list[float]:
    """Longest event of each interaction, in ms; what the browser found too short to tell (under 16 ms) counts as 16."""
    opened.wait_for_timeout(1000)
    longest: dict[int, float] = {}
    for event in opened.evaluate("seen.events"):
        longest[event["interactionId"]] = max(longest.get(event["interactionId"], 0.0), event["duration"])
    return [*longest.values(), *[16.0] * max(0, count - len(longest))]
