"""People at the kiosk's socket, with the real engines: two at once, and one whose recogniser dies in the middle of a word."""

import json
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.conftest import Running, start_assistant, until
from tests.integration.test_speech_worker import recording

PIECE = 3200
pytestmark = pytest.mark.timeout(300)


@contextmanager
def page(running: Running, language: str, resume: str | None = None) -> Iterator[ClientConnection]:
    """A page that has said hello, or comes back to a conversation."""
    address = running.url.replace("http://", "ws://").rstrip("/") + "/v1/kiosk"
    with connect(address, origin=Origin(running.url.rstrip("/")), proxy=None, max_size=None) as socket:
        socket.send(json.dumps({"type": "hello", "language": language, "resume": resume}))
        message(socket, "status")
        yield socket


def message(socket: ClientConnection, *kinds: str, limit_s: float = 20) -> dict[str, Any]:
    """The next message of one of the kinds."""
    ends = time.monotonic() + limit_s
    while True:
        received = socket.recv(max(0.01, ends - time.monotonic()))
        if isinstance(received, str) and (content := json.loads(received))["type"] in kinds:
            found: dict[str, Any] = content
            return found


def speak(socket: ClientConnection, pcm: bytes, *, end: bool = True) -> None:
    """Speaks at the pace of speech."""
    socket.send(json.dumps({"type": "listen"}))
    message(socket, "listening")
    for at in range(0, len(pcm), PIECE):
        socket.send(pcm[at : at + PIECE])
        time.sleep(0.1)
    if end:
        socket.send(json.dumps({"type": "listen_end"}))


def test_two_who_speak_at_once_never_mix(assistant: Running, shared_data: Path) -> None:
    clips = {"en": "en-mixed/azure_whatstheweatherlike.wav", "zh": "zh-mixed/firered_BAC009S0764W0121.wav"}

    def ask(language: str) -> tuple[list[str], dict[str, Any]]:
        with page(assistant, language) as socket:
            speak(socket, recording(shared_data, clips[language]))
            captions = []
            while (received := message(socket, "caption", "turn"))["type"] == "caption":
                captions.append(received["text"])
            return captions, received["turn"]

    with ThreadPoolExecutor(2) as people:
        (english, weather), (chinese, trade) = people.map(ask, clips)
    assert "weather" in weather["heard"]["text"].lower()
    assert "甚至" in trade["heard"]["text"]
    assert (weather["language"], trade["language"]) == ("en", "zh")
    assert all(text.isascii() for text in english)
    assert not any("weather" in text for text in chinese)


def test_a_recogniser_that_dies_in_the_middle_of_a_word(tmp_path: Path, shared_data: Path) -> None:
    """Touch within two seconds, hearing again within ten."""
    pcm = recording(shared_data, "en-mixed/azure_whatstheweatherlike.wav")
    with start_assistant(tmp_path / "dies", ASSISTANT_DIALOGUE__ENGINE="direct") as running, page(running, "en") as socket:
        assert until(lambda: "speech" in running.children(), 30)
        old = running.children()["speech"]
        speak(socket, pcm[: len(pcm) // 2], end=False)
        os.kill(old, signal.SIGKILL)
        died = time.monotonic()
        socket.send(pcm[len(pcm) // 2 :][:PIECE])
        socket.send(json.dumps({"type": "ask", "ask": {"intent": "facilities_find", "slots": {"place": "toilet"}}}))
        assert message(socket, "turn", limit_s=5)["turn"]["replies"][0]["text"]
        assert time.monotonic() - died < 2
        message(socket, "turn_end")

        def hears() -> bool:
            with running.client() as client:
                return bool(client.get("/readyz").json()["components"]["speech"] == "ready")

        assert until(hears, 10 - (time.monotonic() - died)), "hearing is to be back within ten seconds"
        assert running.children()["speech"] != old
        speak(socket, pcm)
        heard = message(socket, "turn")["turn"]["heard"]
        assert "weather" in heard["text"].lower()


def test_a_page_that_loses_its_connection_goes_on_and_what_it_wants_read_is_read(tmp_path: Path) -> None:
    way = {"type": "ask", "ask": {"intent": "wayfinding_route", "slots": {"platform": "3"}}}
    with start_assistant(tmp_path / "back", ASSISTANT_DIALOGUE__ENGINE="direct") as running:
        with page(running, "ko") as socket:
            socket.send(json.dumps({"type": "prefer", "pace": "fast", "step_free": True}))
            socket.send(json.dumps(way))
            before = message(socket, "turn")["turn"]
            assert message(socket, "audio")["text"] == before["replies"][0]["text"]
        with page(running, "en", before["conversation_id"]) as socket:
            socket.send(json.dumps(way))
            after = message(socket, "turn")["turn"]
            assert (after["conversation_id"], after["language"]) == (before["conversation_id"], "ko")
            assert after["replies"][0]["card"]["step_free"]
            message(socket, "audio")
            socket.send(json.dumps({"type": "read", "reading_id": "r1", "text": "직원에게 도움 요청", "language": "ko"}))
            assert message(socket, "turn_end")["outcome"] == "answered"
            assert message(socket, "reading")["reading_id"] == "r1"
            assert message(socket, "reading_end") == {"type": "reading_end", "reading_id": "r1", "outcome": "said"}
