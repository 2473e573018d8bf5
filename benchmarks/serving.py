"""One fresh process with a feed in service, measured from inside: `python -m benchmarks.serving FOLDER`, given questions."""

import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from assistant.answers.desk import Desk
from assistant.answers.renderer import Responses
from assistant.clock import StartedClock
from assistant.environment.monitor import Monitor
from assistant.knowledge import Knowledge
from assistant.settings import Settings
from benchmarks.feeds import ROOT, at

Question = dict[str, str]


def main() -> None:
    """Prints how long every question took, by kind, and how much the process grew, as one line of JSON."""
    folder, asked = Path(sys.argv[1]), json.load(sys.stdin)
    settings, clock = Settings.load(station=folder, data=folder / "data"), StartedClock(at("08:00:00"))
    before = pss_mb()
    began = time.perf_counter()
    knowledge = Knowledge.open(settings, clock)
    opened = time.perf_counter()
    knowledge.load_journeys(at("08:00:00").date())
    loaded = time.perf_counter()
    responses = Responses.load(ROOT / "dialogues" / "domain")
    desk = Desk(settings, knowledge, Monitor(settings, clock, ZoneInfo(knowledge.validity().timezone)), clock, responses)
    kinds = {
        "departures": departures(knowledge), "departures_to": departures(knowledge), "journeys": journeys(knowledge),
        "journeys_by": journeys(knowledge), "routes": routes(desk),
    }  # fmt: skip
    taken = {kind: list(timed(kinds[kind], questions)) for kind, questions in asked.items()}
    gc.collect()
    grown = pss_mb() - before
    print(json.dumps({
        "open_ms": (opened - began) * 1000, "load_ms": (loaded - opened) * 1000, "modules_mb": before, "grown_mb": grown, "ms": taken,
    }))  # fmt: skip


def timed(ask: Callable[[Question], object], questions: list[Question]) -> Iterator[float]:
    """Milliseconds of each question. Raises SystemExit where one has no answer."""
    for question in questions:
        began = time.perf_counter()
        answer = ask(question)
        yield (time.perf_counter() - began) * 1000
        if not answer:
            raise SystemExit(f"no answer to {question}")


def departures(knowledge: Knowledge) -> Callable[[Question], object]:
    """The next five departures."""
    return lambda slots: knowledge.departures(stop_id=slots["from"], at=at(slots["at"]), destination=slots.get("to"), limit=5)


def journeys(knowledge: Knowledge) -> Callable[[Question], object]:
    """The best journeys, of up to three changes."""

    def ask(slots: Question) -> object:
        found = knowledge.journeys(
            origin=slots["from"], destination=slots["to"], depart_at=at(slots["at"]) if "at" in slots else None,
            arrive_by=at(slots["by"]) if "by" in slots else None,
        )  # fmt: skip
        return found and max(journey.changes for journey in found) <= 3

    return ask


def routes(desk: Desk) -> Callable[[Question], object]:
    """A way through the station, in words, with its card."""

    def ask(slots: Question) -> object:
        reply = desk.answer(slots["intent"], {"place": slots["to"]}, slots["language"]).replies[0]
        return reply.speech if reply.card is not None and reply.card.type == "route" else None

    return ask


def pss_mb() -> float:
    """Memory of this process, what it shares with others counted by its share."""
    line = next(line for line in Path("/proc/self/smaps_rollup").read_text().splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024 / 1e6


if __name__ == "__main__":
    main()
