"""`dialogues …`: check, train and test content; make releases of it, make one live, take it back."""

import argparse
import asyncio
import getpass
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.content import checks, rasa_findings, reading, tree
from assistant.content.checks import Finding
from assistant.content.following import running
from assistant.content.models import SHIPPED
from assistant.content.releases import Releases
from assistant.dialogue import trainer
from assistant.dialogue.likeness import reuse
from assistant.dialogue.supervisor import DIALOGUES, PYTHON, environment
from assistant.dialogue.validating import RasaValidator
from assistant.errors import ContentError, Unavailable
from assistant.settings import Settings

FOLLOW_LIMIT_S = 10.0
CONTENT = "a release's id or its beginning, `active`, `shipped`, or a folder"


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the commands."""
    parser = commands.add_parser("dialogues", help="check, train and test the dialogues; releases of them")
    actions = parser.add_subparsers(required=True, metavar="action")

    def add(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=text)
        action.add_argument("--json", action="store_true", help="print JSON")
        action.set_defaults(run=run)
        return action

    for name, run, text in (
        ("validate", validate, "check phrases, replies, intents and rules"),
        ("train", train, "train unless a model of this content exists"),
        ("test", test, "run the story tests"),
    ):
        add(name, run, text).add_argument("content", nargs="?", default="active", help=f"{CONTENT} (default: active)")
    add("list", list_, "releases, the newest first")
    difference = add("diff", diff, "what differs between two contents")
    difference.add_argument("old", help=CONTENT)
    difference.add_argument("new", nargs="?", default="active", help=f"{CONTENT} (default: active)")
    for name, run, text in (
        ("activate", activate, "make a release live; a running assistant follows"),
        ("rollback", rollback, "make live again what was before"),
    ):
        action = add(name, run, text)
        action.add_argument("--who", default=getpass.getuser(), help="who does it (default: this machine's user)")
        if name == "activate":
            action.add_argument("release", help="its id or its beginning, or `shipped`")
    taken = add("import", import_, "make a release of a folder with dialogues/ and station.yaml; it is not live yet")
    taken.add_argument("folder", type=Path)
    taken.add_argument("--who", default=getpass.getuser(), help="who made it (default: this machine's user)")
    taken.add_argument("--why", required=True, help="what changed and why")
    given = add("export", export, "write a release into a new folder, to edit it or to keep it in git")
    given.add_argument("release", help=f"{CONTENT}, but no folder")
    given.add_argument("folder", type=Path)


def validate(args: argparse.Namespace) -> int:
    """Our checks and Rasa's validation; 1 where something is wrong."""
    settings, dialogues = Settings.load(), _dialogues(args.content)
    found = checks.check(reading.read(dialogues), reading.read(DIALOGUES), settings.languages)
    if not any(finding.code == "unreadable-file" for finding in found):
        said = rasa_findings.findings(asyncio.run(RasaValidator(settings.data / "rasa")(dialogues)))
        known = {(finding.code, finding.phrase) for finding in found}
        found += [finding for finding in said if (finding.code, finding.phrase) not in known]
    wrong = sum(finding.level == "wrong" for finding in found)
    summary = f"{wrong} wrong, {len(found) - wrong} to look at" if found else "nothing is wrong"
    _tell(args, {"wrong": wrong, "findings": [asdict(finding) for finding in found]}, [*map(_line, found), summary])
    return 1 if wrong else 0


def train(args: argparse.Namespace) -> int:
    """Trains where needed and prints the model's path."""
    began, settings, dialogues = time.monotonic(), Settings.load(), _dialogues(args.content)
    model = _trained(settings, dialogues)
    _tell(args, {"model": str(model), "seconds": round(time.monotonic() - began, 1)}, [str(model)])
    return 0


def test(args: argparse.Namespace) -> int:
    """The story tests, with the content's model."""
    settings, dialogues = Settings.load(), _dialogues(args.content)
    model, out = _trained(settings, dialogues), settings.data / "rasa" / "results"
    words = ("test", "core", "--stories", str(dialogues / "tests"), "--model", str(model), "--out", str(out))
    command = [str(PYTHON), "-m", "launch", *words, "--fail-on-prediction-errors"]
    done = subprocess.run(  # noqa: S603  words of ours only
        command, cwd=DIALOGUES, env=environment(settings.data / "rasa"), check=False, stdout=subprocess.PIPE if args.json else None
    )
    if args.json:
        _tell(args, {"passed": done.returncode == 0, "report": str(out / "story_report.json")}, [])
    return done.returncode


def list_(args: argparse.Namespace) -> int:
    """Every release, which is live, and what a roll-back would take."""
    releases = _releases(Settings.load())
    active, before = releases.active(), releases.before()
    rows = [release.as_json() | _marks(releases, release.id) for release in releases.all()]
    lines = [
        f"{'*' if row['id'] == active else ' '} {row['id']}  {row['at'][:16].replace('T', ' ')}  {row['who']}: {row['why']}"
        + ("" if row["trained"] else "  (not trained)") + (f"  (breaks {len(row['broken'])})" if row["broken"] else "")
        for row in rows
    ]  # fmt: skip
    lines.append(f"{'*' if active == SHIPPED else ' '} {SHIPPED}  as it came with the product")
    _tell(args, {"active": active, "before": before, "releases": rows}, lines)
    return 0


