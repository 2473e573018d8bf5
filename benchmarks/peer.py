"""The bot that `rasa init` makes, with its default pipeline: the measure of what a light one saves."""

import os
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from benchmarks.running import ROOT, pss_mb

PYTHON = ROOT / "dialogues" / ".venv" / "bin" / "python"
TURNS = 200
SAID = ("hi", "I am feeling great", "I am sad", "are you a bot?", "bye")


@dataclass(frozen=True, slots=True)
class Peer:
    """What it took."""

    start_s: float
    memory_mb: float
    turns_ms: list[float]


def measure() -> Peer:
    """Makes the bot, trains it, starts it and talks to it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        env = {
            "PATH": os.defpath, "HOME": folder, "LANG": "C.UTF-8", "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        bot = Path(folder) / "bot"
        bot.mkdir()
        quiet = {"cwd": bot, "env": env, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([PYTHON, "-m", "rasa", "init", "--no-prompt"], check=True, **quiet)  # type: ignore[call-overload]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        began = time.perf_counter()
        words = [PYTHON, "-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(port)]
        process = subprocess.Popen(words, **quiet)  # type: ignore[call-overload]
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
                _wait(client)
                start_s = time.perf_counter() - began
                turns = [_turn(client, number) for number in range(TURNS)]
            return Peer(start_s, pss_mb(psutil.Process(process.pid)), turns)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _wait(client: httpx.Client) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        try:
            if client.get("/").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError("the rasa init bot did not start")


def _turn(client: httpx.Client, number: int) -> float:
    began = time.perf_counter()
    body = {"sender": f"bench-{number // len(SAID)}", "message": SAID[number % len(SAID)]}
    client.post("/webhooks/rest/webhook", json=body).raise_for_status()
    return (time.perf_counter() - began) * 1000
