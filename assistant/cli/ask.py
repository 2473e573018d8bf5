"""`ask`: one question to the running assistant, answered in the terminal."""

import argparse
import json
import sys

import httpx

from assistant.errors import AssistantError, Unavailable
from assistant.settings import Settings


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("ask", help="ask the running assistant a question")
    parser.add_argument("text")
    parser.add_argument("--language", default="en")
    parser.add_argument("--json", action="store_true", help="print the whole turn")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the answer."""
    turn = ask(Settings.load(), args.text.encode(errors="replace").decode(), args.language)
    if args.json:
        print(json.dumps(turn, ensure_ascii=False, indent=2))
        return 0
    for reply in turn["replies"]:
        print(reply["text"])
    for suggestion in turn["suggestions"]:
        print(f"  · {suggestion['label']}", file=sys.stderr)
    return 0


def ask(settings: Settings, text: str, language: str) -> dict[str, list[dict[str, str]]]:
    """One turn of a conversation of its own, which is forgotten afterwards."""
    host = f"[{settings.http.host}]" if ":" in settings.http.host else settings.http.host
    base = f"http://{host}:{settings.http.port}"
    with httpx.Client(base_url=base, timeout=15, trust_env=False) as client:
        try:
            path = f"/v1/conversations/{_checked(client.post('/v1/conversations', json={'language': language}))['id']}"
            try:
                return _checked(client.post(f"{path}/turns", json={"text": text}))
            finally:
                client.delete(path)
        except httpx.TimeoutException:
            raise Unavailable(f"the assistant at {base} is too slow", hint="station-assistant doctor") from None
        except httpx.TransportError:
            raise Unavailable(f"no assistant answers at {base}", hint="start it: make run") from None


def _checked(response: httpx.Response) -> dict[str, list[dict[str, str]]]:
    content: dict[str, list[dict[str, str]]] = response.json()
    if response.is_error:
        raise AssistantError(str(content.get("detail", response.reason_phrase)))
    return content
