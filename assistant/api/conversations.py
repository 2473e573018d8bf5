"""Conversations and their turns: text, a structured question, or a wav."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import Field, ValidationError

from assistant.conversation.models import Ask, Turn, Wire
from assistant.conversation.turn import Turns
from assistant.errors import AssistantError, BadRequest, UnusableAudio
from assistant.speech import wav
from assistant.speech.models import Heard
from assistant.speech.ports import Speech

FRAME_BYTES = 3200
"""A tenth of a second at 16 kHz."""


class NewConversation(Wire):
    """In which language to begin."""

    language: str = Field(default="en", max_length=8)


class OpenConversation(Wire):
    """An open conversation; without a turn it is forgotten at `expires_at`."""

    id: str
    language: str
    expires_at: datetime


class TurnRequest(Wire):
    """Either `text` or `ask`."""

    text: str | None = None
    ask: Ask | None = None


class UnsupportedBody(AssistantError):
    """A body that is neither JSON nor wav."""

    code = "unsupported-body"
    status = 415


TURN_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": TurnRequest.model_json_schema(ref_template="#/components/schemas/{model}")},
            "audio/wav": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


def router(turns: Turns, speech: Speech, vocabulary: Callable[[str], list[str]], longest_s: float) -> APIRouter:
    """The routes of `/v1/conversations`."""
    routes = APIRouter(prefix="/v1/conversations", tags=["conversations"])

    @routes.post("", status_code=201)
    async def open_conversation(new: Annotated[NewConversation, Body()]) -> OpenConversation:
        """Opens a conversation."""
        conversation = turns.open(new.language)
        return OpenConversation(id=conversation.id, language=conversation.language, expires_at=conversation.expires_at)

    @routes.post("/{conversation_id}/turns", openapi_extra=TURN_BODY)
    async def take_turn(conversation_id: str, request: Request) -> Turn:
        """One question and its answer."""
        conversation = turns.store.get(conversation_id)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
        if kind in ("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"):
            began = time.perf_counter()
            heard = await recognised(await request.body(), conversation.language, speech, vocabulary, longest_s)
            return await turns.say(conversation, heard.text, heard, (time.perf_counter() - began) * 1000)
        if kind != "application/json":
            raise UnsupportedBody("a turn is application/json or audio/wav")
        question = _parsed(await request.body())
        if question.ask is not None:
            return await turns.ask(conversation, question.ask)
        return await turns.say(conversation, question.text or "")

    @routes.delete("/{conversation_id}", status_code=204)
    async def close_conversation(conversation_id: str) -> None:
        """Forgets the conversation, every trace of it."""
        await turns.close(conversation_id)

    return routes


async def recognised(body: bytes, language: str, speech: Speech, vocabulary: Callable[[str], list[str]], longest_s: float) -> Heard:
    """What a wav says. Raises UnusableAudio where it is no wav or nothing is said in it."""
    pcm = wav.decode(body, longest_s)
    async with speech.listen(language, vocabulary(language)) as listening:
        for start in range(0, len(pcm), FRAME_BYTES):
            await listening.feed(pcm[start : start + FRAME_BYTES])
        heard = await listening.finish()
    if not heard.text.strip():
        raise UnusableAudio("nothing was said in the wav", code="nothing-heard")
    return heard


def _parsed(body: bytes) -> TurnRequest:
    try:
        question = TurnRequest.model_validate_json(body)
    except ValidationError as error:
        kinds = {item["type"] for item in error.errors()}
        if "json_invalid" in kinds:
            raise BadRequest("the body is not JSON in UTF-8", code="invalid-input") from None
        raise BadRequest('a turn is {"text": …} or {"ask": {"intent": …, "slots": {…}}}', code="invalid-input") from None
    if (question.text is None) == (question.ask is None):
        raise BadRequest("a turn is either text or ask", code="invalid-input")
    return question
