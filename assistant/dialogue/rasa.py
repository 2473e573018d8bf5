"""Rasa behind its own authenticated channel (`dialogues/channels/`), over HTTP on loopback."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from assistant.dialogue.models import Reading, Understanding
from assistant.errors import ContentError, Unavailable

LOAD_LIMIT_S = 60.0
NOTE_LIMIT_S = 1.0
"""Longest wait for what is not the answer itself: nobody must wait for a hung Rasa twice; it is killed soon, and then remembers nothing."""
NONE = ("nlu_fallback", "fallback_")
"""How intents begin that say that nothing was understood."""
SLOTS = frozenset({"origin", "destination", "stop", "line", "place", "time"})
"""The slots of `dialogues/domain/_shared.yml` that a touched tile can settle."""


def _plain(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: value for key, value in entity.items() if not key.startswith("confidence")} for entity in entities]


def _nearest(ranking: list[dict[str, Any]]) -> str | None:
    """The first intent that is a question of people, not a way of saying that none was understood."""
    names = (str(each["name"]) for each in ranking)
    return next((name for name in names if not name.startswith(NONE)), None)


@asynccontextmanager
async def _rasa_errors() -> AsyncIterator[None]:
    try:
        yield
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise Unavailable("the dialogue engine does not answer", code="dialogue-unavailable") from error


class RasaDialogue:
    """The dialogue port met by a Rasa server that somebody else keeps running; `port` is where, anew at each of its starts."""

    def __init__(self, secret: str, turn_limit_s: float, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.port = 0
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {secret}"}, timeout=turn_limit_s, trust_env=False, transport=transport
        )

    async def respond(self, conversation_id: str, text: str, language: str) -> Understanding:
        """One turn through Rasa; an empty answer is an error, because a failed action ends so."""
        async with _rasa_errors():
            body = {"conversation_id": conversation_id, "text": text, "language": language}
            response = await self._client.post(self._url("/turns"), json=body)
            response.raise_for_status()
            content = response.json()
            messages = [message["custom"] for message in content["messages"] if message.get("custom")]
            intent = content["intent"]
            if not messages:
                raise Unavailable("the dialogue engine gave no answer", code="dialogue-unavailable")
            return Understanding(
                intent=str(intent["name"]), confidence=float(intent["confidence"]), messages=messages,
                nearest=_nearest(content.get("ranking", [])),
            )  # fmt: skip

    async def read(self, texts: Sequence[str]) -> list[Reading]:
        """Rasa's parse of each text."""
        async with _rasa_errors():
            response = await self._client.post(self._url("/readings"), json={"texts": list(texts)}, timeout=NOTE_LIMIT_S)
            response.raise_for_status()
            return [
                Reading(
                    text=text,
                    intent=str(parsed["intent"]["name"]),
                    confidence=float(parsed["intent"]["confidence"]),
                    strange_names=any(entity["entity"] == "stop" and not entity.get("ids") for entity in parsed["entities"]),
                )
                for text, parsed in zip(texts, response.json()["readings"], strict=True)
            ]

    async def parses(self, texts: Sequence[str]) -> list[str]:
        """What each text is understood as, intent and entities without confidences, in a form that can be compared."""
        async with _rasa_errors():
            response = await self._client.post(self._url("/readings"), json={"texts": list(texts)})
            response.raise_for_status()
            found = response.json()["readings"]
            return [json.dumps([parsed["intent"]["name"], _plain(parsed["entities"])], sort_keys=True) for parsed in found]

    async def know(self, conversation_id: str, slots: dict[str, str | None]) -> None:
        """Sets slots and closes an open form."""
        async with _rasa_errors():
            body = {"slots": {name: value for name, value in slots.items() if name in SLOTS}, "close_form": True}
            url = self._url(f"/conversations/{conversation_id}/slots")
            response = await self._client.put(url, json=body, timeout=NOTE_LIMIT_S)
            response.raise_for_status()

    async def forget(self, conversation_id: str) -> None:
        """Deletes the tracker. A Rasa that is not there has none: it keeps them in memory only."""
        if not self.port:
            return
        async with _rasa_errors():
            try:
                response = await self._client.delete(self._url(f"/conversations/{conversation_id}"), timeout=NOTE_LIMIT_S)
            except httpx.ConnectError:
                return
            if response.status_code != httpx.codes.NOT_FOUND:
                response.raise_for_status()

    async def ready(self) -> bool:
        """True where Rasa has a model loaded and answers."""
        return await self.serving() is not None

    async def serving(self) -> str | None:
        """The file name of the model that it answers with; None while it does not answer."""
        try:
            response = await self._client.get(self._url("/health"))
            content = response.json() if response.status_code == httpx.codes.OK else {}
            return str(content["model"]) if content.get("ready") is True else None
        except (httpx.HTTPError, ValueError, Unavailable):
            return None

    async def load(self, model: Path) -> None:
        """Loads a model beside the one that answers. Raises ContentError for one that cannot be loaded."""
        async with _rasa_errors():
            response = await self._client.post(self._url("/models"), json={"model": str(model)}, timeout=LOAD_LIMIT_S)
            if response.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
                raise ContentError(f"{model.name} cannot be loaded", hint="train it again: dialogues train")
            response.raise_for_status()

    async def switch(self) -> None:
        """Answers with what was loaded from the next turn on."""
        async with _rasa_errors():
            response = await self._client.put(self._url("/models/current"), timeout=NOTE_LIMIT_S)
            response.raise_for_status()

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    def _url(self, path: str) -> str:
        if not self.port:
            raise Unavailable("the dialogue engine is not started", code="dialogue-unavailable")
        return f"http://127.0.0.1:{self.port}/webhooks/assistant{path}"
