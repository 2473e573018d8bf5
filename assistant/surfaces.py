"""The surfaces over the rooms: the calls, the kiosk's page and the console as one application."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fastapi import FastAPI

from assistant import __version__
from assistant.alarm.board import Board
from assistant.alarm.book import Book
from assistant.alarm.intake import Intake
from assistant.alarm.models import Standing
from assistant.alarm.views import AlertView
from assistant.answers.desk import Desk
from assistant.api import (
    alerts,
    conversations,
    environment,
    health,
    journeys,
    outages,
    problems,
    reports,
    routes,
    service_alerts,
    speech,
    station,
    trains,
    transparency,
)
from assistant.console.page import serve_page as serve_console
from assistant.console.surface import Workshop, create_console
from assistant.conversation.health import Health
from assistant.conversation.turn import Turns
from assistant.events import Changes
from assistant.kiosk import socket as kiosk
from assistant.privacy.record import TransparencyRecord
from assistant.reports.reports import Reports
from assistant.settings import ROOT, Settings, Token
from assistant.speech.ports import Speech

PAGE, CONSOLE_PAGE = ROOT / "kiosk_ui", ROOT / "console_ui"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surfaces:
    """What the surfaces are built over."""

    desk: Desk
    turns: Turns
    speech: Speech
    settings: Settings
    health: Callable[[], Health]
    vocabulary: Callable[[str], list[str]]
    record: Callable[[], TransparencyRecord]
    changes: Changes
    reports: Reports
    board: Board
    book: Book
    intake: Intake
    view: Callable[[Standing], AlertView]
    end: Callable[[str, str], bool]
    tokens: Iterable[Token] | None = None
    """Those that open something now; by default those of the settings."""
    console: Workshop | None = None


def create_api(over: Surfaces) -> FastAPI:
    """The HTTP API and the kiosk's page."""
    app = FastAPI(
        title="Station assistant", version=__version__, docs_url=None, redoc_url=None,
        description="Answers travellers' questions about one station. Loopback only; nothing said is stored.",
    )  # fmt: skip
    problems.install(app)
    longest_s = over.settings.speech.longest_s
    tokens = over.settings.tokens if over.tokens is None else over.tokens
    for router in (
        health.router(over.health),
        conversations.router(over.turns, over.speech, over.vocabulary, longest_s),
        station.router(over.desk),
        trains.router(over.desk),
        journeys.router(over.desk),
        routes.router(over.desk),
        outages.router(over.desk, tokens),
        reports.router(over.desk, over.reports, tokens),
        service_alerts.router(over.desk),
        environment.router(over.desk, over.settings.sensors, tokens),
        alerts.router(over.settings, over.book, over.intake, over.view, over.end, tokens),
        speech.router(over.turns, over.speech, over.vocabulary, longest_s),
        transparency.router(over.record),
        kiosk.router(over.desk, over.turns, over.speech, over.settings, over.health, over.vocabulary, over.changes, over.board),
    ):
        app.include_router(router)
    if over.console is not None:
        console = create_console(over.console)
        problems.install(console)
        app.mount("/console/api", console)
        serve_console(app, CONSOLE_PAGE, PAGE)
    kiosk.serve_page(app, PAGE)
    return app
