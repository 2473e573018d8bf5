"""Drafts: copies of a release that are being edited, side by side with those of other people.

    <data>/content/drafts/<id>/   dialogues/…, station.yaml, draft.json, edits.jsonl (who changed which topic when, by ids), work.json
"""

import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.content import tree
from assistant.content.disk import Disk
from assistant.content.releases import Releases
from assistant.errors import Conflict, ContentError, NotFound

MOST = 12
"""Drafts that stand at a time."""
EDITS_KEPT = 500
RECORD, EDITS = "draft.json", "edits.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A change in the making."""

    id: str
    """12 hex digits."""
    name: str
    """What its maker calls it."""
    base: str
    """The release that it was begun from."""
    made_by: str
    """Id of an account."""
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change of one topic."""

    at: datetime
    by: str
    """Id of an account."""
    topic: str
    before: str
    after: str
    """Tags of the topic before and after it."""
    what: tuple[str, ...]
    """Intents and replies with their languages, as `smalltalk_greet:en`."""


class Drafts:
    """The drafts beside a shelf of releases. Safe from every thread: whoever changes one holds `lock`."""

    def __init__(self, releases: Releases, disk: Disk | None = None) -> None:
        self.root, self._releases, self._disk = releases.root / "drafts", releases, disk or Disk()
        self.lock = threading.RLock()

    def folder(self, draft: str) -> Path:
        """Where a draft stands. Raises NotFound."""
        folder = self.root / draft
        if not _is_id(draft) or not (folder / RECORD).is_file():
            raise NotFound("there is no such draft", code="draft-not-found", hint="it may have been published or thrown away")
        return folder

    def dialogues(self, draft: str) -> Path:
        """The dialogues of a draft."""
        return self.folder(draft) / tree.DIALOGUES

    def files(self, draft: str) -> tree.Files:
        """The content of a draft, as it is now."""
        folder = self.folder(draft)
        with self.lock:
            return tree.read(folder)

    def read(self, draft: str) -> Draft:
        """The record of a draft. Raises NotFound, and ContentError for one that cannot be read."""
        path = self.folder(draft) / RECORD
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            return Draft(**{**content, "made_at": datetime.fromisoformat(content["made_at"])})
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ContentError(f"the record of draft {draft} cannot be read ({type(error).__name__})", hint="throw it away") from None

    def all(self) -> list[Draft]:
        """Every draft that can be read, the newest first."""
        found = []
        for folder in self.root.glob("*") if self.root.is_dir() else ():
            try:
                found.append(self.read(folder.name))
            except (ContentError, NotFound):
                continue
        return sorted(found, key=lambda draft: (draft.made_at, draft.id), reverse=True)

    def make(self, name: str, base: str, *, by: str, at: datetime) -> Draft:
        """A copy of a release, to be edited. Raises Conflict where there are too many, NotFound, ContentError."""
        with self.lock:
            if len(self.all()) >= MOST:
                raise Conflict(f"there are {MOST} drafts already", code="too-many-drafts", hint="publish one, or throw one away")
            draft = Draft(id=secrets.token_hex(6), name=name, base=base, made_by=by, made_at=at)
            self._disk.folder(self.root)
            self._disk.place({**self._releases.files(base), RECORD: _record(draft)}, self.root / draft.id)
            return draft

    def remove(self, draft: str) -> None:
        """Throws a draft away: out of the list in one step. Raises NotFound."""
        with self.lock:
            folder = self.folder(draft)
            rest = folder.with_name(f".{draft}.old")
            self._disk.remove(rest)
            self._disk.rename(folder, rest)
            self._disk.sync(self.root)
            self._disk.remove(rest)

    def write(self, draft: str, changed: Mapping[str, bytes], edit: Edit) -> None:
        """Puts files in the place of others, and notes who did it. `lock` is held by whoever has read what they follow from."""
        folder = self.folder(draft)
        self._disk.replace(folder / EDITS, "".join(f"{_line(each)}\n" for each in [*self.edits(draft), edit][-EDITS_KEPT:]).encode())
        for name, content in changed.items():
            path = folder / name
            self._disk.folder(path.parent)
            self._disk.replace(path, content)

    def catch_up(self, draft: str, keep: str | None) -> list[str]:
        """Takes over what was published since the draft was begun. Returns the files that both changed; with them nothing is done
        unless `keep` says whose stay: `mine` or `live`.
        """
        with self.lock:
            record, live = self.read(draft), self._releases.active()
            old, theirs, mine = self._releases.files(record.base), self._releases.files(live), self.files(draft)
            both = sorted(
                name for name in old.keys() | theirs.keys() | mine.keys()
                if mine.get(name) not in (old.get(name), theirs.get(name)) and theirs.get(name) != old.get(name)
            )  # fmt: skip
            if both and keep is None:
                return both
            taken = {
                name for name in old.keys() | theirs.keys() | mine.keys()
                if mine.get(name) == old.get(name) or (name in both and keep == "live")
            }  # fmt: skip
            folder = self.folder(draft)
            for name in sorted(taken):
                if name in theirs and theirs[name] != mine.get(name):
                    self._disk.folder((folder / name).parent)
                    self._disk.replace(folder / name, theirs[name])
                elif name not in theirs:
                    self._disk.remove(folder / name)
            self._disk.replace(folder / RECORD, _record(replace(record, base=live)))
            return both

    def edits(self, draft: str) -> list[Edit]:
        """What was changed, the oldest first; lines that cannot be read are left out."""
        try:
            lines = (self.folder(draft) / EDITS).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        found = []
        for line in lines:
            try:
                content = json.loads(line)
                at, what = datetime.fromisoformat(content["at"]), tuple(map(str, content["what"]))
                found.append(Edit(**{**content, "at": at, "what": what}))
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def note(self, draft: str, name: str, content: Mapping[str, Any]) -> None:
        """Keeps something about a draft beside it, as JSON."""
        with self.lock:
            self._disk.replace(self.folder(draft) / name, json.dumps(content, ensure_ascii=False).encode())

    def noted(self, draft: str, name: str) -> dict[str, Any]:
        """What was kept; empty where nothing was, or it cannot be read."""
        try:
            content = json.loads((self.folder(draft) / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def sweep(self) -> None:
        """Removes what a cut power left half made or half thrown away. At the start, before anybody edits."""
        for rest in self.root.glob(".*") if self.root.is_dir() else ():
            self._disk.remove(rest)


def _record(draft: Draft) -> bytes:
    return json.dumps({**asdict(draft), "made_at": draft.made_at.isoformat()}, ensure_ascii=False).encode()


def _line(edit: Edit) -> str:
    return json.dumps({**asdict(edit), "at": edit.at.isoformat()}, ensure_ascii=False)


def _is_id(name: str) -> bool:
    return len(name) == 12 and set(name) <= set("0123456789abcdef")
