"""Which of a recogniser's hypotheses was said: the best-heard one that makes sense, or a question where that is not sure. Pure."""

from collections.abc import Sequence

from assistant.dialogue.models import Reading
from assistant.speech.models import Heard

MOST = 4
"""Hypotheses that are looked at."""
UNSURE_HEARD = 0.45
"""Confidence of the recogniser below which it is asked, unless the text is understood well."""
SURE_READ = 0.7
"""Confidence of the understanding from which on it is understood well."""
NOT_UNDERSTOOD = frozenset({"nlu_fallback", "fallback_out_of_scope"})


def texts(heard: Heard) -> list[str]:
    """The hypotheses, best first, each once; one alone that was heard well needs no second look, and is not among them."""
    found = [" ".join(text.split()) for text in (heard.text, *(item.text for item in heard.alternatives))]
    found = list(dict.fromkeys(text for text in found if text))[:MOST]
    return found if len(found) > 1 or heard.confidence < UNSURE_HEARD else []


def said(readings: Sequence[Reading]) -> Reading:
    """The best-heard of those that make the most sense: understood, and without names that nobody knows here."""
    return max(readings, key=_sense)


def doubtful(reading: Reading, heard: Heard) -> bool:
    """Whether the traveller is to be asked first. Never in an emergency, and not where nothing is understood anyway."""
    if reading.intent in NOT_UNDERSTOOD or reading.intent.startswith("emergency_"):
        return False
    return heard.confidence < UNSURE_HEARD and reading.confidence < SURE_READ


def offered(readings: Sequence[Reading]) -> list[str]:
    """The texts to choose from."""
    return [reading.text for reading in readings if reading.intent not in NOT_UNDERSTOOD]


def _sense(reading: Reading) -> tuple[bool, bool]:
    understood = reading.intent not in NOT_UNDERSTOOD
    return understood, understood and not reading.strange_names
