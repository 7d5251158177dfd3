"""What a person should look at in one document: impossible dates, damaged numbers, likely variants.

Each kind has a code, a severity and its words in Vietnamese and English in
``ontology/findings.tsv``.  Findings never change a citation and never merge two: they say what
contradicts what, how sure that is, and what is likely meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final, NamedTuple, TypeAlias

from kg.documents import law_years
from kg.documents.assembly import in_term, term_of_number
from kg.documents.authority import read_sign
from kg.documents.calendar import Slip
from kg.documents.doctypes import form_of, type_slug
from kg.documents.identity import identify
from kg.documents.urn import parts_of
from kg.documents.variants import Cited, Variant, compare, day_conflict, pairs, split_number, unusual
from kg.entities.dates import shown
from kg.entities.periods import PeriodError, read_period
from kg.entities.places import of_document
from kg.entities.symbols import signing
from kg.messages import language, say
from kg.model import Finding, Header, Mention, Rel, Relation, Severity
from kg.ontology.tables import bodies, doc_types, provinces, read
from kg.text.slugs import slug, unaccented

__all__ = ["Kind", "find", "kinds", "label"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding; ``texts`` are its words by language, with ``{names}`` for what varies."""

    code: str
    severity: Severity
    texts: dict[str, str]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind of finding by its code."""
    return {
        row["code"]: Kind(row["code"], Severity(row["severity"]), {"vi": row["vi"], "en": row["en"]})
        for row in read("findings")
    }


def find(
    mentions: Sequence[Mention],
    header: Header,
    text: str,
    relations: Sequence[Relation] = (),
    slips: Iterable[Slip] = (),
    *,
    lang: str | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of one document in the order of the text.

    ``mentions``, ``relations`` and ``slips`` are those of the document and their offsets those of ``text``; a
    slip's ``citation`` counts the mentions.  ``lang`` is ``vi`` or ``en``, else the language of the user.
    A ``suggestion`` is the number that is likely meant, as one of the finding's mentions writes it, a repaired
    number, or the day or year that is likely meant.
    """
    reader = _Reader(mentions, header, text, relations, lang or language())
    found = [*reader.findings(), *reader.law_years(mentions), *(reader.slip(slip, mentions) for slip in slips)]
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.code, f.mentions)))


def label(type: str | None, number: str | None) -> str:
    """How a document is called in a message: type and number."""
    return " ".join(part for part in (type, number) if part)


_SLACK: Final = timedelta(days=60)
"""Bodies often sign a little before the official day; many days in the table are the first of a month."""
_LONG: Final = timedelta(days=1000)
_AFTER_PERIOD: Final = timedelta(days=183)
"""A report is written some time after the period it tells of."""
_PARTY_STYLE: Final = re.compile(r"(\d+[a-z]?)\s*-\s*([A-ZĐ][A-ZĐa-z]*)\s*/\s*([A-ZĐ][A-ZĐa-z]*)")
_STATE_STYLE: Final = re.compile(r"(\d+[a-z]?)\s*/\s*([A-ZĐ][A-ZĐa-z]*)\s*-\s*([A-ZĐ][A-ZĐa-z]*)")
_EITHER_STYLE: Final = frozenset({"mass organisation", "steering committee", "enterprise"})
_LAST_WORDS: Final = re.compile(r"(?:\w+,?\s{1,4}){0,3}\w+(?=\W{0,3}\Z)")
_NEXT_WORDS: Final = re.compile(r"\W{0,3}(\w+(?:,? \w+){0,3})")
_Split: TypeAlias = tuple[str, str | None, str] | None


class _Late(NamedTuple):
    """A citation of a later day than that of the document at hand, or of the period that it tells of."""

    mention: Mention
    document: str
    day: str
    sure: float


