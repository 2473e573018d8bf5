"""The privacy record of this machine, for the station's people to read and to print."""

from collections.abc import Callable

from fastapi import APIRouter, Depends

from assistant.console.door import Door
from assistant.privacy.record import TransparencyRecord


def router(door: Door, record: Callable[[], TransparencyRecord]) -> APIRouter:
    """The route `/privacy`."""
    routes = APIRouter(tags=["privacy"], dependencies=[Depends(door.viewer)])

    @routes.get("/privacy")
    def privacy() -> TransparencyRecord:
        """What this machine does with people's data, as `GET /v1/transparency` tells everybody."""
        return record()

    return routes
