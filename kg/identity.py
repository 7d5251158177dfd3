"""Identifiers of legal documents."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["slug"]

_NOT_ALNUM = re.compile(r"[^a-z0-9]+")


def slug(text: str, sep: str = "-") -> str:
    """Return ``text`` in unaccented lower case ASCII, its words joined by ``sep``.

    Spelling variants (NFC/NFD, Đ/Ð, case, kinds of space and hyphen) give the same slug.

    >>> slug("Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu")
    'uy-ban-nhan-dan-tinh-ba-ria-vung-tau'
    >>> slug("60/2024/NÐ-CP")
    '60-2024-nd-cp'
    >>> slug("Nghị định", ".")
    'nghi.dinh'
    """
    # Đ (U+0110), Ð (U+00D0) and Ɖ (U+0189) have no decomposition.
    folded = unicodedata.normalize("NFKD", text).lower().translate(_D)
    return _NOT_ALNUM.sub(sep, "".join(c for c in folded if not _dropped(c))).strip(sep)


_D = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d"})


def _dropped(char: str) -> bool:
    """Tell whether ``char`` is a combining or an invisible format character."""
    return unicodedata.category(char) in ("Mn", "Cf")
