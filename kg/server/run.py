"""The server as a process: a socket, the application, and an end by Ctrl-C."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import FrameType

from kg.graph.store import Graph
from kg.messages import KgError, told

__all__ = ["serve"]

_PATIENCE = 5
"""Seconds that requests have to come to their end when the server is stopped."""


def serve(
    directory: str | os.PathLike[str],
    host: str,
    port: int,
    *,
    query_seconds: float,
    hosts: Iterable[str],
    ready: Callable[[str], None],
) -> None:
    """Serve the graph in ``directory`` until SIGINT or SIGTERM; ``ready`` is told the address, port 0 is any free one.

    ``hosts`` are names that requests may call the server by, beside ``host`` and this machine's own.

    Raises KgError where the libraries are missing, there is no graph, or the address can't be had.
    """
    try:
        import uvicorn

        from kg.server.app import create_app
    except ImportError as error:
        raise KgError.of("server.missing") from error
    Graph.open(directory).close()  # a folder without a graph is told here, not at the first request
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise KgError.of("server.address", host=host, port=port, error=told(error)) from error
    app = create_app(directory, query_seconds=query_seconds, hosts=(host, *hosts))

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            app.state.worker.stop()
            super().handle_exit(sig, frame)

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_PATIENCE,
    )
    with listening:
        name = f"[{host}]" if ":" in host else host
        ready(f"http://{name}:{listening.getsockname()[1]}/")
        # uvicorn ends what runs, then raises the signal again.
        with suppress(KeyboardInterrupt):
            Server(config).run(sockets=[listening])
