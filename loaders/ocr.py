"""Optical recognition of page images through Tesseract with its Vietnamese model (extra ``ocr``)."""

from __future__ import annotations

import os
import shutil
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from kg.messages import say

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["DPI", "missing", "read_image"]

DPI = 250
"""Resolution at which pages are rendered for `read_image`: 200 and 300 each lost citations that 250 reads."""


@cache
def missing() -> str | None:
    """Return what to do before pages can be recognised, None if all is in place."""
    if find_spec("pytesseract") is None or find_spec("PIL") is None:
        return say("ocr.missing")
    if shutil.which("tesseract") is None:
        return say("ocr.tesseract")
    import pytesseract  # type: ignore[import-untyped, unused-ignore]

    if "vie" not in pytesseract.get_languages():
        return say("ocr.vietnamese")
    return None


def read_image(image: Image) -> str:
    """Return the text of a page image, one line for each printed line; call only if nothing is `missing`."""
    import pytesseract

    # Tesseract's threads wait for each other: one thread is five times as fast as four on two cores.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    text: str = pytesseract.image_to_string(image, lang="vie", config=f"--dpi {DPI}")
    return text.replace("\f", "").strip("\n")
