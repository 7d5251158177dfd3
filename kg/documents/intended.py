"""The number that a citation means where letters of its symbol are nobody's (`kg.documents.symbol`).

The identifier of the document has the letters that are meant; here they are put into the number as the text writes it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kg.documents.symbol import one_slip
from kg.documents.urn import parts_of
from kg.documents.variants import known_letters, split_number
from kg.entities.symbols import find
from kg.text.slugs import slug

__all__ = ["intended"]

_ASSEMBLY: Final = ("qh", "ubtvqh")
"""Letters of numbers whose term is told apart by the year."""


@lru_cache(maxsize=8192)  # the same few numbers, again and again
def intended(number: str, identifier: str) -> str | None:
    """Return the number that is meant by ``number``, None where that is meant as it stands.

    >>> intended("373/TTr-SNY", "urn:lex:vn;ca.mau:so.noi.vu:to.trinh:2024;373-ttr-snv")
    '373/TTr-SNV'
    >>> spelling = "urn:lex:vn:bo.nong.nghiep.va.phat.trien.nong.thon:thong.tu:2019;10-2019-tt-bnnptnt"
    >>> intended("10/2019/TT-BNN&PTNT", spelling) is None
    True
    """
    own, right = split_number(slug(number)), split_number(parts_of(identifier).number)
    if not own or not right or not right[2] or own[2].replace("-", "") == right[2].replace("-", ""):
        return None
    if right[2].rstrip("0123456789") in _ASSEMBLY or not one_slip(own[2], right[2]) or known_letters(own[2]):
        return None
    found = find(number[: -len(own[2])] + right[2].upper())
    return found.number if found else None
