"""The whole way of one document: text → mentions → relations → tasks → findings.

A pure function of the text: documents can be read in any order, on any number of machines.
"""

from __future__ import annotations

from dataclasses import replace

from kg import citations, findings, identity, references, relations, tasks
from kg.header import own_spans, read_header
from kg.model import REPORT, Extraction, Header, Mention
from kg.structure import outline
from kg.text import Normalized, normalize

__all__ = ["extract"]


def extract(text: str, *, name: str | None = None) -> Extraction:
    """Read one document.

    ``text`` is the document as its loader yields it; every offset of the result counts code
    points of it.  ``name`` is the document's file name, for a hint at its type and number.
    """
    norm = normalize(text)
    header = read_header(norm.text, name) if "\n" in norm.text.strip() else Header()
    found = citations.find(norm.text, header, _own(norm.text))
    layout = outline(norm.text)
    reading = relations.relate(norm.text, found, layout, header, norm.anchors)
    ids = [f"m{k}" for k in range(1, len(found) + 1)]
    mentions = tuple(
        _mention(norm, text, citation, ident, reading, k)
        for k, (citation, ident) in enumerate(zip(found, ids, strict=True))
    )

    def end(which: str) -> str:
        return which if which == REPORT else ids[int(which)]

    links = tuple(
        replace(
            r,
            source=end(r.source),
            target=end(r.target),
            status=reading.statuses[int(r.target)],
            **_span(norm, r.start, r.end),
        )
        for r in reading.relations
    )
    header = _with_urn(header)
    work = tasks.find(norm.text, found, reading, layout, header)
    jobs = tuple(
        replace(
            t,
            mentions=tuple(end(m) for m in t.mentions),
            text=text[slice(*norm.span(t.start, t.end))],
            **_span(norm, t.start, t.end),
        )
        for t in work
    )
    back = tuple(
        replace(
            r,
            to=tuple(end(m) for m in r.to),
            text=text[slice(*norm.span(r.start, r.end))],
            **_span(norm, r.start, r.end),
        )
        for r in references.find(norm.text, found, reading.units, header)
    )
    parts = tuple(replace(s, **_span(norm, s.start, s.end)) for s in layout.sections)
    return Extraction(
        document=header,
        mentions=mentions,
        relations=links,
        tasks=jobs,
        findings=findings.find(mentions, header, text, links),
        sections=parts,
        references=back,
        text=text,
    )


_LETTERHEAD = 400
"""Code points below which a text is a passage or a citation, not a document that names itself."""


def _own(text: str) -> tuple[tuple[int, int], ...]:
    """Spans in which the document names itself: its number, and its type with the title below."""
    if len(text) < _LETTERHEAD:
        return ()
    own = own_spans(text)
    spans = [own.number] if own.number else []
    if own.title and text[own.title[1] :].strip():
        spans.append((own.type[0] if own.type else own.title[0], own.title[1]))
    return tuple(spans)


def _span(norm: Normalized, start: int, end: int) -> dict[str, int]:
    begin, stop = norm.span(start, end)
    return {"start": begin, "end": stop}


def _mention(
    norm: Normalized, raw: str, citation: citations.Citation, ident: str, reading: relations.Reading, k: int
) -> Mention:
    mention = citation.mention(ident)
    begin, stop = norm.span(citation.start, citation.end)
    who = identity.identify(citation.type, citation.number, citation.date, citation.issuer, name=citation.name)
    return replace(mention, start=begin, end=stop, text=raw[begin:stop], status=reading.statuses[k], urn=who.urn)


def _with_urn(header: Header) -> Header:
    if not header.number:
        return header
    return replace(header, urn=identity.identify(header.type, header.number, header.date, header.issuer).urn)
