"""What every request and response has: a language, and headers that keep a page from doing harm.

The language is that of ``?lang=``, else the first of ``Accept-Language`` that there is, else the server's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.messages import LANGUAGES, language, speaking
from kg.server.media import ranked

__all__ = ["Manners", "chosen"]

_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept, Accept-Language",
}


def chosen(given: str | None, accepted: str) -> str:
    """Return the language for a request with ``?lang=given`` and the header ``accepted``.

    >>> chosen("vi", "en"), chosen(None, "fr, en-GB;q=0.8, vi;q=0.9"), chosen("de", "en")
    ('vi', 'vi', 'en')
    """
    if given in LANGUAGES:
        return given
    wanted = (name[:2].lower() for name in ranked(accepted))
    return next((name for name in wanted if name in LANGUAGES), language())


class Manners:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request in its language; what is no HTTP request passes as it is."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [None])[-1]

        async def polite(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        with speaking(chosen(given, Headers(scope=scope).get("accept-language", ""))):
            await self.app(scope, receive, polite)
