"""A real training beside a kiosk: bounded, told of, and gone without a trace when it is cancelled."""

import asyncio
import os
from pathlib import Path

import pytest

from assistant.dialogue import training as queue
from assistant.dialogue.trainer import model_path
from assistant.dialogue.training import Training
from tests.conftest import EXAMPLE
from tests.integration.small_content import small
from tests.unit.content.folders import written

pytestmark = pytest.mark.timeout(200)


@pytest.fixture(scope="module")
def dialogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("small"), small(EXAMPLE / "station.yaml")) / "dialogues"


def trainings() -> dict[int, int]:
    """Running trainings → niceness."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "cmdline").read_bytes().split(b"\0")
            if b"--fixed-model-name" in words and b"launch" in words and int((path / "stat").read_text().rpartition(")")[2].split()[1]):
                found[int(path.name)] = os.getpriority(os.PRIO_PROCESS, int(path.name))
        except OSError:
            continue
    return found


async def test_progress_priority_and_cancel(dialogues: Path, tmp_path: Path) -> None:
    training, before = Training(tmp_path / "models", tmp_path / "home"), trainings()
    job = training.start(dialogues)
    for _ in range(1200):
        if job.step or job.ended.is_set():
            break
        await asyncio.sleep(0.05)
    assert (job.state, job.steps > 5) == ("running", True), job.problem
    mine = trainings().keys() - before.keys()
    assert {trainings().get(pid) for pid in mine} >= {queue.NICENESS}
    for group in (Path(f"/proc/{pid}/autogroup") for pid in mine):
        if group.exists() and trainings().get(int(group.parent.name)) == queue.NICENESS:
            assert group.read_text().split()[-1] == str(queue.NICENESS), "niceness counts among sessions too"
    await training.cancel(job)
    assert job.state == "cancelled"
    assert not mine & trainings().keys()
    assert list((tmp_path / "models" / "dialogues").iterdir()) == []


async def test_memory_is_bounded(dialogues: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "LIMIT_MB", 120)
    training = Training(tmp_path / "models", tmp_path / "home")
    job = training.start(dialogues)
    await job.ended.wait()
    assert job.state == "failed"
    assert job.problem is not None
    assert "120 MB" in job.problem, job.problem
    assert not model_path(tmp_path / "models", dialogues).exists()
