"""Trained dialogues are named by what they were made of, so a model is never stale and a new feed needs no training."""

import hashlib
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from assistant.dialogue.supervisor import DIALOGUES, PYTHON, environment
from assistant.errors import Unavailable

PARTS = ("config.yml", "domain/*.yml", "data/**/*.yml", "components/*.py", "requirements/*.txt")
"""What a model depends on, below `dialogues/`."""
TRAINING_LIMIT_S = 1200


def content_hash(dialogues: Path = DIALOGUES) -> str:
    """Sixteen hex digits over everything that a trained model depends on."""
    digest = hashlib.sha256()
    for pattern in PARTS:
        for path in sorted(dialogues.glob(pattern)):
            digest.update(f"{path.relative_to(dialogues)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_path(models: Path) -> Path:
    """Where the model of today's content stands, trained or not."""
    return models / "dialogues" / f"{content_hash()}.tar.gz"


def train(models: Path, home: Path, progress: Callable[[str], None]) -> Path:
    """Trains unless a model of this content exists; returns its path. Raises Unavailable with Rasa's last lines."""
    path = model_path(models)
    if path.exists():
        return path
    if not PYTHON.exists():
        raise Unavailable("the dialogues' environment is not installed", hint="make setup")
    progress("training the dialogues (about a minute, once for each change of their content)")
    began = time.monotonic()
    path.parent.mkdir(parents=True, exist_ok=True)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{path.name}.{os.getpid()}.tar.gz")
    command = [
        str(PYTHON),
        "-m",
        "launch",
        "train",
        "--domain",
        "domain",
        "--force",
        "--quiet",
        "--out",
        str(path.parent),
        "--fixed-model-name",
        part.name,
    ]
    try:
        done = subprocess.run(  # noqa: S603  every word of the command is ours
            command, cwd=DIALOGUES, env=environment(home), stdin=subprocess.DEVNULL, capture_output=True, timeout=TRAINING_LIMIT_S,
            preexec_fn=lambda: os.nice(5), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Unavailable(f"training took longer than {TRAINING_LIMIT_S} s", hint="is the machine out of memory?") from None
    if done.returncode != 0 or not part.exists():
        last = (done.stdout + done.stderr).decode(errors="replace").strip().splitlines()[-12:]
        raise Unavailable("training failed:\n" + "\n".join(last), hint="station-assistant dialogues validate")
    part.replace(path)
    progress(f"trained in {time.monotonic() - began:.0f} s")
    return path
