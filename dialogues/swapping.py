"""Another model in a running Rasa: loaded beside the one that answers, then put in its place between two turns.

Rasa's own `PUT /model` stands still while it loads, and opens connections anew each time. Here loading runs on a thread, what does
not belong to a model is handed on, and the memory of the old one is given back.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.domain import Domain
from trackers import MemoryTrackerStore

_LET_GO_AFTER_S = 2.0
_loading = asyncio.Lock()


class CannotLoad(Exception):
    """The file is no model of this version of Rasa and of its components."""


async def load(ctx: Any, model: str) -> None:
    """Loads a model file; `switch` takes it. A second one takes the place of the first. Raises CannotLoad."""
    async with _loading:
        ctx.next_agent = None
        ctx.next_agent = await asyncio.get_running_loop().run_in_executor(None, _loaded, ctx.agent, model)


def switch(ctx: Any) -> bool:
    """The next turn is answered by the loaded model; False where none is. Turns that run end with the model that they began with."""
    agent = getattr(ctx, "next_agent", None)
    if agent is None:
        return False
    ctx.agent, ctx.next_agent = agent, None
    asyncio.get_running_loop().call_later(_LET_GO_AFTER_S, _give_back)
    return True


def _loaded(old: Agent, model: str) -> Agent:
    if not Path(model).is_file():  # Rasa would take any other that it finds
        raise CannotLoad
    try:
        new = Agent(
            domain=Domain.empty(), generator=old.nlg, tracker_store=MemoryTrackerStore(Domain.empty()), lock_store=old.lock_store,
            action_endpoint=old.action_endpoint,
        )  # fmt: skip
        new.load_model(model)
    except Exception as error:  # whatever is wrong with a file, the model that answers goes on
        raise CannotLoad from error
    if not new.is_ready():
        raise CannotLoad
    return new


def _give_back() -> None:
    """A model is a ring of objects, and the C library keeps what Python lets go of."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
