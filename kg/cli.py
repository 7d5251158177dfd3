"""The command ``kg``: a thin shell over the package.

Results go to stdout, progress and warnings to stderr.  Exit codes: 0 all well; 1 some inputs
failed (each named on stderr, the rest done); 2 wrong usage; 130 interrupted.  Each command imports what it
needs when it runs, so that the command line starts at once.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from kg.commandline import (
    Command,
    Decorator,
    Option,
    Spoken,
    Topic,
    asked_day,
    assigned,
    click_speaking,
    graph_option,
    option,
    units_options,
)
from kg.messages import language, say, told
from kg.neo4j.commands import neo4j_group
from kg.output.terminal import (
    aligned,
    echo_answer,
    echo_csv,
    echo_json,
    echo_rows,
    echo_table,
    echo_text,
    warn,
)
from kg.report.commands import report_group
from kg.server.commands import serve_command
from kg.spark.commands import spark_group

if TYPE_CHECKING:
    from kg.answers.ask import Understanding
    from kg.answers.questions import StoredQuery
    from kg.graph.store import Graph
    from kg.loaders import Source
    from kg.model import Extraction

__all__ = ["main"]


# --- texts in the user's language -----------------------------------------------------------------------------


class _Group(Spoken, click.Group):
    """The command ``kg`` itself: sets up the process, and turns the errors a user can mend into one line."""

    command_class = Command

    @property
    def help(self) -> str:
        return say("help.kg")

    @help.setter
    def help(self, _value: str | None) -> None:
        pass

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            # Vietnamese needs UTF-8, whatever the locale says.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        try:
            return super().__call__(*args, **kwargs)
        finally:
            gc.freeze()  # the process ends here: nothing is gained by looking for what it could give back

    def main(self, *args: Any, **kwargs: Any) -> Any:
        with click_speaking():
            return super().main(*args, **kwargs)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            warn(say("interrupted.build" if ctx.invoked_subcommand == "build" else "interrupted"))
            ctx.exit(130)
        except Exception as error:
            problem = _problem(error)
            if problem is None:
                raise
            warn(problem[0])
            ctx.exit(problem[1])


def _problem(error: Exception) -> tuple[str, int] | None:
    """What to tell the user, and the exit code; None for an error of the program."""
    # A command that failed this way has imported these modules already.
    from kg.graph.store import KgError
    from kg.loaders import LoadError

    if isinstance(error, KgError):
        return str(error), 2
    if isinstance(error, LoadError):
        return str(error), 1
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {told(error)}", 1
    return None


def _wrong(key: str, **values: object) -> NoReturn:
    raise click.UsageError(say(key, **values))


def _words(_ctx: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    """Words of the user as UTF-8, also where the locale is C and left their bytes undecoded."""
    if isinstance(value, tuple):
        return tuple(_words(_ctx, _parameter, part) for part in value)
    if value is None or not any("\ud800" <= char <= "\udfff" for char in value):
        return value
    return os.fsencode(value).decode("utf-8", "replace")


def _format(*formats: str) -> Decorator:
    return option("--format", "format_", type=click.Choice(formats), default=formats[0], show_default=True)


@contextmanager
def _open(directory: str) -> Iterator[Graph]:
    from kg.graph.store import Graph

    with Graph.open(directory, read_only=True) as graph:
        yield graph


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="vn-legal-kg", prog_name="kg", message="%(prog)s %(version)s", cls=Option)
def main() -> None:
    """The command ``kg``."""


# --- documents ------------------------------------------------------------------------------------------------


def _source(file: str) -> Source:
    from kg.loaders import load, loads

    source = loads(sys.stdin.buffer.read(), "stdin") if file == "-" else load(file)
    for name, remark in source.metadata:
        if name == "warning":  # pages that nothing could read
            warn(f"{file}: {remark}")
    return source


def _extraction(file: str) -> Extraction:
    from kg.extract import extract

    return extract(_source(file).text, name=None if file == "-" else Path(file).name)


@main.command()
@click.argument("file", type=click.Path(allow_dash=True))
@_format("json", "jsonl", "table")
def extract(file: str, format_: str) -> None:
    """``kg extract``."""
    found = _extraction(file)
    if format_ == "json":
        echo_json(found.to_dict())
    elif format_ == "jsonl":
        import json

        for mention in found.to_dict()["mentions"]:
            click.echo(json.dumps(mention, ensure_ascii=False))
    else:
        columns = ("start", "type", "number", "name", "date", "issuer", "status", "urn")
        if not found.mentions:
            warn(say("extract.none"))
        echo_rows(found.to_dict()["mentions"], columns, heads={name: say(f"mention.{name}") for name in columns})


@main.command()
@click.argument("file", type=click.Path(allow_dash=True))
@option("--graph", "known", type=click.Path())
@option("--strict", is_flag=True)
@_format("table", "json", "csv")
def check(file: str, known: str | None, strict: bool, format_: str) -> None:
    """``kg check``."""
    from dataclasses import asdict

    from kg.checks.check import check as lint

    extraction = _extraction(file)
    if known is None:
        found = lint(extraction)
    else:
        with _open(known) as graph:
            found = lint(extraction, graph)
    rows = [{**asdict(f), "quote": extraction.text[f.start : f.end]} for f in found]
    columns = ("code", "severity", "start", "end", "message", "suggestion", "quote")
    if format_ == "json":
        echo_json([{**row, "mentions": list(row["mentions"])} for row in rows])
    elif format_ == "csv":
        echo_csv(rows, columns)
    elif rows:
        shown = ("severity", "code", "suggestion", "message", "quote", "start", "report")
        echo_rows([{**row, "report": Path(file).name} for row in rows], shown)
    else:
        click.echo(say("check.none"))
    if strict and any(f.severity != "info" for f in found):
        raise SystemExit(1)


@main.command()
@click.argument("file", type=click.Path(allow_dash=True))
@option("-o", "--out", type=click.Path(), required=True)
@option("--link")
def annotate(file: str, out: str, link: str | None) -> None:
    """``kg annotate``."""
    from kg.output.annotate import annotate as page

    extraction = _extraction(file)
    _write(out, page(extraction, title="stdin" if file == "-" else Path(file).name, link=link))
    warn(say("annotate.done", out=out, count=len(extraction.mentions)))


def _write(out: str, text: str) -> None:
    """Write a result to a file, or to stdout for ``-``."""
    if out == "-":
        click.echo(text, nl=False)
    else:
        Path(out).write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


# --- the graph ------------------------------------------------------------------------------------------------


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@graph_option
@option("--jobs", type=click.IntRange(min=1))
@option("--text-column", metavar="NAME")
@_format("table", "json")
def build(paths: tuple[str, ...], graph_dir: str, jobs: int | None, text_column: str | None, format_: str) -> None:
    """``kg build``."""
    from dataclasses import asdict

    from kg.output.progress import bar
    from kg.pipeline.build import build as read

    with bar() as progress:
        report = read(paths, graph_dir, jobs=jobs, text_column=text_column, progress=progress)
    for failure in report.failures:
        warn(failure.message)
    if not report.files and not report.failures and not report.ignored:
        warn(say("build.nothing", paths=", ".join(paths)))
    if report.ignored:
        names = [*report.ignored[:3], *("…" for _ in report.ignored[3:4])]
        warn(say("build.ignored", count=len(report.ignored), names=", ".join(names)))
    if format_ == "json":
        echo_json(asdict(report))
    else:
        shown = ("files", "read", "unchanged", "removed", "documents", "mentions", "relations", "tasks", "findings")
        # A build counts the documents that are named; in the graph there are also those that name them.
        texts = {"documents": "cited"}
        lines = [{"what": say(f"count.{texts.get(name, name)}"), "count": getattr(report, name)} for name in shown]
        click.echo(aligned([*lines, {"what": say("count.failures"), "count": len(report.failures)}]))
        speed = f"{report.characters_per_second:,.0f}"
        click.echo(say("build.done", graph=graph_dir, seconds=f"{report.seconds:.1f}", speed=speed))
    if report.failures:
        raise SystemExit(1)


@main.command()
@click.argument("words", nargs=-1, required=True, callback=_words)
@graph_option
@units_options
@_format("table", "json", "csv")
def ask(words: tuple[str, ...], graph_dir: str, as_of: str | None, today_units: bool, format_: str) -> None:
    """``kg ask``."""
    from kg.answers.ask import ask as answer_question

    question = " ".join(words)
    with _open(graph_dir) as graph:
        understood, answer = answer_question(graph, question, as_of=asked_day(as_of, today_units))
    if answer is None:
        _not_understood(question, understood, format_)
    if format_ == "json":
        echo_json(understood.to_dict(question, answer))
    else:
        given = " ".join(f"{name}={value!r}" for name, value in understood.params.items())
        warn(say("ask.understood", query=f"kg query {answer.query.name} {given}".rstrip()))
        if understood.unused:
            warn(say("ask.unused", names=", ".join(understood.unused)))
        echo_answer(answer, format_)


def _not_understood(question: str, understood: Understanding, format_: str) -> NoReturn:
    from kg.answers.questions import stored, stored_queries

    near = [stored(name) for name in understood.nearest]
    if format_ == "json":
        echo_json(understood.to_dict(question, None))
    warn(say("ask.not-understood", question=question))
    for query in near or stored_queries():
        click.echo(f"    {query.question[language()]}", err=True)
        click.echo(
            f"        kg query {query.name} {' '.join(f'{p.name}=…' for p in query.parameters if p.required)}", err=True
        )
    raise SystemExit(1)


@main.command()
@click.argument("name", required=False, callback=_words)
@click.argument("parameters", nargs=-1, callback=_words)
@graph_option
@option("--list", "list_", is_flag=True)
@option("--show", is_flag=True)
@units_options
@_format("table", "json", "csv")
def query(
    name: str | None,
    parameters: tuple[str, ...],
    graph_dir: str,
    list_: bool,
    show: bool,
    as_of: str | None,
    today_units: bool,
    format_: str,
) -> None:
    """``kg query``."""
    from kg.answers.questions import run, stored, stored_queries

    if list_ or name is None:
        if not list_:
            _wrong("query.which")
        if format_ == "json":
            echo_json([stored_query.to_dict() for stored_query in stored_queries()])
        else:
            _list_queries(stored_queries())
        return
    if show:
        click.echo(stored(name).sparql, nl=False)
        return
    given = assigned(parameters)
    stored(name)  # an unknown question is told before a missing graph
    with _open(graph_dir) as graph:
        answer = run(graph, name, as_of=asked_day(as_of, today_units), **given)
    echo_answer(answer, format_)


def _list_queries(queries: Iterable[StoredQuery]) -> None:
    for stored_query in queries:
        click.echo(click.style(stored_query.name, bold=True))
        click.echo(f"    {stored_query.question[language()]}")
        for p in stored_query.parameters:
            kind = f"{p.name}={p.type}" if p.required else f"[{p.name}={p.default or p.type}]"
            click.echo(f"    {kind:<24} {p.description[language()]}")


@main.command()
@click.argument("query", callback=_words)
@graph_option
@option(
    "--format",
    "format_",
    type=click.Choice(("table", "json", "csv", "tsv", "xml", "turtle", "ntriples", "jsonld", "rdfxml")),
    default="table",
    show_default=True,
)
def sparql(query: str, graph_dir: str, format_: str) -> None:
    """``kg sparql``."""
    text = _query_text(query)
    with _open(graph_dir) as graph:
        if format_ != "table":
            echo_text(graph.answer(text, format=format_))
        else:
            _echo_result(graph, text)


def _query_text(query: str) -> str:
    """The query itself, what stands in the file of that name, or what stdin gives for ``-``."""
    from kg.graph.store import KgError

    # What can be no query is the name of a file, also of one that isn't there.
    if query != "-" and not re.fullmatch(r"[^\s{<?$]+", query) and not _is_file(query):
        return query
    data = sys.stdin.buffer.read() if query == "-" else Path(query).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KgError.of("sparql.encoding", path="stdin" if query == "-" else query) from error


def _is_file(name: str) -> bool:
    try:
        return bool(name) and Path(name).is_file()
    except OSError:  # longer than the name of a file can be
        return False


def _echo_result(graph: Graph, text: str) -> None:
    from pyoxigraph import QueryBoolean, QueryTriples

    from kg.graph.store import plain, written

    found = graph.query(text)
    if isinstance(found, QueryBoolean):
        click.echo(say("answer.yes" if found else "answer.no"))
    elif isinstance(found, QueryTriples):
        echo_text(written(found, "turtle"))
    else:
        columns = [variable.value for variable in found.variables]
        rows = plain(found)
        echo_table(rows, columns)
        click.echo("\n" + say("answer.rows", count=len(rows)), err=True)


@main.command()
@click.argument("citation", nargs=-1, required=True, callback=_words)
@graph_option
@option("--limit", type=click.IntRange(min=1), default=10, show_default=True)
@option("--relations", type=click.IntRange(min=0), default=20, show_default=True)
@_format("table", "json")
def lookup(citation: tuple[str, ...], graph_dir: str, limit: int, relations: int, format_: str) -> None:
    """``kg lookup``."""
    from kg.answers.lookup import is_citation, search
    from kg.documents.calendar import slips
    from kg.report.gather import documents
    from kg.report.words import Words
    from kg.text.normalization import fold, normalize

    wording = normalize(" ".join(citation)).text
    with _open(graph_dir) as graph:
        found, total = search(graph, wording, limit, relations)
        known = documents(graph, [candidate.urn for candidate in found]) if format_ == "table" else {}
    if not found:
        absent = is_citation(wording)
        problem = say("document.absent" if absent else "document.unreadable", given=wording)
        warn(problem if absent else f"{problem}; {say('document.example')}")
    elif not found[0].exact:
        warn(say("lookup.nearest", given=wording))
    for slip in slips(fold(wording)):
        warn(say("lookup.slip", written=wording[slip.start : slip.end]))
    if total > len(found):
        warn(say("lookup.more", total=total, shown=len(found)))
    if format_ == "json":
        echo_json([candidate.to_dict() for candidate in found])
        return
    from kg.output.candidates import described

    for candidate in found:
        click.echo(click.style(candidate.label, bold=True))
        document, words = known[candidate.urn], Words(language())
        force = words.force(document) if document.force or document.effective else None
        click.echo(described(candidate, force) + "\n")


@main.command()
@graph_option
@option("--format", "format_", required=True, metavar="graphml|gexf|cytoscape|dot|turtle|nquads|jsonld|csv|parquet")
@option("-o", "--out", type=click.Path(), required=True)
@option("--view", default="full", show_default=True)
@option("--document", callback=_words)
@option("--depth", type=click.IntRange(min=0))
def export(graph_dir: str, format_: str, out: str, view: str, document: str | None, depth: int | None) -> None:
    """``kg export``."""
    from kg.answers.questions import one_document
    from kg.output.export import export as write

    if depth is not None and not document:
        _wrong("export.depth")
    with _open(graph_dir) as graph:
        found = one_document(graph, document) if document else None
        iri = found.iris[0] if found else None
        to = sys.stdout.buffer if out == "-" else out
        write(graph, format_, to, view=view, document=iri, depth=1 if depth is None else depth)
    for note in found.notes if found else ():
        warn(note)
    if out != "-":
        warn(say("export.done", out=out))


@main.command()
@graph_option
@_format("table", "json")
def stats(graph_dir: str, format_: str) -> None:
    """``kg stats``."""
    from kg.graph.stats import stats as count
    from kg.output.spoken import named

    with _open(graph_dir) as graph:
        found = count(graph).to_dict()
    if format_ == "json":
        echo_json(found)
        return
    lang = language()
    rows = [{"what": say(f"count.{key}"), "count": value} for key, value in found.items() if isinstance(value, int)]
    click.echo(aligned(rows))
    for key, value in found.items():
        if isinstance(value, dict) and value:
            click.echo("\n" + click.style(say(f"count.{key}"), bold=True))
            kind = {"relations": "rel", "tasks": "status", "findings": "code"}.get(key)
            # The names of the model are English words.
            words = {name: named(kind, name, lang) if kind and lang != "en" else name for name in value}
            click.echo(aligned([{"what": words[name], "count": number} for name, number in value.items()]))


@main.command()
@graph_option
@_format("table", "json")
def validate(graph_dir: str, format_: str) -> None:
    """``kg validate``."""
    from kg.checks.validate import shown
    from kg.checks.validate import validate as examine

    with _open(graph_dir) as graph:
        found = examine(graph)
    if format_ == "json":
        echo_json([problem.to_dict() for problem in found])
    elif found:
        click.echo("\n".join(shown(found)))
    else:
        click.echo(say("validate.none"))
    if any(problem.severity == "error" for problem in found):
        raise SystemExit(1)


@main.group(cls=Topic)
def registry() -> None:
    """``kg registry``."""


@registry.command("import")
@click.argument("file")
@graph_option
def import_(file: str, graph_dir: str) -> None:
    """``kg registry import``."""
    from kg.graph.store import Graph
    from kg.pipeline.registry import import_registry
    from kg.pipeline.resolve import resolve

    with Graph.open(graph_dir, read_only=False) as graph:
        done = import_registry(graph, file)
        resolve(graph)
    for problem in done.problems:
        warn(f"{file}:{problem.line}: {problem.message}")
    click.echo(say("registry.done", rows=done.rows, documents=done.documents, left=len(done.problems)))
    if done.problems:
        raise SystemExit(1)


main.add_command(neo4j_group)
main.add_command(report_group)
main.add_command(serve_command)
main.add_command(spark_group)
