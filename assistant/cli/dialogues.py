"""`dialogues validate|train|test`: Rasa's own checks, run in its environment."""

import argparse
import asyncio
import subprocess
import sys
from pathlib import Path

from assistant.dialogue import trainer
from assistant.dialogue.supervisor import DIALOGUES, PYTHON, environment
from assistant.errors import Unavailable
from assistant.settings import Settings


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the commands."""
    parser = commands.add_parser("dialogues", help="check, train and test the dialogues")
    actions = parser.add_subparsers(required=True, metavar="action")
    for name, run, text in (
        ("validate", validate, "check intents, rules and responses"),
        ("train", train, "train unless a model of this content exists"),
        ("test", test, "run the story tests"),
    ):
        actions.add_parser(name, help=text).set_defaults(run=run)


def validate(args: argparse.Namespace) -> int:
    """Rasa's own validation."""
    return _rasa("data", "validate", "--domain", "domain", "--fail-on-warnings", "--max-history", "5")


def train(args: argparse.Namespace) -> int:
    """Trains where needed and prints the model's path."""
    settings = Settings.load()
    print(_trained(settings))
    return 0


def test(args: argparse.Namespace) -> int:
    """The story tests, with the model of today's content."""
    settings = Settings.load()
    model = _trained(settings)
    out = settings.data / "rasa" / "results"
    return _rasa("test", "core", "--stories", "tests", "--model", str(model), "--out", str(out), "--fail-on-prediction-errors")


def _trained(settings: Settings) -> Path:
    return asyncio.run(trainer.train(settings.models, settings.data / "rasa", lambda text: print(text, file=sys.stderr)))


def _rasa(*words: str) -> int:
    if not PYTHON.exists():
        raise Unavailable("the dialogues' environment is not installed", hint="make setup")
    home = Settings.load().data / "rasa"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    command = [str(PYTHON), "-m", "launch", *words]
    return subprocess.run(command, cwd=DIALOGUES, env=environment(home), check=False).returncode  # noqa: S603
