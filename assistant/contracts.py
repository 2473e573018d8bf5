"""Writes the contracts that are checked in: `python -m assistant.contracts docs/reference`."""

import io
import json
import sys
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from ruamel.yaml import YAML

from assistant.alarm.board import NoAlarms
from assistant.app import Surfaces, create_api
from assistant.console.surface import Workshop, create_console
from assistant.events import Changes
from assistant.kiosk import asyncapi
from assistant.settings import Settings


class _Absent:
    """A room that is not there, nor any part of it."""

    def __getattr__(self, name: str) -> "_Absent":
        return self


def openapi_json() -> str:
    """The OpenAPI document; no room is needed to describe the routes."""
    absent: Any = None
    settings = Settings(name={"": "station"}, stop="stop")
    surfaces = Surfaces(
        desk=absent, turns=absent, speech=absent, settings=settings, health=absent, vocabulary=absent, record=absent, changes=Changes(),
        reports=absent, board=NoAlarms(), book=absent, intake=absent, view=absent, end=absent,
    )  # fmt: skip
    return json.dumps(create_api(surfaces).openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def console() -> FastAPI:
    """The console's calls; no room is needed to describe them."""
    absent: Any = _Absent()
    return create_console(
        Workshop(
            access=absent, health=absent, desk=absent, alerts=absent, reports=absent, model=absent, tokens=(), studio=absent,
            unanswered=absent, feeds=absent, record=absent, restart=absent,
        ),
    )  # fmt: skip


def console_json() -> str:
    """The OpenAPI document of the console's calls, which are for its own page alone."""
    return json.dumps(console().openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def asyncapi_yaml() -> str:
    """The AsyncAPI document."""
    target = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.width = 200
    yaml.allow_unicode = True
    yaml.dump(asyncapi.document(), target)
    return target.getvalue()


def write(folder: Path) -> None:
    """Writes all three."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "openapi.json").write_text(openapi_json(), encoding="utf-8")
    (folder / "console.json").write_text(console_json(), encoding="utf-8")
    (folder / "asyncapi.yaml").write_text(asyncapi_yaml(), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
