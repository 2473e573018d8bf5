"""A running assistant keeps what its transparency record says: nothing said is written, nobody is called, no eye is open."""

import ipaddress
import os
import tempfile
from pathlib import Path

import psutil
import pytest

from tests.conftest import Running

CANARY = "zanzibarquokka"
"""A word that is nowhere but in what the tests say."""


def holding(word: str, folders: list[Path]) -> list[str]:
    needles = [word.encode(), word.encode("utf-16-le")]
    found = []
    for folder in folders:
        for path in [folder] if folder.is_file() else folder.rglob("*"):
            try:
                content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            except OSError:
                continue
            found += [str(path)] if any(needle in content for needle in needles) else []
    return found


@pytest.fixture
def asked(assistant: Running) -> Running:
    """An assistant that was asked something nobody may keep, in good form and in bad."""
    with assistant.client() as client:
        conversation = client.post("/v1/conversations", json={"language": "en"}).json()["id"]
        for text in (f"When is the next train to {CANARY}?", f"/{CANARY}", f"{CANARY} " * 30):
            client.post(f"/v1/conversations/{conversation}/turns", json={"text": text})
        client.post(f"/v1/conversations/{conversation}/turns", json={"words": CANARY})
        client.post(f"/v1/conversations/{CANARY}/turns", json={"text": CANARY})
        client.get("/v1/departures", params={"to": CANARY})
        client.get(f"/v1/{CANARY}")
    return assistant


def test_the_search_finds_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "note").write_text(f"he said {CANARY}")
    assert holding(CANARY, [tmp_path]) == [str(tmp_path / "note")]


def test_nothing_said_is_in_state_log_or_temporary_files(asked: Running) -> None:
    log = asked.data.parent / f"{asked.data.name}.log"
    assert log.is_file()
    temporary = [path for path in Path(tempfile.gettempdir()).glob("station-assistant-*") if path.is_dir()]
    assert holding(CANARY, [asked.data, log, *temporary]) == []


def processes(running: Running) -> list[psutil.Process]:
    found = [psutil.Process(running.pid), *psutil.Process(running.pid).children(recursive=True)]
    assert len(found) >= 3, "assistant, speech worker, Rasa"
    return found


def test_no_process_talks_to_another_machine(asked: Running) -> None:
    seen = [connection for process in processes(asked) for connection in process.net_connections("inet")]
    addresses = {end.ip for connection in seen for end in (connection.laddr, connection.raddr) if end}
    assert addresses
    assert [address for address in addresses if not ipaddress.ip_address(address).is_loopback] == []


def test_no_process_holds_a_camera_a_microphone_or_a_file_open_for_writing(asked: Running) -> None:
    for process in processes(asked):
        names = [os.readlink(path) for path in Path(f"/proc/{process.pid}/fd").iterdir() if path.is_symlink()]
        assert [name for name in names if name.startswith(("/dev/video", "/dev/snd", "/dev/media"))] == []
        written = [file.path for file in process.open_files() if set(file.mode) & set("wa+")]
        kept = {f"{name}.sqlite{ending}" for name in ("reports", "alerts", "readings", "console") for ending in ("", "-wal", "-shm")}
        kept |= {"lock"} if (asked.data / "lock").read_bytes() == b"" else set()
        assert [path for path in written if not path.endswith(".log") and Path(path).name not in kept] == []


def test_the_record_is_served_and_names_no_peer(asked: Running) -> None:
    with asked.client() as client:
        served = client.get("/v1/transparency").json()
    assert served["connects_to"] == []
    assert served["is_ai"] is True
    models = {(model["language"], model["task"]) for model in served["models"]}
    assert models == {(language, task) for language in ("en", "zh", "ko") for task in ("hear", "speak")}
    assert all(component["version"] for component in served["components"])
