"""The public record of what this machine does and does not do."""

from collections.abc import Callable

from fastapi import APIRouter

from assistant.privacy.record import TransparencyRecord


def router(record: Callable[[], TransparencyRecord]) -> APIRouter:
    """The route `/v1/transparency`."""
    routes = APIRouter(prefix="/v1", tags=["transparency"])

    @routes.get("/transparency")
    async def transparency() -> TransparencyRecord:
        """The machine-readable privacy record."""
        return record()

    return routes
