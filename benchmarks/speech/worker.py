"""The worker as it runs at a kiosk: how soon after the last sound its text is there, with several at once, and on a small machine."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from pathlib import Path

import psutil

from assistant.speech.client import SpeechClient
from assistant.speech.models import RATE
from benchmarks.figures import Figure, spread
from benchmarks.running import ROOT, pss_mb, say
from benchmarks.speaking import fitted
from benchmarks.speech import corpus, questions, sounds
from benchmarks.speech.questions import MODELS

PIECE_S = 0.1
AT_ONCE = (1, 2, 4)
ROUNDS = {1: 2, 2: 2, 4: 1}
START_S = 120.0
SMALL_CORES, SMALL_BYTES = 1.0, 2 * 1024**3
"""A Pi-like limit: half of each of two cores, 2 GB."""
BARS_MS = {"vosk": 250, "whisper": 400}


@asynccontextmanager
async def worker(engine: str, languages: str, *, small: bool = False) -> AsyncIterator[tuple[SpeechClient, psutil.Process]]:
    """A worker whose languages are heard by one engine."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, limited() if small else nullcontext(None) as group:
        socket = Path(folder) / "s"
        command = [sys.executable, "-m", "assistant.speech.worker", "--socket", str(socket), "--models", str(MODELS)]
        command += ["--languages", languages]
        command += [f"--engine={language}={engine}" for language in languages.split(",")]
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env={**os.environ, "HOME": folder})
        client = SpeechClient(f"unix://{socket}", languages.split(","))
        try:
            if group is not None:
                for controller in group:
                    (controller / "cgroup.procs").write_text(str(process.pid))
            async with asyncio.timeout(START_S):
                while not await client.ping():  # noqa: ASYNC110  it answers when it answers
                    await asyncio.sleep(0.1)
            yield client, psutil.Process(process.pid)
        finally:
            process.terminate()
            await process.wait()


@contextmanager
def limited() -> Iterator[list[Path]]:
    """Control groups with the limits of a small machine. Raises OSError where they cannot be made."""
    root, name = Path("/sys/fs/cgroup"), f"bench-{os.getpid()}"
    if (root / "cgroup.controllers").exists():
        groups = [root / name]
        limits = {"cpu.max": f"{int(SMALL_CORES * 100_000)} 100000", "memory.max": str(SMALL_BYTES)}
        written = [(groups[0], limits)]
    else:
        groups = [root / "cpu" / name, root / "memory" / name]
        written = [
            (groups[0], {"cpu.cfs_period_us": "100000", "cpu.cfs_quota_us": str(int(SMALL_CORES * 100_000))}),
            (groups[1], {"memory.limit_in_bytes": str(SMALL_BYTES)}),
        ]
    try:
        for group, values in written:
            group.mkdir()
            for file, value in values.items():
                (group / file).write_text(value)
        yield groups
    finally:
        for group in groups:
            if group.exists():
                group.rmdir()


def clips(language: str) -> list[bytes]:
    """The last three seconds of what people say, up to their last word."""
    rows = [row for row in corpus.rows("human") if row.language == language and row.end_s >= 3]
    return [fitted(sounds.to_pcm(corpus.samples(row.file)[int((row.end_s - 3) * RATE) : int(row.end_s * RATE)])) for row in rows]


async def latency(engine: str, languages: tuple[str, ...], *, small: bool = False) -> list[Figure]:
    """From the release of the button, with the last word, to the text."""
    figures, where = [], ", on a small machine (1 core in all, 2 GB)" if small else ""
    async with worker(engine, ",".join(languages), small=small) as (client, process):
        for at_once in AT_ONCE:
            say(f"{engine}{where}: {at_once} at once")
            waits: list[float] = []
            for _ in range(ROUNDS[at_once]):
                for language in languages:
                    said = clips(language)[:12]
                    for start in range(0, len(said), at_once):
                        group = said[start : start + at_once]
                        waits += await asyncio.gather(*(_wait_ms(client, language, pcm) for pcm in group))
            bar = BARS_MS[engine] if at_once == 1 and not small else None
            figures.append(spread(f"end of speech to final text, {engine}, 3 s, {at_once} at once{where}", "ms", waits, bar=bar))
        note = f"{', '.join(languages)}; after all that"
        figures.append(Figure(name=f"memory of the worker with {engine}{where}", unit="MB", value=pss_mb(process), note=note))
    return figures


async def _wait_ms(client: SpeechClient, language: str, pcm: bytes) -> float:
    size = int(PIECE_S * RATE) * 2
    async with client.listen(language, questions.stops(language)[:40]) as hearing:
        began = time.perf_counter()
        for number, start in enumerate(range(0, len(pcm), size), 1):
            await asyncio.sleep(max(0.0, began + number * PIECE_S - time.perf_counter()))
            await hearing.feed(pcm[start : start + size])
        released = time.perf_counter()
        await hearing.finish()
        return (time.perf_counter() - released) * 1000
