"""Starting anew in place, now."""

from typing import Annotated

from fastapi import APIRouter, Depends

from assistant.accounts.models import Change, Visitor
from assistant.console.door import Door
from assistant.conversation.models import Wire
from assistant.restarting import Restart


class RestartView(Wire):
    """Whether a start is due."""

    restart_due: bool


def router(door: Door, restart: Restart) -> APIRouter:
    """The route `/restart`."""
    routes, access = APIRouter(tags=["overview"]), door.access

    @routes.post("/restart")
    def begin(by: Annotated[Visitor, Depends(door.publisher)]) -> RestartView:
        """Takes up places, rules, sensors and the like of the live release now; touch and voice are away for seconds."""
        with access.recorded(Change(actor=by.account.id, action="assistant.restarted", object="assistant:content")):
            restart.ask()
        return RestartView(restart_due=restart.due)

    return routes
