"""An assistant started as an operator starts it, and the memory of its processes."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).resolve().parent.parent
MORNING = "2026-11-24T08:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Running:
    """A started assistant."""

    url: str
    seconds: float
    """From the start to `ready`, as it says itself."""
    pid: int

    def client(self) -> httpx.Client:
        """A client of its API."""
        return httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    def pss_mb(self) -> dict[str, float]:
        """Proportional set size of the assistant, the speech worker and Rasa, each with its children."""
        return {_name(process): pss_mb(process) for process in [psutil.Process(self.pid), *psutil.Process(self.pid).children()]}


@contextmanager
def assistant(**environment: str) -> Iterator[Running]:
    """Starts `station-assistant serve`, with state of its own unless `ASSISTANT_DATA` says otherwise, and stops it in the end."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        env = {key: value for key, value in os.environ.items() if not key.startswith("ASSISTANT_") or key == "ASSISTANT_MODELS"}
        env |= {"ASSISTANT_DATA": folder, "ASSISTANT_HTTP__PORT": "0", "ASSISTANT_CLOCK__START": MORNING} | environment
        command = [sys.executable, "-m", "assistant", "serve", "--quiet"]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        try:
            ready = json.loads(process.stdout.readline())  # type: ignore[union-attr]
            yield Running(ready["url"], ready["seconds"], process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def say(text: str) -> None:
    """Progress, for whoever waits."""
    print(f"… {text}", flush=True)


def pss_mb(process: psutil.Process) -> float:
    """Proportional set size of a process and its children, but not of the supervised ones."""
    family = [process] if "serve" in process.cmdline() else [process, *process.children(recursive=True)]
    return float(sum(member.memory_full_info().pss for member in family)) / 1e6


def _name(process: psutil.Process) -> str:
    words = process.cmdline()
    if "serve" in words:
        return "assistant"
    return "speech" if "assistant.speech.worker" in words else "dialogue"
