"""
A language written from right to left, made from English: every letter becomes a Hebrew one, and every third is doubled, since other
languages need more room. It says nothing; it shows what the layout does.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from fastapi.responses import JSONResponse
from starlette.requests import Request
from starlette.routing import Route

from assistant.alarm.views import AlertView, WayOut
from assistant.kiosk import protocol as wire
from assistant.settings import ROOT
from tests.browser import acts, scripted, scripted_alerts, scripted_ways
from tests.browser.fake_assistant import FakeAssistant

CODE = "he"
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתאבגד", strict=True))
LOCALES = ROOT / "kiosk_ui" / "locales"
OWN = {"code": CODE, "tag": CODE, "name": "עברית", "direction": "rtl"}
MODULES = (acts, scripted, scripted_alerts, scripted_ways)
TEXTS = ("event", "headline", "instruction", "area", "sender")


def pseudo(text: str) -> str:
    """A text in the made language; `{gaps}` and figures stay."""
    pieces = re.split(r"(\{\w+\})", text)
    return "".join(piece if piece.startswith("{") else _lengthened(piece) for piece in pieces)


def _lengthened(text: str) -> str:
    letters = [LETTERS.get(letter.lower(), letter) for letter in text]
    return "".join(letter * 2 if letter in LETTERS.values() and place % 3 == 2 else letter for place, letter in enumerate(letters))


def converted(value: Any) -> Any:
    """Everything within a value that is text."""
    match value:
        case str():
            return pseudo(value)
        case dict():
            return {key: converted(one) for key, one in value.items()}
        case list() | tuple():
            return type(value)(converted(one) for one in value)
        case _:
            return value


def _tables(value: Any) -> Iterator[dict[str, Any]]:
    """The tables by language in a value, at any depth."""
    if isinstance(value, dict):
        if {"en", "zh", "ko"} <= set(value):
            yield value
        for one in value.values():
            yield from _tables(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _tables(one)
    elif isinstance(value, WayOut):
        yield from _tables([value.name, value.steps])


@contextmanager
def taught(*modules: ModuleType) -> Iterator[None]:
    """While it lasts, what is scripted is there in the made language too."""
    tables = [table for module in modules or MODULES for name, value in vars(module).items() if name.isupper() for table in _tables(value)]
    for table in tables:
        table[CODE] = converted(table["en"])
    try:
        yield
    finally:
        for table in tables:
            table.pop(CODE, None)


def also(alert: AlertView) -> AlertView:
    """An alert with its texts in the made language."""
    return alert.model_copy(update={name: {**getattr(alert, name), CODE: pseudo(getattr(alert, name)["en"])} for name in TEXTS})


class PseudoAssistant(FakeAssistant):
    """The double of a station that speaks the made language too; within `taught`."""

    def __init__(self) -> None:
        super().__init__()
        self.languages = ["en", CODE, "ko"]
        self.speech[CODE] = wire.SpeechAbility(hear=True, speak=True, captions=True)
        self.app.router.routes[:0] = [Route("/locales/languages.json", _languages), Route(f"/locales/{CODE}.json", _words)]

    def warn(self, *alerts: AlertView) -> None:
        """These alerts stand, in the made language too."""
        super().warn(*map(also, alerts))


def _languages(_: Request) -> JSONResponse:
    return JSONResponse([*json.loads((LOCALES / "languages.json").read_text(encoding="utf-8")), OWN])


def _words(_: Request) -> JSONResponse:
    return JSONResponse(converted(json.loads((LOCALES / "en.json").read_text(encoding="utf-8"))))
