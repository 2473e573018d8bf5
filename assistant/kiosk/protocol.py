"""The kiosk page's WebSocket: every message, both ways, a union discriminated by `type`. No input or output here.

Client to server binary: s16le mono 16 kHz, only between `listen` and `listen_end` or `listening_end`.
Server to client binary: s16le mono at the rate of the `audio` message before it.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from assistant.alarm.views import AlertView
from assistant.conversation.models import Ask, Problem, Suggestion, Turn, Wire
from assistant.speech.endpointing import Sign

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Id = Annotated[str, Field(max_length=64)]


class Hello(Wire):
    """First message: opens a conversation."""

    type: Literal["hello"] = "hello"
    language: Language


class Say(Wire):
    """A typed question."""

    type: Literal["say"] = "say"
    text: str = Field(max_length=500)


class AskMessage(Wire):
    """A touched tile."""

    type: Literal["ask"] = "ask"
    ask: Ask
    say: str = Field(default="", max_length=200)


class Listen(Wire):
    """The microphone is open; sound follows."""

    type: Literal["listen"] = "listen"


class ListenFree(Wire):
    """The button was tapped and not held: the utterance ends by itself, told by `listening_end`."""

    type: Literal["listen_free"] = "listen_free"


class ListenEnd(Wire):
    """The button was released: no more sound for this utterance."""

    type: Literal["listen_end"] = "listen_end"


class ListenCancel(Wire):
    """Forget the utterance."""

    type: Literal["listen_cancel"] = "listen_cancel"


class Hush(Wire):
    """Stop sending speech for the current turn."""

    type: Literal["hush"] = "hush"


class ChooseLanguage(Wire):
    """The language switch."""

    type: Literal["language"] = "language"
    language: Language


class Reset(Wire):
    """Idle, or "start over": the conversation is wiped and a new one begins (a new `welcome` comes)."""

    type: Literal["reset"] = "reset"
    language: Language | None = None


ClientMessage = Annotated[
    Hello | Say | AskMessage | Listen | ListenFree | ListenEnd | ListenCancel | Hush | ChooseLanguage | Reset, Field(discriminator="type")
]
client_message: TypeAdapter[ClientMessage] = TypeAdapter(ClientMessage)


class SpeechAbility(Wire):
    """What the kiosk can do in one language now."""

    hear: bool
    speak: bool
    captions: bool


class Welcome(Wire):
    """A conversation is open; it comes without being asked for where the one before had expired when a question came."""

    type: Literal["welcome"] = "welcome"
    conversation_id: Id
    language: Language
    languages: list[Language]
    station: str
    """The station's name in the language."""
    kiosk: str
    now: datetime
    """The station's clock, in its own time zone; the page shows this clock, not the machine's."""
    idle_s: float
    quiet_s: float
    """Seconds until somebody who is there and says nothing is prompted; 0: never."""
    speech: dict[str, SpeechAbility]
    suggestions: list[Suggestion]
    """Tiles for the idle screen: the most asked things."""
    notice: str | None = None
    """A sentence that must be seen, such as "the timetable has expired"."""


class Status(Wire):
    """What works now: sent after the `welcome` of a `hello`, and whenever a part comes or goes."""

    type: Literal["status"] = "status"
    status: Literal["ready", "degraded", "down"]
    components: dict[str, Literal["ready", "degraded", "down"]]
    speech: dict[str, SpeechAbility]


class Listening(Wire):
    """Sound is being taken in."""

    type: Literal["listening"] = "listening"
    turn_id: Id


class ListeningEnd(Wire):
    """No more sound is taken in, without a `listen_end` of the page: the microphone is to be closed."""

    type: Literal["listening_end"] = "listening_end"
    turn_id: Id
    reason: Sign
    """The traveller is done, nobody spoke, or it went on for too long."""


class CaptionMessage(Wire):
    """What is heard so far; `final` once for what was heard in the end ("" where nothing was)."""

    type: Literal["caption"] = "caption"
    turn_id: Id
    text: str
    final: bool


class Thinking(Wire):
    """The question is with the dialogue."""

    type: Literal["thinking"] = "thinking"
    turn_id: Id


class TurnMessage(Wire):
    """The answer. Where its `language` differs from the page's, the page changes its language."""

    type: Literal["turn"] = "turn"
    turn: Turn


class Audio(Wire):
    """Speech of the answer follows as binary frames. It is a machine's, and the page says so while it sounds."""

    type: Literal["audio"] = "audio"
    turn_id: Id
    rate: int
    synthetic: Literal[True] = True


class AlertsMessage(Wire):
    """The warnings that stand now, the most severe first: sent after the `welcome` of a `hello`, and whenever one changes."""

    type: Literal["alerts"] = "alerts"
    alerts: list[AlertView]
    disclaimer: dict[str, str]
    """Language → that the kiosk is no certified alarm system; shown with every life-safety alert."""


class AlertAudio(Wire):
    """A life-safety alert said aloud follows as binary frames, where the machine has no loudspeaker of its own.

    It takes the place of every other sound, and `hush` does not stop it.
    """

    type: Literal["alert_audio"] = "alert_audio"
    alert_id: str
    language: Language
    rate: int


class TurnEnd(Wire):
    """Every turn ends with this, whatever happened, even where it was stopped before its `listening` or `thinking`."""

    type: Literal["turn_end"] = "turn_end"
    turn_id: Id
    outcome: Literal["answered", "nothing_heard", "cancelled", "failed"]


class ProblemMessage(Wire):
    """Something could not be done; the connection stays."""

    type: Literal["problem"] = "problem"
    turn_id: Id | None = None
    problem: Problem


ServerMessage = Annotated[
    Welcome | Status | Listening | ListeningEnd | CaptionMessage | Thinking | TurnMessage | Audio | AlertsMessage | AlertAudio | TurnEnd
    | ProblemMessage,
    Field(discriminator="type"),
]
server_message: TypeAdapter[ServerMessage] = TypeAdapter(ServerMessage)
