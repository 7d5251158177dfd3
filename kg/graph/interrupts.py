"""Ctrl-C only where it can do no harm.

Python raises KeyboardInterrupt in the main thread between any two calls, also between taking a lock
and the block that gives it back.  Whoever waits for that lock then waits for ever.  So what shares
locks with other threads (futures, executors, the start of processes) is done while Ctrl-C is held.
"""

from __future__ import annotations

import math
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from typing import Any, Final, TypeVar

__all__ = ["finished", "held", "outcome", "submit"]

_Value = TypeVar("_Value")

_SLICE: Final = 0.2
"""Seconds that Ctrl-C waits at most while a future is waited for."""


@contextmanager
def held() -> Iterator[None]:
    """Let a Ctrl-C wait until the block is left; processes that are started in it never see one."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    # A process inherits what is blocked; a thread of the store may still take the signal for this one.
    handler = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(signal.SIGINT)


def submit(pool: Executor, function: Callable[..., _Value], *arguments: object, **named: Any) -> Future[_Value]:
    """Give work to ``pool``; a process that it starts for it leaves Ctrl-C to this one from its first moment."""
    with held():
        return pool.submit(function, *arguments, **named)


def finished(futures: Collection[Future[_Value]], *, seconds: float = math.inf) -> set[Future[_Value]]:
    """Wait until at least one of ``futures`` is done, or ``seconds`` are over; return those that are.

    When this is interrupted, what is under way goes on.
    """
    until = time.monotonic() + seconds
    while True:
        left = until - time.monotonic()
        with held():
            done = wait(futures, timeout=max(0.0, min(left, _SLICE)), return_when=FIRST_COMPLETED).done
        if done or left <= 0:
            return done


def outcome(future: Future[_Value]) -> _Value:
    """Wait for ``future``; return its result, or raise what it raised."""
    finished([future])
    with held():
        return future.result()
