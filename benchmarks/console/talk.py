"""Travellers who go on talking while something is changed."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

from benchmarks.console.content import ASKED, INTENT, MARK


@dataclass(slots=True)
class Heard:
    """What came of the turns."""

    kinds: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    """(understood by the new model, in the new words): the two have to be equal."""
    failed: int = 0
    ms: list[float] = field(default_factory=list)

    @property
    def mixed(self) -> int:
        """Turns of one model in the words of the other."""
        return sum(count for (model, words), count in self.kinds.items() if model != words)


async def turn(client: httpx.AsyncClient, conversation: str, heard: Heard) -> None:
    """One question."""
    began = time.perf_counter()
    try:
        answered = await client.post(f"/v1/conversations/{conversation}/turns", json={"text": ASKED})
        answer = answered.raise_for_status().json()
    except httpx.HTTPError:
        heard.failed += 1
        return
    heard.ms.append((time.perf_counter() - began) * 1000)
    intent = answer["understood"]["intent"]
    if intent == "dialogue_unavailable":
        heard.failed += 1
    else:
        heard.kinds[intent == INTENT, answer["replies"][0]["text"].startswith(MARK)] += 1


async def talk(url: str, heard: Heard, pause_s: float) -> None:
    """One visit, until cancelled."""
    async with httpx.AsyncClient(base_url=url, timeout=30, trust_env=False) as client:
        conversation = (await client.post("/v1/conversations", json={"language": "en"})).json()["id"]
        while True:
            await turn(client, conversation, heard)
            await asyncio.sleep(pause_s)


@asynccontextmanager
async def talking(url: str, visits: int, pause_s: float = 0.1) -> AsyncIterator[Heard]:
    """Some visits at once while inside."""
    heard = Heard()
    tasks = [asyncio.create_task(talk(url, heard, pause_s)) for _ in range(visits)]
    try:
        yield heard
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
