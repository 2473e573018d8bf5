"""The supervisor with real children: small Python programs that answer, hang, crash and cling to life."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.process import ChildSpec, ProcessChild, State, Supervisor

ANSWERS = """
import os, signal, sys, time
open(sys.argv[1], "w").write(str(os.getpid()))
while True: time.sleep(0.01)
"""
STUBBORN = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + ANSWERS
CRASHES = "print('no model here', flush=True); raise SystemExit(3)"


class Watched:
    """A child whose probe asks a file that the test controls."""

    def __init__(self, folder: Path) -> None:
        self.pid_file = folder / "pid"
        self.deaf = False
        self.delay_s = 0.0
        self.states: list[State] = []

    def spec(self, code: str, **overrides: object) -> ChildSpec:
        values = {
            "name": "child", "argv": (sys.executable, "-c", code, str(self.pid_file)),
            "env": {"PATH": os.environ["PATH"]},
            "probe_interval_s": 0.02, "probe_timeout_s": 1.0, "ready_timeout_s": 20.0, "backoff_s": (0.02, 0.2),
            "stop_timeout_s": 5.0, **overrides,
        }
        return ChildSpec(**values)  # type: ignore[arg-type]

    async def probe(self) -> bool:
        await asyncio.sleep(self.delay_s)
        return self.pid_file.exists() and not self.deaf

    def supervise(self, spec: ChildSpec, **others: object) -> Supervisor:
        return Supervisor(lambda: spec, self.probe, self.states.append, **others)  # type: ignore[arg-type]


def alive(pid: int) -> bool:
    """False for a zombie too: in a container nobody may reap it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def until(condition: Callable[[], bool], limit_s: float = 20.0) -> None:
    async with asyncio.timeout(limit_s):
        while not condition():  # noqa: ASYNC110  a process's death sets no event
            await asyncio.sleep(0.01)


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


async def test_a_child_becomes_ready_and_stops_cleanly(watched: Watched) -> None:
    supervisor = watched.supervise(watched.spec(ANSWERS))
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    pid = supervisor.pid
    assert pid is not None
    assert pid == int(watched.pid_file.read_text()), "the launcher becomes the child: no process in between"
    await supervisor.stop()
    assert not alive(pid)
    assert supervisor.pid is None
    assert watched.states == [State.STARTING, State.READY, State.DEAD]
    assert supervisor.restarts == 0


async def test_a_child_that_ignores_sigterm_is_killed(watched: Watched) -> None:
    supervisor = watched.supervise(watched.spec(STUBBORN, stop_timeout_s=0.2))
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    pid = supervisor.pid
    assert pid is not None
    await supervisor.stop()
    assert not alive(pid)


async def test_grandchildren_end_too_even_when_they_hold_the_output(watched: Watched, tmp_path: Path) -> None:
    note = tmp_path / "grandchild"
    code = (
        "import subprocess, sys\n"
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n" + ANSWERS
    )
    supervisor = watched.supervise(watched.spec(code))
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    grandchild = int(note.read_text())
    assert alive(grandchild)
    await supervisor.stop()
    await until(lambda: not alive(grandchild))


async def test_a_killed_child_comes_back(watched: Watched) -> None:
    supervisor = watched.supervise(watched.spec(ANSWERS))
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    first = supervisor.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await until(lambda: supervisor.restarts == 1 and supervisor.state is State.READY)
    assert supervisor.pid not in (None, first)
    assert watched.states == [State.STARTING, State.READY, State.DEAD, State.STARTING, State.READY]
    await supervisor.stop()


async def test_a_hung_child_is_slow_then_killed_and_replaced(watched: Watched) -> None:
    supervisor = watched.supervise(watched.spec(STUBBORN))
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    first = supervisor.pid
    assert first is not None
    watched.deaf = True
    await until(lambda: State.HUNG in watched.states)
    watched.deaf = False
    await until(lambda: supervisor.restarts == 1 and supervisor.state is State.READY)
    assert not alive(first)
    assert watched.states == [
        State.STARTING, State.READY, State.SLOW, State.HUNG, State.DEAD, State.STARTING, State.READY,
    ]
    await supervisor.stop()


async def test_a_probe_that_never_returns_counts_as_a_miss(watched: Watched) -> None:
    supervisor = watched.supervise(watched.spec(ANSWERS, probe_timeout_s=0.05))
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    watched.delay_s = 600
    await until(lambda: State.HUNG in watched.states)
    await supervisor.stop()


async def test_a_slow_child_is_called_slow_and_recovers_without_a_restart(watched: Watched) -> None:
    supervisor = watched.supervise(watched.spec(ANSWERS, slow_s=0.2, probe_timeout_s=10))
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    watched.delay_s = 0.3
    await until(lambda: supervisor.state is State.SLOW)
    watched.delay_s = 0.0
    await until(lambda: supervisor.state is State.READY)
    assert supervisor.restarts == 0
    assert watched.states == [State.STARTING, State.READY, State.SLOW, State.READY]
    await supervisor.stop()


