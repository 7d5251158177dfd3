"""The SPARQL 1.1 Protocol at ``/sparql``: queries by GET and both kinds of POST; updates are refused.

W3C Recommendation of 21 March 2013, section 2.1.  The graph to be asked can't be chosen in the
request (section 2.1.4): the default graph is the union of all, and ``FROM`` serves in the query.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from kg.messages import KgError
from kg.server import pages
from kg.server.errors import TooLarge
from kg.server.media import RESULTS, TRIPLES, ranked
from kg.server.results import ACCEPTED
from kg.server.worker import Worker

__all__ = ["in_browser", "router"]

_MOST: Final = 1_000_000
"""Bytes of a request that are read."""
_CONTENT: Final = {"content": {name: {} for name in (*RESULTS, *TRIPLES)}, "description": "the result"}
_PAGE: Final = "text/html"
_TEXT: Final = {"schema": {"type": "string"}}


def router(worker: Worker) -> APIRouter:
    """Return the routes at ``/sparql``; queries are evaluated by ``worker``."""
    routes = APIRouter(responses={200: dict(_CONTENT)})

    async def answer(request: Request, query: str, given: Mapping[str, list[str]]) -> Response:
        if given.get("default-graph-uri") or given.get("named-graph-uri"):
            raise KgError.of("server.dataset")
        accept, format = request.headers.get("accept", ""), given.get("format", [None])[-1]
        found = await run_in_threadpool(worker.answer, query, accept, format)
        # Only text may name its letters in the header (RFC 8259, section 11).
        media = f"{found.media}; charset=utf-8" if found.media.startswith("text/") else found.media
        return Response(found.content, headers={"Content-Type": media})

    @routes.get(
        "/sparql",
        summary="SPARQL 1.1 query",
        openapi_extra={
            "parameters": [
                {"name": "query", "in": "query", "required": True, **_TEXT},
                {
                    "name": "format",
                    "in": "query",
                    "schema": {"type": "string", "enum": list(dict.fromkeys((*RESULTS.values(), *TRIPLES.values())))},
                },
            ]
        },
    )
    async def by_get(request: Request) -> Response:
        given = _read(request.url.query)
        if not in_browser(request):
            return await answer(request, _query(given), given)
        query = given.get("query", [""])[-1]
        if not query.strip() and "update" not in given:
            return pages.sparql(request)
        try:
            return pages.sparql(request, query, await run_in_threadpool(worker.answer, _query(given), ACCEPTED))
        except KgError as error:
            return pages.sparql(request, query, refusal=error)

    @routes.post(
        "/sparql",
        summary="SPARQL 1.1 query",
        openapi_extra={
            "requestBody": {
                "content": {
                    "application/sparql-query": _TEXT,
                    "application/x-www-form-urlencoded": {
                        "schema": {"type": "object", "properties": {"query": {"type": "string"}}}
                    },
                }
            }
        },
    )
    async def by_post(request: Request) -> Response:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-update":
            raise KgError.of("sparql.update")
        if kind not in ("application/sparql-query", "application/x-www-form-urlencoded"):
            raise KgError.of("server.body")
        try:
            text = (await _body(request)).decode()
        except UnicodeDecodeError as error:
            raise KgError.of("server.body") from error
        if kind == "application/sparql-query":
            return await answer(request, text, _read(request.url.query))
        given = _read(text)
        return await answer(request, _query(given), given)

    return routes


def in_browser(request: Request) -> bool:
    """Whether a page is wanted: by GET, in no named format, and rather than any other form of a result."""
    wanted = ranked(request.headers.get("accept", ""))
    best = next((name for name in wanted if name == _PAGE or name in RESULTS or name in TRIPLES), None)
    return request.method == "GET" and best == _PAGE and "format" not in _read(request.url.query)


def _read(form: str) -> dict[str, list[str]]:
    return parse_qs(form, keep_blank_values=True)


def _query(given: Mapping[str, Any]) -> str:
    """The one query of a request."""
    if "update" in given:
        raise KgError.of("sparql.update")
    queries: list[str] = given.get("query", [])
    if len(queries) != 1 or not queries[0].strip():
        raise KgError.of("server.query")
    return queries[0]


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MOST:
            raise TooLarge.of("server.large", most=_MOST)
    return bytes(body)
