"""`make bench-speech`: hearing in noise, the ends of speech, how soon text and voice come, with the bars of the issue."""

import argparse
import asyncio
import json
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager

from assistant.dialogue.supervisor import PYTHON
from benchmarks.figures import RESULTS, Figure, Report, in_parts
from benchmarks.running import Running, assistant, say
from benchmarks.speech import hearing, plot, speaking, whole_path, worker

LANGUAGES = ("en", "zh", "ko")
KINDS = ("crowd", "mall", "restaurant", "alarm")
ERROR_KINDS = ("crowd", "alarm")
INTENT_KINDS = ("crowd", "mall")
PARTS = ("errors", "names", "ends", "intents", "worker", "small", "speaking")


def main() -> None:
    """Measures everything, or the parts named, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these; the rest is taken from the last run on this machine")
    parts = parser.parse_args().parts or PARTS
    report = Report("speech")
    known = hearing.recognizers()
    measures: dict[str, Callable[[], list[Figure]]] = {
        "errors": lambda: hearing.errors(known, ERROR_KINDS),
        "names": lambda: hearing.names(known),
        "ends": lambda: hearing.ends(KINDS),
        "intents": intents,
        "worker": lambda: asyncio.run(worker.latency("whisper", LANGUAGES)) + asyncio.run(worker.latency("vosk", ("ko",))),
        "small": small,
        "speaking": lambda: spoken(known),
    }
    report.figures += in_parts("speech", measures, parts)
    print(report.write())
    say("the plot")
    subprocess.run([PYTHON, plot.__file__, RESULTS / "speech.json", RESULTS / "speech.svg"], check=True)


def intents() -> list[Figure]:
    """The whole path, heard by Whisper."""
    with kiosk() as running:
        return [figure for language in LANGUAGES for figure in whole_path.intents(running, language, INTENT_KINDS)]


def spoken(known: hearing.Known) -> list[Figure]:
    """What the kiosk says to a dozen questions: how soon, and whether Whisper understands it. Prints the worst sentences."""
    with kiosk() as running:
        said = speaking.replies(running)
    figures, worst = asyncio.run(speaking.intelligible(said, known["whisper-base"][0]))
    print(json.dumps(worst, indent=1, ensure_ascii=False))
    return asyncio.run(speaking.first_audio(said)) + figures


def kiosk() -> AbstractContextManager[Running]:
    """An assistant whose languages are all heard by Whisper."""
    return assistant(**{f"ASSISTANT_SPEECH__ENGINES__{language}": "whisper" for language in LANGUAGES})


def small() -> list[Figure]:
    """The same under the limits of a small machine; absent where this one does not let itself be limited."""
    try:
        return asyncio.run(worker.latency("whisper", ("en",), small=True)) + asyncio.run(worker.latency("vosk", ("ko",), small=True))
    except OSError as error:
        return [Figure(name="a small machine", unit="", value=None, note=f"control groups cannot be made: {error.strerror}")]


if __name__ == "__main__":
    main()
