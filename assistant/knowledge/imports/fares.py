"""Fares v1: `fare_attributes.txt` and `fare_rules.txt`."""

import re
from collections.abc import Container, Iterator

from assistant.knowledge.imports.feed import Feed
from assistant.knowledge.imports.notices import Notices
from assistant.knowledge.imports.numbers import whole
from assistant.knowledge.store import Builder

PRICE = re.compile(r"\d{1,9}(\.\d{1,4})?")
CURRENCY = re.compile(r"[A-Z]{3}")
ON_BOARD = {"0": 1, "1": 0}
TRANSFERS = {"": None, "0": 0, "1": 1, "2": 2}


def import_fares(feed: Feed, builder: Builder, notices: Notices) -> None:
    """Copies both tables; a fare that cannot be told right is left out with its rules."""
    fares = {str(row[0]): row for row in _fares(feed, notices)}
    builder.insert("fares", fares.values(), 7)
    builder.insert("fare_rules", _rules(feed, fares.keys(), notices), 6)


def _fares(feed: Feed, notices: Notices) -> Iterator[tuple[object, ...]]:
    file, seen = "fare_attributes.txt", set[str]()
    for line, row in feed.records("fare_attributes"):
        fare_id, price, currency = row.get("fare_id", ""), row.get("price", ""), row.get("currency_type", "")
        method, transfers, valid_s = row.get("payment_method", ""), row.get("transfers", ""), row.get("transfer_duration", "")
        fine = PRICE.fullmatch(price) and CURRENCY.fullmatch(currency) and method in ON_BOARD and transfers in TRANSFERS
        if not fare_id or fare_id in seen or not fine:
            why = "a fare without an id of its own, a price, a currency, a payment_method or with broken transfers was left out"
            notices.warning("fare-broken", why, file=file, line=line)
            continue
        seen.add(fare_id)
        yield (
            fare_id, price, currency, ON_BOARD[method], TRANSFERS[transfers], whole(valid_s),
            row.get("agency_id") or None,
        )


def _rules(feed: Feed, fares: Container[str], notices: Notices) -> Iterator[tuple[object, ...]]:
    for line, row in feed.records("fare_rules"):
        if row.get("fare_id", "") not in fares:
            notices.warning("fare-rule-unknown", "a rule for a fare that is none was left out", file="fare_rules.txt", line=line)
            continue
        columns = ("route_id", "origin_id", "destination_id", "contains_id")
        yield None, row["fare_id"], *(row.get(column) or None for column in columns)
