"""Supervised child processes: ready, slow, hung, dead; restarted with back-off, and never left behind."""

import asyncio
import contextlib
import os
import random
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from assistant import log

LAUNCHER = str(Path(__file__).with_name("launch.py"))
TAIL_BYTES = 4096
START_PROBE_S = 0.1
_chance = random.SystemRandom().random


class State(StrEnum):
    """What a supervised child is like now."""

    STARTING = "starting"
    READY = "ready"
    SLOW = "slow"
    """Its last probe was slow or went unanswered, but it is not given up yet."""
    HUNG = "hung"
    """Given up: it is being killed and will be started again."""
    DEAD = "dead"
    """Not running: before the start, after the stop, and while the back-off lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSpec:
    """How to start a child and what is expected of it. `env` is its whole environment."""

    name: str
    argv: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)
    cwd: Path | None = None
    ready_timeout_s: float = 60.0
    """Seconds from its start until it has to answer a probe."""
    probe_interval_s: float = 2.0
    probe_timeout_s: float = 2.0
    probe_misses: int = 3
    """Unanswered probes in a row after which it counts as hung."""
    slow_s: float = 0.5
    """A probe that takes longer marks it as slow."""
    backoff_s: tuple[float, float] = (1.0, 30.0)
    """First and longest wait before a restart; it doubles in between."""
    stop_timeout_s: float = 5.0
    """Seconds between SIGTERM and SIGKILL."""


class Child(Protocol):
    """One running child."""

    pid: int
    output: bytes
    """The end of what it printed, until `mute`."""

    def mute(self) -> None:
        """From now on what it prints is dropped: it may quote travellers."""

    async def wait(self) -> int:
        """Waits for its end; returns the exit code, negative for a signal."""

    async def end(self, timeout_s: float) -> None:
        """Ends it and its whole process group: SIGTERM, then SIGKILL after `timeout_s` (0: at once)."""


class ProcessChild:
    """A child in a process group of its own that dies with the thread that spawned it."""

    def __init__(self, process: asyncio.subprocess.Process, reader: int, kept_bytes: int = TAIL_BYTES) -> None:
        self.pid, self._kept_bytes = process.pid, kept_bytes
        self.output = b""
        self._process = process
        self._muted = False
        self._loop = asyncio.get_running_loop()
        # A pipe of asyncio's own would make `wait` hang as long as a grandchild holds its other end.
        self._reader: int | None = reader
        os.set_blocking(reader, False)
        self._loop.add_reader(reader, self._read, reader)

    @classmethod
    async def spawn(cls, spec: ChildSpec, kept_bytes: int = TAIL_BYTES) -> "ProcessChild":
        """Starts the child of `spec`; call it from a thread that lasts. Of what it prints, the last `kept_bytes` are kept."""
        reader, writer = os.pipe()
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-S", LAUNCHER, str(os.getpid()), *spec.argv,
                stdin=asyncio.subprocess.DEVNULL, stdout=writer, stderr=writer,
                env=spec.env, cwd=spec.cwd, start_new_session=True,
            )
        except BaseException:
            os.close(reader)
            raise
        finally:
            os.close(writer)
        return cls(process, reader, kept_bytes)

    def mute(self) -> None:
        """Drops what it prints from now on, and what is kept."""
        self._muted = True
        self.output = b""

    async def wait(self) -> int:
        """Waits for its end."""
        return await self._process.wait()

    async def end(self, timeout_s: float) -> None:
        """Ends the process group, children's children included."""
        if timeout_s > 0 and self._process.returncode is None:
            self._signal(signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), timeout_s)
        self._signal(signal.SIGKILL)
        await self._process.wait()
        if self._reader is not None:
            self._read(self._reader)
            self._close()

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)

    def _read(self, reader: int) -> None:
        try:
            chunk = os.read(reader, 65536)
        except BlockingIOError:
            return
        if not chunk:
            self._close()
        elif not self._muted:
            self.output = (self.output + chunk)[-self._kept_bytes :]

    def _close(self) -> None:
        if self._reader is not None:
            self._loop.remove_reader(self._reader)
            os.close(self._reader)
            self._reader = None


def backoff(bounds: tuple[float, float], failures: int, chance: float) -> float:
    """Seconds to wait after `failures` in a row: doubling within `bounds`, cut by up to half by `chance` (0 to 1)."""
    first, longest = bounds
    return min(longest, first * 2.0 ** min(failures - 1, 30)) * (1 - chance / 2)


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Awaits `work` even where the waiting task is cancelled, and is cancelled only afterwards."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


