"""From a reading to the screen, the voice and the broker."""

from benchmarks.figures import Figure

BARS = {"screen": 500.0, "voice": 1500.0}
"""Milliseconds in which an alert for life and safety has to be seen and heard."""


def figures() -> list[Figure]:
    """What the whole path takes."""
    names = {"screen": BARS["screen"], "voice": BARS["voice"], "broker": None}
    return [Figure(name=f"alert to {name}", unit="ms", value=None, bar=bar, note="not measured yet") for name, bar in names.items()]
