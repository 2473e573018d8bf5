"""The console's page at `/console/`, and what it shares with the kiosk's."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware


def serve_page(app: FastAPI, folder: Path, kiosk: Path) -> None:
    """The page's files, compressed on the way; nothing of it is built. `kiosk`, whose colours and signs it wears, stands beside it."""

    @app.get("/console", include_in_schema=False)
    def with_a_slash() -> RedirectResponse:
        """Its files are named from there."""
        return RedirectResponse("/console/", 308)

    app.mount("/console", GZipMiddleware(StaticFiles(directory=folder, html=True)), name="console_ui")
    app.mount("/kiosk_ui", GZipMiddleware(StaticFiles(directory=kiosk)), name="shared")
