"""`station import|check|show|refresh`: the station folder, brought in, looked over, summed up; a newer timetable."""

import argparse
import sys
import tempfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from assistant.cli.unheard import unheard
from assistant.clock import clock_of
from assistant.environment.rules.check import check
from assistant.knowledge import Knowledge
from assistant.knowledge.facts import TOPICS
from assistant.knowledge.imports.folder_check import check_folder
from assistant.knowledge.models import Notice
from assistant.knowledge.refresh import Outcome, bring_in, fetch, fetch_from, take
from assistant.settings import Settings
from assistant.settings.lines import named

SIGNS = {"error": "✗", "warning": "!", "info": "·"}


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the commands."""
    parser = commands.add_parser("station", help="import, check or show the station, or get a newer timetable")
    actions = parser.add_subparsers(required=True, metavar="action")
    for name, run, text in (
        ("import", run_import, "bring the station's feed into service, unless it is already"),
        ("check", run_check, "look over station.yaml and the feed without changing anything"),
        ("show", run_show, "what the station has: lines, times, places"),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument("folder", nargs="?", type=Path, help="the station's folder; else ASSISTANT_STATION, else the example")
        action.set_defaults(run=run)
    action = actions.add_parser("refresh", help="take a newer timetable: from feed.url, or from the file or address named")
    action.add_argument("source", nargs="?", help="a zip, or the http or https address of one")
    action.set_defaults(run=run_refresh)


def run_import(args: argparse.Namespace) -> int:
    """Imports and reports."""
    settings = Settings.load(station=args.folder)
    report = bring_in(settings, clock_of(settings), _progress)
    _print_notices(report.notices)
    _print_notices(unheard(settings, clock_of(settings)))
    print("imported" if report.fresh else "in service already", f"in {report.seconds:.1f} s:", _counted(report.counts))
    return 0


def run_refresh(args: argparse.Namespace) -> int:
    """Takes a newer feed and says what came of it; a running assistant has it in service within seconds."""
    settings = Settings.load()
    clock, source = clock_of(settings), args.source
    if source is None:
        outcome = fetch(settings, clock, _progress)
    elif "://" in source:
        outcome = fetch_from(settings, clock, source, _progress)
    else:
        outcome = take(settings, clock, Path(source), "hand", _progress)
    print(_worded(outcome))
    return 0


def _worded(outcome: Outcome) -> str:
    if outcome.result == "unchanged":
        return "nothing new"
    span = f"version {outcome.version}, {outcome.start} to {outcome.end}"
    return f"in service: {span}" if outcome.result == "taken" else f"kept until it begins: {span}"


def run_check(args: argparse.Namespace) -> int:
    """Prints every finding; 1 where one of them is an error."""
    settings = Settings.load(station=args.folder)
    with tempfile.TemporaryDirectory() as scratch:
        notices = check_folder(settings, Path(scratch) / "check.sqlite", clock_of(settings).now(), _progress)
    notices += _judged(settings)
    _print_notices(notices)
    errors = sum(notice.severity == "error" for notice in notices)
    warnings = sum(notice.severity == "warning" for notice in notices)
    print(f"{errors} errors, {warnings} warnings")
    return 1 if errors else 0


def _judged(settings: Settings) -> list[Notice]:
    """What is found in the sensors and the rules."""
    file = settings.source.file
    return [
        Notice(severity=one.severity, code=one.code, message=f"{named(one.loc)}: {one.text}: {one.mend}", file=file.name, line=one.line)
        for one in check(settings, file)
    ]


def run_show(args: argparse.Namespace) -> int:
    """Prints the station in a page."""
    settings = Settings.load(station=args.folder)
    clock, language = clock_of(settings), settings.languages[0]
    knowledge = Knowledge.open(settings, clock, _progress)
    try:
        _show(knowledge, language, clock.now())
    finally:
        knowledge.close()
    return 0


def _show(knowledge: Knowledge, language: str, now: datetime) -> None:
    validity, station = knowledge.validity(), knowledge.station(language)
    print(f"{station.name} ({station.id})")
    state = {"valid": "holds", "not_yet": "has not begun", "expired": "has ended", "none": "is not in the feed"}[knowledge.expired(now)]
    print(f"timetable {state}: {validity.start} to {validity.end}, version {validity.version}, {validity.timezone}")
    print(_counted(knowledge.counts()))
    print("lines:")
    for line in knowledge.lines(language):
        print(f"  {line.name}", f" {line.long_name}" if line.long_name != line.name else "", f" ({line.mode})", sep="")
    print("next:")
    for departure in knowledge.departures(at=now, language=language):
        platform = f"  platform {departure.platform}" if departure.platform else ""
        print(f"  {departure.scheduled:%a %H:%M}  {departure.line}  {departure.headsign}{platform}")
    if levels := [knowledge.level_plan(level, language).name or level for level in knowledge.levels()]:
        print("levels:", ", ".join(levels))
    _show_places(knowledge, language, now)


def _show_places(knowledge: Knowledge, language: str, now: datetime) -> None:
    places = knowledge.places(at=now, language=language, limit=1000)
    print("exits:")
    for place in (place for place in places if place.category == "exit"):
        print(f"  {place.name}", {True: "  step-free", False: "  with steps", None: ""}[place.step_free], sep="")
    print("places:")
    for place in (place for place in places if place.category != "exit"):
        metres = f"  {place.metres} m" if place.metres is not None else ""
        print(f"  {place.category}  {place.name}{metres}", f"  {place.hours}" if place.hours else "", sep="")
    facts = [fact for topic in sorted(TOPICS) if (fact := knowledge.fact(topic, language))]
    if facts:
        print("facts:")
    for fact in facts:
        print(f"  {fact.source.key}  {fact.text}")


def _print_notices(notices: Iterable[Notice]) -> None:
    order = list(SIGNS)
    for notice in sorted(notices, key=lambda notice: order.index(notice.severity)):
        where = "" if notice.file is None else notice.file if notice.line is None else f"{notice.file}:{notice.line}"
        times = f" ({notice.count} times, this is the first)" if notice.count > 1 else ""
        print(f"{SIGNS[notice.severity]} {where + ': ' if where else ''}{notice.message}{times}")


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items())



def _progress(text: str) -> None:
    print(text, file=sys.stderr)
