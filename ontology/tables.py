"""The tables that drive the program: document types, bodies, provinces, laws, treaties.

Each is a tab-separated file in ``ontology/`` with one header line; lists inside a cell are
joined by ``|``.  A row becomes one frozen object here, so the rest of the code never sees
column names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.text.slugs import slug

__all__ = [
    "Body",
    "DocType",
    "Group",
    "Law",
    "Province",
    "Treaty",
    "bodies",
    "column",
    "doc_types",
    "groups",
    "law_letters",
    "laws",
    "provinces",
    "read",
    "shortenings",
    "treaties",
]


@dataclass(frozen=True, slots=True)
class DocType:
    """A kind of document: Nghị định 30/2020/NĐ-CP Phụ lục III, the promulgation laws, Party rule 399-QĐ/TW."""

    name: str
    abbr: tuple[str, ...]
    category: str
    aliases: tuple[str, ...]
    english: tuple[str, ...]
    issuer: str | None
    """The one body that issues this type, where there is only one."""
    short: str
    """``y`` where people cite it by a bare number (``Nghị định 60``), ``số`` where with "số" alone, else empty."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body that issues documents, by the letters it signs with."""

    abbr: str
    name: str
    kind: str
    level: str
    """``central``, ``province``, ``district``, ``enterprise``, or ``any`` where the place decides."""
    valid_from: str | None
    valid_to: str | None
    successors: tuple[str, ...]
    abbr_variants: tuple[str, ...]
    name_variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """A province-level unit in one form and one period; dates are the first and last day, ISO."""

    name: str
    form: str
    full_name: str
    valid_from: str | None
    valid_to: str | None
    successors: tuple[str, ...]
    current: tuple[str, ...]
    code: str | None
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """A law, code or ordinance known by name."""

    type: str
    name: str
    abbr: str | None


@dataclass(frozen=True, slots=True)
class Treaty:
    """A treaty known by name and acronym."""

    type: str
    abbr: str
    name: str
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies named together: ``các sở, ban, ngành``; the name ``*`` depends on who speaks."""

    names: tuple[str, ...]
    """One, or several where the words name as many groups: ``các tỉnh ủy, thành ủy``."""
    variants: tuple[str, ...]


def read(name: str) -> list[dict[str, str]]:
    """Rows of ``ontology/<name>.tsv`` as dictionaries of strings."""
    lines = files("kg.ontology").joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"), strict=True)) for line in lines[1:]]


def _list(cell: str, mark: str = "|") -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(mark) if part.strip())


@cache
def doc_types() -> tuple[DocType, ...]:
    """Every document type, in the order of the table."""
    return tuple(
        DocType(
            r["type"],
            _list(r["abbr"]),
            r["category"],
            _list(r["aliases"]),
            _list(r["english"]),
            r["issuer"] or None,
            r["short"],
        )
        for r in read("doctypes")
    )


@cache
def bodies() -> tuple[Body, ...]:
    """Every issuing body; one that changed is listed once for each period."""
    return tuple(
        Body(
            r["abbr"],
            r["name"],
            r["kind"],
            r["level"],
            r["valid_from"] or None,
            r["valid_to"] or None,
            _list(r["successor"], ";"),
            _list(r["abbr_variants"]),
            _list(r["name_variants"]),
        )
        for r in read("issuers")
    )


@cache
def provinces() -> tuple[Province, ...]:
    """Every province-level unit since 1976; one that changed is listed once for each period."""
    return tuple(
        Province(
            r["name"],
            r["form"],
            r["full_name"],
            r["valid_from"] or None,
            r["valid_to"] or None,
            _list(r["successor"], ";"),
            _list(r["current"], ";"),
            r["code_gso"] or None,
            _list(r["variants"]),
        )
        for r in read("provinces")
    )


@cache
def laws() -> tuple[Law, ...]:
    """Laws, codes and ordinances by name."""
    return tuple(Law(r["type"], r["name"], r["abbr"] or None) for r in read("laws"))


@cache
def law_letters() -> tuple[tuple[str, str], ...]:
    """What people write in the name of a law, and the words that it stands for: ``GTGT``, ``giá trị gia tăng``."""
    return tuple((row["letters"], row["words"]) for row in read("law_letters"))


@cache
def treaties() -> tuple[Treaty, ...]:
    """Treaties by name and acronym."""
    return tuple(Treaty(r["type"], r["abbr"], r["name"], _list(r["variants"])) for r in read("treaties"))


@cache
def groups() -> tuple[Group, ...]:
    """Groups of bodies that orders are given to."""
    return tuple(Group(_list(r["group"]), _list(r["variants"])) for r in read("groups"))


@cache
def shortenings() -> dict[str, str]:
    """The words that letters in the names of bodies stand for: ``THADS`` -> ``Thi hành án dân sự``."""
    return {row["letters"]: row["words"] for row in read("shortenings")}


@cache
def _columns() -> dict[str, str]:
    return {alias: row["column"] for row in read("columns") for alias in row["aliases"].split("|")}


def column(name: str) -> str | None:
    """Return what a column holds by its name in Vietnamese or English, None where that is not known.

    >>> column("Ngày ban hành"), column("so_ky_hieu"), column("colour")
    ('date', 'number', None)
    """
    return _columns().get(slug(name))
