"""Files that are whole or not there: a result takes the place of an earlier one in a single step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from kg.messages import KgError, say, told

__all__ = ["replacing"]


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that takes the place of ``path`` once it is whole; missing folders are made.

    Raises KgError where nothing can be written there; after any error ``path`` is as it was.
    """
    if path.is_dir():
        raise KgError.of("file.denied", path=path, error=say("system.EISDIR"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise KgError.of("file.denied", path=path, error=told(error)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        # mkstemp lets only the owner read; give the file the rights of any new one.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
