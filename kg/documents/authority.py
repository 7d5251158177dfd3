"""Who issued a document, as its identifier needs it: the body, and where it sits.

A full name tells a body and its place: ``Ủy ban nhân dân huyện Phụng Hiệp, tỉnh Hậu Giang`` is
the people's committee of a district below a province, and no other of that name.  A symbol
tells a body by its letters (``QĐ-BNN-TCLN``), which each body chooses for itself
(Nghị định 30/2020/NĐ-CP, Phụ lục I) and does not always spell alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, TypeAlias

from kg.ontology.tables import Body, bodies, doc_types, provinces
from kg.text.late import late
from kg.text.normalization import UPPER
from kg.text.slugs import slug, unaccented

__all__ = [
    "Issuer",
    "Sign",
    "body_letters",
    "issuer_of_body",
    "name_at",
    "new_series",
    "read_issuer",
    "read_sign",
    "same_body",
    "signs",
    "together",
]

_PARTY_CENTRE: Final = ("trung-uong-dang", "ban-chap-hanh-trung-uong", "bo-chinh-tri", "ban-bi-thu")
"""The three share the symbol TW and one series of each type, and authors write the issuer loosely."""

# An officer signs for the body (Nghị định 30/2020/NĐ-CP, article 13); Chủ tịch nước is a body.
_OFFICER: Final = re.compile(r"^(?:chu-tich|giam-doc|bo-truong)-(?=uy-ban-nhan-dan|so-|bo-)")
_FORMS: Final = "huyen|quan|thi-xa|thanh-pho|xa|phuong|thi-tran|dac-khu"
_UNIT: Final = re.compile(rf"(?:{_FORMS})-.+")
_NEXT_UNIT: Final = re.compile(rf"-(?=(?:{_FORMS})-)")
_UNIT_WRITTEN: Final = late(rf"\s(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu)\s+(?=[{UPPER}\d])")
_COMMITTEES: Final = {"huyen-uy": "huyen", "quan-uy": "quan", "thi-uy": "thi-xa", "thanh-uy": "thanh-pho"}
_LOCAL: Final = ("so-", "phong-", "thanh-tra-so-", *(c + "-" for c in _COMMITTEES))
_NATIONAL: Final = re.compile(r"-(?:quoc-gia|nha-nuoc|trung-uong|chinh-phu|viet-nam)(?:-|$)")
_TERM: Final = re.compile(r"(qh|ubtvqh|h[dđ]nn)k?(\d{1,2})")
_DESK: Final = re.compile(r"([a-zđ]{3,})(\d{1,2})")
_MARKS: Final = re.compile(r"[^a-zđ0-9]+")
_TWO_PARTS: Final = re.compile(r"(\w+)\W\w*")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body: slug of its own name, slugs of its province, district, commune, and what is missing.

    ``lacks`` is ``no-place`` for a body that exists in many places when its province is not told.
    """

    head: str
    units: tuple[str, ...] = ()
    lacks: str | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """A body read off a symbol: how many tokens it took, and its letters in their one spelling."""

    body: Body
    used: int
    letters: str
    exact: bool
    """Whether the letters are the body's own, not a variant that others may share."""


def _name_slug(name: str) -> str:
    return _OFFICER.sub("", slug(name))


@cache
def _names(body: Body) -> tuple[str, ...]:
    """Slugs of the full names of a body; ``Tỉnh ủy, Thành ủy`` is two."""
    own = body.name.split(" (")[0]
    several = own.split(", ") if body.abbr in ("TU", "ThU") else ()
    return tuple(_name_slug(n) for n in (*several, own, *body.name_variants) if " " in n)


@cache
def _by_name() -> dict[str, Body]:
    return {name: body for body in reversed(bodies()) for name in _names(body)}


_Rows: TypeAlias = tuple[tuple[Body, bool], ...]


def _rows(letters: str) -> _Rows:
    """Bodies that sign with ``letters``; D stands for Đ, but Đ not for D: BĐT is not Ban Dân tộc."""
    return _by_letters(False).get(letters) or (() if "đ" in letters else _by_letters(True).get(letters, ()))


