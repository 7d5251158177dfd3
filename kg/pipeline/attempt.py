"""One document read, whatever happens: what it says, or one line on what is wrong with it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.loaders import LoadError
from kg.messages import say, told
from kg.pipeline.document import Document, Statements, statements
from kg.pipeline.inputs import Stamp, missing

__all__ = ["attempt"]

_SECONDS: Final = 60.0
_BYTES_PER_SECOND: Final = 2000.0
"""A document that is read slower than this, a hundredth of what is usual, has met a fault of ours."""


def attempt(document: Document, *, known: str | None, extractor: str) -> Statements | str | None:
    """Read ``document``; return a message where that fails, None where its digest is ``known``.

    ``extractor`` is the version to note in the graph.  Nothing is raised, and in the main thread of
    a POSIX process a document that takes far too long is given up.
    """
    path = Path(document.path)
    try:
        if isinstance(document.content, Path) and Stamp.of(path) is None:
            return missing(path)  # a pipe would be waited for
        fetched = document.fetched()
        if fetched.sha256() == known:
            return None
        assert not isinstance(fetched.content, Path)
        with _time_limit(_SECONDS + len(fetched.content) / _BYTES_PER_SECOND):
            return statements(fetched, extractor=extractor)
    except LoadError as error:
        return str(error)
    except OSError as error:
        return say("build.unreadable", path=path, error=told(error))
    except _TooSlow:
        return say("build.slow", path=path)
    except Exception as error:
        # A fault of ours must not stop the other documents.
        line = " ".join(f"{type(error).__name__}: {error}".split())
        return say("build.fault", path=path, error=line)


class _TooSlow(BaseException):
    """The time of a document is over; not an Exception, so that nothing on the way takes it for a fault."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise _TooSlow when the body takes longer; only the main thread of a POSIX process can tell."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
