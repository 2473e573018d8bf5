"""`station-assistant`: finds the command and words its errors."""

import argparse
import sys

from assistant import __version__
from assistant.cli import accounts, ask, backup, dialogues, doctor, environment, models, serve, station, token
from assistant.errors import AssistantError


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    root = argparse.ArgumentParser(prog="station-assistant", description="Offline station assistant: helps people and watches nobody.")
    root.add_argument("--version", action="version", version=__version__)
    commands = root.add_subparsers(required=True, metavar="command")
    for module in (serve, ask, doctor, station, models, dialogues, environment, token, accounts, backup):
        module.register(commands)
    return root


def main(argv: list[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args))
    except AssistantError as error:
        print(f"station-assistant: {error.message}", file=sys.stderr)
        if error.hint:
            print(f"  {error.hint}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"station-assistant: {error.filename or 'a file'}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
