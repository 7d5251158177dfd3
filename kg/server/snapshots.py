"""The graph of a server: open for all requests, exchanged when a build has published a new state."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from kg.server.errors import Unavailable
from kg.store import Graph, KgError

__all__ = ["Snapshots", "opened"]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Held:
    graph: Graph
    stamp: tuple[int, int]
    readers: int = 0


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
        self._held: _Held | None = None

    @contextmanager
    def graph(self) -> Iterator[Graph]:
        """Lend the last published state; raises `Unavailable` where there is no graph that can be read."""
        with self._lock:
            held = self._current()
            held.readers += 1
        try:
            yield held.graph
        finally:
            with self._lock:
                held.readers -= 1
                if held is not self._held and not held.readers:
                    held.graph.close()

    def close(self) -> None:
        """Close the graph once nobody reads it."""
        with self._lock:
            self._retire(None)

    def _current(self) -> _Held:
        try:
            # Read before the graph is opened: a state published in between is opened again, never missed.
            status = (self.directory / "graph.json").stat()
            stamp = (status.st_mtime_ns, status.st_ino)
        except OSError:
            stamp = (0, 0)  # opening it tells why
        if self._held is None or self._held.stamp != stamp:
            self._retire(_Held(opened(self.directory), stamp))
        assert self._held is not None
        return self._held

    def _retire(self, successor: _Held | None) -> None:
        earlier, self._held = self._held, successor
        if earlier and not earlier.readers:
            earlier.graph.close()
