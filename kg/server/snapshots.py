"""The graph of a server: open for all requests, exchanged when a build has published a new state.

Answers to stored questions are kept as long as their state: over the whole of a large graph one may
take seconds, and the next reader of the page need not wait for it again.
"""

from __future__ import annotations

import logging
import os
from collections import OrderedDict
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Final

from kg.answers.questions import Answer, run
from kg.graph.store import Graph
from kg.messages import KgError, language
from kg.server.errors import Unavailable

__all__ = ["Snapshots", "State", "opened"]

_log = logging.getLogger(__name__)


_KEPT: Final = 50_000
"""Rows of answers that are kept, some tens of megabytes."""


@dataclass(slots=True)
class State:
    """One published state of the graph."""

    graph: Graph
    stamp: tuple[int, int]
    readers: int = 0
    _answers: OrderedDict[Hashable, Answer] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def answer(self, name: str, given: Mapping[str, str], as_of: str | None = None) -> Answer:
        """Answer a stored question as `kg.answers.questions.run` does, from what is kept where it was asked before."""
        # Notes have a language, and what is overdue or a unit of today changes with the day.
        key = (name, as_of, frozenset(given.items()), language(), date.today())
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        found = run(self.graph, name, as_of=as_of, **given)
        with self._lock:
            self._answers[key] = found
            while sum(1 + len(answer.rows) for answer in self._answers.values()) > _KEPT:
                self._answers.popitem(last=False)
        return found


def opened(directory: str | os.PathLike[str]) -> Graph:
    """Open the graph in ``directory`` to read it; raises `Unavailable` where that can't be done.

    The reason names a folder of this machine, so it goes to the log and not to the reader.
    """
    try:
        return Graph.open(directory)
    except KgError as error:
        _log.error("%s", error)
        raise Unavailable.of("server.graph") from error


class Snapshots:
    """The graph in a directory for many threads; each reads one whole state, from begin to end of its request."""

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self.directory = Path(directory)
        self._lock = Lock()
        self._held: State | None = None

    @contextmanager
    def graph(self) -> Iterator[Graph]:
        """Lend the graph of the last published state; raises `Unavailable` where none can be read."""
        with self.state() as state:
            yield state.graph

    @contextmanager
    def state(self) -> Iterator[State]:
        """Lend the last published state; raises `Unavailable` where there is no graph that can be read."""
        with self._lock:
            held = self._current()
            held.readers += 1
        try:
            yield held
        finally:
            with self._lock:
                held.readers -= 1
                if held is not self._held and not held.readers:
                    held.graph.close()

    def close(self) -> None:
        """Close the graph once nobody reads it."""
        with self._lock:
            self._retire(None)

    def _current(self) -> State:
        try:
            # Read before the graph is opened: a state published in between is opened again, never missed.
            status = (self.directory / "graph.json").stat()
            stamp = (status.st_mtime_ns, status.st_ino)
        except OSError:
            stamp = (0, 0)  # opening it tells why
        if self._held is None or self._held.stamp != stamp:
            self._retire(State(opened(self.directory), stamp))
        assert self._held is not None
        return self._held

    def _retire(self, successor: State | None) -> None:
        earlier, self._held = self._held, successor
        if earlier and not earlier.readers:
            earlier.graph.close()
