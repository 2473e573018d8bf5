"""Newer timetables: from an address, a USB stick or by hand, checked whole before they go into service; the last good one is kept."""

from assistant.knowledge.refresh.refresher import Refresher
from assistant.knowledge.refresh.service import best_path, bring_in, fetch, fetch_from, take
from assistant.knowledge.refresh.shelf import Outcome, State, known_state

__all__ = ["Outcome", "Refresher", "State", "best_path", "bring_in", "fetch", "fetch_from", "known_state", "take"]
