"""`doctor`: what is installed, missing, too old or too slow, and the command that mends it."""

import argparse
from collections.abc import Iterable, Iterator

from assistant.cli import machine
from assistant.cli.findings import Finding, advice, ok, wrong
from assistant.cli.fonts import fonts
from assistant.cli.hearing import hearing
from assistant.cli.parts import parts
from assistant.clock import clock_of
from assistant.errors import StationError
from assistant.settings import Settings, differing
from assistant.settings.released import FILE

SIGNS = {"ok": "ok", "advice": "!", "wrong": "X"}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("doctor", help="what is missing, too old or too slow, and how to mend it")
    parser.add_argument("--quick", action="store_true", help="leave out the trial of speech, which takes some seconds a language")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints every finding; 1 where something necessary is missing."""
    return report(findings(quick=args.quick))


def findings(*, quick: bool) -> Iterator[Finding]:
    """Everything there is to be found, in the order of building on each other."""
    yield from machine.machine()
    try:
        settings = Settings.load()
    except StationError as error:
        yield wrong("settings", error.message, error.hint or "see docs/reference/settings.md")
        return
    yield ok("settings", str(settings.station / "station.yaml"))
    yield from content(settings)
    yield from machine.disk((settings.data, settings.models))
    yield machine.clock(clock_of(settings))
    yield machine.port(settings.http)
    yield from fonts(settings.languages)
    broken = False
    for finding in parts(settings, clock_of(settings)):
        broken |= finding.state == "wrong"
        yield finding
    if not quick and not broken:
        yield from hearing(settings)


def content(settings: Settings) -> Iterator[Finding]:
    """Whether the release that is live decides the content, and whether the station folder's own file says the same."""
    if settings.source.problem is not None:
        mend = "mend it in a draft, or dialogues rollback; the station folder's own file stands in for it"
        yield wrong("content", f"the live release's station file cannot be used: {settings.source.problem}", mend)
    elif settings.source.release is not None:
        keys = differing(Settings.load(released=False), settings)
        if keys:
            text = f"release {settings.source.release} counts, and {settings.station / FILE} says otherwise in: {', '.join(keys)}"
            yield advice("content", text, "nothing, or take the file over: dialogues export, put it there, dialogues import")
        else:
            yield ok("content", f"release {settings.source.release}")


def report(found: Iterable[Finding]) -> int:
    """Prints findings as they come, then what to do; returns the exit code."""
    states = []
    for finding in found:
        states.append(finding.state)
        print(f"{SIGNS[finding.state]:>2}  {finding.area}: {finding.text}", flush=True)
        if finding.mend:
            print(f"      → {finding.mend}", flush=True)
    missing = states.count("wrong")
    print(f"{missing} to mend first" if missing else "Everything necessary is here.")
    return 1 if missing else 0