async def test_a_crash_loop_backs_off_and_keeps_what_was_printed(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    real_sleep = asyncio.sleep

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await real_sleep(0)

    spec = watched.spec(CRASHES, backoff_s=(1.0, 8.0), probe_interval_s=0.019)
    supervisor = watched.supervise(spec, chance=lambda: 0.0)
    monkeypatch.setattr("assistant.process.asyncio.sleep", sleep)
    await supervisor.start()
    while supervisor.restarts < 5:
        await real_sleep(0.01)
    output = supervisor.start_output
    await supervisor.stop()
    # 0 is the test's own probe, 0.019 the pause between two probes of a starting child.
    assert [wait for wait in waits if wait not in (0.0, 0.019)][:5] == [1.0, 2.0, 4.0, 8.0, 8.0]
    assert output.strip() == "no model here"


async def test_a_program_that_is_missing_is_named(watched: Watched) -> None:
    supervisor = watched.supervise(watched.spec(ANSWERS, argv=("/nonexistent/python",)))
    await supervisor.start()
    await until(lambda: supervisor.restarts >= 1)
    assert "/nonexistent/python: No such file or directory" in supervisor.start_output
    await supervisor.stop()


async def test_a_child_that_never_becomes_ready_is_replaced(watched: Watched) -> None:
    watched.deaf = True
    supervisor = watched.supervise(watched.spec(ANSWERS, ready_timeout_s=0.1))
    await supervisor.start()
    await until(lambda: supervisor.restarts >= 1)
    assert State.READY not in watched.states
    assert State.HUNG in watched.states
    await supervisor.stop()


async def test_what_a_ready_child_prints_is_dropped(watched: Watched) -> None:
    code = "print('loading', flush=True)\n" + ANSWERS.replace("while True:", "while True: print('said', flush=True);")
    children: list[ProcessChild] = []

    async def spawn(spec: ChildSpec) -> ProcessChild:
        children.append(await ProcessChild.spawn(spec))
        return children[-1]

    supervisor = watched.supervise(watched.spec(code), spawn=spawn)
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    await asyncio.sleep(0.1)
    assert children[0].output == b"", "not even kept in memory"
    os.kill(supervisor.pid or 0, signal.SIGKILL)
    await until(lambda: supervisor.restarts == 1)
    assert supervisor.start_output == ""
    await supervisor.stop()


async def test_a_stop_in_the_middle_of_a_kill_waits_for_its_end(watched: Watched) -> None:
    ending, ended = asyncio.Event(), asyncio.Event()

    class Slow(ProcessChild):
        async def end(self, timeout_s: float) -> None:
            ending.set()
            await asyncio.sleep(0.1)
            await super().end(timeout_s)
            ended.set()

    supervisor = watched.supervise(watched.spec(ANSWERS), spawn=Slow.spawn)
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    watched.deaf = True
    await asyncio.wait_for(ending.wait(), 20)
    await supervisor.stop()
    assert ended.is_set()


async def test_the_child_dumps_no_core(watched: Watched) -> None:
    supervisor = watched.supervise(watched.spec(ANSWERS))
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    limits = await asyncio.to_thread(Path(f"/proc/{supervisor.pid}/limits").read_text)
    await supervisor.stop()
    line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
    assert line.split()[4:6] == ["0", "0"]


async def test_a_listener_that_fails_does_not_end_the_supervision(watched: Watched) -> None:
    def fails(state: State) -> None:
        watched.states.append(state)
        raise RuntimeError

    spec = watched.spec(ANSWERS)
    supervisor = Supervisor(lambda: spec, watched.probe, fails)
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    os.kill(supervisor.pid or 0, signal.SIGKILL)
    await until(lambda: supervisor.restarts == 1 and supervisor.state is State.READY)
    await supervisor.stop()


PARENT = """
import asyncio, sys
from pathlib import Path
from assistant.process import ChildSpec, Supervisor

async def main():
    note = Path(sys.argv[1])
    async def probe(): return note.exists()
    code = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    supervisor = Supervisor(lambda: ChildSpec(name="child", argv=(sys.executable, "-c", code)), probe)
    await supervisor.start()
    assert await supervisor.wait_ready(20)
    print("ready", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def test_no_orphan_is_left_when_the_parent_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(note)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        assert parent.stdout.readline() == "ready\n"
        child = int(note.read_text())
        assert alive(child)
        parent.kill()
        parent.wait()
    deadline = time.monotonic() + 20
    while alive(child):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_launcher_gives_up_when_its_parent_is_already_gone() -> None:
    launcher = Path(__file__).resolve().parents[3] / "assistant" / "launch.py"
    done = subprocess.run([sys.executable, launcher, "1", "/bin/echo", "alive"], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
