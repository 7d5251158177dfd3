"""A way to the Neo4j server that breaks: it forwards bytes, and drops the connection around chosen commits.

Where the connection is lost while a transaction commits, the client can't know if it counts.  Of the
commits one is dropped before the server gets it, the next after the server has done it, and so on.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Final

__all__ = ["Way", "breaking"]

_COMMIT: Final = b"\x00\x02\xb0\x12\x00\x00"
"""The message COMMIT of Bolt: two bytes long, a structure with the tag 0x12, the end of the message."""


class Way:
    """The address to connect to, and how often the connection was dropped."""

    def __init__(self, server: int, every: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        self._server, self._every = server, every
        self._commits = 0
        self.dropped_before = self.dropped_after = 0

    def serve(self) -> None:
        """Accept connections until `close`."""
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._forward, args=(client,), daemon=True).start()

    def close(self) -> None:
        """Accept no more connections."""
        self._listener.close()

    def _forward(self, client: socket.socket) -> None:
        with closing(client), closing(socket.create_connection(("127.0.0.1", self._server))) as server:
            answers = threading.Thread(target=_copy, args=(server, client), daemon=True)
            answers.start()
            with suppress(OSError):
                while (data := client.recv(65536)) and self._passes(data, client):
                    server.sendall(data)
                if data and self.dropped_after == self.dropped_before:
                    server.sendall(data)
                    answers.join()  # the server has answered, and nobody listens
            for end in (server, client):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _passes(self, data: bytes, client: socket.socket) -> bool:
        """Count a commit; tell whether the connection goes on after ``data``."""
        if _COMMIT not in data:
            return True
        self._commits += 1
        if self._commits % self._every:
            return True
        if self.dropped_before > self.dropped_after:
            self.dropped_after += 1
            client.shutdown(socket.SHUT_RDWR)
        else:
            self.dropped_before += 1
        return False


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)


@contextmanager
def breaking(server: int, every: int) -> Iterator[Way]:
    """Open a way to the port ``server`` that drops the connection at each ``every``-th commit."""
    way = Way(server, every)
    threading.Thread(target=way.serve, daemon=True).start()
    try:
        yield way
    finally:
        way.close()
