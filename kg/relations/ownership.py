"""Whose document a cited one is: the reporting body's, its province's, the Party's."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.citations import Citation
from kg.entities import bodies
from kg.model import Header, apart
from kg.ontology.tables import bodies as listed

__all__ = ["central", "of_the_body", "of_the_party", "of_the_province", "succeeds"]

_OFFICE: Final = "Văn phòng "
"""An office signs for its body: Văn phòng Chính phủ for the Prime Minister."""
_PLACE: Final = re.compile(r"\s(?:tỉnh|thành phố)\s\Z")
_LOCALITY: Final = re.compile(r"\s(?:huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\s.+\Z")
_LOCAL: Final = ("province", "district", "any")
_PARTY: Final = ("Tỉnh ủy", "Thành ủy")


def of_the_body(citation: Citation, header: Header) -> bool:
    """Whether the reporting body, its office or its predecessor in a merged province issued the document."""
    if not header.issuer:
        return citation.issuer is not None and of_the_province(citation, header)
    owners = [own.removeprefix(_OFFICE) for own in apart(header.issuer)]
    return any(_one(own, issuer) for own in owners for issuer in apart(citation.issuer))


def _one(own: str, issuer: str) -> bool:
    place, home = bodies.province_of(issuer), bodies.province_of(own)
    if place and home and place != home and bodies.part_of(place, home):
        issuer = issuer.removesuffix(place) + home
    return own in issuer or issuer.removeprefix(_OFFICE) in own or succeeds(own, issuer)


@cache
def succeeds(later: str, earlier: str) -> bool:
    """Whether a body took the place of another of the same place, at once or by way of others.

    >>> succeeds("Bộ Nông nghiệp và Môi trường", "Bộ Thủy sản"), succeeds("Bộ Thủy sản", "Bộ Nông nghiệp và Môi trường")
    (True, False)
    >>> succeeds("Sở Nông nghiệp và Môi trường tỉnh Bắc Ninh", "Sở Thủy sản tỉnh Bắc Ninh")
    True
    """
    place = bodies.province_of(later)
    if place and place == bodies.province_of(earlier):
        later, earlier = (_PLACE.sub("", body.removesuffix(place)) for body in (later, earlier))
    # A name may come back: Cục Địa chất và Khoáng sản, then Tổng cục, then two offices, then Cục again.
    heirs, new = {earlier}, {earlier}
    while new:
        new = {heir for row in listed() if row.name in new for heir in row.successors} - heirs
        heirs |= new
    return later in heirs and later != earlier


def of_the_province(citation: Citation, header: Header) -> bool:
    """Whether the reporting body issued the document, or another one of its province.

    News tells of what the bodies of its place do, and names no body of its own.
    """
    if citation.issuer is None or header.issuer is None:
        return citation.issuer is None or (header.type is None and _local(citation.issuer, header.province))
    return any(_near(name, header) for name in apart(citation.issuer))


def _near(issuer: str, header: Header) -> bool:
    if any(issuer.removeprefix(_OFFICE) in own or succeeds(own, issuer) for own in apart(header.issuer)):
        return True
    local = _LOCALITY.search(issuer)
    if local and any(own.endswith(local[0]) for own in apart(header.issuer)):
        return True  # "Hội đồng nhân dân huyện Mường La" in a report of its committee
    place = bodies.province_of(issuer)
    return bool(place and header.province and bodies.part_of(place, header.province))


def _local(issuer: str, province: str | None) -> bool:
    """Whether a body of a province or below it issued the document, of ``province`` where that is known."""
    place = bodies.province_of(issuer)
    if place:
        return not province or bodies.part_of(place, province)
    return issuer.startswith(_local_names()) or issuer.startswith(_PARTY)


@cache
def _local_names() -> tuple[str, ...]:
    return tuple(row.name for row in listed() if row.level in _LOCAL)


def central(citation: Citation) -> bool:
    """Whether a body of the state or the Party above the provinces issued the document."""
    return citation.issuer is not None and bodies.province_of(citation.issuer) is None


def of_the_party(citation: Citation, header: Header) -> bool:
    """Whether a Party committee issued the document and another body reports, by itself not on its advice."""
    return (citation.issuer or "").startswith(_PARTY) and not (header.issuer or "").startswith(_PARTY)
