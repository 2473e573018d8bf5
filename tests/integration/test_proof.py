"""A draft beside what is live, with a real Rasa each: what is told, what changes, and that nobody hears of it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.clock import Clock
from assistant.content import golden, proof
from assistant.dialogue.trainer import train
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.rehearsal import StandingClock, changed_words, rehearsal
from assistant.settings import Settings
from tests.conftest import EXAMPLE, MODELS
from tests.integration.small_content import GREET, THANKS, small
from tests.unit.content.folders import written

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]
CONVERSATIONS = b"""
- name: A secret
  turns:
    - {en: hello, intent: smalltalk_greet}
    - {en: open sesame please, intent: smalltalk_greet}
- name: A train
  turns:
    - {en: which platform does the train leave from, intent: timetable_platform}
    - {en: Airport, slots: {destination: ap}}
- name: Bye
  turns:
    - {en: goodbye, intent: smalltalk_goodbye}
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Dialogues and model of what is live and of the draft."""
    root, made = tmp_path_factory.mktemp("drafts"), {}
    for name, secret, mark in (("live", GREET, "Ay. "), ("draft", THANKS, "Bee. ")):
        files = small(EXAMPLE / "station.yaml", secret=secret, mark=mark) | {"dialogues/tests/conversations/few.yml": CONVERSATIONS}
        dialogues = written(root / name, files) / "dialogues"
        made[name] = dialogues, asyncio.run(train(MODELS, root / "home", print, dialogues))
    return made


@pytest.fixture(scope="module")
def rooms(station_settings: Settings, clock: Clock) -> Iterator[tuple[Settings, Knowledge, Monitor, Clock]]:
    knowledge = Knowledge.open(station_settings, clock)
    yield station_settings, knowledge, Monitor(station_settings, clock, ZoneInfo(knowledge.validity().timezone)), StandingClock(clock)
    knowledge.close()


async def test_a_draft_is_proved_beside_what_is_live(
    rooms: tuple[Settings, Knowledge, Monitor, Clock], folders: dict[str, tuple[Path, Path]]
) -> None:
    (live_folder, live_model), (draft_folder, draft_model) = folders["live"], folders["draft"]
    told = golden.conversations(draft_folder, ("en",))
    words = changed_words(live_folder, draft_folder)
    assert words == ["utter_smalltalk_greet", "utter_smalltalk_thanks"]
    async with rehearsal(*rooms, live_folder, live_model) as live:
        before = await proof.look(live, told)
    assert before.words["few: Bye (en)"] >= {"utter_smalltalk_goodbye"}
    async with rehearsal(*rooms, draft_folder, draft_model) as draft:
        seen = await proof.prove(draft, told, before, words)
        everything = await proof.prove(draft, told, before, None)
    assert seen.told == 1
    assert everything.told == 3
    assert (seen.changes, seen.broken) == (everything.changes, everything.broken)
    assert seen.broken == ["few: A secret (en)"]
    assert [(change.turn, change.after.intent, change.after.text[:3]) for change in seen.changes] == [(1, GREET, "Bee"), (2, THANKS, "Bee")]
