"""Trained dialogues are named by what they were made of, so a model is never stale and a new feed needs no training."""

import asyncio
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assistant.dialogue.supervisor import DIALOGUES, PYTHON, environment
from assistant.errors import Unavailable
from assistant.process import ChildSpec, ProcessChild

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


async def train(models: Path, home: Path, progress: Callable[[str], None]) -> Path:
    """Trains unless a model of this content exists; returns its path. Cancelled or orphaned, it leaves nothing.

    Raises Unavailable with Rasa's last lines.
    """
    path = model_path(models)
    if path.exists():
        return path
    if not PYTHON.exists():
        raise Unavailable("the dialogues' environment is not installed", hint="make setup")
    progress("training the dialogues (about a minute, once for each change of their content)")
    began = time.monotonic()
    try:
        for folder in (path.parent, home):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".training-", dir=path.parent) as scratch:
            (await _trained(Path(scratch), home)).replace(path)
    except OSError as error:
        raise Unavailable(f"training cannot write: {error.strerror}", hint="is the disk full?") from None
    progress(f"trained in {time.monotonic() - began:.0f} s")
    return path


async def _trained(folder: Path, home: Path) -> Path:
    words = ("train", "--domain", "domain", "--force", "--quiet", "--skip-validation", "--out", str(folder), "--fixed-model-name", "model")
    argv = ("nice", "-n", "5", str(PYTHON), "-m", "launch", *words)
    child = await ProcessChild.spawn(ChildSpec(name="training", argv=argv, env=environment(home), cwd=DIALOGUES))
    try:
        code = await asyncio.wait_for(child.wait(), TRAINING_LIMIT_S)
    except TimeoutError:
        raise Unavailable(f"training took longer than {TRAINING_LIMIT_S} s", hint="is the machine out of memory?") from None
    finally:
        await child.end(0)
    model = folder / "model.tar.gz"
    if code != 0 or not model.exists():
        last = child.output.decode(errors="replace").strip().splitlines()[-12:]
        raise Unavailable("training failed:\n" + "\n".join(last), hint="station-assistant dialogues validate")
    return model
