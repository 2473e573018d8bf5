"""Trained dialogues are named by what they were made of, so a model is never stale and a new feed needs no training."""

import asyncio
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assistant.dialogue.supervisor import DIALOGUES, PYTHON, environment
from assistant.errors import Unavailable
from assistant.process import ChildSpec, ProcessChild

CONTENT = ("config.yml", "domain/*.yml", "data/**/*.yml")
"""What a model depends on below a folder of content."""
PROGRAM = ("components/*.py", "requirements/*.txt")
"""What it depends on below the product's `dialogues/`."""
TRAINING_LIMIT_S = 1200
WATCH_S = 0.3
NO_MEMORY = re.compile("MemoryError|[Cc]annot allocate memory|[Mm]emory allocation|bad_alloc")
STEP = re.compile(r"^step (\d+) of (\d+)$", re.MULTILINE)


def content_hash(dialogues: Path = DIALOGUES, program: Path = DIALOGUES) -> str:
    """Sixteen hex digits over everything that a model of the content in `dialogues` depends on."""
    digest = hashlib.sha256()
    for folder, patterns in ((dialogues, CONTENT), (program, PROGRAM)):
        for pattern in patterns:
            for path in sorted(folder.glob(pattern)):
                digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_path(models: Path, dialogues: Path = DIALOGUES) -> Path:
    """Where the model of a folder of content stands, trained or not."""
    return models / "dialogues" / f"{content_hash(dialogues)}.tar.gz"


class ModelShelf:
    """The trained models, as `content.ports.Models` wants them."""

    def __init__(self, models: Path) -> None:
        self._folder = models / "dialogues"
        self.rasa = _rasa_version()

    def key(self, dialogues: Path) -> str:
        """The name of the model of a folder of content."""
        return content_hash(dialogues)

    def path(self, key: str) -> Path:
        """Where it stands once it is trained."""
        return self._folder / f"{key}.tar.gz"


def _rasa_version() -> str:
    """Of the dialogues' environment; empty where it is not installed."""
    found = next(iter(PYTHON.parent.parent.glob("lib/python3*/site-packages/rasa-*.dist-info")), None)
    return found.name.removeprefix("rasa-").removesuffix(".dist-info") if found else ""


async def train(
    models: Path, home: Path, progress: Callable[[str], None], dialogues: Path = DIALOGUES, *,
    steps: Callable[[int, int], None] | None = None, niceness: int = 5, limit_mb: int | None = None,
) -> Path:  # fmt: skip
    """Trains unless a model of the content in `dialogues` exists; returns its path. Cancelled or orphaned, it leaves nothing.

    `steps` is told how many of how many are done; `limit_mb` bounds the memory. Raises Unavailable with Rasa's last lines.
    """
    path = model_path(models, dialogues)
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
            content = Path(scratch) / "content"  # of its own: somebody may go on editing
            await asyncio.to_thread(copy, dialogues, content)
            path = model_path(models, content)
            model = await _trained(Path(scratch), content, home, steps, _limits(niceness, limit_mb))
            model.replace(path)
    except OSError as error:
        raise Unavailable(f"training cannot write: {error.strerror}", hint="is the disk full?") from None
    progress(f"trained in {time.monotonic() - began:.0f} s")
    return path


def copy(dialogues: Path, folder: Path) -> None:
    """Copies what a model depends on."""
    for pattern in CONTENT:
        for path in dialogues.glob(pattern):
            target = folder / path.relative_to(dialogues)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())


def _limits(niceness: int, limit_mb: int | None) -> dict[str, str]:
    limits = {"ASSISTANT_NICE": str(niceness), "ASSISTANT_STEPS": "1"}
    return limits | ({"ASSISTANT_LIMIT_MB": str(limit_mb)} if limit_mb else {})


async def _trained(folder: Path, content: Path, home: Path, steps: Callable[[int, int], None] | None, limits: dict[str, str]) -> Path:
    words = (
        "train", "--domain", str(content / "domain"), "--data", str(content / "data"), "--config", str(content / "config.yml"),
        "--force", "--quiet", "--skip-validation", "--out", str(folder), "--fixed-model-name", "model",
    )  # fmt: skip
    argv = (str(PYTHON), "-m", "launch", *words)
    child = await ProcessChild.spawn(ChildSpec(name="training", argv=argv, env=environment(home) | limits, cwd=DIALOGUES))
    watching = asyncio.create_task(_watch(child, steps)) if steps else None
    try:
        code = await asyncio.wait_for(child.wait(), TRAINING_LIMIT_S)
    except TimeoutError:
        raise Unavailable(f"training took longer than {TRAINING_LIMIT_S} s", hint="is the machine out of memory?") from None
    finally:
        if watching is not None:
            watching.cancel()
        await child.end(0)
    model = folder / "model.tar.gz"
    if code != 0 or not model.exists():
        lines = child.output.decode(errors="replace").strip().splitlines()
        crashed = code < 0 or not lines  # libraries that get no memory often end without a word
        if "ASSISTANT_LIMIT_MB" in limits and (crashed or NO_MEMORY.search("".join(lines[-12:]))):
            raise Unavailable(f"training needs more than {limits['ASSISTANT_LIMIT_MB']} MB", hint="teach fewer phrases, or allow it more")
        last = [line for line in lines if not STEP.fullmatch(line)][-12:]
        raise Unavailable("training failed:\n" + "\n".join(last), hint="station-assistant dialogues validate")
    return model


async def _watch(child: ProcessChild, steps: Callable[[int, int], None]) -> None:
    told = 0
    while True:
        await asyncio.sleep(WATCH_S)
        found = STEP.findall(child.output.decode(errors="replace"))
        if found and int(found[-1][0]) != told:
            told = int(found[-1][0])
            steps(told, int(found[-1][1]))
