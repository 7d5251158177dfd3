"""Which names a server goes by, so that a page of elsewhere can't read it (DNS rebinding).

A hostile page may let its own name resolve to 127.0.0.1; the browser then sends that name as Host
(RFC 9110, section 7.2) and takes the answer for the page's own.  So a name must be known: this
machine's, that of ``--host``, or one given by ``--allow-host``.  An IP address never is such a
trick, since nobody else can be asked for it, and a server that listens everywhere can't list its
own; that is why Starlette's TrustedHostMiddleware, which needs a list, is not used.
"""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.server.errors import Misdirected

__all__ = ["Hosts", "is_known", "own_names"]


def own_names(*given: str) -> frozenset[str]:
    """Return the names of this machine with those ``given``."""
    return frozenset(name.lower().rstrip(".") for name in ("localhost", socket.gethostname(), *given) if name)


def is_known(header: str, names: Iterable[str]) -> bool:
    """Tell whether the value of a Host header is one of ``names``, a name below ``localhost``, or an IP address.

    >>> [is_known(host, {"localhost"}) for host in ("localhost:8000", "[::1]:8000", "10.1.2.3", "kg.localhost")]
    [True, True, True, True]
    >>> [is_known(host, {"localhost"}) for host in ("evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "")]
    [False, False, False, False]
    """
    try:
        name = (urlsplit(f"//{header}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if name in names or name.endswith(".localhost"):  # RFC 6761, section 6.3: never another machine
        return True
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


class Hosts:
    """ASGI middleware: a request for an unknown name gets what ``refuse`` makes of it, `Misdirected`."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        names: frozenset[str],
        refuse: Callable[[Request, Misdirected], Awaitable[Response]],
    ) -> None:
        self.app, self.names, self.refuse = app, names, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it; what is no HTTP request passes as it is."""
        app = self.app
        if scope["type"] == "http":
            given = Headers(scope=scope).get("host", "")
            if not is_known(given, self.names):
                app = await self.refuse(Request(scope), Misdirected.of("server.host", host=given[:200]))
        await app(scope, receive, send)
