"""Trying a draft in a chat: the same words to it and to what is live."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends
from pydantic import Field

from assistant.accounts.models import ID
from assistant.console.door import Door, Key
from assistant.content.studio import Studio
from assistant.conversation.models import Wire
from assistant.errors import Busy, UnknownLanguage


class Said(Wire):
    """What somebody might say at the kiosk."""

    text: Annotated[str, Field(min_length=1, max_length=500)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
    conversation: Annotated[str, Field(pattern=ID)] | None = None
    """Of the answer before; left out, a new one begins."""


class Answered(Wire):
    """What one of the two made of it."""

    intent: str
    confidence: float
    slots: dict[str, str]
    text: Sequence[str]
    speech: Sequence[str]
    cards: Sequence[str]
    tiles: Sequence[str]


class Tried(Wire):
    """The same words to both."""

    state: Literal["starting", "answered"]
    """`starting`: both engines are being started; ask again in a moment."""
    conversation: str | None = None
    draft: Answered | None = None
    live: Answered | None = None
    differs: Sequence[Literal["understood", "answer", "speech", "card", "tiles"]] = ()


def router(door: Door, studio: Studio[Any]) -> APIRouter:
    """The route of `/drafts/{id}/turns`."""
    routes = APIRouter(prefix="/drafts/{draft_id}", tags=["drafts"], dependencies=[Depends(door.editor)])

    @routes.post("/turns")
    async def turn(draft_id: Key, said: Annotated[Said, Body()]) -> Tried:
        """Says it to both. Kept nowhere, reported to nobody."""
        pair = await asyncio.to_thread(studio.pair, draft_id)
        if said.language not in await asyncio.to_thread(studio.topics.languages, draft_id):
            raise UnknownLanguage("this station does not serve that language")
        if studio.bench.busy:
            raise Busy("something is learnt or proved, which needs the memory", code="work-busy", hint="try it when that is done")
        found = await studio.trial.turn(pair, said.text, said.language, said.conversation)
        if found is None:
            return Tried(state="starting")
        return Tried.model_validate({
            "state": "answered", "conversation": found.conversation, "draft": _answered(found.draft), "live": _answered(found.live),
            "differs": found.differs,
        })  # fmt: skip

    return routes


def _answered(turn: dict[str, Any]) -> Answered:
    replies, understood = turn["replies"], turn["understood"]
    return Answered(
        intent=understood["intent"], confidence=understood["confidence"],
        slots={slot["type"]: slot["id"] or slot["value"] for slot in understood["slots"]},
        text=[reply["text"] for reply in replies], speech=[reply["speech"] for reply in replies],
        cards=[reply["card"]["type"] for reply in replies if reply["card"]], tiles=[tile["label"] for tile in turn["suggestions"]],
    )  # fmt: skip
