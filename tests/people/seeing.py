"""What is to be seen and touched on the page, as somebody in front of it sees it: covered and cut text is not there."""

import re

LOOK = """
() => {
  const lines = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim(), parent = node.parentElement;
    if (!text || !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const seen = [...range.getClientRects()].some((box) => {
      const x = box.x + box.width / 2, y = box.y + box.height / 2;
      if (box.width < 2 || x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return false;
      const top = document.elementFromPoint(x, y);
      return top && (top === parent || top.contains(parent) || parent.contains(top));
    });
    if (!seen) continue;
    const line = parent.closest("tr, p, li, h1, h2, h3, button, summary, label, dt, dd") ?? parent;
    lines.set(line, [...(lines.get(line) ?? []), text]);
  }
  return [...lines.values()].map((texts) => texts.join(" "));
}
"""
FIND = """
(name) => {
  const squeeze = (text) => (text ?? "").replace(/\\s+/g, " ").trim();
  const roles = ["button", "radio", "switch", "checkbox", "tab"].map((role) => `[role=${role}]`);
  const kinds = ["button", "a[href]", "summary", "label", "input:not([type=text])", "select", ...roles].join();
  const seen = { opacityProperty: true, visibilityProperty: true };
  const all = [...document.querySelectorAll(kinds)].filter((one) => one.checkVisibility(seen))
    .map((one) => ({ one, label: squeeze(one.innerText) || squeeze(one.getAttribute("aria-label")) }));
  const exact = all.filter(({ label }) => label === name);
  const near = name.length < 2 ? [] : all.filter(({ label }) => label !== name && label.toLowerCase().includes(name.toLowerCase()));
  const found = exact.concat(near);
  return found.map(({ one, label }) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return { label, x, y, width, height, off: one.disabled || one.getAttribute("aria-disabled") === "true" };
  });
}
"""
ON_TOP = """
({ x, y, name }) => {
  const top = document.elementFromPoint(x, y)?.closest("button, a[href], summary, label, input, select, [role]");
  const label = (top?.innerText || top?.getAttribute("aria-label") || "").replace(/\\s+/g, " ").trim();
  return label.toLowerCase().includes(name.toLowerCase());
}
"""

HANGUL = re.compile(r"[가-힣]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
LETTERS = re.compile(r"[A-Za-z一-鿿]{3,}")


def readable(line: str, language: str, words: int | None) -> bool:
    """Whether somebody who reads one language, or few words, reads this line; numbers and the names of lines everybody reads."""
    if words is not None and len(line.split()) > words:
        return False
    return bool(HANGUL.search(line)) or not LETTERS.search(line) if language == "ko" else True


CHOSEONG = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
JUNGSEONG = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
JONGSEONG = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
PARTS = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
SHIFTED = {"ㅃ": "ㅂ", "ㅉ": "ㅈ", "ㄸ": "ㄷ", "ㄲ": "ㄱ", "ㅆ": "ㅅ", "ㅒ": "ㅐ", "ㅖ": "ㅔ"}


def strokes(text: str) -> list[str]:
    """The keys to touch for a text; "shift" before a letter that needs it."""
    keys: list[str] = []
    for letter in text.lower():
        if "가" <= letter <= "힣":
            first, rest = divmod(ord(letter) - ord("가"), 21 * 28)
            middle, last = divmod(rest, 28)
            for part in (CHOSEONG[first], JUNGSEONG[middle], JONGSEONG[last].strip()):
                for jamo in PARTS.get(part, part):
                    keys += ["shift", SHIFTED[jamo]] if jamo in SHIFTED else [jamo]
        else:
            keys.append(letter)
    return keys
