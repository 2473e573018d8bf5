"""`python -m assistant.speech.worker.words`: which names a language's recogniser cannot write. A process of its own, for its native code.

Takes JSON on stdin, language → names; answers JSON on stdout, language → [{"name", "words", "nearest"}]. A language whose engine
writes any word (Whisper), or none, is left out.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from assistant.speech import store
from assistant.speech.strange_names import strange_names
from assistant.speech.worker.engines import candidates


def main() -> None:
    """Answers for every language whose chosen engine is Vosk."""
    parser = argparse.ArgumentParser(prog="assistant.speech.worker.words")
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--engine", action="append", default=[], help="recogniser of a language, as ko=vosk")
    args = parser.parse_args()
    engines = dict(pair.split("=", 1) for pair in args.engine)
    present = store.installed(args.models)
    answer = {}
    for language, names in json.load(sys.stdin).items():
        chosen = next(iter(candidates(language, engines.get(language, "auto"), present)), None)
        if chosen is not None and chosen.model.engine == "vosk":
            answer[language] = [asdict(found) for found in strange_names(names, _knows(chosen.path))]
    print(json.dumps(answer))


def _knows(folder: Path) -> Callable[[str], bool]:
    from assistant.speech.recognizers.vosk import VoskRecognizer

    return VoskRecognizer(folder).knows


if __name__ == "__main__":
    main()