def _letters(abbr: str, loose: bool) -> str:
    return slug(abbr, "") if loose else _MARKS.sub("", unaccented(abbr))


@cache
def _signing() -> tuple[tuple[Body, tuple[str, ...]], ...]:
    """Bodies with the variants of their letters with which they sign."""
    kinds = {unaccented(a) for kind in doc_types() for a in kind.abbr}
    found: list[tuple[Body, tuple[str, ...]]] = []
    for body in bodies():
        if body.abbr != "TW" and slug(body.name).startswith(_PARTY_CENTRE):
            continue  # BCT is Bộ Công Thương in a symbol, Bộ Chính trị only in prose
        variants = [v for v in body.abbr_variants if not (v.endswith("?") or v.startswith("QĐ"))]
        # "QĐ-UB" and "QĐUB" are a type and a body.
        apart = ((v, _TWO_PARTS.fullmatch(unaccented(v))) for v in variants)
        found.append((body, tuple(v for v, parts in apart if not parts or parts[1] not in kinds)))
    return tuple(found)


@cache
def _by_letters(loose: bool) -> dict[str, _Rows]:
    """Bodies by the letters they sign with; True for the letters of the table, False for a variant."""
    found: dict[str, list[tuple[Body, bool]]] = {}
    for body, variants in _signing():
        keys = dict.fromkeys((_letters(v, loose) for v in variants), False)
        for key, exact in (keys | {_letters(body.abbr, loose): True}).items():
            found.setdefault(key, []).append((body, exact))
    return {key: tuple(rows) for key, rows in found.items()}


@cache
def _local_heads() -> tuple[str, ...]:
    """Names of bodies that exist in many places, longest first."""
    local = {name for name, body in _by_name().items() if not _central(body)}
    return tuple(sorted(local | set(_COMMITTEES), key=len, reverse=True))


def _central(body: Body) -> bool:
    return body.level in ("central", "enterprise")


@cache
def _province_forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for province in provinces():
        forms.setdefault(slug(province.name), set()).add(slug(province.form))
    return {name: frozenset(found) for name, found in forms.items()}


@cache
def _province_tail() -> re.Pattern[str]:
    names = "|".join(sorted(_province_forms(), key=len, reverse=True))
    return re.compile(rf"(?P<head>.+?)-(?:(?P<form>tinh|thanh-pho|tp)-)?(?P<name>{names})")


@cache
def read_issuer(name: str) -> Issuer:
    """Read the canonical full name of a body.

    >>> read_issuer("Ủy ban nhân dân huyện Phụng Hiệp, tỉnh Hậu Giang")
    Issuer(head='uy-ban-nhan-dan', units=('hau-giang', 'huyen-phung-hiep'), lacks=None)
    >>> read_issuer("Tỉnh ủy Sóc Trăng"), read_issuer("Bộ Công Thương").units
    (Issuer(head='tinh-uy', units=('soc-trang',), lacks=None), ())
    >>> read_issuer("Ủy ban nhân dân thành phố Trà Vinh").units  # the city in the province of that name
    ('tra-vinh', 'thanh-pho-tra-vinh')
    >>> read_issuer("Ủy ban nhân dân huyện Châu Thành").lacks  # there are ten
    'no-place'
    """
    words = _name_slug(name)
    known = _by_name().get(words)
    if words.startswith(_PARTY_CENTRE):
        return Issuer(_PARTY_CENTRE[0])
    if known and _central(known):
        return Issuer(_names(known)[0])
    tail = _province_tail().fullmatch(words)
    if not tail or not (tail["form"] or tail["head"] in _local_heads()):
        head, units = _split_units(words, name)
        return Issuer(head, units, "no-place" if units or _local(head) else None)
    province, head = tail["name"], tail["head"]
    as_city = tail["form"] in ("thanh-pho", "tp") or (head == "thanh-uy" and not tail["form"])
    if as_city and "thanh-pho" not in _province_forms()[province]:
        return Issuer(head, (province, f"thanh-pho-{province}"))
    head, units = _split_units(head, name)
    body = _by_name().get(head)
    return issuer_of_body(body, (province,)) if body and not units else Issuer(head, (province, *units))


