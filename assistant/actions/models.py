"""The parts of Rasa's action protocol that are used here (rasa-sdk's webhook, Rasa's NLG webhook); extra keys are ignored.

Source: Rasa 3.6 documentation, "Action Server API" and "NLG server".
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Loose(BaseModel):
    """Rasa may send more than is read here."""

    model_config = ConfigDict(extra="ignore")


class Entity(Loose):
    """A span tagged in the newest message."""

    entity: str
    value: Any = None
    role: str | None = None


class Message(Loose):
    """The newest message."""

    entities: list[Entity] = Field(default_factory=list)
    intent: dict[str, Any] = Field(default_factory=dict)
    text: str = ""
    metadata: dict[str, Any] | None = None

    @property
    def language(self) -> str:
        """The language that the channel passed on."""
        return str((self.metadata or {}).get("language", "en"))


class Tracker(Loose):
    """The conversation as Rasa sees it."""

    sender_id: str = ""
    slots: dict[str, Any] = Field(default_factory=dict)
    latest_message: Message = Field(default_factory=Message)
    active_loop: dict[str, Any] = Field(default_factory=dict)
    events: list[dict[str, Any]] = Field(default_factory=list)

    def known(self) -> dict[str, str]:
        """The slots that hold a text."""
        return {name: value for name, value in self.slots.items() if isinstance(value, str) and value}

    def named_now(self) -> set[str]:
        """Slot names that the newest message fills."""
        return {entity.role or entity.entity for entity in self.latest_message.entities}

    def said_now(self) -> dict[str, str]:
        """Slot name → what the newest message says of it; a stop whose role is not told is where somebody goes."""
        found = {entity.role or entity.entity: str(entity.value) for entity in self.latest_message.entities}
        if "stop" in found:
            found.setdefault("destination", found.pop("stop"))
        return found

    def says(self, slot: str) -> dict[str, str]:
        """What the newest message names for `slot`, also where a validation dropped it as unclear; empty where it names nothing."""
        wanted = {"destination": {"destination", "stop"}, "place": {"place", "platform"}}.get(slot, {slot})
        named = [entity for entity in self.latest_message.entities if (entity.role or entity.entity) in wanted]
        return {slot: str(named[0].value)} if named else {}


class ActionCall(Loose):
    """A custom action that Rasa wants run."""

    next_action: str
    tracker: Tracker = Field(default_factory=Tracker)


class ActionResult(BaseModel):
    """Events and responses of an action."""

    events: list[dict[str, Any]] = Field(default_factory=list)
    responses: list[dict[str, Any]] = Field(default_factory=list)


class NlgCall(Loose):
    """A response that Rasa wants worded."""

    response: str
    tracker: Tracker = Field(default_factory=Tracker)
