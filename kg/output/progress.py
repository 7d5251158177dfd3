"""How far a build has come: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.messages import say

if TYPE_CHECKING:
    from kg.pipeline.build import Step

__all__ = ["bar"]


@contextmanager
def bar() -> Iterator[Callable[[Step], None] | None]:
    """Show a bar with speed and remaining time on stderr; give what moves it, None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task, started = shown.add_task("", total=None), time.monotonic()

        def advance(step: Step) -> None:
            from rich.markup import escape

            speed = step.characters / max(time.monotonic() - started, 0.001)
            told = say("build.progress", documents=step.documents, speed=speed)
            description = f"{told} · {escape(Path(step.path).name)}"
            shown.update(task, completed=step.done, total=step.total, description=description)

        yield advance
