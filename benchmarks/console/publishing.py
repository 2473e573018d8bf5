"""From a click to live: training, proof and swap of a change on the machine that serves; and a hundred swaps under load."""

import asyncio
import json
import os
import shutil
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.clock import StartedClock
from assistant.content import golden, proof
from assistant.content.models import SHIPPED
from assistant.dialogue import trainer
from assistant.dialogue.supervisor import DIALOGUES
from assistant.dialogue.training import Training
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.rehearsal import StandingClock, changed_words, rehearsal
from assistant.settings import Settings
from benchmarks.console.content import Shelf, edited
from benchmarks.console.talk import Heard, talking
from benchmarks.figures import Figure, percentile, spread
from benchmarks.running import MORNING, Running, assistant, say

SWAPS, VISITS, IDLE_S = int(os.environ.get("BENCH_SWAPS", "100")), 2, 15.0
MODELS = "models"


def measure() -> list[Figure]:
    """All figures of a publication and of swaps; models are trained in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="bench-console-") as folder:
        root = Path(folder)
        usual = Settings.load()
        shipped = asyncio.run(trainer.train(usual.models, root / "home", say))
        models = root / MODELS / "dialogues"
        models.mkdir(parents=True)
        shutil.copy(shipped, models)
        env = {"ASSISTANT_DATA": str(root / "data"), "ASSISTANT_MODELS": str(root / MODELS)}
        with assistant(**env, ASSISTANT_SPEECH__ADDRESS=f"unix://{root}/nobody") as running:
            settings = usual.model_copy(update={"data": root / "data", "models": root / MODELS})
            return asyncio.run(_measure(settings, running))


async def _measure(settings: Settings, running: Running) -> list[Figure]:
    shelf = Shelf.of(settings.data, settings)
    release = shelf.make(edited(shelf.releases.files(SHIPPED)))
    figures = await _publish(settings, running, shelf, release)
    return figures + await _swaps(running, shelf, release)


async def _publish(settings: Settings, running: Running, shelf: Shelf, release: str) -> list[Figure]:
    say("idle turns")
    async with talking(running.url, 1) as idle:
        await asyncio.sleep(IDLE_S)
    say("training and what is live, at once")
    began, dialogues = time.monotonic(), shelf.releases.dialogues(release)
    training = Training(settings.models, settings.data / "rasa")
    async with talking(running.url, 1) as busy:
        job = training.start(dialogues, DIALOGUES)
        found, spent = await _proof(settings, job.ended, dialogues)
    if job.state != "done":
        raise RuntimeError(job.problem)
    swap = await shelf.activate(release)
    total = time.monotonic() - began
    note = f"training {spent['training']:.0f} s beside the live answers, proof {spent['proof']:.0f} s, swap {swap:.1f} s"
    slower = percentile(busy.ms, 95) / percentile(idle.ms, 95)
    return [
        Figure(name="publish: from click to live", unit="s", value=round(total, 1), bar=120, note=note),
        Figure(name="conversations proved", unit="conversations", value=found.conversations, note=f"{found.told} told twice"),
        Figure(name="answers that changed", unit="answers", value=len(found.changes), note=f"{len(found.broken)} conversations broken"),
        spread("turn, idle", "ms", idle.ms),
        spread("turn, while a model is trained", "ms", busy.ms),
        Figure(name="turn p95 during training against idle", unit="times", value=round(slower, 2), bar=2),
        Figure(name="failed turns during training", unit="turns", value=busy.failed, n=len(busy.ms), bar=0),
    ]


async def _proof(settings: Settings, trained: asyncio.Event, dialogues: Path) -> tuple[proof.Proof, dict[str, float]]:
    began = time.monotonic()
    clock = StandingClock(StartedClock(datetime.fromisoformat(MORNING)))
    knowledge = await asyncio.to_thread(Knowledge.open, settings, clock)
    await asyncio.to_thread(knowledge.load_ways)
    environment = Monitor(settings, clock, ZoneInfo(knowledge.validity().timezone))
    told, rooms = golden.conversations(dialogues, settings.languages), (settings, knowledge, environment, clock)
    async with rehearsal(*rooms, DIALOGUES, trainer.model_path(settings.models)) as live:
        before = await proof.look(live, told)
    await trained.wait()
    spent = {"training": time.monotonic() - began}
    async with rehearsal(*rooms, dialogues, trainer.model_path(settings.models, dialogues)) as draft:
        found = await proof.prove(draft, told, before, changed_words(DIALOGUES, dialogues))
    knowledge.close()
    return found, spent | {"proof": time.monotonic() - began - spent["training"]}


async def _swaps(running: Running, shelf: Shelf, release: str) -> list[Figure]:
    say(f"{SWAPS} swaps under load")
    await shelf.activate(SHIPPED)
    before, seconds, back = running.pss_mb(), list[float](), list[float]()
    heard: Heard
    async with talking(running.url, VISITS) as heard:
        for number in range(SWAPS // 2):
            seconds.append(await shelf.activate(release))
            back.append(await shelf.activate(SHIPPED, back=True))
            if number % 10 == 9:
                say(json.dumps({"swaps": 2 * number + 2, "mb": running.pss_mb()}))
    await asyncio.sleep(3)
    grown = {name: mb / before[name] for name, mb in running.pss_mb().items() if name in before}
    note = ", ".join(f"{name} {before[name]:.0f} MB, {times:.2f} times" for name, times in grown.items())
    turns = sum(heard.kinds.values())
    return [
        Figure(name="failed turns during swaps", unit="turns", value=heard.failed, n=turns, bar=0, note=f"{SWAPS} swaps"),
        Figure(name="mixed turns during swaps", unit="turns", value=heard.mixed, n=turns, bar=0),
        spread("swap, from the pointer to live, under load", "s", seconds),
        spread("roll-back, under load", "s", back, bar=5),
        spread("turn, during swaps", "ms", heard.ms),
        Figure(name="memory after the swaps against before", unit="times", value=round(max(grown.values()), 3), bar=1.15, note=note),
    ]
