"""Write every requirements lock anew: hash-pinned, one per platform, without download addresses. Run by `make locks`."""

import argparse
import subprocess
import sys
from pathlib import Path

from bootstrap import find_uv

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = Path("deploy/requirements")
PLATFORMS = ("x86_64", "aarch64")
SOURCE_ONLY = ("docopt", "mattermostwrapper", "python-aqi", "randomname", "srt")
"""Plain Python that comes without wheels. Anything else without a wheel for a platform fails here, and not on somebody's kiosk."""


class Locks:
    """The locks of one checkout; pins already there stay unless `upgrade` is asked for."""

    def __init__(self, uv: str, *, upgrade: bool) -> None:
        self.uv = uv
        self.upgrade = upgrade

    def compile(self, project: str, source: str, lock: str, *options: str) -> None:
        """Resolve `source` of the folder `project` into `lock` beside it."""
        print(f"  {Path(project, lock)}", flush=True)
        command = [self.uv, "pip", "compile", "--quiet", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
        command += ["--only-binary", ":all:", *(word for name in SOURCE_ONLY for word in ("--no-binary", name))]
        command += ["--custom-compile-command", "make locks", "--output-file", lock, *options, source]
        subprocess.run(command + (["--upgrade"] if self.upgrade else []), cwd=str(ROOT / project), check=True)

    def tools(self) -> None:
        """uv itself, and what builds packages that come as source only: the same for every platform."""
        for tool, python in (("build", "3.10"), ("uv", "3.8")):
            lock = str(REQUIREMENTS / tool)
            self.compile(".", lock + ".in", lock + ".txt", "--universal", "--python-version", python)

    def environments(self, machine: str) -> None:
        """The assistant with and without what its tests need, and the dialogues, for one kind of machine."""
        platform = ["--python-platform", f"{machine}-manylinux_2_28"]
        lock, tests = (str(REQUIREMENTS / f"{prefix}{machine}.txt") for prefix in ("", "dev-"))
        self.compile(".", "pyproject.toml", lock, "--python-version", "3.12", *platform)
        self.compile(".", "pyproject.toml", tests, "--group", "dev", "--constraints", lock, "--python-version", "3.12", *platform)
        self.compile("dialogues", "pyproject.toml", f"requirements/{machine}.txt", "--python-version", "3.10", *platform)


def main() -> int:
    """Compile them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")
    arguments = parser.parse_args()
    locks = Locks(find_uv(), upgrade=arguments.upgrade)
    locks.tools()
    for machine in PLATFORMS:
        locks.environments(machine)
    return 0


if __name__ == "__main__":
    sys.exit(main())
