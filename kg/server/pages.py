"""Pages for people: ask, the stored questions with their forms, and what is known of a document.

They are made here, whole, so they need no script; Jinja escapes all that comes from a source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Annotated, Any, Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.answers.ask import Understanding, ask
from kg.answers.lookup import is_citation, lookup
from kg.answers.questions import Answer, StoredQuery, stored, stored_queries
from kg.documents.urn import is_candidate, is_urn
from kg.graph.store import Graph
from kg.messages import LANGUAGES, KgError, language, messages, worded
from kg.output.identified import identifiers
from kg.output.render import as_figure
from kg.output.spoken import named
from kg.report.documents import documents
from kg.report.naming import names
from kg.report.words import Words
from kg.server.api import asked_day, question
from kg.server.errors import NotFound, Unavailable, status_of
from kg.server.prose import prose
from kg.server.results import result
from kg.server.snapshots import Snapshots
from kg.server.view import MOST, View, document_path, view
from kg.server.worker import Found

__all__ = ["problem", "router", "sparql"]

_RELATIONS_SHOWN: Final = 100
"""Documents of each kind of relation on the page of a document."""
_OF_DOCUMENT: Final = (
    "provinces-implementing",
    "amended-by",
    "amends",
    "legal-basis",
    "tasks-of",
    "findings",
    "who-cites",
)
"""Stored questions that the page of a document answers, in its order."""
_LABELS: Final = (
    "after",
    "amended",
    "answeredFor",
    "basis",
    "before",
    "change",
    "code",
    "deadline",
    "document",
    "held",
    "now",
    "older",
    "other",
    "reported",
    "severity",
    "status",
    "via",
)
_EXAMPLES: Final = ("example.provinces", "example.overdue", "example.citation")
_BEGIN: Final = ("reports", "most-implemented", "coverage-matrix", "overdue-tasks", "findings")
"""Stored questions to begin with: they need no parameter."""


def text(key: str, /, **values: object) -> str:
    """Return the text of ``key`` in the language of the request."""
    return worded(messages("server")[key][language()], **values)


def router(snapshots: Snapshots) -> APIRouter:
    """Return the routes of the pages."""
    routes = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @routes.get("/")
    def home(
        request: Request,
        q: Annotated[str, Query(max_length=2000)] = "",
        as_of: str | None = None,
        today_units: bool = False,
    ) -> Response:
        wording = q.strip()
        if not wording:
            return _page(
                "home.html",
                request,
                title=text("home"),
                examples=[text(key) for key in _EXAMPLES],
                queries=[stored(name) for name in _BEGIN],
            )
        with snapshots.graph() as graph:
            understood, answer = ask(graph, wording, as_of=asked_day(as_of, today_units))
            cited = answer is None and is_citation(wording)
            found = lookup(graph, wording) if cited else []
            shown = _views(graph, [answer] if answer else [])
            called = names(graph, [candidate.urn for candidate in found], Words(language()))
        near = [stored(name) for name in understood.nearest] or list(stored_queries())
        return _page(
            "answer.html",
            request,
            title=wording,
            understood=understood,
            answer=next(iter(shown), None),
            given=dict(understood.params),
            query=answer.query if answer else None,
            cited=cited,
            candidates=found,
            called=called,
            nearest=[(query, _known(query, understood)) for query in near],
        )

    @routes.get("/queries")
    def queries(request: Request) -> Response:
        listed = sorted(stored_queries(), key=lambda query: query.title[language()])
        return _page("queries.html", request, title=text("queries"), queries=listed)

    @routes.get("/queries/{name}")
    def query(request: Request, name: str, as_of: str | None = None, today_units: bool = False) -> Response:
        asked = question(name)
        known = {parameter.name for parameter in asked.parameters}
        given = {key: value.strip() for key, value in request.query_params.items() if key in known and value.strip()}
        shown: list[View] = []
        refusal = None
        if given or "run" in request.query_params or not any(parameter.required for parameter in asked.parameters):
            try:
                with snapshots.state() as state:
                    shown = _views(state.graph, [state.answer(name, given, asked_day(as_of, today_units))])
            except Unavailable:
                raise
            except KgError as error:
                refusal = error
        return _page(
            "query.html",
            request,
            status=status_of(refusal) if refusal else 200,
            title=asked.title[language()],
            query=asked,
            given=given,
            as_of=as_of or "",
            today_units=today_units,
            answer=next(iter(shown), None),
            refusal=refusal,
        )

    @routes.get("/document/{iri:path}")
    def document(request: Request, iri: str) -> Response:
        if not (is_urn(iri) or is_candidate(iri)):
            raise NotFound.of("server.document", given=iri[:200])
        with snapshots.state() as state:
            graph = state.graph
            found = lookup(graph, iri, 1, _RELATIONS_SHOWN)
            if not found:
                raise NotFound.of("server.document", given=iri[:200])
            known = found[0]
            others = {str(relation["document"]) for relation in known.relations if relation["document"]}
            about = documents(graph, [known.urn])[known.urn]
            answers = [state.answer(name, {"document": known.urn}) for name in _OF_DOCUMENT]
            shown = _views(graph, [answer for answer in answers if answer.rows], known.urn)
            called = names(graph, others, Words(language()))
        return _page(
            "document.html",
            request,
            title=Words(language()).document(about) if about.label == known.label else known.label,
            document=known,
            about=about,
            called=called,
            undecided=is_candidate(known.urn),
            relations_shown=_RELATIONS_SHOWN,
            answers=[(answer, {"document": known.urn}) for answer in shown],
        )

    @routes.get("/style.css")
    def style() -> Response:
        return Response(_style(), media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    return routes


def sparql(request: Request, query: str = "", found: Found | None = None, refusal: KgError | None = None) -> Response:
    """Return the form for a SPARQL query, with the result of ``query`` or what is wrong with it."""
    return _page(
        "sparql.html",
        request,
        status=status_of(refusal) if refusal else 200,
        title="SPARQL",
        query=query,
        result=result(found) if found else None,
        refusal=refusal,
    )


def problem(request: Request, error: KgError, status: int) -> Response:
    """Return the page that says what is wrong and what to do."""
    return _page("problem.html", request, status=status, title=text("problem"), refusal=error)


def _views(graph: Graph, answers: Sequence[Answer], own: str | None = None) -> list[View]:
    """What a page shows of each answer; ``own`` is the document whose page it is."""
    words = Words(language())
    labels = {name: text(f"column.{name}") for name in _LABELS}
    called = names(graph, identifiers(row for answer in answers for row in answer.rows[:MOST]), words)
    return [view(answer, words, labels, called, own) for answer in answers]


def _known(query: StoredQuery, understood: Understanding) -> dict[str, str]:
    """The parameters of ``query`` that the wording gives."""
    if len(understood.documents) != 1:
        return {}
    return {p.name: understood.documents[0] for p in query.parameters[:1] if p.type == "document"}


def _page(template: str, request: Request, *, title: str, status: int = 200, **values: object) -> Response:
    chosen = request.query_params.get("lang")
    spoken = {"lang": chosen} if chosen in LANGUAGES else {}

    def link(path: str, parameters: Mapping[str, str] | None = None, **more: str) -> str:
        """A path of this server with its parameters, in the language that was asked for by hand."""
        pairs = {**(parameters or {}), **more, **spoken}
        return f"{path}?{urlencode(pairs)}" if pairs else path

    others = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    translated = [
        (lang, f"{quote(request.url.path, safe='/:;.+')}?{urlencode([*others, ('lang', lang)])}") for lang in LANGUAGES
    ]
    page = _environment().get_template(template)
    context: dict[str, Any] = {
        "t": text,
        "words": Words(language()),
        "lang": language(),
        "link": link,
        "named": named,
        "document_path": document_path,
        "prose": lambda said: prose(said, language(), text, link, document_path),
        "translated": translated,
        "spoken": spoken,
        "wording": request.query_params.get("q", ""),
        "version": version("vn-legal-kg"),
    }
    return HTMLResponse(page.render(**context, title=title, **values), status)


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("kg.server", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["figure"] = as_figure
    found.filters["line"] = lambda quoted: " ".join(quoted.split())
    found.filters["open"] = lambda asked: re.sub(r"\{\w+\}", "…", asked)
    return found


@cache
def _style() -> bytes:
    return files("kg.server").joinpath("templates/style.css").read_bytes()
