"""Rasa's own validation of a dialogues folder, in its environment."""

import asyncio
import os
from pathlib import Path

from assistant.dialogue.supervisor import DIALOGUES, PYTHON, environment
from assistant.errors import Unavailable
from assistant.process import ChildSpec, ProcessChild

LIMIT_S = 1800
"""A small machine that serves meanwhile takes minutes."""


class RasaValidator:
    """Runs `rasa data validate`."""

    def __init__(self, home: Path) -> None:
        self._home = home

    async def __call__(self, dialogues: Path) -> list[str]:
        """The lines that it prints. Raises Unavailable where it does not end."""
        if not PYTHON.exists():
            raise Unavailable("the dialogues' environment is not installed", hint="make setup")
        os.makedirs(self._home, mode=0o700, exist_ok=True)
        words = ("data", "validate", "--domain", str(dialogues / "domain"), "--data", str(dialogues / "data"))
        argv = (str(PYTHON), "-m", "launch", *words, "--config", str(dialogues / "config.yml"))
        env = environment(self._home) | {"ASSISTANT_NICE": "10", "PYTHONWARNINGS": "default::UserWarning", "COLUMNS": "1000"}
        child = await ProcessChild.spawn(ChildSpec(name="validation", argv=argv, env=env, cwd=DIALOGUES), kept_bytes=1_000_000)
        try:
            await asyncio.wait_for(child.wait(), LIMIT_S)
        except TimeoutError:
            raise Unavailable(f"the check of the dialogues took longer than {LIMIT_S} s") from None
        finally:
            await child.end(0)
        return child.output.decode(errors="replace").splitlines()
