"""One look at a feed, in a process of its own: `python -m assistant.knowledge.refresh bring-in|look|stick|hand|back [what]`.

Beside the assistant, because an import takes a processor for seconds and memory for good; what came of it stands on the shelf.
"""

import argparse
import os
import sys
from pathlib import Path

from assistant.clock import clock_of
from assistant.errors import AssistantError
from assistant.knowledge.refresh.service import bring_in, fetch, put_back, take
from assistant.settings import Settings

NICE = 10


def main(argv: list[str]) -> int:
    """Does one job for the station of the environment; 1 where nothing came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=("bring-in", "look", "stick", "hand", "back"))
    parser.add_argument("what", nargs="?", default="", help="a zip, or the beginning of the hash of a known feed")
    args = parser.parse_args(argv)
    os.nice(NICE)
    try:
        settings = Settings.load()
        clock = clock_of(settings)
        if args.job == "bring-in":
            bring_in(settings, clock)
        elif args.job == "look":
            fetch(settings, clock)
        elif args.job == "back":
            put_back(settings, clock, args.what)
        else:
            take(settings, clock, Path(args.what), args.job)
    except AssistantError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
