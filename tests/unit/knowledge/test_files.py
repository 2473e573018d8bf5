"""Files are written whole or not at all, by one process at a time."""

import errno
import multiprocessing
import os
from pathlib import Path

import pytest

from assistant.knowledge.files import alone, write_whole
from tests.conftest import until


def test_a_disk_that_takes_no_more_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.json"
    write_whole(path, "old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_whole(path, "new")
    assert path.read_text() == "old"


def hold(lock: Path, started: Path, done: Path) -> None:
    started.touch()
    with alone(lock):
        done.touch()


def test_another_process_waits_for_the_lock(tmp_path: Path) -> None:
    lock, started, done = tmp_path / "lock", tmp_path / "started", tmp_path / "done"
    other = multiprocessing.get_context("spawn").Process(target=hold, args=(lock, started, done))
    with alone(lock):
        other.start()
        assert until(started.exists, 30)
        assert not until(done.exists, 1)
    other.join(30)
    assert done.exists()
