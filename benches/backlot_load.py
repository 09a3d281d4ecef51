"""Calls from eight threads, and the CPU time that the whole process took for each.

What is made before the first call, and the first calls themselves, are not counted: imports,
connections and threads are there when the clock starts.
"""

from __future__ import annotations

import json
import resource
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

THREADS = 8

FIRST = 20
"""Calls of each thread before the clock starts."""


def cpu_seconds() -> float:
    """User and system time of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def load(make: Callable[[], Callable[[], object]], calls: int) -> None:
    """Call from all threads and print what it cost as JSON.

    Each thread asks ``make`` for what it calls, so that it can have a session of its own.
    """
    started: list[float] = []
    # The last thread that is ready notes the time, while all others wait.
    ready = threading.Barrier(THREADS, lambda: started.append(cpu_seconds()))

    def work() -> None:
        call = make()
        for _ in range(FIRST):
            call()
        ready.wait()
        for _ in range(calls):
            call()

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(work) for _ in range(THREADS)]:
            done.result()
    used = cpu_seconds() - started[0]
    print(json.dumps({"microseconds": used / (THREADS * calls) * 1e6}))
