"""An alert to CAP 1.2 bytes that the schema accepts."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from assistant.alarm.cap.read import ZONE
from assistant.alarm.cap.rules import broken, whole
from assistant.alarm.models import Alert, Area, Info

NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def write(alert: Alert) -> bytes:
    """A message as UTF-8 XML. Characters that XML cannot hold are left out. Raises ValueError where a rule of CAP is broken."""
    if fault := broken(alert):
        raise ValueError(fault)
    root = Element("alert", xmlns=NAMESPACE)
    _add(root, "identifier", alert.identifier)
    _add(root, "sender", alert.sender)
    _add(root, "sent", time(alert.sent))
    _add(root, "status", alert.status)
    _add(root, "msgType", alert.message_type)
    _add(root, "scope", alert.scope)
    _maybe(root, "note", alert.note)
    _maybe(root, "references", " ".join(f"{one.sender},{one.identifier},{time(one.sent)}" for one in alert.references))
    for info in alert.infos:
        _info(SubElement(root, "info"), info)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def time(at: datetime) -> str:
    """A time as CAP writes it: to the second, with an offset, UTC as `-00:00`. Raises ValueError for one without an offset."""
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("a time in CAP needs an offset")
    if offset % timedelta(minutes=1):
        raise ValueError("an offset in CAP has whole minutes")
    text = whole(at).isoformat()
    return text if offset else text[: -len("+00:00")] + "-00:00"


def _info(node: Element, info: Info) -> None:
    _add(node, "language", info.language)
    _all(node, "category", info.categories)
    _add(node, "event", info.event)
    _all(node, "responseType", info.responses)
    _add(node, "urgency", info.urgency)
    _add(node, "severity", info.severity)
    _add(node, "certainty", info.certainty)
    for name, at in (("onset", info.onset), ("expires", info.expires)):
        if at is not None:
            _add(node, name, time(at))
    _maybe(node, "senderName", info.sender_name)
    _maybe(node, "headline", info.headline)
    _maybe(node, "description", info.description)
    _maybe(node, "instruction", info.instruction)
    for name, value in info.parameters:
        _pair(node, "parameter", name, value)
    for area in info.areas:
        _area(SubElement(node, "area"), area)


def _area(node: Element, area: Area) -> None:
    _add(node, "areaDesc", area.description)
    _all(node, "polygon", (" ".join(f"{_number(one)},{_number(other)}" for one, other in ring) for ring in area.polygons))
    _all(node, "circle", (f"{_number(one)},{_number(other)} {_number(radius)}" for one, other, radius in area.circles))
    for zone in area.zones:
        _pair(node, "geocode", ZONE, zone)


def _number(value: float) -> str:
    return format(Decimal(repr(value)), "f")


def _pair(node: Element, tag: str, name: str, value: str) -> None:
    pair = SubElement(node, tag)
    _add(pair, "valueName", name)
    _add(pair, "value", value)


def _all(node: Element, tag: str, texts: Iterable[str]) -> None:
    for text in texts:
        _add(node, tag, text)


def _maybe(node: Element, tag: str, text: str) -> None:
    if text:
        _add(node, tag, text)


def _add(node: Element, tag: str, text: str) -> None:
    SubElement(node, tag).text = NOT_XML.sub("", text)
