"""Releases: immutable, content-addressed, the last twenty kept, and never neither old nor new after a power cut."""

import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from assistant.content import tree
from assistant.content.disk import Disk
from assistant.content.models import SHIPPED
from assistant.content.releases import Releases
from assistant.errors import ContentError, NotFound
from tests.unit.content.folders import NOON, content, publish, shelf, written


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    return shelf(tmp_path)


def test_nothing_activated_is_as_shipped(releases: Releases) -> None:
    assert releases.active() == SHIPPED
    assert b"Shipped." in releases.files(SHIPPED)["dialogues/domain/smalltalk.yml"]
    assert releases.all() == []
    with pytest.raises(ContentError, match="nothing was live before"):
        releases.roll_back(who="ann", at=NOON)


def test_a_release_is_named_by_its_content(releases: Releases) -> None:
    made = releases.make(content("A"), who="ann", why="a reason", at=NOON)
    assert made.id == tree.content_of(content("A"))[:16]
    assert releases.read(made.id) == made
    assert releases.files(made.id) == content("A")
    assert (made.parent, made.rasa, made.who, made.why) == (SHIPPED, "3.6.21", "ann", "a reason")
    again = releases.make(content("A"), who="ben", why="another", at=NOON)
    assert again == made
    assert len(releases.all()) == 1


def test_a_release_that_was_touched_is_refused(releases: Releases) -> None:
    name = publish(releases, "A")
    folder = releases.root / "releases" / name
    for touch in (
        lambda: (folder / "dialogues/domain/smalltalk.yml").write_bytes(b"responses: {}\n"),
        lambda: (folder / "dialogues/data/nlu/more.yml").write_bytes(b"nlu: []\n"),
        lambda: (folder / "dialogues/launch.py").write_bytes(b"print()\n"),
        lambda: (folder / "station.yaml").unlink(),
    ):
        touch()
        with pytest.raises(ContentError):
            releases.activate(name, who="ann", at=NOON)
        assert releases.make(content("A"), who="ann", why="made anew", at=NOON).id == name
        releases.verify(name)


def test_a_release_without_a_model_is_not_activated(releases: Releases) -> None:
    made = releases.make(content("A"), who="ann", why="", at=NOON)
    with pytest.raises(ContentError, match="no model"):
        releases.activate(made.id, who="ann", at=NOON)
    assert releases.active() == SHIPPED


def test_rolling_back_goes_back_step_by_step(releases: Releases) -> None:
    first, second = publish(releases, "A", 1), publish(releases, "B", 2)
    assert releases.active() == second
    assert releases.roll_back(who="ann", at=NOON) == first
    assert releases.roll_back(who="ann", at=NOON) == SHIPPED
    assert releases.active() == SHIPPED
    with pytest.raises(ContentError):
        releases.roll_back(who="ann", at=NOON)
    third = publish(releases, "C", 3)
    assert releases.before() == SHIPPED
    releases.activate(first, who="ann", at=NOON)
    assert releases.before() == third
    assert [each.back for each in releases.history()] == [False, False, True, True, False, False]


def test_the_last_twenty_stay_and_the_models_of_others_go(releases: Releases) -> None:
    old = publish(releases, "live", 0)
    later = NOON.replace(hour=13)
    names = [releases.make(content(f"text {n}"), who="ann", why="", at=later.replace(minute=n)).id for n in range(25)]
    for name in names:
        releases._models.train(releases.dialogues(name))  # type: ignore[attr-defined]
    models = {name: releases.model(name) for name in [*names, old, SHIPPED]}
    assert releases.prune() == sorted(names[:5])
    assert {release.id for release in releases.all()} == {*names[5:], old}
    assert [name for name, model in models.items() if not model.exists()] == names[:5]
    assert not list((releases.root / "releases").glob(".*"))


def test_a_model_that_another_release_needs_stays(releases: Releases) -> None:
    shipped = releases.files(SHIPPED)
    same = releases.make(shipped | {"station.yaml": b"name: There\nstop: B\n"}, who="ann", why="", at=NOON.replace(year=2020))
    for number in range(20):
        releases.make(content(f"text {number}"), who="ann", why="", at=NOON)
    assert releases.model(same.id) == releases.model(SHIPPED)
    model = releases.model(same.id)
    assert releases.prune() == [same.id]
    assert model.exists()


def test_names_are_found_by_their_beginning(releases: Releases) -> None:
    name = publish(releases, "A")
    assert releases.find(name[:6]) == name
    assert releases.find("shipped") == SHIPPED
    assert releases.find("active") == name
    for unknown in ("", name[:2], "ffffffffffff", "../releases", "."):
        with pytest.raises(NotFound):
            releases.find(unknown)
    with pytest.raises(NotFound):
        releases.read("../" + name)


def test_a_pointer_to_nothing_is_as_shipped(releases: Releases) -> None:
    name = publish(releases, "A")
    for damaged in (b"", b"\xff\xfe", b"../../etc\n", b"0123456789abcdef\n"):
        (releases.root / "active").write_bytes(damaged)
        assert releases.active() == SHIPPED
    (releases.root / "active").write_text(name)
    assert releases.active() == name