def diff(args: argparse.Namespace) -> int:
    """Files and lines that differ; 0 whether or not some do."""
    settings = Settings.load()
    found = list(tree.differences(_files(settings, args.old), _files(settings, args.new)))
    lines = [line for each in found for line in (f"{each.kind} {each.path}", *each.lines)]
    _tell(args, {"files": [asdict(each) for each in found]}, lines or ["nothing differs"])
    return 0


def activate(args: argparse.Namespace) -> int:
    """Moves the pointer, and waits for a running assistant."""
    releases = _releases(Settings.load())
    release = releases.find(args.release)
    releases.activate(release, who=args.who, at=datetime.now(UTC))
    return _followed(args, releases, release)


def rollback(args: argparse.Namespace) -> int:
    """Moves the pointer back, and waits for a running assistant."""
    releases = _releases(Settings.load())
    return _followed(args, releases, releases.roll_back(who=args.who, at=datetime.now(UTC)))


def import_(args: argparse.Namespace) -> int:
    """A release of a folder, and the oldest ones gone."""
    releases = _releases(Settings.load())
    made = releases.make(tree.read(args.folder), who=args.who, why=args.why, at=datetime.now(UTC))
    reuse(Settings.load().models, releases.dialogues(made.id), releases.dialogues(releases.active()))
    removed = releases.prune()
    trained = releases.model(made.id).is_file()
    step = f"station-assistant dialogues {'activate' if trained else 'train'} {made.id}"
    _tell(args, made.as_json() | {"trained": trained, "removed": removed}, [made.id, f"next: {step}"])
    return 0


def export(args: argparse.Namespace) -> int:
    """A release's files in a folder."""
    releases = _releases(Settings.load())
    release = releases.find(args.release)
    releases.export(release, args.folder)
    _tell(args, {"release": release, "folder": str(args.folder)}, [f"{release} is in {args.folder}"])
    return 0


def _followed(args: argparse.Namespace, releases: Releases, release: str) -> int:
    """Tells once the running assistant answers with `release`; 1 where it does not."""
    began, live = time.monotonic(), running(releases.root)
    while live is not None and time.monotonic() - began < FOLLOW_LIMIT_S:
        if live.release == release or (live.problem and live.release != release and time.monotonic() - began > 2):
            break
        time.sleep(0.05)
        live = running(releases.root)
    seconds, follows = round(time.monotonic() - began, 1), live is None or live.release == release
    words = "no assistant runs here: it is live from the next start on" if live is None else f"live in {seconds} s"
    if live is not None and not follows:
        words = f"the running assistant goes on with {live.release}: {live.problem or 'it does not follow'}"
    _tell(args, {"release": release, "running": live is not None, "follows": follows, "seconds": seconds}, [f"{release}: {words}"])
    return 0 if follows else 1


def _releases(settings: Settings) -> Releases:
    shelf = trainer.ModelShelf(settings.models)
    return Releases(settings.data / "content", DIALOGUES, settings.station / "station.yaml", shelf)


def _dialogues(content: str) -> Path:
    """The dialogues of a release or of a folder, with or without `dialogues/` in it."""
    folder = Path(content)
    for each in (folder / tree.DIALOGUES, folder):
        if (each / "config.yml").is_file() and (each / "domain").is_dir():
            return each.resolve()
    if "/" in content or folder.is_dir():
        raise ContentError(f"{content} holds no dialogues", hint="a folder with dialogues/, or one with config.yml, domain/ and data/")
    releases = _releases(Settings.load())
    return releases.dialogues(releases.find(content))


def _files(settings: Settings, content: str) -> tree.Files:
    dialogues = _dialogues(content)
    station = dialogues.parent / tree.STATION
    return tree.read_parts(dialogues, station if station.is_file() else settings.station / tree.STATION)


def _marks(releases: Releases, release: str) -> dict[str, bool]:
    return {"active": release == releases.active(), "trained": releases.model(release).is_file()}


def _trained(settings: Settings, dialogues: Path) -> Path:
    if not PYTHON.exists():
        raise Unavailable("the dialogues' environment is not installed", hint="make setup")
    releases = _releases(settings)
    if reuse(settings.models, dialogues, releases.dialogues(releases.active())):
        return trainer.model_path(settings.models, dialogues)
    steps = _steps if sys.stderr.isatty() else None
    return asyncio.run(trainer.train(settings.models, settings.data / "rasa", _say, dialogues, steps=steps))


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _steps(step: int, steps: int) -> None:
    print(f"\r  step {step} of {steps}", end="\n" if step == steps else "", file=sys.stderr, flush=True)


def _line(finding: Finding) -> str:
    place = f"{finding.file}:{finding.line}: " if finding.file else ""
    about = " ".join(part for part in (finding.language, finding.subject) if part)
    return f"{finding.level}: {place}{finding.message}{f' ({about})' if about else ''}\n  {finding.mend}"


def _tell(args: argparse.Namespace, content: dict[str, Any], lines: list[str]) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2) if args.json else "\n".join(lines))
