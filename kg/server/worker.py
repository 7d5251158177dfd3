"""A SPARQL query in a process of its own, which is stopped when its time is over.

The store can't be told to give up a query, and one that multiplies the graph with itself runs for
days; a process can be ended, and takes its memory with it.  New processes come from a small one
that has loaded the store already, so a query waits some hundredths of a second for its own.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import BoundedSemaphore
from typing import Final

from pyoxigraph import QueryTriples

from kg.graph.results import written
from kg.messages import KgError, language, speaking
from kg.server.errors import Busy, NotAcceptable, TimedOut, Unavailable
from kg.server.media import RESULTS, TRIPLES, choose
from kg.server.snapshots import opened

__all__ = ["Found", "Worker"]


@dataclass(frozen=True, slots=True)
class Found:
    """A result as it is sent."""

    media: str
    content: bytes


class Worker:
    """Answers at most ``at_once`` queries at a time, each within ``seconds``."""

    def __init__(self, directory: str | os.PathLike[str], *, seconds: float = 30.0, at_once: int = 4) -> None:
        self.directory, self.seconds = os.fspath(directory), seconds
        self._free = BoundedSemaphore(at_once)
        self._context: Final = _context()
        self._running: Final = set[BaseProcess]()
        self._stopped = False

    def stop(self) -> None:
        """End the queries that are running, and take no more: the server ends, and need not wait for them."""
        self._stopped = True
        for process in tuple(self._running):
            with suppress(ValueError):  # it has come to its end just now
                process.kill()

    def answer(self, query: str, accept: str, format: str | None = None) -> Found:
        """Evaluate ``query`` in the form that the header ``accept`` wants, or in ``format`` of `Graph.answer`.

        Raises KgError as `Graph.query` does, `Busy` where too many are asked at once, `TimedOut`
        after the time, and `NotAcceptable` where ``accept`` names no form of the result.
        """
        if self._stopped:
            raise Unavailable.of("server.stopped")
        if not self._free.acquire(blocking=False):
            raise Busy.of("server.busy")
        try:
            return self._run(query, accept, format)
        finally:
            self._free.release()

    def _run(self, query: str, accept: str, format: str | None) -> Found:
        receiver, sender = self._context.Pipe(duplex=False)
        process = self._context.Process(
            target=_work, args=(sender, self.directory, query, accept, format, language()), daemon=True
        )
        with receiver:
            with sender:
                process.start()
            self._running.add(process)
            try:
                if not receiver.poll(self.seconds):
                    raise TimedOut.of("server.time", seconds=f"{self.seconds:g}")
                reply = receiver.recv()
            except EOFError as error:
                if self._stopped:
                    raise Unavailable.of("server.stopped") from error
                raise TimedOut.of("server.ended") from error  # the system ended it, for want of memory
            finally:
                self._running.discard(process)
                process.kill()
                process.join()
                process.close()
        if isinstance(reply, Found):
            return reply
        kind, problem, remedy = reply
        raise kind(problem, remedy)


def _context() -> multiprocessing.context.ForkServerContext | multiprocessing.context.SpawnContext:
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _work(sender: Connection, directory: str, query: str, accept: str, format: str | None, lang: str) -> None:
    """Send a `Found`, or the class and the texts of what went wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    with speaking(lang):
        try:
            sender.send(_found(directory, query, accept, format))
        except KgError as error:
            sender.send((type(error), error.problem, error.remedy))


def _found(directory: str, query: str, accept: str, format: str | None) -> Found:
    with opened(directory) as graph:
        found = graph.query(query)
        known = TRIPLES if isinstance(found, QueryTriples) else RESULTS
        if format:
            media = next((name for name, form in known.items() if form == format), "text/plain")
        elif (wanted := choose(accept, known)) is None:
            raise NotAcceptable.of("server.media", names=", ".join(known))
        else:
            media = wanted
        return Found(media, written(found, format or known[media]))