_PARTY_DESK: Final = re.compile(r"(?:dang-doan|dang-uy)-")
"""The Party's committee within a body: ``Đảng ủy Bộ Tài chính``."""


def _local(words: str) -> bool:
    """Whether a name without a place is that of a body that exists in many places."""
    owner = _by_name().get(_PARTY_DESK.sub("", words, count=1))
    if _NATIONAL.search(words) or (owner and _central(owner)):
        return False
    found = max((n for n in _by_name() if f"{words}-".startswith(f"{n}-")), key=len, default="")
    return words.startswith(_LOCAL) or (found in _by_name() and not _central(_by_name()[found]))


def _split_units(words: str, name: str) -> tuple[str, tuple[str, ...]]:
    """Split the slug of a name without its province into the body and its district and commune."""
    head = next((h for h in _local_heads() if words == h or words.startswith(h + "-")), None)
    if head is None or not (words == head or _UNIT.fullmatch(words[len(head) + 1 :]) or head in _COMMITTEES):
        # An uncommon body: only a name in proper case tells a unit from words such as "xã hội".
        written = _UNIT_WRITTEN.search(unicodedata.normalize("NFC", name))
        if not written:
            return words, ()
        head = _name_slug(name[: written.start()])
    rest = words[len(head) + 1 :]
    if rest and head in _COMMITTEES and not _UNIT.fullmatch(rest):
        rest = f"{_COMMITTEES[head]}-{rest}"
    return head, tuple(reversed(_NEXT_UNIT.split(rest))) if rest else ()


def issuer_of_body(body: Body, units: tuple[str, ...] = ()) -> Issuer:
    """Return the issuer that a row of the table of bodies is, with the place told elsewhere."""
    if _central(body):
        head = _names(body)[0]
        return Issuer(_PARTY_CENTRE[0] if head.startswith(_PARTY_CENTRE) else head)
    return Issuer(_names(body)[0], units, None if units else "no-place")


def name_at(issuer: Issuer, year: int | None) -> str:
    """Return the slug of the body's own name in ``year``: a province's Party committee has that of its form.

    >>> name_at(read_issuer("Tỉnh ủy Cần Thơ"), 2000), name_at(read_issuer("Tỉnh ủy Cần Thơ"), 2020)
    ('tinh-uy', 'thanh-uy')
    """
    if issuer.head != "tinh-uy" or len(issuer.units) != 1:
        return issuer.head
    rows = [p for p in provinces() if slug(p.name) == issuer.units[0]]
    then = [p for p in rows if int((p.valid_from or "0")[:4]) <= (year or 9999)] or rows
    return "thanh-uy" if slug(then[-1].form) == "thanh-pho" else "tinh-uy"


def together(names: Sequence[str], authority: Sequence[str]) -> str | None:
    """Return who issued a document as one string, of a joint one all bodies in the order of its identifier.

    ``names`` are the bodies that sources give, the likeliest first, ``authority`` the slugs of the identifier:
    where it has one, the sources differ.

    >>> together(["Bộ Tài chính", "Bộ Y tế"], ("bo.y.te", "bo.tai.chinh")), together([], ())
    ('Bộ Y tế; Bộ Tài chính', None)
    >>> together(["Bộ Chính trị", "Ban Bí thư"], ("trung.uong.dang",))
    'Bộ Chính trị'
    """
    if len(authority) < 2:
        return next(iter(names), None)

    def place(name: str) -> int:
        return next(
            (k for k, head in enumerate(authority) if f"{slug(name, '.')}.".startswith(f"{head}.")), len(authority)
        )

    return "; ".join(sorted(names, key=lambda name: (place(name), name))) or None


