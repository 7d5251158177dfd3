"""The command ``kg lookup``: to which documents of the graph a citation may lead."""

from __future__ import annotations

import click

from kg.cli.options import as_utf8, format_option, graph_option, opened
from kg.cli.speaking import Command, option
from kg.messages import language, say
from kg.output.terminal import echo_json, warn

__all__ = ["lookup"]


@click.command(cls=Command)
@click.argument("citation", nargs=-1, required=True, callback=as_utf8)
@graph_option
@option("--limit", type=click.IntRange(min=1), default=10, show_default=True)
@option("--relations", type=click.IntRange(min=0), default=20, show_default=True)
@format_option("table", "json")
def lookup(citation: tuple[str, ...], graph_dir: str, limit: int, relations: int, format_: str) -> None:
    """``kg lookup``."""
    from kg.answers.lookup import is_citation, search
    from kg.documents.calendar import slips
    from kg.report.documents import documents
    from kg.report.words import Words
    from kg.text.normalization import fold, normalize

    wording = normalize(" ".join(citation)).text
    understood = is_citation(wording)
    with opened(graph_dir) as graph:
        found, total = search(graph, wording, limit, relations)
        known = documents(graph, [candidate.urn for candidate in found]) if format_ == "table" else {}
    if not found:
        problem = say("document.absent" if understood else "document.unreadable", given=wording)
        warn(problem if understood else f"{problem}; {say('document.example')}")
    elif not found[0].exact:
        warn(say("lookup.nearest", given=wording))
    for slip in slips(fold(wording)):
        warn(say("lookup.slip", written=wording[slip.start : slip.end]))
    if total > len(found):
        warn(say("lookup.more", total=total, shown=len(found)))
    if format_ == "json":
        echo_json([candidate.to_dict() for candidate in found])
    else:
        from kg.output.candidates import described

        for candidate in found:
            click.echo(click.style(candidate.label, bold=True))
            document, words = known[candidate.urn], Words(language())
            force = words.force(document) if document.force or document.effective else None
            click.echo(described(candidate, force) + "\n")
    if not understood:
        raise SystemExit(1)
