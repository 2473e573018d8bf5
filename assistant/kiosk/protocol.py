"""The kiosk page's WebSocket: every message, both ways, a union discriminated by `type`. No input or output here.

Client to server binary: s16le mono 16 kHz, only between `listen` and `listen_end` or `listening_end`.
Server to client binary: s16le mono at the rate of the `audio`, `reading` or `alert_audio` message before it.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from assistant.alarm.views import AlertView
from assistant.conversation.models import Ask, Problem, Suggestion, Turn, Wire
from assistant.settings import HeadsetEvent, KeyAction
from assistant.speech.endpointing import Sign
from assistant.speech.models import Pace

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Id = Annotated[str, Field(max_length=64)]


class Hello(Wire):
    """First message: opens a conversation, or goes on with one after the connection was lost."""

    type: Literal["hello"] = "hello"
    language: Language
    resume: Id | None = None
    """The conversation to go on with. Where it is no longer there, a new one begins."""


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


class Prefer(Wire):
    """What a person has set, until the conversation ends; what is left out stays."""

    type: Literal["prefer"] = "prefer"
    pace: Pace | None = None
    """How fast the voice speaks."""
    step_free: bool | None = None
    """Whether every way and every journey is to be without stairs."""


class Read(Wire):
    """A text of the page is to be said aloud. It takes the place of one that is being read; `hush` stops it."""

    type: Literal["read"] = "read"
    reading_id: Id
    text: str = Field(min_length=1, max_length=1000)
    language: Language


ClientMessage = Annotated[
    Hello | Say | AskMessage | Listen | ListenFree | ListenEnd | ListenCancel | Hush | ChooseLanguage | Reset | Prefer | Read,
    Field(discriminator="type"),
]
client_message: TypeAdapter[ClientMessage] = TypeAdapter(ClientMessage)


class SpeechAbility(Wire):
    """What the kiosk can do in one language now."""

    hear: bool
    speak: bool
    captions: bool


class ScreenSize(Wire):
    """How large the screen is and from where it is read: letters are sized by it."""

    inches: float | None = None
    """Its diagonal; null where the station file does not say."""
    distance_mm: float = 600


class Help(Wire):
    """Whom to call, kept by the page for when the assistant is away."""

    emergency: str | None = None
    staff: str | None = None
    where: list[str] = Field(default_factory=list)
    """Sentences on where staff are."""


class Welcome(Wire):
    """A conversation is open; it comes without being asked for where the one before had expired when a question came."""

    type: Literal["welcome"] = "welcome"
    conversation_id: Id
    resumed: bool = False
    """Whether it is the one that the `hello` asked for."""
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
    keypad: dict[str, KeyAction] = Field(default_factory=dict)
    """Key (`KeyboardEvent.code`) → what it does."""
    headset: dict[str, HeadsetEvent] = Field(default_factory=dict)
    """Key (`KeyboardEvent.code`) → what happened to the headset."""
    screen: ScreenSize = Field(default_factory=ScreenSize)
    help: Help = Field(default_factory=Help)
    privacy: list[str] = Field(default_factory=list)
    """What is recorded, seen and passed on, a sentence each."""


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
    text: str = ""
    """What is said, for captions."""
    synthetic: Literal[True] = True


class Reading(Wire):
    """A text that the page asked to have read follows as binary frames."""

    type: Literal["reading"] = "reading"
    reading_id: Id
    rate: int
    synthetic: Literal[True] = True


class ReadingEnd(Wire):
    """Every `read` ends with this; after "said" all its sound has been sent."""

    type: Literal["reading_end"] = "reading_end"
    reading_id: Id
    outcome: Literal["said", "cancelled", "unable"]


class Preferences(Wire):
    """What stands for the conversation, where a spoken wish such as "slower" has changed it."""

    type: Literal["preferences"] = "preferences"
    pace: Pace
    step_free: bool


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
    Welcome | Status | Listening | ListeningEnd | CaptionMessage | Thinking | TurnMessage | Audio | Reading | ReadingEnd | Preferences
    | AlertsMessage | AlertAudio | TurnEnd | ProblemMessage,
    Field(discriminator="type"),
]
server_message: TypeAdapter[ServerMessage] = TypeAdapter(ServerMessage)
