"""How the speech worker is started, by whoever starts it."""

import os
import sys
from pathlib import Path

from assistant.process import ChildSpec
from assistant.settings import ROOT, Settings


def worker_spec(settings: Settings, folder: Path) -> ChildSpec:
    """A worker of these settings on `speech.sock` in `folder`, which nobody else can enter."""
    argv = [sys.executable, "-m", "assistant.speech.worker", "--socket", str(folder / "speech.sock")]
    argv += ["--models", str(settings.models), "--languages", ",".join(settings.languages)]
    argv += ["--longest-s", str(settings.speech.longest_s)]
    for flag, chosen in (("--engine", settings.speech.engines), ("--voice", settings.speech.voices)):
        for language, engine in chosen.items():
            argv += [flag, f"{language}={engine}"]
    for flag, numbers in (("--speed", settings.speech.speed), ("--volume", settings.speech.volume)):
        for language, number in numbers.items():
            argv += [flag, f"{language}={number}"]
    for name, seconds in settings.speech.endpointing.model_dump().items():
        argv += ["--limit", f"{name}={seconds}"]
    for text in settings.speech.scripted:
        argv += ["--scripted", text]
    env = {"PATH": os.defpath, "HOME": str(folder), "LANG": "C.UTF-8", "TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}
    return ChildSpec(name="speech", argv=tuple(argv), env=env, cwd=folder)