class _Reader:
    """Works out the findings of one document."""

    def __init__(
        self, mentions: Sequence[Mention], header: Header, text: str, relations: Sequence[Relation], lang: str
    ) -> None:
        self.mentions = [m for m in mentions if m.number]
        self.header, self.text, self.lang = header, text, lang
        self.groups: dict[str, list[Mention]] = {}
        self.late: list[_Late] = []
        where = of_document(header, (m.issuer for m in mentions))
        for m in self.mentions:
            issuer = where.named(m.issuer, m.date)
            ident = identify(m.type, m.intended or m.number, m.date, issuer, name=m.name, scope="document").id
            self.groups.setdefault(ident, []).append(m)
        of = {m.id: ident for ident, group in self.groups.items() for m in group}
        self.related = {frozenset((of.get(r.source), of.get(r.target))) for r in relations if r.rel is not Rel.CITES}

    def findings(self) -> Iterator[Finding]:
        documents = {ident: self.cited(ident, group) for ident, group in self.groups.items()}
        for one, other in pairs(list(documents.values())):
            # What amends or carries out another is another document.
            if frozenset((one.id, other.id)) not in self.related and (variant := compare(one, other)):
                yield self.variant(one, other, variant)
        for ident, group in self.groups.items():
            yield from self.two_dates(group)
            split = split_number(documents[ident].parts.number)
            for mention in group:
                yield from self.number(mention, documents[ident], split)
                if mention.date:
                    yield from self.dates(mention, documents[ident], split)
        yield from self.after_report()

    def make(
        self,
        code: str,
        where: Mention,
        mentions: Iterable[Mention],
        confidence: float,
        suggestion: str | None = None,
        **values: str,
    ) -> Finding:
        kind = kinds()[code]
        values.setdefault("a", label(where.type, where.number))
        message = kind.texts[self.lang].format_map(values)
        ids = tuple(m.id for m in mentions)
        return Finding(code, kind.severity, where.start, where.end, message, suggestion, ids, confidence)

    def cited(self, ident: str, group: list[Mention]) -> Cited:
        titles = tuple(m.title for m in group if m.title)
        return Cited(
            ident,
            label(group[0].type, group[0].number),
            parts_of(ident),
            tuple(dict.fromkeys(m.date for m in group if m.date)),
            titles or tuple(self.before(m) for m in group),
            len(group),
            bool(titles),
        )

    def before(self, mention: Mention) -> str:
        """The clause that leads to a citation, its subject where no title follows it."""
        return re.split(r"[.;:]", self.text[max(0, mention.start - 120) : mention.start])[-1]

    # --- dates that are none

    def slip(self, slip: Slip, mentions: Sequence[Mention]) -> Finding:
        """What is no date: told of the citation that it dates, else of the words around it."""
        of = [mentions[slip.citation]] if slip.citation is not None else []
        about = (label(of[0].type, of[0].number) if of[0].number else of[0].name) if of else self.around(slip)
        kind, written = kinds()[slip.kind], " ".join(self.text[slip.start : slip.end].split())
        message = kind.texts[self.lang].format_map({"a": about or written, "x": written})
        ids = tuple(m.id for m in of)
        return Finding(slip.kind, kind.severity, slip.start, slip.end, message, slip.meant, ids, 0.95)

    def around(self, slip: Slip) -> str:
        before = _LAST_WORDS.search(self.text[max(0, slip.start - 60) : slip.start])
        after = _NEXT_WORDS.match(self.text, slip.end)
        return " ".join((before[0] if before else after[1] if after else "").split())

    def law_years(self, mentions: Sequence[Mention]) -> Iterator[Finding]:
        """Laws that are cited by name with two years or two days."""
        for doubt in law_years.doubts(mentions):
            one, other = shown(doubt.one), shown(doubt.other)
            name = doubt.where.name or ""
            found = self.make(doubt.code, doubt.where, doubt.mentions, 0.8, doubt.meant, a=name, x=one, y=other)
            if doubt.meant:
                why = say("finding.why-number" if doubt.numbered else "finding.why-often", self.lang)
                meant = say("finding.meant", self.lang, likely=doubt.meant, why=why)
                found = replace(found, message=found.message + meant)
            yield found

    # --- two documents that may be one

    def variant(self, one: Cited, other: Cited, variant: Variant) -> Finding:
        named = self.named_before(one, other) if variant.code == "body-variant" else None
        meant = variant.meant or named or _attested(one, other)
        wrong, right = (one, other) if meant == other.id else (other, one)
        where = self.groups[wrong.id][0]
        # Two dates of one number: it is the date that is doubtful.
        dated = variant.code == "two-dates"
        suggestion = (right.dates[0] if dated else self.groups[right.id][0].number) if meant else None
        involved = sorted(self.groups[one.id] + self.groups[other.id], key=lambda m: m.start)
        values = {"a": wrong.label, "b": right.label}
        if days := day_conflict(wrong.dates, right.dates):
            values |= {"x": shown(days[0]), "y": shown(days[1])}
        found = self.make(variant.code, where, involved, variant.confidence, suggestion, **values)
        if not meant:
            return found
        likely = shown(right.dates[0]) if dated else right.label
        why = self.why(wrong, right, named == meant)
        return replace(found, message=found.message + say("finding.meant", self.lang, likely=likely, why=why))

    def why(self, wrong: Cited, right: Cited, named: bool) -> str:
        """What speaks for one of two documents."""
        if unusual(wrong.parts) and not unusual(right.parts):
            return say("finding.why-series", self.lang, a=wrong.label)
        if right.count != wrong.count or not named:
            return say("finding.why-count", self.lang, right=right.count, wrong=wrong.count)
        return say("finding.why-issuer", self.lang)

    def named_before(self, one: Cited, other: Cited) -> str | None:
        """Of two bodies the one that a citation of the other names as issuer: "UBND tỉnh ban hành … KH-SCT"."""
        for ours, theirs in ((one, other), (other, one)):
            letters = (split_number(ours.parts.number) or ("", None, ""))[2].split("-")[1:2]
            name = (ours.parts.authority or ("",))[0].replace(".", " ")
            for mention in self.groups[theirs.id]:
                clause = slug(self.before(mention), " ")
                if name in clause or any(f" {w} " in f" {clause} " for w in letters):
                    return ours.id
        return None

    def two_dates(self, group: list[Mention]) -> Iterator[Finding]:
        dates = list(dict.fromkeys(m.date for m in group if m.date))
        days = day_conflict(dates, dates)
        if not days:
            return
        # A year or a month that agrees with all of the others decides nothing.
        counts = Counter(m.date for m in group if m.date and day_conflict([m.date], dates))
        (best, times), *rest = counts.most_common()
        sure = best if not rest or times > rest[0][1] else None
        where = next(m for m in reversed(group) if m.date and day_conflict([m.date], [sure or days[0]]))
        yield self.make(
            "two-dates", where, (m for m in group if m.date), 0.95, sure, x=shown(days[0]), y=shown(days[1])
        )

    # --- one citation that contradicts itself or what is known

    def number(self, mention: Mention, document: Cited, split: _Split) -> Iterator[Finding]:
        """What the number of a citation contradicts; ``split`` is that of the document, as `split_number` tells it."""
        if crossed := _crossed(self.text[mention.start : mention.end], document.parts.year):
            written = " ".join(self.text[mention.start : mention.end].split())
            yield self.make("styles-crossed", mention, [mention], 0.95, crossed, a=written)
        elif mention.intended and mention.intended != mention.number:
            yield self.make("number-damaged", mention, [mention], 0.9, mention.intended, a=mention.number or "")
        given, kind = form_of(type_slug(mention.type)), form_of(document.parts.type)
        # A member of a list has the type of the list, which its own symbol knows better.
        if given and kind and given != kind and self.opens_with_type(mention):
            number = mention.number or ""
            yield self.make("type-contradiction", mention, [mention], 0.8, a=number, type=mention.type or "", b=kind)
        decided = document.id.startswith("urn:")
        if decided and split and split[1] and split[2] and split[1] not in (mention.number or ""):
            whole = re.sub(r"(\d+\w*)(?=\s*[/-])", rf"\g<1>/{split[1]}", mention.number or "", count=1)
            yield self.make("year-missing", mention, [mention], 0.9, whole)
        if term := term_of_number(document.parts.number or ""):
            written = mention.intended or mention.number or ""
            if not written.endswith(str(term)):
                yield self.make("term-missing", mention, [mention], 0.9, written.rstrip("0123456789") + str(term))
            elif split and split[1] and not mention.date and not in_term(term, split[1]):
                yield self.make("term-contradiction", mention, [mention], 0.8, x=split[1])

    def opens_with_type(self, mention: Mention) -> bool:
        """Whether a citation is written with its type."""
        return self.text[mention.start : mention.end].lower().startswith((mention.type or "").lower())

    def dates(self, mention: Mention, document: Cited, split: _Split) -> Iterator[Finding]:
        given = mention.date or ""
        if split and split[1] and given[:4] != split[1]:
            yield self.make("year-contradiction", mention, [mention], 0.9, x=shown(given))
            return
        term = term_of_number(document.parts.number or "")
        if term and not in_term(term, given):
            yield self.make("term-contradiction", mention, [mention], 0.8, x=shown(given))
        if late := self.written(given):
            self.late.append(_Late(mention, document.id, *late))
        for name, begins, ends in _lives(document):
            # Letters that are read as a body long gone are those of another.
            known = mention.issuer_written or not ends or not _before(ends, given, _LONG)
            if begins and known and _before(given, begins, _SLACK):
                yield self.make("date-before-body", mention, [mention], 0.7, body=name, x=shown(given), y=shown(begins))
            if ends and known and _before(ends, given, 2 * _SLACK):
                yield self.make("date-after-body", mention, [mention], 0.7, body=name, x=shown(given), y=shown(ends))

    def after_report(self) -> Iterator[Finding]:
        """Citations of a later day than the document's own: where several documents are, its own is doubtful."""
        own = slug(self.header.number or "")
        late, told = list[_Late](), set[str]()
        for one in self.late:
            if not own or slug(one.mention.number or "") != own:
                late.append(one)
            elif one.document not in told:  # an annex may give the document's own number another day
                told.add(one.document)
                yield self.too_late("two-dates", one)
        documents = {one.document for one in late}
        if len(documents) < 2:
            for one in late:
                yield self.too_late("date-after-report", one)
            return
        last = max(late, key=lambda one: one.mention.date or "")
        where = min((one.mention for one in late), key=lambda mention: mention.start)
        values = {"a": label(last.mention.type, last.mention.number), "n": str(len(documents))}
        days = {"x": shown(last.mention.date or ""), "y": shown(last.day)}
        yield self.make("date-before-cited", where, (one.mention for one in late), last.sure, **values, **days)

    def too_late(self, code: str, late: _Late) -> Finding:
        """The finding that one citation is of too late a day."""
        days = {"x": shown(late.mention.date or ""), "y": shown(late.day)}
        return self.make(code, late.mention, [late.mention], late.sure, **days)

    def written(self, given: str) -> tuple[str, float] | None:
        """The day the document at hand was written by, and how surely ``given`` is later."""
        own = self.header.date
        if own:
            return (own, 0.85) if _before(own, given) else None
        end = _last_day(self.header.period or "")
        return (end, 0.6) if end and _before(end, given, _AFTER_PERIOD) else None


