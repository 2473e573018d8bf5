"""The console's calls as an application of its own, mounted at `/console/api`: nothing of it is among the kiosk's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, FastAPI

from assistant import __version__
from assistant.accounts.access import Access
from assistant.alarm.views import AlertView
from assistant.answers.desk import Desk
from assistant.console import (
    accounts,
    audit,
    drafts,
    feed,
    notices,
    outages,
    overview,
    privacy,
    pronunciations,
    proof,
    publication,
    releases,
    reports,
    restart,
    session,
    station,
    tokens,
    topics,
    trial,
    unanswered,
    work,
)
from assistant.console.door import Door, own_page, table
from assistant.console.feed import Feeds
from assistant.content.studio import Studio
from assistant.conversation.health import Health
from assistant.privacy.record import TransparencyRecord
from assistant.reports.reports import Reports
from assistant.restarting import Restart
from assistant.settings import Token
from assistant.unanswered.counter import Counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What the console is built over."""

    access: Access
    health: Callable[[], Health]
    desk: Desk
    alerts: Callable[[], Sequence[AlertView]]
    """The warnings that stand, also those for staff only."""
    reports: Reports
    model: Callable[[], str | None]
    tokens: Sequence[Token]
    """Those of the station file."""
    studio: Studio[Any]
    """Drafts and releases."""
    unanswered: Counter
    restart: Restart
    """Whether it starts anew soon."""
    feeds: Feeds
    """Timetables."""
    record: Callable[[], TransparencyRecord]


def create_console(over: Workshop) -> FastAPI:
    """The console's calls. Raises TypeError where one of them has no door."""
    app = FastAPI(
        title="Station assistant: the operators' workshop", version=__version__, docs_url=None, redoc_url=None, openapi_url=None,
        description="For the console's own page, by session cookie and X-CSRF-Token. No token of the API opens any of it.",
        dependencies=[Depends(own_page)],
    )  # fmt: skip
    door = Door(over.access)
    for router in (
        session.router(door),
        accounts.router(door),
        tokens.router(door, over.tokens),
        audit.router(door),
        overview.router(door, over.health, over.desk, over.alerts, over.reports, over.model, over.restart),
        restart.router(door, over.restart),
        reports.router(door, over.reports),
        outages.router(door, over.desk),
        notices.router(door, over.desk),
        feed.router(door, over.desk, over.feeds),
        privacy.router(door, over.record),
        drafts.router(door, over.studio),
        topics.router(door, over.studio),
        pronunciations.router(door, over.studio),
        station.router(door, over.studio, over.desk),
        work.router(door, over.studio),
        proof.router(door, over.studio),
        trial.router(door, over.studio),
        publication.router(door, over.studio),
        releases.router(door, over.studio),
        unanswered.router(door, over.unanswered, over.desk),
    ):
        app.include_router(router)
    table(app)
    return app
