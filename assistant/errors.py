"""One error tree. Every error has a stable kebab-case code and the HTTP status of its problem document.

AssistantError
├── BadRequest            400  the caller sent something that cannot be used
│   ├── UnknownLanguage   400
│   └── UnusableAudio     422
├── NotFound              404
├── Conflict              409  it no longer fits what is here: somebody was first, or something else needs it
│   └── Stale             412  somebody has changed it since the caller read it
├── TooLarge              413
├── TooMany               429  too many tries; says how long to wait
├── NotAuthorised         401  no token, or one that is not known
├── NotAllowed            403
├── StationError          422  the station folder or its feed cannot be used
├── Unavailable           503  a part is down, busy or slow; trying later may help
│   └── Busy              503
├── ModelError            422  a speech model is missing, damaged or cannot be had
└── ContentError          422  a release, a draft or a folder of content cannot be used
    └── StationWrong      422  an entry of a draft's station file cannot be so; names the field
"""


class AssistantError(Exception):
    """Base of all errors of this program; the message is for people and never echoes what a traveller said."""

    code = "internal"
    status = 500

    def __init__(self, message: str, *, code: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code


class BadRequest(AssistantError):
    """The caller sent something that cannot be used."""

    code = "bad-request"
    status = 400


class UnknownLanguage(BadRequest):
    """A language this station does not serve."""

    code = "unknown-language"


class UnusableAudio(AssistantError):
    """Sound that is no wav, is too long, or holds nothing."""

    code = "unusable-audio"
    status = 422


class NotFound(AssistantError):
    """The thing asked for is not here."""

    code = "not-found"
    status = 404


class Conflict(AssistantError):
    """It no longer fits what is here: somebody was first, or something else needs it."""

    code = "conflict"
    status = 409


class Stale(Conflict):
    """Somebody has changed it since the caller read it; nothing was overwritten."""

    code = "changed-meanwhile"
    status = 412


class TooLarge(AssistantError):
    """More than the limit that the message names."""

    code = "too-large"
    status = 413


class TooMany(AssistantError):
    """Too many tries; `wait_s` is how long none is taken."""

    code = "too-many-tries"
    status = 429

    def __init__(self, message: str, wait_s: int) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class NotAuthorised(AssistantError):
    """The call needs a token, and none that is known was shown."""

    code = "not-authorised"
    status = 401


class NotAllowed(AssistantError):
    """The caller may not do this: wrong Host or Origin, or the token lacks the scope."""

    code = "not-allowed"
    status = 403


class StationError(AssistantError):
    """The station folder or its feed cannot be used; says the file, the place and what to do."""

    code = "station"
    status = 422


class Unavailable(AssistantError):
    """A part is down, hung or still starting."""

    code = "unavailable"
    status = 503


class Busy(Unavailable):
    """A bounded queue is full."""

    code = "busy"


class ModelError(AssistantError):
    """A speech model is missing, damaged, or cannot be had."""

    code = "model"
    status = 422


class ContentError(AssistantError):
    """A release, a draft or a folder of content cannot be used; says which file and what to do."""

    code = "content"
    status = 422


class StationWrong(ContentError):
    """An entry of a draft's station file cannot be so; `field` is the place in it, as `alert.headline.en`."""

    code = "station-wrong"

    def __init__(self, message: str, field: str | None = None, *, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.field = field
