"""What kind of file this is, by its first bytes: none of the readers is imported to tell."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["ENCRYPTED", "is_doc", "is_docx", "is_html", "is_pdf", "is_rtf"]

ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
"""Stands in an OLE file that holds an Office document locked by a password."""

_OLE: Final = b"\xd0\xcf\x11\xe0"
_PAGE: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b", re.I | re.S
)


def is_pdf(data: bytes) -> bool:
    """Return whether ``data`` has the header of a PDF in its first kilobyte, where readers look for it."""
    return b"%PDF-" in data[:1024]


def is_docx(data: bytes, suffix: str) -> bool:
    """Return whether ``data`` is a Word document, whole, cut short or locked."""
    if data.startswith(_OLE):
        return ENCRYPTED in data and suffix in {".docx", ".docm", ""}
    return data.startswith(b"PK\x03\x04") and (b"word/document.xml" in data or suffix in {".docx", ".docm"})


def is_doc(data: bytes) -> bool:
    """Return whether ``data`` is an OLE file with a Word document in it."""
    return data.startswith(_OLE) and "WordDocument".encode("utf-16-le") in data


def is_rtf(data: bytes) -> bool:
    """Return whether ``data`` is Rich Text Format."""
    return data.lstrip()[:5] == b"{\\rtf"


def is_html(data: bytes) -> bool:
    """Return whether ``data`` opens as a web page does."""
    return _PAGE.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]) is not None
