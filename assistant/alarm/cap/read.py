"""CAP 1.2 bytes to an alert. CAP 1.1 is read too: it has the same elements. Signatures are not checked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, Final, get_args

from assistant.alarm import models
from assistant.alarm.cap.rules import broken
from assistant.alarm.cap.tree import Node, parse
from assistant.alarm.models import Alert, Area, Info, Reference
from assistant.errors import BadRequest

LIMIT: Final = 200_000
"""Bytes of the longest message."""
NAMESPACES: Final = {"urn:oasis:names:tc:emergency:cap:1.2": "1.2", "urn:oasis:names:tc:emergency:cap:1.1": "1.1"}
NO_LANGUAGE: Final = "en-US"
"""What CAP takes where an info names no language."""
ZONE: Final = "zone"
"""The valueName of geocodes that are ids of this station's map."""
FIRST_YEAR, LAST_YEAR = 1971, 2200
TIME: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(?:(Z)|([+-])(\d\d):([0-5]\d))", re.ASCII)
LONGEST_OFFSET: Final = timedelta(hours=14)
LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
DEGREES: Final = re.compile(r"[+-]?\d{1,3}(\.\d{0,30})?", re.ASCII)
KILOMETRES: Final = re.compile(r"\+?\d{1,6}(\.\d{0,30})?", re.ASCII)
PLACES: Final = 7
"""Decimals of a degree that are kept: a centimetre."""
ONCE, OFTEN = False, True
ALERT: Final = dict.fromkeys(
    ("identifier", "sender", "sent", "status", "msgType", "password", "source", "scope", "restriction", "addresses", "note", "references",
     "incidents"), ONCE,
) | {"code": OFTEN, "info": OFTEN}  # fmt: skip
INFO: Final = dict.fromkeys(
    ("language", "event", "urgency", "severity", "certainty", "audience", "effective", "onset", "expires", "senderName", "headline",
     "description", "instruction", "web", "contact"), ONCE,
) | dict.fromkeys(("category", "responseType", "eventCode", "parameter", "resource", "area"), OFTEN)  # fmt: skip
AREA: Final = dict.fromkeys(("areaDesc", "altitude", "ceiling"), ONCE) | dict.fromkeys(("polygon", "circle", "geocode"), OFTEN)
PAIR: Final = {"valueName": ONCE, "value": ONCE}
RESOURCE: Final = dict.fromkeys(("resourceDesc", "mimeType", "size", "uri", "derefUri", "digest"), ONCE)


class Remark(StrEnum):
    """What a message does against CAP 1.2 and is forgiven."""

    old_version = "cap-1-1"
    zulu = "time-with-z"
    fraction = "time-with-fraction"
    """It is cut to the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message that was read."""

    alert: Alert
    remarks: frozenset[Remark] = frozenset()


def read(data: bytes, *, limit: int = LIMIT) -> Received:
    """The alert of a CAP message. Every element of CAP is checked; their order is not, and other namespaces are passed over.

    Raises TooLarge, and BadRequest (`cap-not-xml`, `cap-forbidden-xml`, `cap-invalid`), which names element and line and quotes nothing.
    """
    namespace, root = parse(data, limit)
    if root.name != "alert" or namespace not in NAMESPACES:
        raise _invalid("the message is no <alert> of CAP 1.2 or 1.1")
    reader = _Reader()
    if NAMESPACES[namespace] == "1.1":
        reader.remarks.add(Remark.old_version)
    alert = reader.alert(root)
    if fault := broken(alert):
        raise _invalid(f"{fault} (the message begins in line {root.line})")
    return Received(alert=alert, remarks=frozenset(reader.remarks))


class _Part:
    """An element with children, each of which may stand once or often."""

    def __init__(self, node: Node, known: dict[str, bool]) -> None:
        self._node, self._children = node, dict[str, list[Node]]()
        for child in node.children:
            if child.name not in known:
                raise _invalid(f"line {child.line}: <{node.name}> holds an element that CAP does not know there")
            same = self._children.setdefault(child.name, [])
            same.append(child)
            if len(same) > 1 and not known[child.name]:
                raise _invalid(f"line {child.line}: <{child.name}> stands twice")

    def all(self, name: str) -> list[Node]:
        return self._children.get(name, [])

    def optional(self, name: str) -> Node | None:
        """An element; None where it is missing or empty, which is the same."""
        return next((node for node in self.all(name) if node.text or node.children), None)

    def needed(self, name: str) -> Node:
        if (node := self.optional(name)) is None:
            raise _invalid(f"<{name}> is missing or empty in the <{self._node.name}> of line {self._node.line}")
        return node

    def text(self, name: str) -> str:
        node = self.optional(name)
        return node.text if node else ""