def test_export_and_import_are_each_others_inverse(releases: Releases, tmp_path: Path) -> None:
    name = publish(releases, "A")
    releases.export(name, tmp_path / "out" / "here")
    assert tree.read(tmp_path / "out" / "here") == content("A")
    with pytest.raises(ContentError, match="not empty"):
        releases.export(name, tmp_path / "out" / "here")


@pytest.mark.parametrize("where", ["dialogues/domain/more.yml", "dialogues/data", "station.yaml"])
def test_links_are_refused(tmp_path: Path, where: str) -> None:
    folder, outside = written(tmp_path / "in", content()), written(tmp_path / "elsewhere", content())
    path = folder / where
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(outside / "dialogues" / "data" if where == "dialogues/data" else outside / "station.yaml")
    if where == "dialogues/data":  # a folder that is a link is not walked, or refused: nothing comes from outside
        assert not any("nlu" in name for name in _names(folder))
    else:
        with pytest.raises(ContentError, match="link"):
            tree.read(folder)


def _names(folder: Path) -> list[str]:
    try:
        return list(tree.read(folder))
    except ContentError:
        return []


def test_programs_are_no_content(tmp_path: Path) -> None:
    folder = written(tmp_path, content() | {"dialogues/components/x.py": b"", "dialogues/tests/test_x.py": b"", "dialogues/launch.py": b""})
    assert tree.read(folder) == content()


def test_differences_name_lines() -> None:
    old, new = content("A"), content("B") | {"dialogues/domain/more.yml": b"x: 1\n"}
    found = {each.path: each for each in tree.differences(old, new)}
    changed = found["dialogues/domain/smalltalk.yml"]
    assert (found["dialogues/domain/more.yml"].kind, changed.kind, len(found)) == ("added", "changed", 2)
    assert [line for line in changed.lines if line[0] in "+-"] == ['-    - text: "A"', '+    - text: "B"']


class PowerCut(BaseException):
    """The power goes."""


class Cut(Disk):
    """A disk whose power goes at one operation. What was written and not synced is lost then, as on a real one."""

    def __init__(self, at: int) -> None:
        self.at, self.count, self.unsafe = at, 0, set[Path]()

    def _step(self) -> None:
        if self.count >= self.at:
            for path in self.unsafe:
                if path.is_file():
                    os.truncate(path, 0)
            raise PowerCut
        self.count += 1

    def write(self, path: Path, content: bytes) -> None:
        self._step()
        super().write(path, content)
        self.unsafe.add(path)

    def sync(self, path: Path) -> None:
        self._step()
        self.unsafe.discard(path)

    def rename(self, old: Path, new: Path) -> None:
        self._step()
        super().rename(old, new)
        self.unsafe = {new / path.relative_to(old) if path.is_relative_to(old) else path for path in self.unsafe}

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)


def publication(releases: Releases) -> Any:
    publish(releases, "New.", 5)
    releases.prune(1)


def test_a_power_cut_at_each_step_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    seen, step = [], 0
    while True:
        folder = tmp_path / str(step)
        folder.mkdir()
        publish(shelf(folder, Cut(1000)), "Older.", 0)
        old = publish(shelf(folder, Cut(1000)), "Old.", 1)
        try:
            publication(shelf(folder, Cut(step)))
        except PowerCut:
            done = False
        else:
            done = True
        after = shelf(folder)
        after.verify(after.active())
        text = after.files(after.active())["dialogues/domain/smalltalk.yml"]
        assert (b"Old." in text) != (b"New." in text)
        assert all(after.verify(release.id) is None for release in after.all())
        assert (after.read(str(after.before())).who, after.before() == old) == ("ann", after.active() != old)
        after.sweep()
        publication(after)  # and it can be done again
        assert b"New." in after.files(after.active())["dialogues/domain/smalltalk.yml"]
        seen.append(b"New." in text)
        if done:
            break
        step += 1
    assert seen == sorted(seen)
    assert 20 < seen.count(False)
    assert seen.count(True) > 3


def test_a_power_cut_at_each_step_of_a_roll_back(tmp_path: Path) -> None:
    for step in range(100):
        folder = tmp_path / str(step)
        folder.mkdir()
        first, second = publish(shelf(folder), "Old.", 1), publish(shelf(folder), "New.", 2)
        try:
            shelf(folder, Cut(step)).roll_back(who="ann", at=NOON)
            done = True
        except PowerCut:
            done = False
        after = shelf(folder)
        assert after.active() in (first, second)
        assert after.before() == (SHIPPED if after.active() == first else first)
        if done:
            assert after.active() == first
            return
    pytest.fail("it does not end")


def test_what_is_half_made_goes_once_it_is_nobodys(releases: Releases) -> None:
    young, old = (releases.root / "releases" / f".{name}.new" for name in ("young", "old"))
    for rest in (young, old):
        rest.mkdir(parents=True)
    hours_ago = time.time() - 7200
    os.utime(old, (hours_ago, hours_ago))
    releases.sweep(3600)
    assert (young.exists(), old.exists()) == (True, False)
