"""Speaking to the kiosk as its page does: frames at the pace of speech over the WebSocket, then the release of the button."""

import csv
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from assistant.speech.models import RATE
from assistant.speech.wav import decode
from benchmarks.running import ROOT

RECORDINGS = ROOT.parent / "shared" / "data" / "speech"
MOST_RECORDINGS = 8
SHORTEST_S = 2.0
FRAME_S = 0.1
UTTERANCE_S = 3.0
ANSWER_LIMIT_S = 20.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """One spoken question."""

    text_ms: float | None
    """From the release of the button to the answer's text; None where nothing was heard."""
    audio_ms: float | None
    """From the answer's text to the first byte of its sound."""


def utterance(client: httpx.Client, text: str, language: str) -> bytes:
    """The kiosk's own voice asking `text`: three seconds, cut or filled up with silence."""
    answer = client.post("/v1/speech/synthesis", json={"text": text, "language": language})
    answer.raise_for_status()
    return fitted(decode(answer.content, 60))


def recordings(language: str) -> list[bytes]:
    """What people said: the first three seconds of the recordings at hand; none where they are not here."""
    found = []
    for manifest in sorted(RECORDINGS.glob(f"{language}-*/manifest.tsv")):
        with manifest.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                sound = manifest.parent / row["file"]
                if float(row["seconds"]) >= SHORTEST_S and row["codec"] == "pcm_s16le":
                    found.append(fitted(decode(sound.read_bytes(), 120)))
    return found[:MOST_RECORDINGS]


def fitted(pcm: bytes) -> bytes:
    """Sound of exactly the length of an utterance."""
    size = int(UTTERANCE_S * RATE) * 2
    return pcm[:size].ljust(size, b"\0")


def ask_aloud(url: str, language: str, utterances: list[bytes]) -> Iterator[Spoken]:
    """Speaks each utterance in one conversation and times the answers."""
    address = url.replace("http://", "ws://").rstrip("/") + "/v1/kiosk"
    with connect(address, origin=Origin(url.rstrip("/")), proxy=None, max_size=None) as socket:
        for pcm in utterances:
            socket.send(json.dumps({"type": "hello", "language": language}))
            _until(socket, "welcome")
            yield _ask(socket, pcm)


def _ask(socket: ClientConnection, pcm: bytes) -> Spoken:
    socket.send(json.dumps({"type": "listen"}))
    _until(socket, "listening")
    began, size = time.perf_counter(), int(FRAME_S * RATE) * 2
    for number, start in enumerate(range(0, len(pcm), size), 1):
        time.sleep(max(0.0, began + number * FRAME_S - time.perf_counter()))
        socket.send(pcm[start : start + size])
    released = time.perf_counter()
    socket.send(json.dumps({"type": "listen_end"}))
    text = audio = None
    while True:
        message = socket.recv(ANSWER_LIMIT_S)
        now = time.perf_counter()
        if isinstance(message, bytes):
            audio = audio or now
            continue
        kind = json.loads(message)["type"]
        if kind == "turn":
            text = now
        elif kind == "problem":
            raise RuntimeError(message)
        elif kind == "turn_end":
            break
    return Spoken((text - released) * 1000 if text else None, (audio - text) * 1000 if audio and text else None)


def _until(socket: ClientConnection, kind: str) -> None:
    while True:
        message = socket.recv(ANSWER_LIMIT_S)
        if isinstance(message, str) and json.loads(message)["type"] == kind:
            return
