"""Releases: made once, never changed, named by what is in them; one of them is live.

    <data>/content/releases/<id>/   dialogues/…, station.yaml, release.json
    <data>/content/active           the id of the live one; without it what came with the product is live
    <data>/content/history          what was live before, a line each

The power may go at any moment: a release's folder gets its name when it is whole, and `active` is replaced in one step.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from assistant.content import tree
from assistant.content.disk import Disk
from assistant.content.models import SHIPPED, Activation, Release
from assistant.content.ports import Models
from assistant.errors import ContentError, NotFound

KEPT = 20
HISTORY_KEPT = 200
RECORD = "release.json"


class Releases:
    """The shelf of releases below `root`; `shipped` is the product's dialogues, `station` the station folder's file."""

    def __init__(self, root: Path, shipped: Path, station: Path, models: Models, disk: Disk | None = None) -> None:
        self.root, self._shipped, self._station, self._models = root, shipped, station, models
        self._disk = disk or Disk()

    @property
    def _folder(self) -> Path:
        return self.root / "releases"

    def dialogues(self, release: str) -> Path:
        """The dialogues of a release."""
        return self._shipped if release == SHIPPED else self._folder / release / tree.DIALOGUES

    def station(self, release: str) -> Path:
        """The station file of a release."""
        return self._station if release == SHIPPED else self._folder / release / tree.STATION

    def model(self, release: str) -> Path:
        """Where the model of a release stands for this version of the product, trained or not."""
        return self._models.path(self._models.key(self.dialogues(release)))

    def files(self, release: str) -> tree.Files:
        """The content of a release, or of what was shipped. Raises ContentError and NotFound."""
        if release != SHIPPED:
            self.read(release)
        return tree.read_parts(self.dialogues(release), self.station(release))

    def read(self, release: str) -> Release:
        """The record of a release. Raises NotFound, and ContentError for a record that cannot be read."""
        path = self._folder / release / RECORD
        if not _is_id(release) or not path.is_file():
            raise NotFound(f"there is no release {release if _is_id(release) else 'of that name'}", hint="dialogues list")
        try:
            return Release.from_json(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ContentError(f"{path} cannot be read ({type(error).__name__})", hint="dialogues activate another release") from None

    def all(self) -> list[Release]:
        """Every release that can be read, the newest first."""
        found = []
        for folder in self._folder.glob("*") if self._folder.is_dir() else ():
            if _is_id(folder.name):
                try:
                    found.append(self.read(folder.name))
                except ContentError:
                    continue
        return sorted(found, key=lambda release: (release.at, release.id), reverse=True)

    def find(self, beginning: str) -> str:
        """The id that begins so; `shipped` and `active` are names too. Raises NotFound."""
        if beginning == "active":
            return self.active()
        ids = [SHIPPED, *(release.id for release in self.all())]
        found = [each for each in ids if each.startswith(beginning)] if len(beginning) >= 4 else []
        if len(found) != 1:
            raise NotFound("no release, or more than one, has a name that begins so", hint="dialogues list")
        return found[0]

    def make(self, files: tree.Files, *, who: str, why: str, at: datetime, broken: Sequence[str] = ()) -> Release:
        """A release of `files`; the one that is there already where it is the same content. It is not live yet."""
        content = tree.content_of(files)
        folder = self._folder / content[:16]
        if folder.exists():
            try:
                self.verify(folder.name)
                return self.read(folder.name)
            except (ContentError, NotFound):  # somebody touched it; the same content heals it
                self._set_aside(folder)
        self._disk.folder(self._folder)
        draft = self._folder / f".{folder.name}.source"
        self._disk.remove(draft)
        self._disk.place(files, draft)
        release = Release(
            id=folder.name, content=content, model=self._models.key(draft / tree.DIALOGUES), rasa=self._models.rasa,
            who=who, why=why, at=at, parent=self.active(), broken=tuple(broken),
        )  # fmt: skip
        record = draft / RECORD
        self._disk.write(record, json.dumps(release.as_json(), ensure_ascii=False, indent=2).encode() + b"\n")
        self._disk.sync(record)
        self._disk.sync(draft)
        self._disk.rename(draft, folder)
        self._disk.sync(self._folder)
        return release

    def verify(self, release: str) -> None:
        """Holds every file against the id. Raises ContentError for a release that was touched."""
        if release == SHIPPED:
            return
        record = self.read(release)
        folder = self._folder / release
        content = tree.content_of(tree.read(folder))
        if record.id != release or content[:16] != release or content != record.content or tree.strangers(folder):
            raise ContentError(
                f"release {release} is not as it was made: a file in {folder} was changed, added or removed",
                hint="dialogues import that folder, to make a new release of it",
            )  # fmt: skip

    def active(self) -> str:
        """The id of what is live: `shipped` where nothing was activated. It names a release that is there."""
        try:
            named = (self.root / "active").read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return SHIPPED
        return named if _is_id(named) and (self._folder / named).is_dir() else SHIPPED

    def activate(self, release: str, *, who: str, at: datetime, back: bool = False) -> None:
        """Makes a release live; a running assistant follows. Raises ContentError for one that was touched or is not trained."""
        self.verify(release)
        if not self.model(release).is_file():
            raise ContentError(f"release {release} has no model yet", hint=f"dialogues train {release}")
        self._disk.folder(self.root)
        history = [*self.history(), Activation(id=release, who=who, at=at, back=back)][-HISTORY_KEPT:]
        lines = [json.dumps({**asdict(each), "at": each.at.isoformat()}, ensure_ascii=False) for each in history]
        self._disk.replace(self.root / "history", "".join(f"{line}\n" for line in lines).encode())
        self._disk.replace(self.root / "active", f"{release}\n".encode())

    def roll_back(self, *, who: str, at: datetime) -> str:
        """Makes the release live that was so before; returns its id. Raises ContentError where there is none that can be used."""
        before = self.before()
        if before is None:
            raise ContentError("nothing was live before", hint="dialogues list, then dialogues activate")
        self.activate(before, who=who, at=at, back=True)
        return before

    def before(self) -> str | None:
        """What a roll-back would make live."""
        stack = [SHIPPED]
        for each in self.history():
            if each.back and len(stack) > 1:
                stack.pop()
            if stack[-1] != each.id:
                stack.append(each.id)
        now, known = self.active(), {release.id: release for release in self.all()}
        while stack and stack[-1] != now:  # the power went between the two files
            stack.pop()
        earlier = stack[:-1] if stack else [known[now].parent] if now in known else []
        return next((each for each in reversed(earlier) if each != now and (each == SHIPPED or each in known)), None)

    def history(self) -> list[Activation]:
        """What was made live, the oldest first; lines that cannot be read are left out."""
        try:
            lines = (self.root / "history").read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        found = []
        for line in lines:
            try:
                content = json.loads(line)
                found.append(Activation(**{**content, "at": datetime.fromisoformat(content["at"])}))
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def prune(self, kept: int = KEPT) -> list[str]:
        """Removes all but the newest `kept`, with their models; what is live or would be after a roll-back stays. Returns their ids."""
        releases, needed = self.all(), {self.active(), self.before()}
        old = [release for release in releases[kept:] if release.id not in needed]
        gone = {release.id for release in old}
        models = {self.model(each) for each in (SHIPPED, *(release.id for release in releases if release.id not in gone))}
        for release in old:
            used = {self.model(release.id), self._models.path(release.model)}
            self._set_aside(self._folder / release.id)
            for model in used - models:
                self._disk.remove(model)
        return sorted(gone)

    def sweep(self, older_s: float = 0.0) -> None:
        """Removes what a cut power left half made. What is younger than `older_s` seconds may be another process's, at work."""
        for rest in self._folder.glob(".*") if self._folder.is_dir() else ():
            if time.time() - rest.stat().st_mtime >= older_s:
                self._disk.remove(rest)

    def export(self, release: str, folder: Path) -> None:
        """Writes a release into a new folder, as an editor and git like it. Raises ContentError where the folder holds something."""
        if folder.exists() and any(folder.iterdir()):
            raise ContentError(f"{folder} is not empty", hint="name a new folder")
        files = self.files(release)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def _set_aside(self, folder: Path) -> None:
        """Takes a folder out of the list in one step, then removes it."""
        rest = folder.with_name(f".{folder.name}.old")
        self._disk.remove(rest)
        self._disk.rename(folder, rest)
        self._disk.sync(folder.parent)
        self._disk.remove(rest)


def _is_id(name: str) -> bool:
    return len(name) == 16 and set(name) <= set("0123456789abcdef")
