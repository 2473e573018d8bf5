"""Runs inside the dialogues' own environment: `probe.py JOB ANSWER`, both JSON. It fits and asks the classifier, tags names, or parses.

A job is `{"fit": [{"taught": [[text, intent], …], "asked": [text, …]}], "tag": {"entries": …, "texts": …}, "parse": {"model", "texts"}}`,
each part optional.
"""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "dialogues"))
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
NOT_MEANT = ("fallback_out_of_scope", "oos")


def main() -> None:
    """Does the parts of the job that there are."""
    job, parts = json.loads(Path(sys.argv[1]).read_text()), {"fit": fitted, "tag": tagged, "parse": parsed}
    Path(sys.argv[2]).write_text(json.dumps({name: part(job[name]) for name, part in parts.items() if name in job}))


def fitted(fits: list[dict]) -> list[dict]:
    """For each: seconds of teaching, and of each text the best intent, and the confidence of the best one that is in scope."""
    from components.opinions import Opinions, Vectors
    from components.sentence_encoder import encoder

    texts = list(dict.fromkeys(text for fit in fits for text in [*(text for text, _ in fit["taught"]), *fit["asked"]]))
    vectors, place = encoder().vectors(texts), {text: at for at, text in enumerate(texts)}

    def encode(some: list[str]) -> Vectors:
        rows = [place[text] for text in some]
        return Vectors(vectors.sentence[rows], vectors.pooled[rows])

    answers = []
    for fit in fits:
        began = time.perf_counter()
        opinions = Opinions.fit([text for text, _ in fit["taught"]], encode, [intent for _, intent in fit["taught"]])
        seconds = time.perf_counter() - began
        confidences = opinions.confidences(fit["asked"], encode(fit["asked"]))
        inside = [at for at, intent in enumerate(opinions.intents) if intent not in NOT_MEANT]
        found = [(opinions.intents[int(row.argmax())], float(row.max()), float(row[inside].max())) for row in confidences]
        answers.append({"seconds": seconds, "found": found})
    return answers


def tagged(job: dict) -> list[list[tuple[int, str]]]:
    """Where stops begin in each text, and which they are: "Oakland Station" is Oakland. What is taken for a name unknown here is "?"."""
    from components import time_spans
    from components.gazetteer import tag
    from components.names import Names

    names, spans = Names(job["entries"]), []
    for text in job["texts"]:
        fixed = [(entity["start"], entity["end"]) for entity in time_spans.tag(text)]
        stops = [entity for entity in tag(text, names, fixed) if entity["entity"] == "stop"]
        spans.append([(entity["start"], entity["ids"][0] if len(entity["ids"]) == 1 else "?") for entity in stops])
    return spans


def parsed(job: dict) -> dict:
    """Milliseconds of each whole parse by the model as it is served."""
    from light import leave_out_tensorflow

    leave_out_tensorflow()
    os.environ["ASSISTANT_GAZETTEER"] = job["gazetteer"]
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    os.environ["LOG_LEVEL"] = "WARNING"
    configure_structlog()
    agent = Agent.load(job["model"])

    async def ask() -> list[float]:
        taken = []
        for text in [*job["texts"][:20], *job["texts"]]:
            began = time.perf_counter()
            await agent.parse_message(text)
            taken.append((time.perf_counter() - began) * 1000)
        return taken[20:]

    return {"ms": asyncio.run(ask())}


if __name__ == "__main__":
    main()
