"""What must hold of everything the page shows: axe by its strictest rules, nothing cut or covered, no small target."""

import io
from importlib.resources import files
from typing import Any

import av
import numpy as np
from av.container import InputContainer
from numpy.typing import NDArray
from playwright.sync_api import Page

AXE_SOURCE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
AXE = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}, "color-contrast-enhanced": {"enabled": True}},
}
CUT = """() => {
  const found = [];
  const clips = (box) => /hidden|clip/.test(getComputedStyle(box).overflowX + getComputedStyle(box).overflowY);
  const unseen = (box) => getComputedStyle(box).clipPath !== "none" || box.clientHeight <= 1;
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility() || element.closest("svg") || !element.textContent.trim() || unseen(element)) continue;
    const inside = element.getBoundingClientRect();
    if (inside.left < -1 || inside.right > innerWidth + 1) found.push(`${element.localName}.${element.className} leaves the screen`);
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth && getComputedStyle(element).display !== "inline")
      found.push(`${element.localName}.${element.className} is cut sideways`);
    const leading = Math.max(1, parseFloat(getComputedStyle(element).fontSize) / 10); // what a letter's box may stand out of its line
    if (clips(element) && element.localName !== "body" && element.scrollHeight > element.clientHeight + leading)
      found.push(`${element.localName}.${element.className} is cut below`);
  }
  // With larger letters, or captions, what does not fit is scrolled.
  const plain = document.documentElement.dataset.text === "normal" && !document.querySelector("caption-strip")?.checkVisibility();
  for (const row of document.querySelectorAll("idle-screen departures-board tr")) {
    const air = row.closest("idle-screen").querySelector("air-quality");
    const below = row.getBoundingClientRect().bottom > air.getBoundingClientRect().top + 1;
    if (plain && below && air.checkVisibility() && row.checkVisibility()) found.push("a departure is hidden by the air");
  }
  for (const tiles of document.querySelectorAll("suggestion-tiles.idle")) {
    if (plain && tiles.checkVisibility() && tiles.scrollHeight > tiles.clientHeight + 1) found.push("tiles are hidden");
  }
  return found;
}"""
SMALL = """() => [...document.querySelectorAll("button, summary, input, a[href]")]
  .filter((target) => target.checkVisibility() && !target.disabled)
  .map((target) => [target.innerText || target.name || target.localName, (target.closest("label") ?? target).getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([name]) => name)"""
COVERED = """() => {
  const open = document.querySelector("dialog[open]");
  const found = [];
  const name = (element) => element.innerText || `${element.localName}.${element.getAttribute("class")}`;
  for (const target of document.querySelectorAll("button, summary, input")) {
    if (!target.checkVisibility() || target.disabled || target.closest("[inert]") || (open && !open.contains(target))) continue;
    const box = (target.closest("label") ?? target).getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    let scrolled = false;
    for (let region = target.parentElement; region; region = region.parentElement) {
      const seen = region.getBoundingClientRect();
      const scrolls = /auto|scroll/.test(getComputedStyle(region).overflowY);
      if (scrolls && (y < seen.top + 2 || y > seen.bottom - 2)) scrolled = true;
    }
    if (scrolled) continue;
    const top = document.elementFromPoint(x, y);
    const label = target.closest("label") ?? target;
    if (!top) found.push(`${name(target)} is off the screen`);
    else if (!label.contains(top) && !top.contains(label)) found.push(`${name(target)} is under ${name(top)}`);
  }
  return found;
}"""

BROKEN = r"""() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const { 0: part, index } of node.data.matchAll(/\d[\d:]*\d/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + part.length);
      const tops = [...range.getClientRects()].map((box) => box.top);
      if (Math.max(...tops) - Math.min(...tops) > 4) found.push(node.data);
    }
  }
  return found;
}"""
"""Figures that go on in the next line."""


def grey(png: bytes) -> NDArray[np.int16]:
    """A picture without its colours, 0 to 255."""
    with av.open(io.BytesIO(png)) as picture:
        assert isinstance(picture, InputContainer)
        return next(picture.decode(video=0)).to_ndarray(format="gray").astype(np.int16)


def axe(page: Page) -> list[str]:
    """What axe finds, one line each."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(f"{AXE_SOURCE};0")
    violations: list[dict[str, Any]] = page.evaluate("options => axe.run(document, options).then(({violations}) => violations)", AXE)
    return [
        f"{violation['id']}: {', '.join(str(target) for target in node['target'])} ({node['failureSummary'].splitlines()[-1].strip()})"
        for violation in violations
        for node in violation["nodes"]
    ]  # fmt: skip


def layout(page: Page) -> list[str]:
    """What is cut, covered, broken, or too small to touch."""
    found = [
        (kind, fault)
        for script, kind in ((CUT, ""), (SMALL, "too small: "), (COVERED, ""), (BROKEN, "broken: "))
        for fault in page.evaluate(script)
    ]
    return [kind + fault for kind, fault in found]


def faults(page: Page) -> list[str]:
    """Everything that is wrong with what is shown now."""
    return axe(page) + layout(page)


def check(page: Page, name: str) -> None:
    """Nothing is wrong."""
    found = faults(page)
    assert found == [], f"{name}: {found}"
