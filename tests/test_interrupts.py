"""Ctrl-C at any moment of waiting for a thread: the thread ends, and so does whoever waits for it."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import FrameType
from typing import Any

import pytest

from kg.graph.interrupts import finished, held, outcome, submit

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def interrupted(function: Callable[[], object], moment: int) -> bool:
    """Call ``function``, with Ctrl-C at the nth line, call or return in it; tell whether it got there."""
    passed = 0

    def trace(_frame: FrameType, _event: str, _argument: object) -> Any:
        nonlocal passed
        passed += 1
        if passed == moment:
            sys.settrace(None)
            signal.raise_signal(signal.SIGINT)
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return passed >= moment


def ends(pool: ThreadPoolExecutor) -> bool:
    """Whether all threads of ``pool`` end; they are waited for in another thread, since they may not."""
    waiting = threading.Thread(target=pool.shutdown, daemon=True)
    waiting.start()
    waiting.join(10)
    return not waiting.is_alive()


def test_a_thread_ends_at_whatever_moment_its_work_is_waited_for_and_interrupted() -> None:
    moment, again = 0, True
    while again:
        moment += 1
        pool, gate = ThreadPoolExecutor(1), SimpleQueue[bool]()  # a queue in C: no moments within it
        begun: list[Future[bool]] = []

        def work(pool: ThreadPoolExecutor = pool, gate: SimpleQueue[bool] = gate, begun: Any = begun) -> None:
            begun.append(submit(pool, gate.get))
            finished(begun, seconds=0)
            gate.put(True)
            outcome(begun[0])

        again = interrupted(work, moment)
        gate.put(True)
        assert ends(pool), f"a thread hangs after Ctrl-C at moment {moment}"
    assert moment > 100, "the moments within the standard library were seen"


def test_ctrl_c_waits_until_the_block_is_left() -> None:
    steps = []
    with pytest.raises(KeyboardInterrupt):
        with held():
            signal.raise_signal(signal.SIGINT)
            steps.append("in the block")
        steps.append("after it")
    assert steps == ["in the block"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
