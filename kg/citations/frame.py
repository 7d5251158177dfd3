"""Numbers that name no document of law where they stand: in the name of a file, in the frame of a web page.

A portal's pages end with the licence of the portal itself (Nghị định 147/2024/NĐ-CP, Điều 24: its number and issuer
stand on the home page), and list their attachments by the names of the files.

>>> in_file_name("Tải về: TT156-2013-BTC.doc", 10, 22)
True
>>> line = "Giấy phép thiết lập trang thông tin điện tử số 45/GP-STTTT do Sở Thông tin và Truyền thông cấp"
>>> of_site(line, line.index("45"))
True
"""

from __future__ import annotations

import re
from typing import Final

from kg.ontology.wording import words
from kg.text.late import late
from kg.text.normalization import fold

__all__ = ["in_file_name", "of_site"]

_FILE: Final = late(
    r"[^\s/|;,]{0,40}?\.(?:pdf|docx?|xlsx?|pptx?|rtf|odt|rar|zip|7z|jpe?g|png|tiff?)(?!\w)", re.IGNORECASE
)
_WORD: Final = words("site_words")
_LICENCE: Final = late(
    rf"\W*(?:(?:©|ban quyen|copyright)[^\n]{{0,120}}?\W)?(?:{_WORD}\W+){{0,12}}"
    rf"giay phep(?:\W+{_WORD}){{0,12}}\W*(?:so\W*)?"
)
_SITE: Final = late(words("site_signs"))
_AROUND: Final = 240
"""Code points before and behind the licence in which the frame of a page tells what it is."""


def in_file_name(text: str, start: int, end: int) -> bool:
    """Whether the number at ``start:end`` stands in the name of a file, which has no slash."""
    return "/" not in text[start:end] and _FILE.match(text, end) is not None


def of_site(text: str, core: int) -> bool:
    """Whether the licence whose number begins at ``core`` is that of the page on which the text stands."""
    line = text.rfind("\n", 0, core) + 1
    if not _LICENCE.fullmatch(fold(text[line:core])):
        return False
    return _SITE.search(fold(text[max(0, line - _AROUND) : core + _AROUND])) is not None
