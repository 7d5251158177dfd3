"""The whole way of one document: text → mentions → relations → tasks → findings.

A pure function of the text: documents can be read in any order, on any number of machines.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg import citations, relations, tasks
from kg.citations import Citation
from kg.documents import calendar, constitution, findings, identity
from kg.documents.header import OwnSpans, read
from kg.documents.intended import intended
from kg.documents.record import Record
from kg.entities import places, spaces, symbols
from kg.entities.places import Places
from kg.model import REPORT, Extraction, Header, Mention, Reference, Rel, Relation, Section, Status, Task
from kg.ontology.wording import entries
from kg.relations import Reading, references
from kg.structure import Outline, Passage, outline
from kg.text.normalization import Normalized, normalize

__all__ = ["extract"]

_WORD: Final = re.compile(r"\S")
_LAWS: Final = frozenset((*entries("named_types"), "Văn bản hợp nhất"))
_CARRYING: Final = ("thực hiện", "triển khai")
_LETTERHEAD: Final = 400
"""Code points below which a text is a passage or a citation, not a document that names itself."""


def extract(text: str, *, name: str | None = None, record: Record | None = None) -> Extraction:
    """Read one document.

    ``text`` is the document as its loader yields it; every offset of the result counts code
    points of it.  ``name`` is the document's file name, for a hint at its type and number;
    ``record`` is what a catalogue says of it, for what its header leaves open.

    >>> found = extract("Triển khai Nghị định số 60/2024/NĐ-CP ngày 05/6/2024 của Chính phủ")
    >>> found.mentions[0].urn, found.relations[0].rel.value
    ('urn:lex:vn:chinh.phu:nghi.dinh:2024;60-2024-nd-cp', 'implements')
    """
    # Many objects are made and none of them is part of a cycle: to look for garbage takes a twenty-fifth of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return _read(text, name, record)
    finally:
        if collects:
            gc.enable()


def _read(text: str, name: str | None, record: Record | None) -> Extraction:
    given = normalize(text)
    folded = given.folded()
    norm = spaces.restored(given, folded)
    folded = folded if norm is given else norm.folded()
    header, own = read(norm.text, folded, name) if "\n" in norm.text.strip() else (Header(), None)
    header, supplied = record.supply(header) if record else (header, ())
    number, title = _own(norm.text, own)
    layout = outline(norm.text)
    found = citations.find(norm.text, header, tuple(span for span in (number, title) if span), folded, layout)
    if len(norm.text) >= _LETTERHEAD:
        found = [c for c in found if not _itself(c, header)]
    titled, titled_reading = _titled(norm.text, title, header)
    cited = sorted((*titled, *found), key=lambda c: c.start)
    ids = {c.start: f"m{k}" for k, c in enumerate(cited, 1)}
    carried = frozenset(
        relations.key(titled[r.target])
        for r in titled_reading.relations
        if r.source is None and r.rel is Rel.IMPLEMENTS
    )
    reading = relations.relate(norm.text, found, layout, header, norm.anchors, carried)
    back = references.find(norm.text, found, reading.units, header, folded)
    where = places.of_document(header, (c.issuer for c in cited))
    day = header.date or (header.period or "")[:4] or None
    body = _Original(norm, text, tuple(ids[c.start] for c in found), where)
    own_title = _Original(norm, text, tuple(ids[c.start] for c in titled), where)
    inside = _joined(body.mentions(found, reading, day), found, back)
    above = _grounds(own_title.mentions(titled, titled_reading, day), titled_reading, header)
    mentions = tuple(sorted((*above, *inside), key=lambda m: m.start))
    links = own_title.relations(titled_reading) + body.relations(reading)
    return Extraction(
        document=_with_urn(header, where),
        mentions=mentions,
        relations=links,
        tasks=body.tasks(tasks.find(norm.text, found, reading, layout, header, norm.anchors)),
        findings=findings.find(mentions, header, text, links, body.slips(cited, folded)),
        sections=body.sections(layout.sections),
        references=body.references(back),
        supplied=supplied,
        text=text,
    )


@dataclass(frozen=True, slots=True)
class _Original:
    """The way back from the normalized text to the original, with the ids of its citations in their order."""

    norm: Normalized
    text: str
    ids: tuple[str, ...]
    where: Places

    def ident(self, which: str) -> str:
        return which if which == REPORT else self.ids[int(which)]

    def sections(self, found: tuple[Section, ...]) -> tuple[Section, ...]:
        if len(self.norm.starts) == 1:
            return found
        span = self.norm.span
        return tuple(Section(*span(s.start, s.end), s.level, s.label, s.title) for s in found)

    def mentions(self, found: list[Citation], reading: Reading, day: str | None) -> tuple[Mention, ...]:
        """The citations as mentions of the document, which is of ``day``."""
        out = []
        for k, c in enumerate(found):
            span = self.norm.span(c.start, c.end)
            date = c.date or (constitution.in_force(day) if c.type == constitution.TYPE else None)
            known = identity.identify(c.type, c.number, date, self.where.named(c.issuer, c.date), name=c.name)
            meant = intended(c.number, known.id) if c.number else None
            out.append(c.mention(self.ids[k], span, self.text[slice(*span)], reading.statuses[k], known.urn, meant))
        return tuple(out)

    def relations(self, reading: Reading) -> tuple[Relation, ...]:
        out = []
        for r in reading.relations:
            start, end = self.norm.span(r.start, r.end)
            source = REPORT if r.source is None else self.ids[r.source]
            status = reading.statuses[r.target]
            out.append(Relation(source, r.rel, self.ids[r.target], start, end, r.trigger, status, r.confidence))
        return tuple(out)

    def tasks(self, found: tuple[Task, ...]) -> tuple[Task, ...]:
        out = []
        for t in found:
            start, end = self.norm.span(t.start, t.end)
            mentions = tuple(map(self.ident, t.mentions))
            out.append(Task(t.id, start, end, self.text[start:end], mentions, t.assignees, t.deadline, t.status))
        return tuple(out)

    def slips(self, cited: list[Citation], folded: str) -> Iterator[calendar.Slip]:
        for slip in calendar.slips(folded, [(c.start, c.end) for c in cited]):
            start, end = self.norm.span(slip.start, slip.end)
            yield slip._replace(start=start, end=end)

    def references(self, found: tuple[references.Back, ...]) -> tuple[Reference, ...]:
        out = []
        for r in found:
            start, end = self.norm.span(r.start, r.end)
            out.append(Reference(start, end, self.text[start:end], tuple(map(self.ident, r.to)), r.reason))
        return tuple(out)


def _own(text: str, own: OwnSpans | None) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Spans in which the document names itself: its number, and its type with the title below."""
    if own is None:
        return None, None
    if len(text) < _LETTERHEAD:
        lettered = own.number and text[own.number[0]] in "Ss"
        return (own.number if lettered else None), None
    title = own.title if own.title and _WORD.search(text, own.title[1]) else None
    return own.number, (own.type[0] if own.type else title[0], title[1]) if title else None


