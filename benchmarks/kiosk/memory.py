"""Memory of the page over many visits, after garbage was collected."""

from itertools import pairwise

from playwright.sync_api import CDPSession, Page

from benchmarks.figures import Figure
from benchmarks.kiosk.browser import chromium, page
from benchmarks.kiosk.speed import TOUCH_ONLY, visit
from benchmarks.running import assistant, say

CONVERSATIONS = 500
WARM_UP = 20
"""Visits before the first look: code is compiled and caches fill."""
DAY = 4
"""A busy day, in lots of `CONVERSATIONS`: about 80 visits an hour."""


def measure() -> list[Figure]:
    """The figures."""
    with assistant(**TOUCH_ONLY) as running, chromium() as browser, page(browser) as (opened, session):
        opened.goto(running.url)
        opened.locator("suggestion-tiles button").first.wait_for()
        visits(opened, WARM_UP)
        seen = [look(session)]
        for lot in range(DAY):
            say(f"{CONVERSATIONS} visits, {lot + 1} of {DAY}")
            visits(opened, CONVERSATIONS)
            seen.append(look(session))
    heaps = [one["heap_mb"] for one in seen]
    growth = [after - before for before, after in pairwise(heaps)]
    nodes = seen[-1]["nodes"] - seen[0]["nodes"]
    listeners = seen[-1]["listeners"] - seen[0]["listeners"]
    return [
        Figure(name=f"growth of the heap over {CONVERSATIONS} conversations", unit="MB", value=max(growth), n=DAY, bar=5,
               note=f"the largest of {DAY} lots; {heaps[0]:.1f} MB before, {heaps[-1]:.1f} MB after {DAY * CONVERSATIONS}, a busy day"),
        Figure(name=f"nodes more after {DAY * CONVERSATIONS} conversations", unit="", value=float(nodes),
               note=f"{seen[0]['nodes']:.0f} before"),
        Figure(name=f"listeners more after {DAY * CONVERSATIONS} conversations", unit="", value=float(listeners),
               note=f"{seen[0]['listeners']:.0f} before"),
    ]  # fmt: skip


def visits(opened: Page, count: int) -> None:
    """So many visits, one after another."""
    for number in range(count):
        visit(opened, number)


def look(session: CDPSession) -> dict[str, float]:
    """Heap, nodes and listeners after garbage was collected."""
    session.send("HeapProfiler.enable")
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    counters = session.send("Memory.getDOMCounters")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    return {"heap_mb": heap / 1e6, "nodes": counters["nodes"], "listeners": counters["jsEventListeners"]}
