"""How the process of a command takes memory from the system."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

__all__ = ["one_pool"]

_ARENA_MAX: Final = -8
"""``M_ARENA_MAX`` of the GNU C library's ``malloc.h``."""


def one_pool() -> None:
    """Let all threads take memory from one pool, where the C library is GNU's; to be called before they begin.

    Else each of the store's threads keeps a pool of its own, and of what one has given back none has the use: a sixth
    of what a build holds while it loads, a third of it in the second pass.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