def same_body(issuer: Issuer, body: Body) -> bool:
    """Tell whether a written issuer is ``body`` or a special case of it (Ban Chỉ đạo 389)."""
    if issuer.head == _PARTY_CENTRE[0]:
        return _names(body)[0].startswith(_PARTY_CENTRE)
    return any(issuer.head == n or issuer.head.startswith(n + "-") for n in _names(body))


def body_letters(issuer: Issuer) -> str | None:
    """Return the letters with which a body of the table signs, None for others.

    >>> body_letters(read_issuer("Sở Nội vụ tỉnh Quảng Ngãi")), body_letters(read_issuer("Hội Nông dân xã Tân Lập"))
    ('snv', None)
    """
    body = _by_name().get(issuer.head)
    return _letters(body.abbr, False) if body and body.abbr else None


@lru_cache(maxsize=16_384)  # the letters of a few bodies, again and again
def signs(tokens: tuple[str, ...]) -> bool:
    """Whether any body, at any time, signs with the letters that tokens of a symbol begin with.

    >>> signs(("lđtbxh",)), signs(("ubtvqh", "kh")), signs(("bnmt",))
    (True, True, False)
    """
    keys = ["".join(tokens[:used]) for used in range(min(4, len(tokens)), 0, -1)]
    return any(_rows(key) or ((part := _DESK.fullmatch(key)) and _rows(part[1])) for key in keys)


@lru_cache(maxsize=16_384)  # the letters of a few bodies, again and again
def read_sign(tokens: tuple[str, ...], year: int | None, issuer: Issuer | None = None) -> Sign | None:
    """Read the body at the start of the tokens of a symbol; None where the letters don't tell one.

    Letters that several bodies had are read by ``year``, then by the ``issuer`` that the text writes.

    >>> read_sign(("bnn", "ptnt", "kh"), 2015).letters, read_sign(("qh15",), 2024).body.name
    ('bnnptnt', 'Quốc hội')
    >>> read_sign(("xyz",), 2024)
    """
    for used in range(min(4, len(tokens)), 0, -1):
        key = "".join(tokens[:used])
        rows, digits = _rows(key), ""
        # QH15: the term; NHNN5: a desk.
        if (part := _TERM.fullmatch(key)) or (not rows and (part := _DESK.fullmatch(key))):
            rows, digits = _rows(part[1]), part[2]
        written = tuple(r for r in rows if issuer and same_body(issuer, r[0]))
        rows = tuple(r for r in rows if year is None or _existed(r[0], year)) or written
        rows = tuple(r for r in rows if r in written) or rows
        rows = tuple(r for r in rows if r[1]) or rows
        if len({r[0].name for r in rows}) == 1:
            body, exact = rows[0]
            # A steering committee's variants are committees of their own.
            own = exact or (body.kind != "steering committee" and (issuer is None or bool(written)))
            letters = slug(body.abbr, "") + digits if own else "-".join(slug(t, "") for t in tokens[:used])
            return Sign(body, used, letters, exact)
    return None


def _existed(body: Body, year: int) -> bool:
    """Whether there was such a body about that year: letters outlive their body, and dates are mistyped."""
    return int((body.valid_from or "0")[:4]) - 1 <= year <= int((body.valid_to or "9998")[:4]) + 1


@cache
def new_series() -> dict[str, str]:
    """Provinces that others merged into under their old name: slug -> first day of the new unit.

    The new unit's bodies begin their numbers again on that day, so the year has two series: Lào Cai
    signed 1471/QĐ-UBND in May 2025 and 1883 in November, Bắc Ninh 761 in May and 616 in August.
    """
    found = {}
    for new in provinces():
        if not new.valid_from or new.valid_from.endswith("-01-01"):
            continue
        before = [p for p in provinces() if (p.valid_to or "9") < new.valid_from and new.full_name in p.successors]
        last = max((p.valid_to or "" for p in before), default="")
        merged = [p.name for p in before if p.valid_to == last]
        if len(merged) > 1 and new.name in merged:
            found[slug(new.name)] = new.valid_from
    return found
