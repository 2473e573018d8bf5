"""The later messages of an alert: what updates it, what takes it back."""

from datetime import datetime

from assistant.alarm.cap.rules import MOST_REFERENCES
from assistant.alarm.models import Alert, Info, Reference


def updated(last: Alert, *, identifier: str, sent: datetime, infos: tuple[Info, ...], note: str = "") -> Alert:
    """An Update of an alert that names all its messages so far; never sent before the last of them."""
    return Alert(
        identifier=identifier, sender=last.sender, sent=max(sent, last.sent), status=last.status, message_type="Update", scope=last.scope,
        references=_references(last), infos=infos, note=note,
    )  # fmt: skip


def cancelled(last: Alert, *, identifier: str, sent: datetime, sender: str | None = None, note: str = "") -> Alert:
    """A Cancel of an alert, by its own sender where no other is named."""
    return Alert(
        identifier=identifier, sender=sender or last.sender, sent=max(sent, last.sent), status=last.status, message_type="Cancel",
        scope=last.scope, references=_references(last), note=note,
    )  # fmt: skip


def _references(last: Alert) -> tuple[Reference, ...]:
    newest = Reference(sender=last.sender, identifier=last.identifier, sent=last.sent)
    return (*last.references[-(MOST_REFERENCES - 1) :], newest)
