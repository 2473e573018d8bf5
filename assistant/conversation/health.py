"""What works now, as health checks and the page are told."""

from dataclasses import dataclass
from typing import Literal

from assistant.speech.models import LanguageSpeech

type Component = Literal["ready", "degraded", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """State of every part."""

    components: dict[str, Component]
    speech: dict[str, LanguageSpeech]

    @property
    def status(self) -> Component:
        """Down without knowledge; degraded where any part is not ready."""
        if self.components.get("knowledge") == "down":
            return "down"
        return "ready" if set(self.components.values()) <= {"ready"} else "degraded"
