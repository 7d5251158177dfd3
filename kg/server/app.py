"""The web application of a graph: pages, JSON API and SPARQL endpoint."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from kg.messages import KgError
from kg.server import api, pages, sparql
from kg.server.errors import NotAllowed, NotFound, status_of
from kg.server.hosts import Hosts, own_names
from kg.server.manners import Manners
from kg.server.snapshots import Snapshots
from kg.server.worker import Worker

__all__ = ["create_app"]

_FOR_PROGRAMS = ("/api/", "/sparql", "/openapi.json")


def create_app(graph_dir: str | os.PathLike[str], *, query_seconds: float = 30.0, hosts: Iterable[str] = ()) -> FastAPI:
    """Return the application for the graph in ``graph_dir``, which it only reads.

    A newly published state is taken up by the next request.  A query at ``/sparql`` has
    ``query_seconds``.  Requests may name this machine, an IP address or one of ``hosts``
    (`kg.server.hosts`).  ``/openapi.json`` describes the API; there is no page for it, since those
    that FastAPI has would load scripts from elsewhere.
    """
    snapshots = Snapshots(graph_dir)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        snapshots.close()

    app = FastAPI(
        title="vn-legal-kg",
        version=version("vn-legal-kg"),
        description="Knowledge graph of the legal documents that Viet Nam's administration cites and carries out.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.include_router(api.router(snapshots))
    app.state.worker = Worker(graph_dir, seconds=query_seconds)
    app.include_router(sparql.router(app.state.worker))
    app.include_router(pages.router(snapshots))

    @app.exception_handler(KgError)
    async def refused(request: Request, error: KgError) -> Response:
        status = status_of(error)
        if _for_program(request):
            return JSONResponse({"problem": error.problem, "remedy": error.remedy}, status)
        return pages.problem(request, error, status)

    app.add_middleware(Hosts, names=own_names(*hosts), refuse=refused)
    app.add_middleware(Manners)  # the last one added is the outermost: a refusal has its language and headers too

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        names = ", ".join(dict.fromkeys(str(found["loc"][-1]) for found in error.errors()))
        return await refused(request, KgError.of("server.parameter", name=names))

    @app.exception_handler(HTTPException)
    async def unknown(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return await refused(request, NotFound.of("server.nowhere"))
        response = await refused(request, NotAllowed.of("server.method", method=request.method))
        response.headers.update(error.headers or {})  # Allow names the methods that it takes
        return response

    return app


def _for_program(request: Request) -> bool:
    """Whether what is wrong is told as JSON; the SPARQL form in a browser gets a page."""
    path = request.url.path
    return path.startswith(_FOR_PROGRAMS) and not (path == "/sparql" and sparql.in_browser(request))