class _Reader:
    def __init__(self) -> None:
        self.remarks: set[Remark] = set()

    def alert(self, node: Node) -> Alert:
        part = _Part(node, ALERT)
        references = part.optional("references")
        return Alert(
            identifier=part.needed("identifier").text, sender=part.needed("sender").text, sent=self._time(part.needed("sent")),
            status=_one_of(part.needed("status"), models.Status), message_type=_one_of(part.needed("msgType"), models.MessageType),
            scope=_one_of(part.needed("scope"), models.Scope), note=part.text("note"),
            references=tuple(self._reference(word, references) for word in references.text.split()) if references else (),
            infos=tuple(self._info(info) for info in part.all("info")),
        )  # fmt: skip

    def _info(self, node: Node) -> Info:
        part = _Part(node, INFO)
        for code in part.all("eventCode"):
            _pairs([code])
        for resource in part.all("resource"):
            inside = _Part(resource, RESOURCE)
            inside.needed("resourceDesc")
        self._optional_time(part, "effective")
        categories = part.all("category") or [part.needed("category")]
        return Info(
            language=_language(part), categories=tuple(_one_of(each, models.Category) for each in categories),
            event=part.needed("event").text, responses=tuple(_one_of(each, models.Response) for each in part.all("responseType")),
            urgency=_one_of(part.needed("urgency"), models.Urgency), severity=_one_of(part.needed("severity"), models.Severity),
            certainty=_one_of(part.needed("certainty"), models.Certainty), sender_name=part.text("senderName"),
            headline=part.text("headline"), description=part.text("description"), instruction=part.text("instruction"),
            onset=self._optional_time(part, "onset"), expires=self._optional_time(part, "expires"),
            areas=tuple(_area(each) for each in part.all("area")), parameters=_pairs(part.all("parameter")),
        )  # fmt: skip

    def _optional_time(self, part: _Part, name: str) -> datetime | None:
        node = part.optional(name)
        return self._time(node) if node else None

    def _time(self, node: Node) -> datetime:
        at = self._parsed(node.text)
        if at is None:
            raise _invalid(f"<{node.name}> in line {node.line} is no time as 2026-05-01T08:00:00-04:00")
        return at

    def _parsed(self, text: str) -> datetime | None:
        found = TIME.fullmatch(text)
        if found is None:
            return None
        local, fraction, zulu, sign, hours, minutes = found.groups()
        offset = timedelta() if zulu else timedelta(hours=int(hours), minutes=int(minutes))
        try:
            at = datetime.fromisoformat(local)
        except ValueError:
            return None
        if offset > LONGEST_OFFSET or not FIRST_YEAR <= at.year <= LAST_YEAR:
            return None
        if zulu:
            self.remarks.add(Remark.zulu)
        if fraction:
            self.remarks.add(Remark.fraction)
        return at.replace(tzinfo=timezone(-offset if sign == "-" else offset) if offset else UTC)

    def _reference(self, word: str, node: Node) -> Reference:
        parts = word.split(",")
        at = self._parsed(parts[2]) if len(parts) == 3 else None
        if at is None:
            raise _invalid(f"<references> in line {node.line} is no list of sender,identifier,sent")
        return Reference(sender=parts[0], identifier=parts[1], sent=at)


def _area(node: Node) -> Area:
    part = _Part(node, AREA)
    codes = _pairs(part.all("geocode"))
    return Area(
        description=part.needed("areaDesc").text, zones=tuple(value for name, value in codes if name == ZONE),
        polygons=tuple(_polygon(each) for each in part.all("polygon") if each.text),
        circles=tuple(_circle(each) for each in part.all("circle") if each.text),
    )  # fmt: skip


def _polygon(node: Node) -> tuple[tuple[float, float], ...]:
    ring = tuple(_point(word, node) for word in node.text.split())
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise _invalid(f"<polygon> in line {node.line} is no closed ring of at least four pairs")
    return ring


def _circle(node: Node) -> tuple[float, float, float]:
    words = node.text.split()
    if len(words) != 2 or not KILOMETRES.fullmatch(words[1]):
        raise _invalid(f"<circle> in line {node.line} is no latitude,longitude and radius in km")
    return *_point(words[0], node), round(float(words[1]), PLACES)


def _point(word: str, node: Node) -> tuple[float, float]:
    pair = word.split(",")
    if len(pair) == 2 and all(DEGREES.fullmatch(each) for each in pair):
        latitude, longitude = (round(float(each), PLACES) + 0.0 for each in pair)
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return latitude, longitude
    raise _invalid(f"<{node.name}> in line {node.line} holds something that is no latitude,longitude")


def _pairs(nodes: Iterable[Node]) -> tuple[tuple[str, str], ...]:
    """Names and values; a value may be empty."""
    parts = [_Part(node, PAIR) for node in nodes]
    return tuple((part.needed("valueName").text, part.text("value")) for part in parts)


def _language(part: _Part) -> str:
    node = part.optional("language")
    if node is None:
        return NO_LANGUAGE
    if not LANGUAGE.fullmatch(node.text):
        raise _invalid(f"<language> in line {node.line} is no language tag as en or en-US")
    return node.text


def _one_of(node: Node, allowed: Any) -> Any:
    """The text of an element, which is one of a Literal's."""
    values = get_args(allowed)
    if node.text not in values:
        raise _invalid(f"<{node.name}> in line {node.line} is not one of {', '.join(values)}")
    return node.text


def _invalid(message: str) -> BadRequest:
    return BadRequest(message, code="cap-invalid")
