"""
Pictures of every state: `python -m tests.browser.pictures [states…] [--sizes …] [--languages …] [--themes …] [--texts …] [--sheet]`.

Writes `<state>-<size>.png` for English in the usual looks, with the language, theme and size of text in the name otherwise.
"""

import argparse
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import CHROMIUM
from tests.browser.stage import LANGUAGES, PLAIN, REACHES, SCREENS, TEXTS, THEMES, Stage, stage
from tests.browser.states import ALARMS, EVERY, STATES

__all__ = ["ALARMS", "FOLDER", "STATES"]

FOLDER = Path(__file__).resolve().parents[1] / "artifacts"
FLAGS = [
    "--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
SHEET_WIDTH = {"portrait": 270, "landscape": 400, "wide": 400, "small": 400}


def name_of(state: str, size: str, language: str, look: dict[str, str]) -> str:
    """The picture's name: what is not as usual is in it."""
    unusual = [value for name, value in look.items() if value != PLAIN[name]]
    return "-".join([state, *([language] if language != "en" else []), *unusual, size])


def shots(options: argparse.Namespace) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """State, language, size and look of every picture wanted; what can be changed in place changes fastest."""
    for state, language in product(options.states or EVERY, options.languages):
        looks = [dict(zip(PLAIN, look, strict=True)) for look in product(options.themes, options.texts, options.reaches)]
        for look, size in product(looks if EVERY[state].dressed else looks[:1], options.sizes):
            yield state, language, size, look if EVERY[state].dressed else PLAIN


def draw(made: Stage, options: argparse.Namespace) -> list[Path]:
    """Takes every picture wanted."""
    taken = []
    for state, language, size, look in shots(options):
        path = options.folder / f"{name_of(state, size, language, look)}.png"
        made.show(state, language, size, **look).screenshot(path=path)
        taken.append(path)
    return taken


def sheet(browser: Browser, file: Path, width: int, columns: int, pictures: Sequence[Path]) -> Path:
    """One picture of many, each with its name below."""
    figures = "".join(f"<figure><img src='{path.name}'><figcaption>{path.stem}</figcaption></figure>" for path in pictures)
    style = (
        "body { margin: 12px; background: #ccc; font: 14px sans-serif }"
        f"body {{ display: grid; gap: 12px; grid-template-columns: repeat({columns}, {width}px) }}"
        "figure { margin: 0 } img { width: 100%; display: block }"
    )
    file.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{figures}", encoding="utf-8")
    page = browser.new_page(viewport={"width": columns * (width + 12) + 12, "height": 600})
    page.goto(file.as_uri())
    made = file.with_suffix(".png")
    page.screenshot(path=made, full_page=True)
    page.close()
    file.unlink()
    return made


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What is wanted; everything in the usual looks where nothing is said."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures", description="Pictures of every state of the page.")
    parser.add_argument("states", nargs="*", metavar="state", help=f"of {', '.join(EVERY)}")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--sizes", nargs="+", choices=SCREENS, default=list(SCREENS))
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--themes", nargs="+", choices=THEMES, default=["light"])
    parser.add_argument("--texts", nargs="+", choices=TEXTS, default=["normal"])
    parser.add_argument("--reaches", nargs="+", choices=REACHES, default=["all"])
    parser.add_argument("--sheet", action="store_true", help="one picture of all for each language and size besides")
    parser.add_argument("--columns", type=int, default=6, help="of the sheet")
    options = parser.parse_args(arguments)
    unknown = [state for state in options.states if state not in EVERY]
    if unknown:
        parser.error(f"no such state: {', '.join(unknown)}")
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the pictures and names the sheets."""
    options = parse(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with stage(browser) as made:
            taken = draw(made, options)
        if options.sheet:
            kinds = [(language, size) for _, language, size, _ in shots(options)]
            for language, size in dict.fromkeys(kinds):
                pictures = [path for path, kind in zip(taken, kinds, strict=True) if kind == (language, size)]
                print(sheet(browser, options.folder / f"sheet-{language}-{size}.html", SHEET_WIDTH[size], options.columns, pictures))
        browser.close()


if __name__ == "__main__":
    main()
