"""The contracts that are checked in are what the code does."""

import json

import pytest

from assistant import contracts
from assistant.kiosk import asyncapi
from assistant.kiosk.protocol import client_message, server_message
from tests.conftest import ROOT

REFERENCE = ROOT / "docs" / "reference"
PROMISED = {
    ("get", "/livez"),
    ("get", "/readyz"),
    ("post", "/v1/conversations"),
    ("post", "/v1/conversations/{conversation_id}/turns"),
    ("delete", "/v1/conversations/{conversation_id}"),
    ("get", "/v1/departures"),
    ("get", "/v1/journeys"),
    ("get", "/v1/routes"),
    ("get", "/v1/outages"),
    ("post", "/v1/outages"),
    ("delete", "/v1/outages/{outage_id}"),
    ("get", "/v1/reports"),
    ("post", "/v1/reports"),
    ("post", "/v1/reports/{report_id}/acknowledgement"),
    ("get", "/v1/places"),
    ("get", "/v1/environment"),
    ("post", "/v1/speech/recognition"),
    ("post", "/v1/speech/synthesis"),
    ("get", "/v1/transparency"),
}


DOCUMENTS = [("openapi.json", contracts.openapi_json), ("console.json", contracts.console_json), ("asyncapi.yaml", contracts.asyncapi_yaml)]


@pytest.mark.parametrize(("name", "made"), DOCUMENTS)
def test_the_checked_in_document_is_the_codes(name: str, made: "object") -> None:
    assert (REFERENCE / name).read_text(encoding="utf-8") == made(), f"{name} is behind the code: make docs"  # type: ignore[operator]


def test_every_promised_call_is_there() -> None:
    paths = json.loads(contracts.openapi_json())["paths"]
    assert PROMISED <= {(method, path) for path, methods in paths.items() for method in methods}


def test_every_message_is_in_the_asyncapi_document() -> None:
    document = asyncapi.document()
    titles = {message["title"] for message in document["components"]["messages"].values()}
    for adapter in (client_message, server_message):
        assert set(adapter.json_schema()["discriminator"]["mapping"]) <= titles


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    document = asyncapi.document()
    seen = 0

    def walk(node: object) -> None:
        nonlocal seen
        if isinstance(node, dict):
            if isinstance(reference := node.get("$ref"), str):
                target: object = document
                for part in reference.removeprefix("#/").split("/"):
                    assert isinstance(target, dict)
                    assert part in target, reference
                    target = target[part]
                seen += 1
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(document)
    assert seen > 30