def _itself(citation: Citation, header: Header) -> bool:
    """Whether a citation is the document at hand: ``(Kèm theo Quyết định số …)`` in its annexes, a law's heading."""
    if citation.name and header.type in _LAWS:
        own_name = citation.name.upper() == f"{citation.type} {header.title}".upper()
        # A law of the same name and another year is the one before it.
        same_day = not (citation.date and header.date) or header.date.startswith(citation.date)
        if own_name and same_day and (citation.named or header.number == citation.number):
            return True
    if citation.named:
        return False
    if not header.number or not citation.number:
        return False
    same = citation.number.lstrip("0").lower() == header.number.lstrip("0").lower()
    days, own = citation.date or "", header.date or ""
    # Of a day that does not exist only the month was read: with its year the number tells enough.
    vague = len(days) < len("2024-06-05") and days[:4] in citation.number
    if not (same and (own.startswith(days) or days.startswith(own) or vague)):
        return False
    # "THÔNG BÁO" above, "(Kèm theo Thông báo kết luận số …)" below: types of the same letters.
    alike = symbols.types().get(citation.symbol.type_abbr or "", ()) if citation.symbol else ()
    return header.type in (None, citation.type) or {header.type, citation.type} <= {kind.name for kind in alike}


def _titled(text: str, span: tuple[int, int] | None, header: Header) -> tuple[list[Citation], Reading]:
    """What the document's own title cites: ``KẾ HOẠCH triển khai thực hiện Nghị định …``; offsets in ``text``."""
    if span is None:
        return [], Reading((), (), (), ())
    begin, end = span
    piece = text[begin:end]
    # What begins with the type line is the document's own name: "LUẬT" / "BẢO HIỂM XÃ HỘI".
    whole = Outline((), (Passage(0, 0, len(piece)),))
    cited = citations.find(piece, header, layout=whole)
    found = [c for c in cited if (c.start or not c.named) and not _itself(c, header)]
    reading = relations.relate(piece, found, whole, header)
    moved = [
        c._replace(start=c.start + begin, end=c.end + begin, core=c.core + begin, tail=c.tail + begin) for c in found
    ]
    links = tuple(r._replace(start=r.start + begin, end=r.end + begin) for r in reading.relations)
    return moved, replace(reading, relations=links)


def _grounds(titled: tuple[Mention, ...], reading: Reading, header: Header) -> Iterator[Mention]:
    """A title opens, as a preamble does, with what the document rests on; its relation tells whether the work is done.

    What the subject of a letter merely names (``V/v vướng mắc Luật …``) is its topic.
    """
    topics = header.type == "Công văn" and {r.rel for r in reading.relations} == {Rel.CITES}
    topics = topics and not any((r.trigger or "").startswith(_CARRYING) for r in reading.relations)
    return (replace(m, status=Status.OTHER if topics else Status.BASIS) for m in titled)


def _joined(
    mentions: tuple[Mention, ...], found: list[Citation], back: tuple[references.Back, ...]
) -> tuple[Mention, ...]:
    """Short forms (``Nghị định 60``) are the document of the full citation above, and of its issuer."""
    full = {r.start: mentions[int(r.to[0])] for r in back if r.reason == "same-number" and r.to}
    if not full:
        return mentions
    return tuple(
        replace(m, urn=full[c.start].urn, issuer=m.issuer or full[c.start].issuer) if c.start in full else m
        for m, c in zip(mentions, found, strict=True)
    )


def _with_urn(header: Header, where: Places) -> Header:
    if not header.number:
        return header
    issuer = where.named(header.issuer)
    return replace(header, urn=identity.identify(header.type, header.number, header.date, issuer).urn)
