"""The one channel: turns, slots and ends of conversations, for the assistant on this machine and nobody else."""

from __future__ import annotations

import asyncio
import hmac
import unicodedata
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json
from swapping import CannotLoad, load, switch
from trackers import SHELF

_RANKING = 3
_SWEEP_S = 30
_MOST_READINGS = 8
Handler = Callable[..., Awaitable[HTTPResponse]]


class AssistantChannel(InputChannel):
    """Routes under /webhooks/assistant, each behind the secret of this start."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    @classmethod
    def name(cls) -> str:
        """The channel's name and the last part of its path."""
        return "assistant"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> AssistantChannel:
        """As credentials.yml says; an empty secret is refused."""
        secret = str((credentials or {}).get("secret", ""))
        if not secret:
            raise ValueError("The channel needs a secret.")
        return cls(secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes."""
        routes = Blueprint("assistant_channel")
        routes.add_route(self._guarded(health), "/health", methods=["GET"], name="health")
        routes.add_route(self._guarded(turn), "/turns", methods=["POST"], name="turn")
        routes.add_route(self._guarded(readings), "/readings", methods=["POST"], name="readings")
        routes.add_route(self._guarded(put_slots), "/conversations/<conversation_id>/slots", methods=["PUT"], name="put_slots")
        routes.add_route(self._guarded(delete), "/conversations/<conversation_id>", methods=["DELETE"], name="delete")
        routes.add_route(self._guarded(load_model), "/models", methods=["POST"], name="load_model")
        routes.add_route(self._guarded(switch_model), "/models/current", methods=["PUT"], name="switch_model")
        routes.listener("after_server_start")(_start_sweeping)
        return routes

    def _guarded(self, handler: Handler) -> Handler:
        expected = f"Bearer {self._secret}".encode()

        @wraps(handler)
        async def guarded(request: Request, **path: str) -> HTTPResponse:
            given = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
            if not hmac.compare_digest(given, expected):
                return json({"code": "unauthorized"}, status=401)
            if not request.app.ctx.agent.is_ready():
                return json({"code": "no-model"}, status=503)
            return await handler(request, **path)

        return guarded


async def health(request: Request) -> HTTPResponse:
    """Ready, and with which model."""
    return json({"ready": True, "model": request.app.ctx.agent.model_name})


async def turn(request: Request) -> HTTPResponse:
    """One message of a traveller, and everything that follows from it."""
    body = _body(request)
    conversation_id, text, language = (body.get(key) for key in ("conversation_id", "text", "language"))
    if not (isinstance(conversation_id, str) and conversation_id and isinstance(text, str) and isinstance(language, str)):
        return json({"code": "bad-request"}, status=400)
    said = sayable(text)
    if not said:
        return json({"code": "no-text"}, status=400)
    collector = CollectingOutputChannel()
    message = UserMessage(said, collector, conversation_id, input_channel="assistant", metadata={"language": language})
    agent = request.app.ctx.agent
    await agent.handle_message(message)
    tracker = await agent.tracker_store.retrieve(conversation_id)
    return json({"messages": [_without_recipient(item) for item in collector.messages], **state(tracker)})


async def readings(request: Request) -> HTTPResponse:
    """What each of some texts would be understood as; no conversation changes by it."""
    texts = _body(request).get("texts")
    if not (isinstance(texts, list) and len(texts) <= _MOST_READINGS and all(isinstance(text, str) and sayable(text) for text in texts)):
        return json({"code": "bad-request"}, status=400)
    parsed = [await request.app.ctx.agent.parse_message(sayable(text)) for text in texts]
    return json({"readings": [{"intent": item["intent"], "entities": item["entities"]} for item in parsed]})


async def put_slots(request: Request, conversation_id: str) -> HTTPResponse:
    """Sets what a touched tile said, so that no stale question waits for an answer."""
    body = _body(request)
    slots = body.get("slots", {})
    agent = request.app.ctx.agent
    if not isinstance(slots, dict) or not set(slots) <= {slot.name for slot in agent.domain.slots}:
        return json({"code": "bad-request"}, status=400)
    async with agent.lock_store.lock(conversation_id):
        tracker = await agent.tracker_store.get_or_create_tracker(conversation_id)
        for name, value in slots.items():
            tracker.update(SlotSet(name, value), agent.domain)
        if body.get("close_form"):
            for event in (ActiveLoop(None), SlotSet(REQUESTED_SLOT, None), ActionExecuted(ACTION_LISTEN_NAME)):
                tracker.update(event, agent.domain)
        await agent.tracker_store.save(tracker)
    return empty()


async def delete(request: Request, conversation_id: str) -> HTTPResponse:
    """Forgets the conversation."""
    async with request.app.ctx.agent.lock_store.lock(conversation_id):
        SHELF.drop(conversation_id)
    return empty()


async def load_model(request: Request) -> HTTPResponse:
    """Loads a model beside the one that answers."""
    model = _body(request).get("model")
    if not isinstance(model, str):
        return json({"code": "bad-request"}, status=400)
    try:
        await load(request.app.ctx, model)
    except CannotLoad:
        return json({"code": "no-such-model"}, status=422)
    return empty()


async def switch_model(request: Request) -> HTTPResponse:
    """Answers with the loaded model from the next turn on."""
    return empty() if switch(request.app.ctx) else json({"code": "nothing-loaded"}, status=409)


def sayable(text: str) -> str:
    """The text as one message that is never a command: Rasa takes what begins with "/" for an intent."""
    composed = unicodedata.normalize("NFC", text)
    return composed.replace("\x00", " ").strip().lstrip("/ \t\r\n").strip()


def state(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """What was understood last and what the conversation knows."""
    # The tracker's own `latest_message` won't do: a replayed tracker leaves out the answers to a form's questions.
    said = next((event for event in reversed(tracker.events) if isinstance(event, UserUttered)), None) if tracker else None
    if tracker is None or said is None:
        return {"intent": None, "ranking": [], "entities": [], "slots": {}, "active_form": None, "requested_slot": None}
    parsed = said.parse_data
    slots = {name: value for name, value in tracker.current_slot_values().items() if value is not None}
    requested = slots.pop(REQUESTED_SLOT, None)
    return {
        "intent": parsed.get("intent"),
        "ranking": parsed.get("intent_ranking", [])[:_RANKING],
        "entities": parsed.get("entities", []),
        "slots": slots,
        "active_form": tracker.active_loop_name,
        "requested_slot": requested,
    }


def _body(request: Request) -> dict[str, Any]:
    try:
        body = request.json
    except InvalidUsage:
        body = None
    return body if isinstance(body, dict) else {}


def _without_recipient(message: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key != "recipient_id"}


async def _start_sweeping(app: Any, loop: asyncio.AbstractEventLoop) -> None:
    app.add_task(_sweep())


async def _sweep() -> None:
    with suppress(asyncio.CancelledError):
        while True:
            await asyncio.sleep(_SWEEP_S)
            SHELF.sweep()