class Supervisor:
    """Keeps one child running. Its loop has to run in a thread that lasts, as the main one."""

    def __init__(
        self,
        spec_factory: Callable[[], ChildSpec],
        probe: Callable[[], Awaitable[bool]],
        on_change: Callable[[State], None] = lambda state: None,
        *,
        spawn: Callable[[ChildSpec], Awaitable[Child]] = ProcessChild.spawn,
        chance: Callable[[], float] = _chance,
    ) -> None:
        self.state = State.DEAD
        self.restarts = 0
        self.pid: int | None = None
        self.start_output = ""
        """The end of what the child printed where its last start failed; no traveller had been heard by it yet."""
        self._spec_factory = spec_factory
        self._probe = probe
        self._on_change = on_change
        self._spawn = spawn
        self._chance = chance
        self._up = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Starts the child and its supervision, and returns at once."""
        if self._task is None:
            self._task = asyncio.create_task(self._supervise(self._spec_factory()))

    async def wait_ready(self, timeout_s: float) -> bool:
        """True once the child answers; False where it doesn't within `timeout_s`."""
        try:
            await asyncio.wait_for(self._up.wait(), timeout_s)
        except TimeoutError:
            return False
        return True

    async def stop(self) -> None:
        """Stops the child: SIGTERM, then SIGKILL. Nothing of it is left when this returns."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None
        self._set(State.DEAD)

    async def _supervise(self, spec: ChildSpec) -> None:
        failures = 0
        while True:
            ready_s = 0.0
            try:
                ready_s = await self._live(spec)
            except Exception as error:  # whatever ends one life must not end the supervision
                log.failure("child_failed", error, child=log.Id(spec.name))
            self._set(State.DEAD)
            failures = 1 if ready_s > spec.backoff_s[1] else failures + 1
            wait_s = backoff(spec.backoff_s, failures, self._chance())
            log.event("child_restart", child=log.Id(spec.name), failures=failures, wait_s=round(wait_s, 2))
            await asyncio.sleep(wait_s)
            self.restarts += 1
            with contextlib.suppress(Exception):  # the old way to start it is better than none
                spec = self._spec_factory()

    async def _live(self, spec: ChildSpec) -> float:
        """One life of the child, from spawn to death; returns for how many seconds it was ready."""
        self._set(State.STARTING)
        loop = asyncio.get_running_loop()
        child = await self._spawn(spec)
        self.pid = child.pid
        ready_at: float | None = None
        exited = asyncio.create_task(child.wait())
        ready = asyncio.create_task(self._until_ready(spec))
        try:
            await asyncio.wait({exited, ready}, return_when=asyncio.FIRST_COMPLETED)
            if not exited.done() and await ready:
                child.mute()
                self.start_output = ""
                ready_at = loop.time()
                await self._until_hung(spec, exited)
        finally:
            ready.cancel()
            self._up.clear()
            hung = not exited.done() and self.state is State.HUNG
            await _to_its_end(child.end(0 if hung else spec.stop_timeout_s))
            exited.cancel()
            self.pid = None
            if ready_at is None:
                self.start_output = child.output.decode(errors="replace")
        return 0.0 if ready_at is None else loop.time() - ready_at

    async def _until_ready(self, spec: ChildSpec) -> bool:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + spec.ready_timeout_s
        while await self._probe_s(spec) is None:
            if loop.time() >= deadline:
                self._set(State.HUNG)
                return False
            await asyncio.sleep(min(START_PROBE_S, spec.probe_interval_s))
        self._set(State.READY)
        return True

    async def _until_hung(self, spec: ChildSpec, exited: asyncio.Task[int]) -> None:
        misses = 0
        while misses < spec.probe_misses:
            await asyncio.wait({exited}, timeout=spec.probe_interval_s)
            if exited.done():
                return
            seconds = await self._probe_s(spec)
            if exited.done():
                return
            misses = misses + 1 if seconds is None else 0
            self._set(State.SLOW if seconds is None or seconds > spec.slow_s else State.READY)
        self._set(State.HUNG)

    async def _probe_s(self, spec: ChildSpec) -> float | None:
        """Seconds a probe took; None where it failed."""
        began = asyncio.get_running_loop().time()
        try:
            answered = await asyncio.wait_for(self._probe(), spec.probe_timeout_s)
        except Exception:  # a probe may fail in any way its protocol can
            return None
        return asyncio.get_running_loop().time() - began if answered else None

    def _set(self, state: State) -> None:
        if state is self.state:
            return
        self.state = state
        if state in (State.READY, State.SLOW):
            self._up.set()
        else:
            self._up.clear()
        try:
            self._on_change(state)
        except Exception as error:  # a listener's mistake must not end the supervision
            log.failure("child_listener_failed", error, state=state)
