"""Recognition and synthesis on their own, for clients with a dialogue of their own."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from pydantic import Field

from assistant.api.conversations import recognised
from assistant.api.parameters import Language
from assistant.conversation.models import HeardText, Wire
from assistant.conversation.turn import Turns, character_cleaned
from assistant.errors import BadRequest
from assistant.speech import wav
from assistant.speech.ports import Speech

WAV_BODY = {"requestBody": {"required": True, "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}}}
WAV_ANSWER = {200: {"content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}}}


class Utterance(Wire):
    """What to say."""

    text: str = Field(max_length=1000)
    language: str = Field(max_length=8)


def router(turns: Turns, speech: Speech, vocabulary: Callable[[str], list[str]], longest_s: float) -> APIRouter:
    """The routes of `/v1/speech`."""
    routes = APIRouter(prefix="/v1/speech", tags=["speech"])

    @routes.post("/recognition", openapi_extra=WAV_BODY)
    async def recognition(request: Request, language: Language = "en") -> HeardText:
        """What a wav says."""
        heard = await recognised(await request.body(), turns.served(language), speech, vocabulary, longest_s)
        return HeardText(text=heard.text, confidence=heard.confidence, engine=heard.engine)

    @routes.post("/synthesis", response_class=Response, responses=WAV_ANSWER)  # type: ignore[arg-type]
    async def synthesis(utterance: Utterance) -> Response:
        """A text as a wav, which says in its `LIST INFO` chunk that the speech is synthetic."""
        text = character_cleaned(utterance.text).strip()
        if not text:
            raise BadRequest("the text is empty", code="empty-text")
        sounds = [sound async for sound in speech.synthesise(text, turns.served(utterance.language))]
        if not sounds:
            raise BadRequest("the text holds nothing that can be spoken", code="empty-text")
        body = wav.encode(b"".join(sound.pcm for sound in sounds), sounds[0].rate)
        return Response(wav.marked_synthetic(body), media_type="audio/wav")

    return routes
