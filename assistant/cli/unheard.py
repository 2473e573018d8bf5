"""Names of the station that the installed recogniser cannot write: reported when the station is imported."""

import json
import os
import subprocess
import sys

from assistant.clock import Clock
from assistant.knowledge import Knowledge
from assistant.knowledge.models import Notice
from assistant.settings import ROOT, Settings

LIMIT_S = 120
NAMED = 20
"""Names told one by one; more are counted."""


def unheard(settings: Settings, clock: Clock) -> list[Notice]:
    """A notice for each such name, with what is likely heard instead; none where the engine writes any word."""
    if settings.speech.address is not None:
        return []
    notices = []
    for language, found in _asked(settings, _names(settings, clock)).items():
        for strange in found[:NAMED]:
            heard = " or ".join(f'"{text}"' for text in strange["nearest"])
            instead = f"it may write {heard}: add that under aliases" if heard else "touch and typing reach it; an alias may help"
            text = f'speech {language}: the recogniser does not know {", ".join(strange["words"])} of "{strange["name"]}"; {instead}'
            notices.append(Notice(severity="info", code="name-unheard", message=text))
        if len(found) > NAMED:
            text = f"speech {language}: {len(found) - NAMED} more names have words that the recogniser does not know"
            notices.append(Notice(severity="info", code="names-unheard", message=text))
    return notices


def _names(settings: Settings, clock: Clock) -> dict[str, list[str]]:
    knowledge = Knowledge.open(settings, clock, lambda text: None)
    try:
        now = clock.now()
        return {
            language: [stop.name for stop in knowledge.popular_destinations(language, 10_000)]
            + [place.name for place in knowledge.places(at=now, language=language, limit=10_000)]
            for language in settings.languages
        }
    finally:
        knowledge.close()


def _asked(settings: Settings, names: dict[str, list[str]]) -> dict[str, list[dict[str, list[str]]]]:
    """Asks a process of its own: engines are native code."""
    command = [sys.executable, "-m", "assistant.speech.worker.words", "--models", str(settings.models)]
    command += [f"--engine={language}={engine}" for language, engine in settings.speech.engines.items()]
    env = {"PATH": os.defpath, "HOME": os.devnull, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(  # noqa: S603  our own module, with names on its input alone
            command, input=json.dumps(names), capture_output=True, text=True, timeout=LIMIT_S, check=True, env=env
        )
        answer: dict[str, list[dict[str, list[str]]]] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        return {}  # models may be missing or damaged: `doctor` and `models verify` tell that
    return answer
