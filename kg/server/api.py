"""The JSON API: what the commands ``ask``, ``query``, ``lookup`` and ``stats`` print with ``--format json``.

Each stored question is a path of its own, so that ``/openapi.json`` lists its parameters.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from kg.answers.ask import ask
from kg.answers.lookup import Candidate, search
from kg.answers.questions import StoredQuery, stored, stored_queries
from kg.graph.stats import Stats, stats
from kg.messages import KgError, language
from kg.server.errors import NotFound
from kg.server.snapshots import Snapshots

__all__ = ["asked_day", "question", "router"]

Row = dict[str, Any]
_SETTINGS = frozenset({"as_of", "today_units", "lang"})
"""Parameters of the request that are none of the question."""


class Problem(BaseModel):
    """Why a request was refused, and what to do about it."""

    problem: str
    remedy: str


class Parameter(BaseModel):
    """What varies in a stored question."""

    name: str
    type: str
    required: bool
    default: str | None
    description: str


class Column(BaseModel):
    """A column of an answer."""

    name: str
    description: str


class Question(BaseModel):
    """A stored question, in the language asked for."""

    name: str
    title: str
    question: str
    reasoning: str
    parameters: list[Parameter]
    columns: list[Column]


class Answered(BaseModel):
    """Rows with their evidence; ``notes`` are what a person should know about them."""

    query: str
    parameters: dict[str, Any]
    as_of: str | None
    columns: list[str]
    rows: list[Row]
    notes: list[str]


class Understood(Answered):
    """What a wording was understood to ask, with the answer."""

    question: str
    unused: list[str]


class NotUnderstood(BaseModel):
    """A wording that no stored question fits, with the names of the nearest ones."""

    question: str
    query: None
    nearest: list[str]


_AsOf = Annotated[str | None, Query(description="units of this day, such as 2024-12-31")]
_TodayUnits = Annotated[bool, Query(description="units of today")]
_Lang = Annotated[str | None, Query(description="language of messages, vi or en", pattern="^(vi|en)$")]


def asked_day(as_of: str | None, today_units: bool) -> str | None:
    """Return the day that the two parameters ask for; raises KgError where both are given."""
    if as_of and today_units:
        raise KgError.of("server.units")
    return "today" if today_units else as_of or None


def question(name: str) -> StoredQuery:
    """Return the stored question ``name``; raises `NotFound` with the nearest names where there is none."""
    try:
        return stored(name)
    except KgError as error:
        raise NotFound.because(error) from error


def router(snapshots: Snapshots) -> APIRouter:
    """Return the routes below ``/api``."""
    refused: dict[int | str, dict[str, Any]] = {
        400: {"model": Problem, "description": "a value that can't be read"},
        503: {"model": Problem, "description": "the graph can't be read just now"},
    }
    routes = APIRouter(prefix="/api", responses=refused)

    @routes.get("/ask", summary="A question in words, in Vietnamese or English")
    def ask_in_words(
        q: Annotated[str, Query(description="the question", min_length=1, max_length=2000)],
        as_of: _AsOf = None,
        today_units: _TodayUnits = False,
        lang: _Lang = None,
    ) -> Understood | NotUnderstood:
        with snapshots.graph() as graph:
            understood, answer = ask(graph, q, as_of=asked_day(as_of, today_units))
        told = understood.to_dict(q, answer)
        return Understood(**told) if answer else NotUnderstood(**told)

    @routes.get("/queries", summary="The stored questions")
    def queries(lang: _Lang = None) -> list[Question]:
        return [Question(**_in_language(found.to_dict())) for found in stored_queries()]

    def answer(name: str, request: Request, as_of: str | None, today_units: bool) -> Answered:
        question(name)
        given = {key: value for key, value in request.query_params.items() if key not in _SETTINGS}
        with snapshots.state() as state:
            return Answered(**state.answer(name, given, asked_day(as_of, today_units)).to_dict())

    def endpoint(name: str) -> Callable[..., Answered]:
        def one(
            request: Request, as_of: _AsOf = None, today_units: _TodayUnits = False, lang: _Lang = None
        ) -> Answered:
            return answer(name, request, as_of, today_units)

        return one

    for found in stored_queries():
        routes.add_api_route(
            f"/queries/{found.name}",
            endpoint(found.name),
            summary=found.title["en"],
            operation_id=f"query_{found.name}",
            openapi_extra={"parameters": [_described(parameter) for parameter in found.to_dict()["parameters"]]},
        )

    @routes.get("/queries/{name}", include_in_schema=False)
    def unknown(name: str) -> Question:
        return Question(**_in_language(question(name).to_dict()))

    @routes.get("/lookup", summary="A citation, written in any way")
    def look_up(
        q: Annotated[str, Query(description="the citation", min_length=1, max_length=2000)],
        response: Response,
        limit: Annotated[int, Query(ge=1, le=1000)] = 10,
        relations: Annotated[int, Query(ge=0, description="documents listed of each kind of relation")] = 20,
        lang: _Lang = None,
    ) -> list[Candidate]:
        with snapshots.graph() as graph:
            found = search(graph, q, limit, relations)
        response.headers["X-Total-Count"] = str(found.total)
        return found.candidates

    @routes.get("/stats", summary="What is in the graph, in numbers")
    def count() -> Stats:
        with snapshots.graph() as graph:
            return stats(graph)

    return routes


def _described(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter of a stored question as OpenAPI has it."""
    schema = {"type": "string"} | ({"default": parameter["default"]} if parameter["default"] else {})
    return {
        "name": parameter["name"],
        "in": "query",
        "required": parameter["required"],
        "description": f"{parameter['type']}: {parameter['description']['en']}",
        "schema": schema,
    }


def _in_language(told: Any) -> Any:
    """The same with each text in the language of the request."""
    if isinstance(told, dict):
        if told.keys() == {"vi", "en"}:
            return told[language()]
        return {key: _in_language(value) for key, value in told.items()}
    return [_in_language(value) for value in told] if isinstance(told, list) else told
