"""A small content, and a shelf of releases over it."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.content import tree
from assistant.content.disk import Disk
from assistant.content.releases import Releases

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Shelf:
    """Models that are trained at once."""

    rasa = "3.6.21"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def key(self, dialogues: Path) -> str:
        digest = hashlib.sha256()
        for path in sorted(dialogues.glob("domain/*.yml")):
            digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    def path(self, key: str) -> Path:
        return self.folder / f"{key}.tar.gz"

    def train(self, dialogues: Path) -> Path:
        path = self.path(self.key(dialogues))
        path.write_bytes(b"model")
        return path


def content(text: str = "Hello.") -> tree.Files:
    """A content whose one answer is `text`."""
    return {
        "station.yaml": b"name: Here\nstop: A\n",
        "dialogues/config.yml": b"recipe: default.v1\n",
        "dialogues/domain/smalltalk.yml": f'responses:\n  utter_greet:\n    - text: "{text}"\n'.encode(),
        "dialogues/data/nlu/smalltalk.en.yml": b"nlu:\n  - intent: smalltalk_greet\n    examples: |\n      - hello\n",
        "dialogues/tests/conversations/smalltalk.yml": b"- name: Greet\n  turns: []\n",
    }


def written(folder: Path, files: tree.Files) -> Path:
    for name, each in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each)
    return folder


def shelf(folder: Path, disk: Disk | None = None) -> Releases:
    """A shelf whose shipped content says "Shipped."."""
    product = folder / "product"
    if not product.exists():
        written(product, content("Shipped."))
    models = Shelf(folder / "models")
    models.train(product / "dialogues")
    return Releases(folder / "content", product / "dialogues", product / "station.yaml", models, disk)


def publish(releases: Releases, text: str, minute: int = 0) -> str:
    """A release that says `text`, trained and live."""
    at = NOON + timedelta(minutes=minute)
    made = releases.make(content(text), who="ann", why="because", at=at)
    releases._models.train(releases.dialogues(made.id))  # type: ignore[attr-defined]
    releases.activate(made.id, who="ann", at=at)
    return made.id
