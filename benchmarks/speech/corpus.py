"""The recordings and noises that are measured on: `corpus.tsv`, checked in. The sound itself is third-party data and is not.

`python -m benchmarks.speech.corpus` writes the list anew from the recordings that are there.
"""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from assistant.speech.models import RATE
from benchmarks.speech import sounds
from benchmarks.speech.sounds import SHARED, Samples

LIST = Path(__file__).with_name("corpus.tsv")
FOLDERS = ("en-mixed", "zh-mixed", "ko-permissive")
NOISES = {
    "crowd": "crowd-soundbible/party-crowd-daniel_simon.wav",
    "mall": "crowd-soundbible/Shopping_Mall_Ambiance-SoundBible.com-1942498626.wav",
    "restaurant": "crowd-soundbible/Restaurant_Ambiance_-SoundBible.com-628640170.wav",
    "alarm": "misc/fire_alarm.wav",
}
ROOMS = ("misc/rir1.wav", "misc/rir3.wav")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the list; times in seconds, by the envelope (`sounds.spoken`)."""

    file: str
    kind: str
    """human, noise or room."""
    language: str
    seconds: float
    start_s: float
    end_s: float
    longest_pause_s: float
    sha256: str


def rows(kind: str) -> list[Row]:
    """The lines of a kind."""
    with LIST.open(encoding="utf-8", newline="") as file:
        found = [line for line in csv.DictReader(file, delimiter="\t") if line["kind"] == kind]
    numbers = ("seconds", "start_s", "end_s", "longest_pause_s")
    return [Row(**{**line, **{name: float(line[name]) for name in numbers}}) for line in found]  # type: ignore[arg-type]


@lru_cache
def samples(file: str) -> Samples:
    """The sound of a line."""
    return sounds.read(SHARED / file)


def noise(name: str) -> Samples:
    """One of `NOISES`."""
    return samples(f"noise/{NOISES[name]}")


def transcripts() -> dict[str, str]:
    """File → what is said in it; those whose transcript is not known are left out."""
    found = {}
    for folder in FOLDERS:
        with (SHARED / "speech" / folder / "manifest.tsv").open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file, delimiter="\t"):
                text = (line["transcript"] or "").strip()
                if text and not text.startswith("("):
                    found[f"speech/{folder}/{line['file']}"] = text
    return found


def _lines() -> Iterator[Row]:
    for folder in FOLDERS:
        with (SHARED / "speech" / folder / "manifest.tsv").open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file, delimiter="\t"):
                yield _row(f"speech/{folder}/{line['file']}", "human", folder[:2])
    for name in NOISES.values():
        yield _row(f"noise/{name}", "noise", "")
    for name in ROOMS:
        yield _row(f"noise/{name}", "room", "")


def _row(file: str, kind: str, language: str) -> Row:
    sound, digest = samples(file), hashlib.sha256((SHARED / file).read_bytes()).hexdigest()
    where = sounds.spoken(sound) if kind == "human" else sounds.Speech(start_s=0, end_s=0, longest_pause_s=0)
    return Row(file=file, kind=kind, language=language, seconds=round(len(sound) / RATE, 2), sha256=digest, **asdict(where))


def main() -> None:
    """Writes the list."""
    with LIST.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(Row.__dataclass_fields__), delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in _lines())


if __name__ == "__main__":
    main()
