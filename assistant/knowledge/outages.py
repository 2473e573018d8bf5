"""Lifts, escalators and gates that cannot be used now, whoever said so: GTFS-Realtime, the broker, or an operator."""

import json
import re
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from assistant import log
from assistant.clock import Clock
from assistant.errors import BadRequest, TooLarge
from assistant.knowledge.files import write_whole
from assistant.knowledge.models import Outage, Source

MOST = 1000
"""Outages known at a time."""
MOST_TARGETS = 200
LONGEST_REASON = 200
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")


class Outages:
    """What is out of order, by id. Safe from every thread; what an operator reported by API outlives a restart."""

    def __init__(self, clock: Clock, path: Path | None = None) -> None:
        self._clock, self._path = clock, path
        self._lock = threading.Lock()
        self._watchers: list[Callable[[], None]] = []
        self._known: dict[str, Outage] = {}
        self.version = 0
        """Grows with every change; an outage that ends by its `until` changes `closed()` alone."""
        if path is not None:
            self._known = {outage.id: outage for outage in _load(path)}

    def add(self, outage: Outage) -> None:
        """Adds an outage, or replaces the one of this id. Raises BadRequest for one that cannot be, TooLarge where too many are known."""
        _check(outage)
        with self._lock:
            self._forget_ended()
            before = self._known.get(outage.id)
            if before == outage:
                return
            if before is not None and before.origin != outage.origin:
                raise BadRequest("another source has reported an outage of this id", code="outage-of-another-source")
            if outage.id not in self._known and len(self._known) >= MOST:
                raise TooLarge(f"more than {MOST} outages are known already", code="too-many-outages")
            self._known[outage.id] = outage
            self._changed({outage.origin})
        self._tell()

    def remove(self, outage_id: str) -> bool:
        """Takes an outage back; False where none of this id is known."""
        with self._lock:
            outage = self._known.pop(outage_id, None)
            if outage is None:
                return False
            self._changed({outage.origin})
        self._tell()
        return outage.until is None or outage.until > self._clock.now()

    def replace(self, origin: Literal["realtime", "mqtt"], outages: Iterable[Outage]) -> None:
        """All that one source says now, in place of all it said before; what cannot be is left out."""
        before = self._known  # which was checked when it came
        kept = {
            outage.id: outage for outage in outages
            if outage.origin == origin and (before.get(outage.id) is outage or fault(outage) is None)
        }  # fmt: skip
        with self._lock:
            others = {key: outage for key, outage in self._known.items() if outage.origin != origin}
            said = {key: outage for key, outage in kept.items() if key not in others}
            known = others | dict(list(said.items())[: max(0, MOST - len(others))])
            if known == self._known:
                return
            self._known = known
            self._changed({origin})
        self._tell()

    def listed(self, now: datetime | None = None) -> list[Outage]:
        """Every outage that has not ended at `now` (aware; else the clock's present), those to come too, the oldest first."""
        moment = now or self._clock.now()
        with self._lock:
            found = [outage for outage in self._known.values() if outage.until is None or outage.until > moment]
        return sorted(found, key=lambda outage: (outage.since, outage.id))

    def closed(self, now: datetime | None = None) -> frozenset[str]:
        """Ids of pathways, stops, facilities and places that cannot be used."""
        moment = now or self._clock.now()
        return frozenset(target for outage in self.listed(moment) if outage.since <= moment for target in outage.targets)

    def watch(self, told: Callable[[], None]) -> None:
        """Calls `told` after each change, on the thread that made it."""
        self._watchers.append(told)

    def _forget_ended(self) -> None:
        now = self._clock.now()
        self._known = {key: outage for key, outage in self._known.items() if outage.until is None or outage.until > now}

    def _changed(self, origins: set[str]) -> None:
        self.version += 1
        if self._path is not None and "api" in origins:
            _save(self._path, [outage for outage in self._known.values() if outage.origin == "api"])

    def _tell(self) -> None:
        for told in self._watchers:
            told()


class _Saved(BaseModel):
    """An operator's outage on the disk."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    targets: tuple[str, ...]
    reason: str
    since: AwareDatetime
    until: AwareDatetime | None
    reasons: tuple[tuple[str, str], ...] = ()


def fault(outage: Outage) -> str | None:
    """Why an outage cannot be, without a word of it."""
    if not _ID.fullmatch(outage.id):
        return "the id of an outage has 1 to 100 letters, digits and _ . : -"
    if not 1 <= len(outage.targets) <= MOST_TARGETS:
        return f"an outage has 1 to {MOST_TARGETS} targets"
    if not all(0 < len(target) <= 200 and target.isprintable() for target in outage.targets):
        return "a target is the id of a pathway, a stop, a facility or a place"
    if len(outage.reason) > LONGEST_REASON:
        return f"a reason has at most {LONGEST_REASON} characters"
    if any(len(words) > LONGEST_REASON for _, words in outage.reasons):
        return f"a reason has at most {LONGEST_REASON} characters"
    if outage.since.tzinfo is None or (outage.until is not None and outage.until.tzinfo is None):
        return "the times of an outage have an offset"
    return None


def _check(outage: Outage) -> None:
    if why := fault(outage):
        raise BadRequest(why, code="outage-invalid")


def _load(path: Path) -> list[Outage]:
    """What operators reported before the last stop; a file that cannot be read is told and counts as empty."""
    try:
        saved = [_Saved.model_validate(row) for row in json.loads(path.read_bytes())]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, ValidationError) as error:
        log.failure("outages_unreadable", error)
        return []
    outages = [
        Outage(
            id=row.id, targets=row.targets, reason=row.reason, since=row.since, until=row.until, origin="api",
            reasons=row.reasons, source=Source(kind="record", table="outages", key=row.id, as_of=row.since.isoformat()),
        )
        for row in saved
    ]  # fmt: skip
    return [outage for outage in outages if fault(outage) is None][:MOST]


def _save(path: Path, outages: list[Outage]) -> None:
    """Whole or not at all, also where the power fails in between."""
    rows = [
        _Saved(
            id=outage.id, targets=outage.targets, reason=outage.reason, since=outage.since, until=outage.until, reasons=outage.reasons
        ).model_dump(mode="json")
        for outage in outages
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(rows, ensure_ascii=False))
    except OSError as error:  # a full disk must not hide a broken lift
        log.failure("outages_not_saved", error)
