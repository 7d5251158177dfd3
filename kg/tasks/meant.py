"""Enterprises that are told to act by a word for what they are: ``yêu cầu Công ty khắc phục``.

A notice or a report on an inspection names the enterprises once and then speaks of ``Công ty``, ``đơn vị``,
``các đơn vị nêu trên``.  One is meant by the name that came last in the same passage, several by all those of
the passage in which a name came last.
"""

from __future__ import annotations

from typing import Final

from kg.entities import enterprises
from kg.ontology.wording import words
from kg.structure import Outline
from kg.text.late import late
from kg.text.patterns import begun

__all__ = ["meant"]

_TOLD: Final = late(
    rf"{begun('yêu cầu|đề nghị|nhắc nhở')}\s+"
    r"(?P<many>(?:các|những)\s+)?"
    r"(?P<who>công ty|đơn vị|doanh nghiệp|nhà đầu tư|chủ đầu tư)"
    r"(?P<above>\s+(?:(?:được\s+)?(?:nêu|kể)\s+(?:ở\s+)?)?trên)?(?:\s+này)?"
    rf"(?=\s+(?:{words('acts')}|nghiêm|khắc phục|bổ sung|dừng)(?!\w))"
)
"""In small letters."""
_FAR: Final = 6000
"""Code points before the word within which the enterprise was named."""


def meant(text: str, start: int, end: int, outline: Outline) -> tuple[str, ...]:
    """Return the enterprises that a span of a normalized text tells to act without naming them; else empty.

    >>> from kg.structure import outline
    >>> text = "Công ty TNHH Thành Hương đã nổ mìn. Đề nghị Công ty thực hiện Luật."
    >>> meant(text, 36, len(text), outline(text))
    ('Công ty TNHH Thành Hương',)
    """
    told = _TOLD.search(text[start:end].lower())
    if told is None:
        return ()
    place = start + told.start()
    found = list(enterprises.find(text, max(0, place - _FAR), place))
    if not found:
        return ()
    last = outline.at(found[-1][0])
    if not (told["many"] or told["above"]):
        return (found[-1][1],) if last == outline.at(place) else ()
    return tuple(dict.fromkeys(name for named, name in found if outline.at(named) == last))
