"""`doctor` says for which languages of the station the machine has letters."""

import subprocess
from pathlib import Path

import pytest

from assistant.cli import fonts


@pytest.fixture
def listing(tmp_path: Path) -> str:
    """An `fc-list` that knows a Chinese and an English font."""
    script = tmp_path / "fc-list"
    script.write_text('#!/bin/sh\ncase "$1" in\n:lang=zh-cn) echo "Noto Sans CJK SC,Noto Sans";;\n:lang=en) echo "DejaVu Sans";;\nesac\n')
    script.chmod(0o755)
    return str(script)


def test_a_language_without_letters_is_named_with_what_mends_it(listing: str) -> None:
    found = [(one.state, one.text, one.mend) for one in fonts.fonts(("en", "zh", "ko", "el"), listing)]
    assert found == [
        ("ok", "en: DejaVu Sans", None),
        ("ok", "zh: Noto Sans CJK SC", None),
        ("advice", "ko: no font has its letters; the screen shows boxes", "sudo apt-get install fonts-noto-cjk"),
        ("advice", "el: no font has its letters; the screen shows boxes", "sudo apt-get install fonts-noto-core"),
    ]


def test_a_machine_without_fontconfig_is_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts.shutil, "which", lambda _: None)
    assert [(one.state, one.mend) for one in fonts.fonts(("en", "zh"))] == [("advice", "sudo apt-get install fontconfig")]


NOT_KNOWN = [("advice", "en: not looked at: fontconfig gave no answer", "run doctor again")]


def test_a_listing_that_does_not_run_tells_nothing_of_letters(tmp_path: Path) -> None:
    assert [(one.state, one.text, one.mend) for one in fonts.fonts(("en",), str(tmp_path / "gone"))] == NOT_KNOWN


def test_a_listing_that_takes_too_long_tells_nothing_of_letters(listing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(command: list[str], *, timeout: float, **_: object) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", slow)
    assert [(one.state, one.text, one.mend) for one in fonts.fonts(("en",), listing)] == NOT_KNOWN
