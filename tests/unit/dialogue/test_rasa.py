"""What the adapter makes of Rasa's answers and failures; the integration tests ask the real one."""

import json
from collections.abc import Callable

import httpx
import pytest

from assistant.dialogue.rasa import RasaDialogue
from assistant.errors import Unavailable

UNDERSTOOD = {"intent": {"name": "air_quality_now", "confidence": 0.9}, "messages": [{"text": "x"}, {"custom": {"replies": []}}]}


def rasa(handler: Callable[[httpx.Request], httpx.Response]) -> RasaDialogue:
    dialogue = RasaDialogue("of-this-start", 5.0, transport=httpx.MockTransport(handler))
    dialogue.port = 5005
    return dialogue


def refuse(error: type[httpx.TransportError]) -> Callable[[httpx.Request], httpx.Response]:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error("no", request=request)

    return handler


async def test_a_turn_carries_the_secret_and_brings_the_actions_answers() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=UNDERSTOOD)

    step = await rasa(handler).respond("c", "how is the air", "en")
    assert (step.intent, step.confidence, step.messages) == ("air_quality_now", 0.9, [{"replies": []}])
    assert seen[0].headers["authorization"] == "Bearer of-this-start"
    assert json.loads(seen[0].content)["language"] == "en"


@pytest.mark.parametrize(
    "handler",
    [
        refuse(httpx.ConnectError),
        refuse(httpx.ReadTimeout),
        refuse(httpx.RemoteProtocolError),
        lambda request: httpx.Response(500),
        lambda request: httpx.Response(503, json={"code": "no-model"}),
        lambda request: httpx.Response(200, content=b"no json"),
        lambda request: httpx.Response(200, json=[]),
        lambda request: httpx.Response(200, json=UNDERSTOOD | {"messages": []}),
        lambda request: httpx.Response(200, json=UNDERSTOOD | {"intent": None}),
    ],
)
async def test_whatever_goes_wrong_is_said_to_be_unavailable(handler: Callable[[httpx.Request], httpx.Response]) -> None:
    with pytest.raises(Unavailable):
        await rasa(handler).respond("c", "hello", "en")


@pytest.mark.parametrize(
    ("names", "nearest"),
    [
        ([], None), (["nlu_fallback", "fallback_out_of_scope", "luggage_storage", "robot_sure"], "luggage_storage"),
        (["air_quality_now", "luggage_storage"], "air_quality_now"), (["nlu_fallback"], None),
    ],
)  # fmt: skip
async def test_the_nearest_question_is_told_also_where_none_was_sure(names: list[str], nearest: str | None) -> None:
    answer = UNDERSTOOD | {"ranking": [{"name": name, "confidence": 0.2} for name in names]}
    assert (await rasa(lambda request: httpx.Response(200, json=answer)).respond("c", "what", "en")).nearest == nearest


async def test_a_tile_settles_only_slots_that_rasa_has() -> None:
    bodies = []

    def handler(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        return httpx.Response(204)

    await rasa(handler).know("c", {"destination": "Airport", "time": None, "platform": "8", "date": "2026-11-24"})
    assert bodies == [{"slots": {"destination": "Airport", "time": None}, "close_form": True}]


async def test_a_rasa_that_is_not_there_remembers_nothing() -> None:
    await rasa(refuse(httpx.ConnectError)).forget("c")
    await rasa(lambda request: httpx.Response(404)).forget("c")
    never_started = RasaDialogue("of-this-start", 5.0)
    await never_started.forget("c")
    assert not await never_started.ready()


@pytest.mark.parametrize("handler", [refuse(httpx.ReadTimeout), lambda request: httpx.Response(500)])
async def test_a_rasa_that_hangs_may_still_remember(handler: Callable[[httpx.Request], httpx.Response]) -> None:
    with pytest.raises(Unavailable):
        await rasa(handler).forget("c")
