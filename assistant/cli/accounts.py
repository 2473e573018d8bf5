"""`station-assistant accounts`: the way in for whoever stands at the machine."""

import argparse
import os

from assistant.accounts.opening import access_of
from assistant.settings import Settings


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the commands."""
    parser = commands.add_parser("accounts", help="who can sign in at /console, and the first or a lost admin's way in")
    actions = parser.add_subparsers(required=True, metavar="action")
    actions.add_parser("recover", help="print a one-time code that makes an admin").set_defaults(run=recover)
    actions.add_parser("list", help="names and roles").set_defaults(run=listing)


def recover(args: argparse.Namespace) -> int:
    """Prints a one-time code; earlier ones are void."""
    os.umask(0o077)
    access = access_of(Settings.load())
    try:
        code, expires_at = access.recovery_code()
    finally:
        access.database.close()
    print(f"one-time code (shown this once): {code}")
    print(f"Open /console on this machine, choose “I have a code”, and set a password until {expires_at.astimezone():%H:%M}.")
    return 0


def listing(args: argparse.Namespace) -> int:
    """Prints every account."""
    os.umask(0o077)
    access = access_of(Settings.load())
    try:
        accounts = access.accounts()
    finally:
        access.database.close()
    for account in accounts:
        state = "" if account.active and account.ready else ", off" if not account.active else ", has set no password yet"
        print(f"{account.name} ({account.role}{state})")
    if not accounts:
        print("nobody yet: station-assistant accounts recover")
    return 0
