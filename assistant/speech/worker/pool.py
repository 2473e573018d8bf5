"""A bounded number of threads for native code that blocks."""

import asyncio
import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

HUNG_S = 20.0
"""No engine works so long on one piece of an utterance unless it hangs."""


class Pool:
    """Runs blocking calls in threads and knows since when each of them runs."""

    def __init__(self, threads: int, hung_s: float = HUNG_S) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="engine")
        self._hung_s = hung_s
        self._numbers = itertools.count()
        self._began: dict[int, float] = {}

    async def run[**P, T](self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs `call` in one of the threads."""
        number = next(self._numbers)

        def timed() -> T:
            self._began[number] = time.monotonic()
            try:
                return call(*args, **kwargs)
            finally:
                del self._began[number]

        return await asyncio.get_running_loop().run_in_executor(self._executor, timed)

    def hung(self) -> bool:
        """True where a call has been running for longer than any should."""
        now = time.monotonic()
        return any(now - began > self._hung_s for began in tuple(self._began.values()))

    def close(self) -> None:
        """Takes no more calls; those that run are not waited for."""
        self._executor.shutdown(wait=False, cancel_futures=True)
