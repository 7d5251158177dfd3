"""What a citation was resolved to, in lines for people: what it is, what carries it out, what is open in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.messages import language, say
from kg.output.render import indented
from kg.output.spoken import named, spoken

if TYPE_CHECKING:
    from kg.answers.lookup import Candidate

__all__ = ["described"]

_RELATIONS, _FINDINGS = 12, 5
"""At most so many are told."""


def described(candidate: Candidate, force: str | None = None) -> str:
    """Return what is known of a candidate in the reader's language, below its label; ``force`` is its effect."""
    lang = language()
    # A law bears its name, "Luật …" or "về …", in its label.
    title = candidate.title if candidate.title and candidate.title.split(" ", 1)[-1] not in candidate.label else None
    facts = {"issuer": candidate.issuer, "date": candidate.date, "title": title}
    told = [
        " · ".join(str(value) for value in spoken(facts, lang).values() if value),
        *([force] if force else []),
        candidate.urn,
        f"{candidate.why} · {say('lookup.mentions', count=candidate.mentions)}",
    ]
    if candidate.implemented_by:
        told.append(say("lookup.implemented-by", names=", ".join(candidate.implemented_by)))
    shown = candidate.relations[:_RELATIONS]
    told += [_relation(relation, lang) for relation in shown]
    listed = sum(bool(relation["document"]) for relation in shown)
    if rest := sum(kind["documents"] for kind in candidate.related) - listed:
        told.append(say("lookup.others", count=rest))
    told += [f"! {spoken(finding, lang)['message']}" for finding in candidate.findings[:_FINDINGS]]
    return "\n".join(line for text in told for line in indented(text, 4))


def _relation(relation: dict[str, Any], lang: str) -> str:
    # The names of relations are English words.
    rel = relation["rel"].replace("_", " ") if lang == "en" else named("rel", relation["rel"], lang)
    other = relation["label"] or relation["document"] or say("lookup.reports")
    return f"{rel} {'←' if relation['direction'] == 'in' else '→'} {other} ({relation['count']})"
