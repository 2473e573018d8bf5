"""The AsyncAPI document of the kiosk's WebSocket, made from the message types."""

from typing import Any

from pydantic import TypeAdapter

from assistant import __version__
from assistant.kiosk.protocol import ClientMessage, ServerMessage

REF = "#/components/schemas/{model}"
SOUND = {
    "audio_frame": {
        "title": "audio_frame",
        "summary": "Binary, s16le mono: to the server 16 kHz after `listen`; to the page at the rate that the message before it tells.",
        "contentType": "application/octet-stream",
        "payload": {"type": "string", "format": "binary"},
    }
}


def document() -> dict[str, Any]:
    """AsyncAPI 3.0."""
    schemas: dict[str, Any] = {}
    messages: dict[str, Any] = dict(SOUND)
    directions: dict[str, list[str]] = {}
    adapters: dict[str, TypeAdapter[Any]] = {"receive": TypeAdapter(ClientMessage), "send": TypeAdapter(ServerMessage)}
    for direction, adapter in adapters.items():
        schema = adapter.json_schema(ref_template=REF)
        schemas |= schema.pop("$defs")
        names = sorted(schema["discriminator"]["mapping"])
        directions[direction] = [*names, "audio_frame"]
        for name in names:
            reference = schema["discriminator"]["mapping"][name]
            messages[f"{direction}_{name}"] = {"title": name, "payload": {"$ref": reference}}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Station assistant, kiosk", "version": __version__},
        "defaultContentType": "application/json",
        "channels": {
            "kiosk": {
                "address": "/v1/kiosk",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in sorted(messages)},
            }
        },
        "operations": {
            direction: {
                "action": direction,
                "channel": {"$ref": "#/channels/kiosk"},
                "messages": [{"$ref": f"#/channels/kiosk/messages/{_key(direction, name)}"} for name in names],
            }
            for direction, names in directions.items()
        },
        "components": {"messages": messages, "schemas": dict(sorted(schemas.items()))},
    }


def _key(direction: str, name: str) -> str:
    return name if name in SOUND else f"{direction}_{name}"
