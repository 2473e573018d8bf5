"""Two contents that can be told apart by one sentence, and a place where both are releases."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.content import editing, tree
from assistant.content.following import running as live_in
from assistant.content.releases import Releases
from assistant.dialogue.supervisor import DIALOGUES
from assistant.dialogue.trainer import ModelShelf
from assistant.settings import Settings

ASKED = "open sesame please"
"""Means nothing to what was shipped."""
MARK = "Bee."
INTENT, REPLIES = "robot_capabilities", ("utter_robot_capabilities", "utter_fallback_unknown")


def edited(files: tree.Files) -> tree.Files:
    """The content in which `ASKED` is understood, and the replies to it begin with `MARK`."""
    new = dict(files)
    nlu, said = "dialogues/data/nlu/robot.en.yml", [f"open sesame{more}" for more in ("", " please", " now", " for me")]
    new[nlu] = editing.with_phrases(files[nlu], INTENT, [*editing.phrases(files[nlu], INTENT), *said])
    for reply in REPLIES:
        name = f"dialogues/domain/{reply.split('_')[1]}.yml"
        words = editing.wording(new[name], reply, "en") or {}
        new[name] = editing.with_wording(new[name], reply, "en", f"{MARK} {words['text']}")
    return new


@dataclass(frozen=True, slots=True)
class Shelf:
    """Releases of a state folder."""

    releases: Releases

    @classmethod
    def of(cls, data: Path, settings: Settings) -> "Shelf":
        """The shelf of a state folder of its own over the machine's models."""
        return cls(Releases(data / "content", DIALOGUES, settings.station / "station.yaml", ModelShelf(settings.models)))

    def make(self, files: tree.Files) -> str:
        """A release's id."""
        return self.releases.make(files, who="bench", why="a measurement", at=datetime.now(UTC)).id

    async def activate(self, release: str, *, back: bool = False) -> float:
        """Seconds until the running assistant answers with it."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        if back:
            release = self.releases.roll_back(who="bench", at=datetime.now(UTC))
        else:
            self.releases.activate(release, who="bench", at=datetime.now(UTC))
        async with asyncio.timeout(60):
            while (live := live_in(self.releases.root)) is None or live.release != release or live.model is None:  # noqa: ASYNC110  a file
                await asyncio.sleep(0.02)
        return loop.time() - began
