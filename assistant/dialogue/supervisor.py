"""How the Rasa sidecar is started: its own interpreter, a private home, no telemetry, and a secret of this start."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

from assistant.process import ChildSpec
from assistant.settings import ROOT

DIALOGUES = ROOT / "dialogues"
PYTHON = DIALOGUES / ".venv" / "bin" / "python"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar:
    """Everything that one start of Rasa needs to know."""

    model: Path
    port: int
    secret: str
    actions_port: int
    gazetteer: Path
    home: Path
    """A private folder: Rasa and its libraries write settings and caches below HOME."""
    expiry_s: float
    niceness: int = 0
    """Added to its own: one that is only tried stands back behind the one that answers."""

    def spec(self) -> ChildSpec:
        """How to start it."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        return ChildSpec(
            name="rasa",
            argv=(str(PYTHON), "-m", "launch", "--model", str(self.model), "--port", str(self.port)),
            env=environment(self.home)
            | {
                "ASSISTANT_SECRET": self.secret,
                "ASSISTANT_ACTIONS_URL": f"http://127.0.0.1:{self.actions_port}/webhook",
                "ASSISTANT_NLG_URL": f"http://127.0.0.1:{self.actions_port}/nlg",
                "ASSISTANT_GAZETTEER": str(self.gazetteer),
                "ASSISTANT_EXPIRY_S": str(self.expiry_s),
            }
            | ({"ASSISTANT_NICE": str(self.niceness)} if self.niceness else {}),
            cwd=DIALOGUES,
            ready_timeout_s=120.0,
        )


def environment(home: Path) -> dict[str, str]:
    """The whole environment of a Rasa process: nothing of ours leaks in, and it tells nobody anything."""
    return {
        "PATH": os.defpath,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "MALLOC_ARENA_MAX": "2",  # a model is loaded on a thread; each thread's arena would keep what the model leaves
        "MPLCONFIGDIR": str(home),
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
    }


def free_port() -> int:
    """A loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
