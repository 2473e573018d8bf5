"""What of the rules outlives a restart, as JSON holds it. Times are seconds since 1970; a file that somebody changed does no harm."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.environment.rules.track import Track
from assistant.environment.rules.watched import Watched

State = dict[str, Any]
Lasts = dict[str, tuple[float, float]]


def state(rules: Iterable[Watched], lasts: Mapping[str, tuple[float | None, float | None]], shift: float) -> State:
    """Everything that stands, and the last reading of each sensor; `shift` is what the own time is ahead of the clock."""
    return {
        "sensors": {sensor: [last - shift, value] for sensor, (last, value) in lasts.items() if last is not None},
        "rules": {
            watched.rule.id: {"raised": watched.raised, "sensors": tracks}
            for watched in rules
            if (tracks := {track.sensor: one for track in watched.tracks if (one := _track(track, shift))}) or watched.raised
        },
    }


def restore(saved: object, rules: Mapping[str, Watched], now: float) -> tuple[Lasts, list[str]]:
    """Sets `rules` as `saved` says; returns each sensor's last time and value, and the rules that were raised and are no more."""
    lasts = {}
    for sensor, last in _table(saved, "sensors").items():
        if isinstance(last, list) and len(last) == 2 and _number(last[0]) and _number(last[1]):
            lasts[sensor] = (min(float(last[0]), now), float(last[1]))
    gone = []
    for rule_id, one in _table(saved, "rules").items():
        watched, raised = rules.get(rule_id), isinstance(one, dict) and one.get("raised") is True
        if watched is None:
            gone += [rule_id] if raised else []
            continue
        watched.raised = raised
        tracks = _table(one, "sensors")
        for track in watched.tracks:
            if track.sensor in lasts and isinstance(tracks.get(track.sensor), dict):
                _restore(track, tracks[track.sensor], now)
        watched.told = watched.holding() if raised else ((), ())
    return lasts, gone


def _track(track: Track, shift: float) -> State:
    times = {"since": track.since, "safe": track.safe, "until": None if track.until == -math.inf else track.until}
    found: State = {key: at - shift for key, at in times.items() if at is not None}
    return found | ({"held": True} if track.held else {}) | ({"unknown": True} if track.unknown else {})


def _restore(track: Track, one: State, now: float) -> None:
    track.held, track.unknown = one.get("held") is True, one.get("held") is True and one.get("unknown") is True
    track.since = None if track.held else _time(one.get("since"), now)
    track.safe = _time(one.get("safe"), now) if track.held and not track.unknown else None
    until = _time(one.get("until"), now)
    track.until = -math.inf if until is None else until


def _time(value: object, now: float) -> float | None:
    return min(float(value), now) if isinstance(value, int | float) and _number(value) else None


def _number(value: object) -> bool:
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:
        return False


def _table(value: object, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}
