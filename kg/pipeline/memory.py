"""How the processes of a build take memory from the system and give it back."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

__all__ = ["be_frugal"]

_SETTINGS: Final = {
    "M_ARENA_MAX": (-8, 1),
    "M_MMAP_THRESHOLD": (-3, 256 * 1024),
}
"""The numbers of settings in the GNU C library's ``malloc.h``, and what they are set to."""


def be_frugal() -> None:
    """Let all threads take memory from one pool and give large pieces back, where the C library is GNU's.

    To be called before other threads begin.  Else each of the store's threads keeps a pool of its own, and of what one
    has given back none has the use; and after a long document a process keeps pieces of its size between small ones.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            mallopt = ctypes.CDLL(None).mallopt
            for setting, value in _SETTINGS.values():
                mallopt(setting, value)
