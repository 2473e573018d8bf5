"""Newer timetables: from an address, a USB stick or by hand, checked whole before they go into service; the last good one is kept."""

from assistant.knowledge.refresh.refresher import Refresher
from assistant.knowledge.refresh.service import best_path, bring_in, fetch, fetch_from, put_back, take
from assistant.knowledge.refresh.shelf import Finding, KnownFeed, Outcome, Shelf, State, known_state

__all__ = [
    "Finding", "KnownFeed", "Outcome", "Refresher", "Shelf", "State", "best_path", "bring_in", "fetch", "fetch_from", "known_state",
    "put_back", "take",
]
