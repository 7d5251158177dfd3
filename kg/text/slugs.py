"""Names in plain ASCII: the words of identifiers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["slug", "unaccented"]

_NOT_ALNUM: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=8192)  # the same few names of types and bodies, again and again
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
    return _NOT_ALNUM.sub(sep, unaccented(text).replace("đ", "d")).strip(sep or None)


def unaccented(text: str) -> str:
    """Return ``text`` in lower case without accents and invisible characters.

    Đ stays a letter of its own, since ĐA (đề án) and DA (dự án) are two types; its look-alikes become Đ.

    >>> unaccented("NÐ-CP"), unaccented("Đề án")
    ('nđ-cp', 'đe an')
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).lower().replace("ð", "đ").replace("ɖ", "đ")
    return folded.translate(_WITHOUT_MARKS)


class _Letters(dict[int, int | None]):
    """What to put in the place of each character: nothing for marks and what is invisible, else itself."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) in ("Mn", "Cf") else code
        return self[code]


_WITHOUT_MARKS: Final = _Letters()
