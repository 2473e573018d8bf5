"""Is it alive, and what of it works."""

from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter, Response

from assistant.conversation.health import Health
from assistant.conversation.models import Wire


class Live(Wire):
    """The process is up."""

    status: Literal["live"] = "live"


class Ready(Wire):
    """What works."""

    status: Literal["ready", "degraded", "down"]
    components: dict[str, Literal["ready", "degraded", "down"]]


def router(health: Callable[[], Health]) -> APIRouter:
    """The routes `/livez` and `/readyz`."""
    routes = APIRouter(tags=["health"])

    @routes.get("/livez")
    async def livez() -> Live:
        """Answers while the process is up."""
        return Live()

    @routes.get("/readyz", responses={503: {"model": Ready}})
    async def readyz(response: Response) -> Ready:
        """503 where nothing can be answered."""
        now = health()
        response.status_code = 503 if now.status == "down" else 200
        return Ready(status=now.status, components=now.components)

    return routes
