"""`python -m assistant.speech.worker --socket PATH --models FOLDER --languages en,zh,ko`."""

import argparse
import asyncio
import os
import signal
from collections.abc import Sequence
from pathlib import Path

from assistant import log
from assistant.speech.endpointing import Limits
from assistant.speech.worker import engines
from assistant.speech.worker.connection import Connection, Shared
from assistant.speech.worker.pool import Pool
from assistant.speech.worker.prepared import Prepared

THREADS = 2
MOST_UTTERANCES = 4


def main() -> int:
    """Serves until SIGTERM. The socket opens once the engines are loaded."""
    log.configure()
    os.environ["HF_HUB_OFFLINE"] = "1"
    args = _parser().parse_args()
    asyncio.run(serve(args))
    # Engines keep threads of their own; a decoder that hangs must not keep the process.
    os._exit(0)


async def serve(args: argparse.Namespace) -> None:
    """Loads the engines, serves the socket, and ends cleanly when told to."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    wanted = engines.Wanted(
        languages=tuple(args.languages.split(",")), engines=dict(args.engine), voices=dict(args.voice), scripted=args.scripted,
        speeds=_numbers(args.speed), volumes=_numbers(args.volume),
    )  # fmt: skip
    loaded = await engines.load(wanted, args.models)
    pool = Pool(THREADS)
    limits = Limits(**_numbers(args.limit))
    prepared = Prepared(loaded.synthesizers)
    shared = Shared(engines=loaded, prepared=prepared, pool=pool, longest_s=args.longest_s, limits=limits, most_utterances=MOST_UTTERANCES)
    args.socket.unlink(missing_ok=True)
    server = await asyncio.start_unix_server(lambda reader, writer: Connection(shared, reader, writer).run(), args.socket)
    args.socket.chmod(0o600)
    await stop.wait()
    server.close()
    args.socket.unlink(missing_ok=True)
    pool.close()
    prepared.close()
    await loaded.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="assistant.speech.worker")
    parser.add_argument("--socket", type=Path, required=True, help="Unix socket, in a folder that only we may enter")
    parser.add_argument("--models", type=Path, required=True, help="folder of all models")
    parser.add_argument("--languages", required=True, help="as en,zh,ko")
    parser.add_argument("--engine", type=_pair, action="append", default=[], help="recogniser of a language, as en=whisper")
    parser.add_argument("--voice", type=_pair, action="append", default=[], help="synthesiser of a language, as en=pyttsx3")
    parser.add_argument("--speed", type=_pair, action="append", default=[], help="speed of a language's voice, as en=0.9")
    parser.add_argument("--volume", type=_pair, action="append", default=[], help="loudness of a language's voice, as en=0.8")
    parser.add_argument("--scripted", action="append", default=[], help="a text for the scripted recogniser")
    parser.add_argument("--longest-s", type=float, default=20.0, help="longest utterance, in seconds")
    parser.add_argument("--limit", type=_pair, action="append", default=[], help="a limit of the endpointer, as end_s=0.65")
    return parser


def _pair(text: str) -> tuple[str, str]:
    language, equals, name = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("wanted: name=value")
    return language, name


def _numbers(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    return {name: float(value) for name, value in pairs}


if __name__ == "__main__":
    raise SystemExit(main())
