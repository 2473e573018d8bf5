"""What is wrong with the sensors and rules of a station file, beyond what its types already refuse; one check a concern."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.environment.plausible import DETECTORS, limits, units
from assistant.environment.rules.schedule import is_hours
from assistant.settings import Settings
from assistant.settings.lines import Lines, named
from assistant.settings.sensing import Rule, Sensor

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in the station file that has to be mended (error) or is doubtful (warning)."""

    severity: Severity
    code: str
    loc: tuple[int | str, ...]
    """Where it stands, as ("rules", 2, "above")."""
    text: str
    mend: str
    line: int | None = None
    """Line of the station file, from 1; None where the setting came from elsewhere."""

    def __str__(self) -> str:
        place = "station.yaml" if self.line is None else f"station.yaml:{self.line}"
        return f"{place}: {named(self.loc)}: {self.text}: {self.mend}"


def check(settings: Settings, path: Path) -> list[Finding]:
    """Everything found in the sensors and rules of `settings`, with lines of the station file at `path`, in its order."""
    lines = Lines(path)
    return [replace(one, line=lines.of(one.loc)) for one in (*_sensors(settings), *_rules(settings))]


def _error(code: str, loc: tuple[int | str, ...], text: str, mend: str) -> Finding:
    return Finding(severity="error", code=code, loc=loc, text=text, mend=mend)


def _warning(code: str, loc: tuple[int | str, ...], text: str, mend: str) -> Finding:
    return Finding(severity="warning", code=code, loc=loc, text=text, mend=mend)


def _sensors(settings: Settings) -> Iterator[Finding]:
    yield from _repeated("sensors", [sensor.id for sensor in settings.sensors])
    for number, sensor in enumerate(settings.sensors):
        loc = ("sensors", number)
        if _plain(sensor.unit) not in map(_plain, units(sensor.quantity)):
            mend = f"use {' or '.join(units(sensor.quantity))}"
            yield _warning("sensor-unit", (*loc, "unit"), f"{sensor.quantity} is not known in it", mend)
        if sensor.quantity in DETECTORS and sensor.stuck_s:
            yield _warning("sensor-stuck", (*loc, "stuck_s"), "a detector stays at the same state for good reasons", "leave it out")
        if sensor.quantity in DETECTORS and (sensor.calibration.factor, sensor.calibration.offset) != (1.0, 0.0):
            yield _warning("sensor-calibration", (*loc, "calibration"), "a detector's state is not calibrated", "leave it out")
        if sensor.source.startswith("push:") and not _may_push(settings, sensor):
            mend = f"make a token with: station-assistant token NAME --scope {_scope(sensor)}"
            yield _warning("sensor-token", (*loc, "source"), "no token may bring its readings in", mend)


def _rules(settings: Settings) -> Iterator[Finding]:
    yield from _repeated("rules", [rule.id for rule in settings.rules])
    sensors = {sensor.id: sensor for sensor in settings.sensors}
    for number, rule in enumerate(settings.rules):
        watched = [sensors[name] for name in dict.fromkeys(rule.sensors) if name in sensors]
        for judge in (_watches, _units, _threshold, _clear, _hours, _texts, _life_safety, _latch):
            for one in judge(rule, watched, settings):
                yield replace(one, loc=("rules", number, *one.loc))


