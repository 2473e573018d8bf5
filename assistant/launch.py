"""Becomes another program that cannot outlive its parent: `launch.py <parent's pid> <argv...>`.

Run as a script by `process.py`, before anything else: a `preexec_fn` may deadlock in a program with threads.
"""

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, argv: list[str]) -> int:
    """Ties this process to `parent`, forbids core dumps, and becomes `argv`; returns only where that fails."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # the parent died before the line above took hold
        return 1
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        os.execvpe(argv[0], argv, os.environ)  # noqa: S606  argv is the supervisor's own
    except OSError as error:
        print(f"{argv[0]}: {error.strerror}", file=sys.stderr)
        return 127


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
