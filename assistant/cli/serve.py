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
from dataclasses import replace

from assistant import log
from assistant.app import Assistant
from assistant.backup import swap
from assistant.errors import AssistantError, StationError
from assistant.restarting import Restart
from assistant.server import Listener, check_host, listen
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
    """Serves; where other content has become live that only a start takes up, it starts anew in place, at the same port."""
    began = time.monotonic()
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    check_host(settings.http.host)
    # It stays open between two lives: who comes meanwhile waits a moment, and is not turned away.
    door = listen(settings.http.host, settings.http.port)
    restart: Restart | None = Restart(settings, Settings.load)
    first: float | None = began
    try:
        while restart is not None:
            restart, first = await _once(restart, door, stopping, first), None
    finally:
        door.close()
    return 0


async def _once(restart: Restart, door: Listener, stopping: asyncio.Event, began: float | None) -> Restart | None:
    """One life of the assistant, and what the next one starts with; None where it shall stop. `began`: when the process did."""
    assistant = Assistant(restart.settings, _say, listener=door.dup(), restart=restart)
    starting = asyncio.create_task(_start(assistant, began))
    ends = [asyncio.create_task(event.wait()) for event in (stopping, restart.begins)]
    try:
        await asyncio.wait({starting, *ends}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    except Exception as error:  # whatever it is that another content leads to, the kiosk goes on with what it had
        if (instead := _instead(restart, error)) is None:
            raise
        log.failure("content_not_served", error)
        return instead
    finally:
        for task in (starting, *ends):
            task.cancel()
        await asyncio.wait({starting, *ends})
        await assistant.stop()
    return None if stopping.is_set() else _next(restart, assistant)


def _next(restart: Restart, assistant: Assistant) -> Restart:
    """What the next life starts with: freshly loaded settings, and the clock as it goes on."""
    try:
        settings = Settings.load()
    except StationError as error:
        return Restart(restart.settings, Settings.load, problem=error.message)
    if settings.clock.start is not None:
        settings = settings.model_copy(update={"clock": settings.clock.model_copy(update={"start": assistant.clock.now()})})
    return Restart(settings, Settings.load, before=restart.settings)


def _instead(restart: Restart, error: Exception) -> Restart | None:
    """What can be served where a start failed: what was served before, else the station folder's own; None where that is what failed."""
    problem = error.message if isinstance(error, AssistantError) else type(error).__name__
    settings = restart.before
    if settings is None and restart.settings.source.release is not None:
        own = Settings.load(released=False)
        settings = own.taken_from(replace(own.source, problem=problem))
    return None if settings is None else Restart(settings, Settings.load, refused=restart.settings, problem=problem)


async def _start(assistant: Assistant, began: float | None) -> None:
    again = time.monotonic()
    await assistant.start()
    if began is None:
        log.event("restarted", seconds=round(time.monotonic() - again, 1))
    health = await assistant.wait_ready()
    seconds = round(time.monotonic() - (again if began is None else began), 1)
    for name, state in health.components.items():
        if state != "ready":
            _say(f"{name} is {state}: station-assistant doctor tells why")
    if began is None:
        _say(f"{assistant.url} ready again in {seconds:.0f} s, with other content")
        return
    print(json.dumps({"ready": True, "url": assistant.url, "seconds": seconds}), flush=True)
    _say(f"{assistant.url} ready in {seconds:.0f} s")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
