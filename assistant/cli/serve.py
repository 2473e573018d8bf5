"""`serve`: starts everything and stays."""

import argparse
import asyncio
import json
import logging
import os
import resource
import signal
import sys
import time

from assistant import log
from assistant.app import Assistant
from assistant.backup import swap
from assistant.settings import Settings


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("serve", help="start the assistant and stay")
    parser.add_argument("--quiet", action="store_true", help="log failures only")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serves until SIGINT or SIGTERM."""
    # Without a log of ours, an unforeseen error would print its message, which may quote a traveller; so would a core dump.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)  # state is this user's alone
    log.configure(level=logging.WARNING if args.quiet or sys.stderr.isatty() else logging.INFO)
    settings = Settings.load()
    if swap.finish(settings.data):  # a backup that the power kept from being put in place whole
        settings = Settings.load()
    with swap.in_use(settings.data):
        return asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    began = time.monotonic()
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    assistant = Assistant(settings, progress=_say)
    starting = asyncio.create_task(_start(assistant, began))
    stop = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({starting, stop}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
        await stop
    finally:
        starting.cancel()
        await asyncio.wait({starting})
        await assistant.stop()
    return 0


async def _start(assistant: Assistant, began: float) -> None:
    await assistant.start()
    health = await assistant.wait_ready()
    seconds = round(time.monotonic() - began, 1)
    for name, state in health.components.items():
        if state != "ready":
            _say(f"{name} is {state}: station-assistant doctor tells why")
    print(json.dumps({"ready": True, "url": assistant.url, "seconds": seconds}), flush=True)
    _say(f"{assistant.url} ready in {seconds:.0f} s")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
