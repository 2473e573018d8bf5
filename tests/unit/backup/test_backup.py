"""Saved and put back: whole, ours, and nowhere else."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.accounts import audit
from assistant.accounts.opening import access_of
from assistant.accounts.passwords import Passwords
from assistant.backup import swap, unpack
from assistant.backup.models import MANIFEST, BackupError
from assistant.backup.pack import pack
from assistant.cli.main import main
from assistant.settings import Settings
from tests.fixtures.accounts import GOOD, HERE, QUICK

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
STATION = 'name: {en: "A station"}\nstop: here\nlanguages: [en]\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small station with some state, and one admin who is signed in."""
    folder = tmp_path_factory.mktemp("made")
    station, data = folder / "station", folder / "data"
    (station / "gtfs").mkdir(parents=True)
    (station / "station.yaml").write_text(STATION)
    (station / "gtfs" / "stops.txt").write_text("stop_id\nhere\n")
    for name in ("content/releases/0123456789abcdef", "rasa"):
        (data / name).mkdir(parents=True)
    (data / "content" / "active").write_text("0123456789abcdef\n")
    (data / "rasa" / "scratch").write_text("of no use")
    access = access_of(Settings.load(station=station, data=data))
    access._passwords = Passwords(QUICK)
    code, _ = access.recovery_code()
    access.redeem(code, "ada", GOOD, HERE)
    access.sign_in("ada", GOOD, HERE)
    access.database.close()
    return folder


