"""`environment replay`: what the station's rules would have done on past readings."""

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.environment.quality import Trouble
from assistant.environment.rules.play import Episode, Heard, Played, play
from assistant.environment.rules.recording import Recording
from assistant.environment.rules.schedule import is_hours
from assistant.errors import StationError
from assistant.knowledge.imports import open_feed
from assistant.knowledge.imports.agencies import import_timezone
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.places import country_of
from assistant.settings import Sensor, Settings
from assistant.settings.sensing import Rule

DAY_S = 86_400
ALIASES: Mapping[str, frozenset[str]] = {
    "pm1": frozenset({"p0"}), "pm2_5": frozenset({"p2"}), "pm10": frozenset({"p1"}),
    "temperature": frozenset({"temp"}), "humidity": frozenset({"rh"}), "pressure": frozenset({"pres"}),
}  # fmt: skip
"""What a column may be called besides the quantity's own name; P0, P1, P2 are sensor.community's."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("environment", help="what the rules would have done on past readings")
    actions = parser.add_subparsers(required=True, metavar="action")
    action = actions.add_parser("replay", help="play a CSV through calibration, limits and rules at once, and list every alert")
    action.add_argument("file", type=Path, help="a CSV with a column of times, or sensor.community's archive")
    action.add_argument(
        "--sensor", action="append", default=[], metavar="ID[=COLUMN]",
        help="a sensor of the station and its column; may be given again. Without it, those whose column the file has",
    )  # fmt: skip
    action.add_argument("--rule", metavar="ID", help="only this rule; else every rule that watches one of the sensors")
    action.add_argument("--json", action="store_true", help="print it as JSON")
    action.set_defaults(run=run_replay)


def run_replay(args: argparse.Namespace) -> int:
    """Plays and reports."""
    settings = Settings.load()
    zone = ZoneInfo(import_timezone(open_feed(settings), Notices()))
    recording = Recording(args.file, zone)
    rules = _chosen(settings, args.rule)
    columns = _columns(settings, rules, recording, args.sensor)
    rules = [rule for rule in rules if set(rule.sensors) & columns.keys()]
    if args.rule and not rules:
        raise StationError(f"rule {args.rule} watches none of {', '.join(columns)}", hint="name its sensor: --sensor ID=COLUMN")
    sensors = [sensor for sensor in settings.sensors if sensor.id in columns]
    played = play(recording.rows(columns), rules, sensors, zone, country_of(zone.key))
    if args.json:
        print(json.dumps(_as_json(recording, columns, played), ensure_ascii=False, indent=2))
    else:
        _print(recording, columns, played, rules, zone)
    return 0


def _chosen(settings: Settings, rule_id: str | None) -> list[Rule]:
    for rule in settings.rules:
        if rule.hours is not None and not is_hours(rule.hours):
            raise StationError(f"rule {rule.id}: its hours are in no opening_hours syntax", hint="station-assistant station check")
    if rule_id is None:
        return settings.rules
    if found := [rule for rule in settings.rules if rule.id == rule_id]:
        return found
    known = ", ".join(rule.id for rule in settings.rules)
    raise StationError(f"no rule of the station is called {rule_id}", hint=f"it has {known or 'none'}")


def _columns(settings: Settings, rules: Sequence[Rule], recording: Recording, asked: Sequence[str]) -> dict[str, str]:
    """Sensor → column of the recording. Raises StationError for a sensor or a column that is not there."""
    known = {sensor.id: sensor for sensor in settings.sensors}
    asked_for: dict[str, str] = {}
    for text in asked:
        sensor_id, _, given = text.partition("=")
        if sensor_id not in known:
            raise StationError(f"no sensor of the station is called {sensor_id}", hint=f"it has {', '.join(known) or 'none'}")
        column = given or _by_name(known[sensor_id], recording) or _by_quantity(known[sensor_id], recording)
        if column is None or column not in recording.names:
            raise StationError(f"{recording.path}:1: no column for sensor {sensor_id}", hint=_list(recording, sensor_id))
        asked_for[sensor_id] = column
    if asked_for:
        return asked_for
    watched = {name for rule in rules for name in rule.sensors}
    candidates = [sensor for sensor in settings.sensors if sensor.id in watched] or settings.sensors
    for guess in (_by_name, _by_quantity):
        if found := {sensor.id: name for sensor in candidates if (name := guess(sensor, recording))}:
            return found
    raise StationError(f"{recording.path}:1: no column for a sensor of the station", hint=_list(recording, "ID"))


def _list(recording: Recording, name: str) -> str:
    shown = ", ".join(recording.names[:12]) + (f" and {len(recording.names) - 12} more" if len(recording.names) > 12 else "")
    return f"name one: --sensor {name}=COLUMN; it has {shown}"


def _by_name(sensor: Sensor, recording: Recording) -> str | None:
    """The column that the sensor plays from this very file, or that is called as it is."""
    kind, _, rest = sensor.source.partition(":")
    file, _, column = rest.partition("#")
    if kind == "replay" and Path(file).name == recording.path.name and column in recording.names:
        return column
    return sensor.id if sensor.id in recording.names else None


def _by_quantity(sensor: Sensor, recording: Recording) -> str | None:
    wanted = ALIASES.get(sensor.quantity, frozenset()) | {_letters(sensor.quantity)}
    return next((name for name in recording.names if _letters(name) in wanted), None)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _as_json(recording: Recording, columns: Mapping[str, str], played: Played) -> dict[str, Any]:
    return {
        "file": str(recording.path), "times": recording.kind, "first": _iso(played.first), "last": _iso(played.last),
        "left_out": recording.left_out, "disordered": recording.disordered,
        "sensors": [
            {
                "id": name, "column": columns[name], "readings": heard.readings, "suspect": heard.suspect, "silent_s": heard.silent_s,
                "troubles": [{"kind": one.kind, "since": _iso(one.since)} for one in heard.troubles],
            }
            for name, heard in played.sensors.items()
        ],
        "rules": [
            {
                "id": name, "count": len(episodes), "a_day": _a_day(played, len(episodes)), "share": _share(played, name),
                "alerts": [
                    {
                        "raised": _iso(one.raised), "cleared": _iso(one.cleared), "sensors": list(one.sensors), "value": one.value,
                        "seconds": None if one.cleared is None else (one.cleared - one.raised).total_seconds(), "unknown": one.unknown,
                    }
                    for one in episodes
                ],
            }
            for name, episodes in played.rules.items()
        ],
    }  # fmt: skip


def _print(recording: Recording, columns: Mapping[str, str], played: Played, rules: Sequence[Rule], zone: ZoneInfo) -> None:
    print(f"{recording.path}: {_moment(recording, played.first, zone)} to {_moment(recording, played.last, zone)}")
    if recording.left_out or recording.disordered:
        print(f"  left out: {recording.left_out:,} without a number or time, {recording.disordered:,} out of order")
    for name, heard in played.sensors.items():
        _print_sensor(recording, f"{name} ({columns[name]})", heard, zone)
    for rule in rules:
        episodes = played.rules[rule.id]
        print(f"rule {rule.id}: {_number(len(episodes), 'alert')}", end="")
        print(f", {_a_day(played, len(episodes)):.2f} a day, {100 * _share(played, rule.id):.2f} % of the time" if episodes else "")
        if (here := len(set(rule.sensors) & columns.keys())) < rule.confirm:
            print(f"  {rule.confirm} sensors have to agree, and only {here} of them is played")
        for one in episodes:
            print(f"  {_worded(recording, one, zone)}")


def _worded(recording: Recording, one: Episode, zone: ZoneInfo) -> str:
    end = "to the end" if one.cleared is None else f"to {_moment(recording, one.cleared, zone)}, {_span(one.cleared - one.raised)}"
    value = "" if one.value is None else f", {one.value:g}"
    return f"{_moment(recording, one.raised, zone)} {end}: {', '.join(one.sensors)}{value}{', then silent' if one.unknown else ''}"


def _print_sensor(recording: Recording, name: str, heard: Heard, zone: ZoneInfo) -> None:
    counted = f"{_number(heard.readings, 'reading')}, {heard.suspect:,} outside physical limits"
    print(f"sensor {name}: {counted}, silent after {heard.silent_s:g} s")
    kinds: dict[str, list[Trouble]] = {}
    for one in heard.troubles:
        kinds.setdefault(one.kind, []).append(one)
    for kind, found in kinds.items():
        print(f"  {kind}: {_number(len(found), 'time')}, first since {_moment(recording, found[0].since, zone)}")


def _a_day(played: Played, number: int) -> float:
    seconds = played.length().total_seconds()
    return round(number * DAY_S / seconds, 4) if seconds else 0.0


def _share(played: Played, rule_id: str) -> float:
    length = played.length()
    return round(played.stood(rule_id) / length, 6) if length else 0.0


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _moment(recording: Recording, at: datetime | None, zone: ZoneInfo) -> str:
    if at is None:
        return "nothing"
    if recording.kind == "elapsed":
        return f"{at.timestamp():.0f} s"
    return f"{at:%H:%M:%S}" if recording.kind == "day" else f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _span(span: timedelta) -> str:
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s"
