"""`station-assistant backup|restore`: state and station in one file, and back."""

import argparse
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from assistant.accounts import audit
from assistant.accounts.models import MACHINE, Change
from assistant.accounts.opening import access_of
from assistant.backup import swap, unpack
from assistant.backup.models import DATABASE, STATE, STATION, BackupError, Manifest
from assistant.backup.pack import pack
from assistant.database import Database
from assistant.errors import StationError, Unavailable
from assistant.settings import Settings


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the commands."""
    parser = commands.add_parser("backup", help="save state and station in one file, also while the assistant runs")
    parser.add_argument("file", type=Path, help="the tar to write; it holds hashes of passwords, so keep it where strangers cannot read it")
    parser.set_defaults(run=backup)
    parser = commands.add_parser("restore", help="put a backup in the place of state and station; the assistant has to be stopped")
    parser.add_argument("file", type=Path, help="a tar of station-assistant backup")
    parser.add_argument("--check", action="store_true", help="look whether it is whole, and change nothing")
    parser.add_argument("--other-station", action="store_true", help="take it although it is of another station")
    parser.set_defaults(run=restore)


def backup(args: argparse.Namespace) -> int:
    """Writes the file."""
    os.umask(0o077)
    settings, now = Settings.load(), datetime.now(UTC)
    manifest = pack(settings, args.file, now)
    access = access_of(settings)
    try:
        with access.recorded(Change(actor=MACHINE, action="backup.made", object=f"backup:{now:%Y%m%dT%H%M%SZ}")):
            pass
    except Unavailable as error:
        print(f"{error.message}: the audit log does not tell of it")
    finally:
        access.database.close()
    size = sum(file.size for file in manifest.files)
    print(f"{args.file}: {len(manifest.files)} files, {size / 1e6:.1f} MB")
    if settings.console.database is not None:
        print("accounts and audit log are in PostgreSQL and not in it: save them with pg_dump")
    return 0


def restore(args: argparse.Namespace) -> int:
    """Checks the file, unpacks it beside, and swaps both folders."""
    os.umask(0o022)
    station, data = _folder("station"), _folder("data")
    swap.finish(data)
    manifest = unpack.read(args.file)
    if not args.other_station:
        _same_station(station, manifest)
    if args.check:
        print(f"{args.file} is whole: {len(manifest.files)} files of {manifest.made_at:%Y-%m-%d %H:%M} UTC, station {manifest.stop}")
        return 0
    with swap.alone(data):
        new = {STATE: swap.beside(data, "restoring"), STATION: swap.beside(station, "restoring")}
        for folder in new.values():
            shutil.rmtree(folder, ignore_errors=True)
            folder.parent.mkdir(parents=True, exist_ok=True)
        try:
            unpack.write(args.file, manifest, new)
            Settings.load(station=new[STATION])
            _noted(new[STATE] / Path(DATABASE).name, manifest)
            kept = swap.swap(data, [(new[STATE], data), (new[STATION], station)])
        finally:
            if not swap.under_way(data):
                for folder in new.values():
                    shutil.rmtree(folder, ignore_errors=True)
    print(f"restored as of {manifest.made_at:%Y-%m-%d %H:%M} UTC; everybody signs in anew")
    print("Tokens that were revoked since open doors again: look at them in the console.")
    for folder in kept:
        print(f"what was there before: {folder}")
    return 0


def _folder(name: str) -> Path:
    """A folder as the environment says it: the station file that may say more is what is to be restored."""
    given = os.environ.get(f"ASSISTANT_{name.upper()}") or Settings.model_fields[name].default
    return Path(given).absolute()


def _same_station(station: Path, manifest: Manifest) -> None:
    try:
        stop = Settings.load(station=station).stop
    except StationError:  # there is none yet, or it is what is to be mended
        return
    if stop != manifest.stop:
        hint = "set ASSISTANT_STATION to the folder it is for, or add --other-station"
        raise BackupError(f"the backup is of the station {manifest.stop}, and {station} is {stop}", hint=hint)


def _noted(database: Path, manifest: Manifest) -> None:
    """The audit log that comes back tells that it did."""
    if manifest.schema_version is None:
        return
    opened = Database.open(f"sqlite:///{database}")
    try:
        with opened.writing() as session:
            change = Change(actor=MACHINE, action="backup.restored", object=f"backup:{manifest.made_at:%Y%m%dT%H%M%SZ}")
            audit.append(session, change, datetime.now(UTC))
    finally:
        opened.close()
