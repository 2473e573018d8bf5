"""JSON from outside, read with bounds: whatever comes, it ends in a value or in a reason."""

import json
import math
import re

LONGEST_B = 64_000
"""Largest message, in bytes."""
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:\.[0-9]{1,12})?(?:[eE][+-]?[0-9]{1,2})?")
_STATES = {"on": 1.0, "true": 1.0, "off": 0.0, "false": 0.0}


class NotJson(ValueError):
    """No JSON in UTF-8 (RFC 8259), or nested too deeply."""


def read(payload: bytes) -> object:
    """The value of a JSON text. Raises NotJson."""
    try:
        return json.loads(payload.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise NotJson from None


def number(value: object) -> float | None:
    """A finite number, also one that stands in a string; None for anything else, truth values too."""
    if isinstance(value, str):
        value = float(value) if _NUMBER.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def state(value: object) -> float | None:
    """1.0 or 0.0 for `true`, "ON", 1 and their opposites; None for anything else."""
    if isinstance(value, str) and value.casefold() in _STATES:
        return _STATES[value.casefold()]
    if isinstance(value, bool):
        return float(value)
    found = number(value)
    return found if found in (0.0, 1.0) else None


def _no_constant(name: str) -> object:
    raise NotJson