@pytest.fixture
def settings(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A copy of it, for one test."""
    for name in ("station", "data"):
        shutil.copytree(made / name, tmp_path / name)
        monkeypatch.setenv(f"ASSISTANT_{name.upper()}", str(tmp_path / name))
    return Settings.load()


def tree(folder: Path) -> dict[str, bytes]:
    """Path → content, without databases."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if "sqlite" not in name and name != "lock"}


def rows(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def saved(settings: Settings, tmp_path: Path) -> Path:
    pack(settings, target := tmp_path / "saved.tar", NOW)
    return target


def test_what_was_saved_comes_back_and_what_came_since_is_kept_beside(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(settings.data), tree(settings.station)
    assert "rasa/scratch" in before[0]
    assert main(["backup", str(tmp_path / "saved.tar")]) == 0
    assert stat.S_IMODE((tmp_path / "saved.tar").stat().st_mode) == 0o600
    (settings.data / "content" / "active").write_text("other\n")
    (settings.data / "new.json").write_text("{}")
    (settings.station / "gtfs" / "stops.txt").unlink()
    assert main(["restore", str(tmp_path / "saved.tar")]) == 0
    told = capsys.readouterr().out
    before[0].pop("rasa/scratch")
    assert (tree(settings.data), tree(settings.station)) == before
    assert (tmp_path / "data.before-restore" / "content" / "active").read_text() == "other\n"
    assert str(tmp_path / "data.before-restore") in told
    assert stat.S_IMODE(settings.data.stat().st_mode) == 0o700
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["data", "data.before-restore", "saved.tar", "station", "station.before-restore"]


def test_accounts_come_back_and_nobody_is_signed_in_by_it(settings: Settings, tmp_path: Path) -> None:
    database = settings.data / "console.sqlite"
    assert rows(database, "sessions") == 1
    target = saved(settings, tmp_path)
    assert b"the sessions" not in target.read_bytes()
    assert main(["restore", str(target)]) == 0
    assert [rows(database, table) for table in ("accounts", "sessions", "codes", "attempts")] == [1, 0, 0, 0]
    access = access_of(settings)
    with access.database.reading() as session:
        assert audit.broken(session) is None
        assert audit.listed(session, limit=1)[0].change.action == "backup.restored"
    access.database.close()


def test_a_session_that_was_deleted_is_not_in_the_file_either(settings: Settings, tmp_path: Path) -> None:
    with closing(sqlite3.connect(settings.data / "console.sqlite")) as connection:
        (hashed,) = connection.execute("SELECT hash FROM sessions").fetchone()
    assert hashed.encode() not in saved(settings, tmp_path).read_bytes()


def test_a_database_that_is_written_to_meanwhile_is_saved_as_of_one_moment(settings: Settings, tmp_path: Path) -> None:
    path = settings.data / "busy.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE things (id INTEGER)")
        writer.executemany("INSERT INTO things VALUES (?)", [(number,) for number in range(500)])
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO things VALUES (999)")  # under way, and in the write-ahead log alone
        target = saved(settings, tmp_path)
        writer.execute("ROLLBACK")
    assert main(["restore", str(target)]) == 0
    assert rows(path, "things") == 500


def test_a_running_assistant_is_saved_and_not_restored_over(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with swap.in_use(settings.data), swap.in_use(settings.data):
        target = saved(settings, tmp_path)
        assert main(["restore", str(target)]) == 1
    assert "is running" in capsys.readouterr().err
    assert main(["restore", str(target)]) == 0


def test_a_backup_is_never_written_over_another_file(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "saved.tar").write_text("precious")
    assert main(["backup", str(tmp_path / "saved.tar")]) == 1
    assert (tmp_path / "saved.tar").read_text() == "precious"
    assert not (tmp_path / "saved.tar.part").exists()


def test_checking_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    target = saved(settings, tmp_path)
    (settings.data / "content" / "active").write_text("other\n")
    assert main(["restore", "--check", str(target)]) == 0
    assert (settings.data / "content" / "active").read_text() == "other\n"


def test_another_stations_backup_needs_a_word_more(settings: Settings, tmp_path: Path) -> None:
    target = saved(settings, tmp_path)
    (settings.station / "station.yaml").write_text(STATION.replace("here", "elsewhere"))
    assert main(["restore", str(target)]) == 1
    assert "elsewhere" in (settings.station / "station.yaml").read_text()
    assert main(["restore", "--other-station", str(target)]) == 0


def test_a_bare_machine_takes_it(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = saved(settings, tmp_path)
    for name in ("STATION", "DATA"):
        monkeypatch.setenv(f"ASSISTANT_{name}", str(tmp_path / "bare" / name.lower()))
    assert main(["restore", str(target)]) == 0
    assert tree(tmp_path / "bare" / "station") == tree(settings.station)


type Evil = Callable[[tarfile.TarFile, list[tuple[tarfile.TarInfo, bytes]]], None]


def remade(source: Path, target: Path, change: Evil, *, honest: bool = True) -> Path:
    """A tar of the same entries, changed; its manifest is made to fit where `honest`."""
    with tarfile.open(source) as tar:
        entries = [(member, tar.extractfile(member).read()) for member in tar]  # type: ignore[union-attr]
    manifest = json.loads(entries.pop()[1])
    with tarfile.open(target, "w") as tar:
        change(tar, entries)
        for member, data in entries:
            tar.addfile(member, io.BytesIO(data))
        if honest:
            manifest["files"] = [
                {"path": member.name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for member, data in entries
            ]  # fmt: skip
        text = json.dumps(manifest).encode()
        tar.addfile(header(MANIFEST, len(text)), io.BytesIO(text))
    return target


def header(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.type, made.linkname = size, kind, link
    return made


OUT = [
    "../evil", "data/../../evil", "data/../evil", "/evil", "data//evil", "data/./evil", "evil", "other/evil", "data", "data/a\\..\\evil",
    "data/content/active/below-a-file", "station/../station/evil",
]  # fmt: skip


@pytest.mark.parametrize("name", OUT)
def test_no_file_leaves_its_folder(settings: Settings, tmp_path: Path, name: str) -> None:
    def change(tar: tarfile.TarFile, entries: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        entries.append((header(name, 4), b"evil"))

    unharmed(settings, tmp_path, remade(saved(settings, tmp_path), tmp_path / "evil.tar", change))


@pytest.mark.parametrize(("kind", "link"), [
    (tarfile.SYMTYPE, "/etc"), (tarfile.LNKTYPE, "data/content/active"), (tarfile.DIRTYPE, ""), (tarfile.CHRTYPE, ""),
    (tarfile.FIFOTYPE, ""),
])  # fmt: skip
def test_nothing_but_files_is_taken(settings: Settings, tmp_path: Path, kind: bytes, link: str) -> None:
    def change(tar: tarfile.TarFile, entries: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        tar.addfile(header("data/link", kind=kind, link=link))
        entries.append((header("data/link/evil", 4), b"evil"))

    unharmed(settings, tmp_path, remade(saved(settings, tmp_path), tmp_path / "evil.tar", change))


def other_data(tar: tarfile.TarFile, entries: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    entries[0] = (entries[0][0], b"x" * len(entries[0][1]))


def one_less(tar: tarfile.TarFile, entries: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    entries.pop()


def one_more(tar: tarfile.TarFile, entries: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    entries.append((header("data/more", 4), b"more"))


def twice(tar: tarfile.TarFile, entries: list[tuple[tarfile.TarInfo, bytes]]) -> None:
    entries.append(entries[0])


@pytest.mark.parametrize("change", [other_data, one_less, one_more, twice])
def test_a_changed_backup_is_refused(settings: Settings, tmp_path: Path, change: Evil) -> None:
    evil = remade(saved(settings, tmp_path), tmp_path / "evil.tar", change, honest=False)
    with pytest.raises(BackupError):
        unpack.read(evil)
    unharmed(settings, tmp_path, evil)


def test_a_station_file_that_is_no_good_is_refused(settings: Settings, tmp_path: Path) -> None:
    def change(tar: tarfile.TarFile, entries: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        for at, (member, _) in enumerate(entries):
            if member.name == "station/station.yaml":
                entries[at] = (header(member.name, 10), b"stop: here")

    unharmed(settings, tmp_path, remade(saved(settings, tmp_path), tmp_path / "evil.tar", change))


@pytest.mark.parametrize("part", [0, 100, 600, 5000, -1, -2000])
def test_a_backup_that_was_cut_short_is_refused(settings: Settings, tmp_path: Path, part: int) -> None:
    whole = saved(settings, tmp_path).read_bytes().rstrip(b"\0")
    (tmp_path / "cut.tar").write_bytes(whole[:part])
    unharmed(settings, tmp_path, tmp_path / "cut.tar")


@pytest.mark.parametrize(("key", "value"), [
    ("format", "another"), ("version", 2), ("schema_version", "9999"), ("more", 1), ("files", "x"),
])  # fmt: skip
def test_a_foreign_or_newer_one_is_refused(settings: Settings, tmp_path: Path, key: str, value: object) -> None:
    source = saved(settings, tmp_path)
    with tarfile.open(source) as tar:
        entries = [(member, tar.extractfile(member).read()) for member in tar]  # type: ignore[union-attr]
    text = json.dumps({**json.loads(entries.pop()[1]), key: value}).encode()
    with tarfile.open(tmp_path / "evil.tar", "w") as tar:
        for member, data in [*entries, (header(MANIFEST, len(text)), text)]:
            tar.addfile(member, io.BytesIO(data))
    unharmed(settings, tmp_path, tmp_path / "evil.tar")


def unharmed(settings: Settings, tmp_path: Path, evil: Path) -> None:
    """Restoring `evil` is refused, and every byte is where it was."""
    before = tree(settings.data), tree(settings.station), sorted(path.name for path in tmp_path.iterdir())
    assert main(["restore", str(evil)]) == 1
    assert (tree(settings.data), tree(settings.station), sorted(path.name for path in tmp_path.iterdir())) == before
    assert not (tmp_path.parent / "evil").exists()


class PowerCut(BaseException):
    """Nothing after this happens."""


STEPS = [("exchange", 0), ("exchange", 1), ("_tidied", 0), *(("_sync", late) for late in range(7))]


@pytest.mark.parametrize(("step", "late"), STEPS)
def test_a_power_cut_leaves_the_old_or_the_new_and_the_next_start_goes_on(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, late: int
) -> None:
    old = tree(settings.data)["content/active"], tree(settings.station)["gtfs/stops.txt"]
    target = saved(settings, tmp_path)
    (settings.data / "content" / "active").write_text("since\n")
    (settings.station / "gtfs" / "stops.txt").write_text("since\n")
    real, calls = getattr(swap, step), [0]

    def cut(*arguments: object) -> object:
        calls[0] += 1
        if calls[0] > late:
            raise PowerCut
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(swap, step, cut)
        try:
            main(["restore", str(target)])
        except PowerCut:
            pass
    went_on = swap.finish(settings.data)
    now = tree(settings.data)["content/active"], tree(settings.station)["gtfs/stops.txt"]
    assert now in (old, (b"since\n", b"since\n")), "never one of each"
    assert not went_on or now == old
    assert Settings.load().stop == "here"
    assert main(["restore", str(target)]) == 0, "and it can be done again"
    assert (tree(settings.data)["content/active"], tree(settings.station)["gtfs/stops.txt"]) == old


def test_a_folder_that_cannot_be_put_in_place_leaves_both(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, before = saved(settings, tmp_path), tree(settings.data)
    (settings.data / "since").write_text("x")
    real, calls = swap.exchange, [0]

    def fail_once(one: Path, other: Path) -> None:
        calls[0] += 1
        if calls[0] == 2:
            raise OSError(16, "busy", str(other))
        real(one, other)

    monkeypatch.setattr(swap, "exchange", fail_once)
    assert main(["restore", str(target)]) == 1
    assert tree(settings.data) == {**before, "since": b"x"}
    assert not swap.under_way(settings.data)


def test_where_names_cannot_change_places_in_one_step_it_takes_three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()

    class Old:
        @staticmethod
        def renameat2(*arguments: object) -> int:
            swap.ctypes.set_errno(22)
            return -1

    monkeypatch.setattr(swap.ctypes, "CDLL", lambda *_, **__: Old)
    swap.exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "other").exists()
    assert (tmp_path / "other" / "one").exists()
    assert sorted(os.listdir(tmp_path)) == ["one", "other"]


def test_a_full_disk_is_told_before_anything_is_written(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = saved(settings, tmp_path)
    monkeypatch.setattr(unpack.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10})())
    with pytest.raises(BackupError, match="no room"):
        unpack.write(target, unpack.read(target), {"data": tmp_path / "a", "station": tmp_path / "b"})
    assert not (tmp_path / "a").exists()