@lru_cache(maxsize=64)  # one document's period, for each date in it
def _last_day(period: str) -> str | None:
    try:
        return read_period(period).end
    except PeriodError:
        return None


def _attested(one: Cited, other: Cited) -> str | None:
    """The one of two that is cited at least twice as often."""
    for a, b in ((one, other), (other, one)):
        if a.count >= 2 * b.count:
            return a.id
    return None


def _before(a: str, b: str, slack: timedelta = timedelta(0)) -> bool:
    """Whether ``a`` is before ``b`` by more than ``slack``, as far as both are precise."""
    size = min(len(a), len(b))
    if size < 10:
        return a[:size] < b[:size] and (not slack or int(b[:4]) - int(a[:4]) > slack.days // 365)
    try:
        return date.fromisoformat(a) + slack < date.fromisoformat(b)
    except (ValueError, OverflowError):
        return False


@cache
def _spans() -> dict[str, tuple[str, str | None, str | None]]:
    """Bodies and provinces by slug: name, first day, last day over all their periods."""
    found: dict[str, tuple[str, str | None, str | None]] = {}
    rows = [(b.name.split(" (")[0], b.valid_from, b.valid_to) for b in bodies()]
    rows += [(p.name, p.valid_from, p.valid_to) for p in provinces()]
    for name, begins, ends in rows:
        key = slug(name, ".")
        if key in found:
            _, first, last = found[key]
            begins = min(first, begins) if first and begins else None
            ends = max(last, ends) if last and ends else None
        found[key] = (name, begins, ends)
    return found


def _lives(document: Cited) -> Iterator[tuple[str, str | None, str | None]]:
    parts = document.parts
    for key in parts.authority:
        if key in _spans():
            yield _spans()[key]
    if parts.province in _spans():
        name, _, ends = _spans()[parts.province]
        yield name, None, ends  # Huế was a city of its province before it was one itself


@cache
def _kind_letters() -> frozenset[str]:
    return frozenset(unaccented(a) for kind in doc_types() for a in kind.abbr)


@lru_cache(maxsize=4096)  # the same few numbers, again and again
def _crossed(written: str, year: int | None) -> str | None:
    """The number in the style of its body where the text has that of the other; None where it is right.

    State bodies write ``30c/NQ-CP`` (Nghị định 30/2020/NĐ-CP, Phụ lục I), the Party ``18-NQ/TW``
    (Quy định 66-QĐ/TW, 399-QĐ/TW).

    >>> _crossed("Nghị quyết số 30c-NQ/CP", 2011), _crossed("18/NQ-TW", 2017)
    ('30c/NQ-CP', '18-NQ/TW')
    >>> _crossed("18-NQ/TW", 2017), _crossed("23-L/CTN", 1995)
    (None, None)
    """
    for pattern, wrong_for_party in ((_STATE_STYLE, True), (_PARTY_STYLE, False)):
        found = pattern.search(written)
        if not found or unaccented(found[2]) not in _kind_letters():
            continue
        sign = read_sign((unaccented(found[3]),), year)
        if not sign or not sign.exact or not signing(found[3]) or (year or 9999) < 2000:
            continue
        party = sign.body.kind == "Party body"
        if party and wrong_for_party:
            return f"{found[1]}-{found[2]}/{found[3]}"
        if not party and not wrong_for_party and sign.body.kind not in _EITHER_STYLE:
            return f"{found[1]}/{found[2]}-{found[3]}"
    return None