def _repeated(part: str, ids: Sequence[str]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for number, one in enumerate(ids):
        if one in seen:
            yield _error(f"{part}-repeated", (part, number, "id"), f"{part}[{seen[one]}] has this id already", "give it one of its own")
        seen.setdefault(one, number)


def _watches(rule: Rule, watched: Sequence[Sensor], settings: Settings) -> Iterator[Finding]:
    known = {sensor.id for sensor in watched}
    for number, name in enumerate(rule.sensors):
        if name not in known:
            mend = f"use one of {', '.join(sensor.id for sensor in settings.sensors)}" if settings.sensors else "list it under sensors"
            yield _error("rule-sensor", ("sensors", number), f"no sensor has the id {name}", mend)
        if name in rule.sensors[:number]:
            yield _warning("rule-sensor-repeated", ("sensors", number), f"{name} is named twice", "leave one out")
    distinct = len(set(rule.sensors))
    if rule.confirm > distinct:
        text = f"{rule.confirm} sensors cannot agree where it watches {distinct}"
        yield _error("rule-confirm", ("confirm",), text, "lower it, or add sensors")


def _units(rule: Rule, watched: Sequence[Sensor], settings: Settings) -> Iterator[Finding]:
    found = {_plain(sensor.unit): sensor.unit for sensor in watched}
    if len(found) > 1:
        yield _error("rule-units", ("sensors",), f"its sensors report in {' and '.join(found.values())}", "write a rule for each unit")


def _threshold(rule: Rule, watched: Sequence[Sensor], settings: Settings) -> Iterator[Finding]:
    for sensor in watched:
        low, high = limits(sensor.quantity, sensor.unit)
        if rule.above is not None and rule.above >= high:
            yield _error("rule-never", ("above",), f"{sensor.id} never reports more than {high:g} {sensor.unit}", "lower it")
        elif rule.below is not None and rule.below <= low:
            yield _error("rule-never", ("below",), f"{sensor.id} never reports less than {low:g} {sensor.unit}", "raise it")
        elif rule.rise is not None and rule.rise.by > high - low:
            yield _error("rule-never", ("rise", "by"), f"{sensor.id} reports {low:g} to {high:g} {sensor.unit}", "lower it")
        elif rule.rise is not None and sensor.quantity in DETECTORS:
            yield _error("rule-never", ("rise",), f"{sensor.id} is a detector: its state does not climb", "write above: 0.5")
        elif (rule.above is not None and rule.above < low) or (rule.below is not None and rule.below > high):
            key = "above" if rule.above is not None else "below"
            yield _error("rule-always", (key,), f"{sensor.id} always reports that", f"it reports {low:g} to {high:g} {sensor.unit}")


def _clear(rule: Rule, watched: Sequence[Sensor], settings: Settings) -> Iterator[Finding]:
    if rule.clear is None:
        return
    if rule.above is not None and rule.clear > rule.above:
        yield _error("rule-clear", ("clear",), f"the end lies above {rule.above:g}, where it still holds", f"write {rule.above:g} or less")
    if rule.below is not None and rule.clear < rule.below:
        yield _error("rule-clear", ("clear",), f"the end lies below {rule.below:g}, where it still holds", f"write {rule.below:g} or more")
    for sensor in watched:
        low, high = limits(sensor.quantity, sensor.unit)
        if not low <= rule.clear <= high:
            yield _error("rule-no-end", ("clear",), f"{sensor.id} never gets there", f"it reports {low:g} to {high:g} {sensor.unit}")


def _hours(rule: Rule, watched: Sequence[Sensor], settings: Settings) -> Iterator[Finding]:
    if rule.hours is not None and not is_hours(rule.hours):
        yield _error("rule-hours", ("hours",), "it is not in opening_hours syntax", "write it as Mo-Fr 06:00-22:00; Sa 08:00-20:00")


def _texts(rule: Rule, watched: Sequence[Sensor], settings: Settings) -> Iterator[Finding]:
    texts: dict[str, Mapping[str, str]] = {
        "event": rule.alert.event, "headline": rule.alert.headline, "instruction": rule.alert.instruction,
    }  # fmt: skip
    worse: Callable[..., Finding] = _error if rule.alert.life_safety else _warning
    for key, text in texts.items():
        written = {language for language, words in text.items() if words.strip()}
        missing = [language for language in settings.languages if language not in written]
        if missing and "" not in written and (written or key != "instruction"):
            yield worse("rule-text", ("alert", key), f"it is missing in {', '.join(missing)}", "write it in every language of the station")
    if rule.alert.life_safety and not any(words.strip() for words in rule.alert.instruction.values()):
        yield _warning("rule-instruction", ("alert", "instruction"), "nobody is told what to do", "write it")


def _life_safety(rule: Rule, watched: Sequence[Sensor], settings: Settings) -> Iterator[Finding]:
    if not rule.alert.life_safety:
        return
    for number, name in enumerate(rule.sensors):
        sensor = next((sensor for sensor in watched if sensor.id == name), None)
        loc = ("sensors", number)
        if sensor is not None and sensor.zone is None:
            yield _warning("rule-zone", loc, f"{name} has no zone: no way out can avoid the place", "write its zone: a place or stop")
        if sensor is not None and sensor.source.startswith("push:") and not _may_push(settings, sensor):
            mend = f"make a token with: station-assistant token NAME --scope {_scope(sensor)}"
            yield _error("rule-token", loc, f"no token may bring in what {name} reports", mend)
    if rule.hours is not None:
        yield _warning("rule-asleep", ("hours",), "outside these hours nobody is warned", "leave it out of a rule for life safety")


def _latch(rule: Rule, watched: Sequence[Sensor], settings: Settings) -> Iterator[Finding]:
    if rule.latch and not any("operate" in token.scopes for token in settings.tokens):
        yield _warning("rule-latch", ("latch",), "nobody can end it", "make a token with: station-assistant token NAME --scope operate")


def _scope(sensor: Sensor) -> str:
    return f"sense:{sensor.source.removeprefix('push:')}"


def _may_push(settings: Settings, sensor: Sensor) -> bool:
    return any(_scope(sensor) in token.scopes for token in settings.tokens)


def _plain(unit: str) -> str:
    return unicodedata.normalize("NFKC", unit)
