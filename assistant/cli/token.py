"""`station-assistant token`: a fresh token for somebody who may write."""

import argparse
import hashlib
import json
import secrets
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from assistant.settings import Token
from assistant.settings.tokens import Scope

_scope: TypeAdapter[str] = TypeAdapter(Scope)


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the `token` command."""
    parser = subparsers.add_parser("token", help="make a token for somebody who may write; it is kept nowhere")
    parser.add_argument("name", help="who it is for, as lift-watch")
    parser.add_argument(
        "--scope", action="append", type=scope, required=True,
        help="what it allows: operate, alert, or sense:<id> for the sensors push:<id>; may be given again",
    )  # fmt: skip
    parser.add_argument("--days", type=int, choices=range(1, 3661), metavar="N", help="how long it opens anything; by default for ever")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the token, and what belongs into `station.yaml`."""
    token = secrets.token_urlsafe(32)
    entry = Token(name=args.name, scopes=sorted(set(args.scope)), sha256=hashlib.sha256(token.encode()).hexdigest())
    print(f"token (shown this once): {token}\n\nIn station.yaml:\n\ntokens:")
    print(f"  - name: {json.dumps(entry.name, ensure_ascii=False)}")
    print(f"    scopes: [{', '.join(entry.scopes)}]")
    print(f"    sha256: {entry.sha256}")
    if args.days is not None:
        print(f'    expires: "{datetime.now(UTC) + timedelta(days=args.days):%Y-%m-%dT%H:%M:%SZ}"')
    return 0


def scope(text: str) -> str:
    """A scope as `station.yaml` takes it."""
    try:
        return _scope.validate_python(text)
    except ValidationError:
        raise argparse.ArgumentTypeError("write operate, alert or sense:<id>") from None
