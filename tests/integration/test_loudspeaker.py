"""ALSA's real player, into a file instead of a sound card, into nothing, and into a card that is not there."""

import asyncio
import shutil
import stat
from pathlib import Path

import psutil
import pytest

from assistant.alarm import loudspeaker as module
from assistant.alarm.loudspeaker import AlsaLoudspeaker, NoLoudspeaker
from assistant.speech.models import Sound

SOUND = Sound(rate=22_050, pcm=bytes(range(256)) * 100)


@pytest.fixture(autouse=True)
def _installed() -> None:
    assert shutil.which("aplay"), "alsa-utils is not installed: make setup"


async def test_every_sample_reaches_the_card(tmp_path: Path) -> None:
    path = tmp_path / "heard.raw"
    assert await AlsaLoudspeaker(f"file:'{path}',raw").play(SOUND)
    assert path.read_bytes().startswith(SOUND.pcm)


async def test_where_no_card_is_nobody_heard_it(tmp_path: Path) -> None:
    assert not await AlsaLoudspeaker("hw:31").play(SOUND)
    assert not await AlsaLoudspeaker(program="no-such-player").play(SOUND)
    assert not await NoLoudspeaker().play(SOUND)


async def test_a_player_that_hangs_is_given_up_and_one_that_is_not_wanted_any_more_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GRACE_S", 0.1)
    player = tmp_path / "player"
    player.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 60\n")
    player.chmod(stat.S_IRWXU)
    hanging = AlsaLoudspeaker(program=str(player))
    assert not await hanging.play(Sound(rate=22_050, pcm=bytes(2)))
    assert not psutil.pid_exists(int((tmp_path / "pid").read_text()))
    (tmp_path / "pid").unlink()
    assert not await hanging.play(SOUND)
    assert not (tmp_path / "pid").exists(), "it is left alone for a while: the page speaks"
    hanging = AlsaLoudspeaker(program=str(player))
    playing = asyncio.create_task(hanging.play(Sound(rate=22_050, pcm=bytes(2_000_000))))
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
    assert not psutil.pid_exists(int((tmp_path / "pid").read_text()))
