"""The command ``kg``: a thin shell over the package, one module a group of commands.

Results go to stdout, progress and warnings to stderr.  Exit codes: 0 all well; 1 some inputs
failed (each named on stderr, the rest done); 2 wrong usage; 130 interrupted.  A command's module is
imported when the command is wanted, and imports what it needs when it runs, so that the command
line starts at once.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any, Final

import click

from kg.cli.speaking import Group, Option, click_speaking
from kg.messages import KgError, say, told
from kg.output.terminal import warn

__all__ = ["main"]

_MODULES: Final = {
    "extract": "documents",
    "check": "documents",
    "annotate": "documents",
    "build": "building",
    "ask": "questions",
    "query": "questions",
    "sparql": "sparql",
    "lookup": "lookup",
    "export": "graph",
    "stats": "graph",
    "validate": "graph",
    "registry": "building",
    "neo4j": "neo4j",
    "report": "report",
    "serve": "serve",
    "spark": "spark",
}
"""Commands, as ``kg --help`` lists them -> the module beside this one that has the command by its name."""


class _Group(Group):
    """The command ``kg`` itself: sets up the process, and turns the errors a user can mend into one line."""

    @property
    def help(self) -> str:
        return say("help.kg")

    @help.setter
    def help(self, _value: str | None) -> None:
        pass

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            # Vietnamese needs UTF-8, whatever the locale says.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        try:
            return super().__call__(*args, **kwargs)
        finally:
            gc.freeze()  # the process ends here: nothing is gained by looking for what it could give back

    def main(self, *args: Any, **kwargs: Any) -> Any:
        with click_speaking():
            return super().main(*args, **kwargs)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_MODULES)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in _MODULES:
            return None
        found: click.Command = getattr(import_module(f"kg.cli.{_MODULES[name]}"), name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            warn(say("interrupted.build" if ctx.invoked_subcommand == "build" else "interrupted"))
            ctx.exit(130)
        except Exception as error:
            problem = _problem(error)
            if problem is None:
                raise
            warn(problem[0])
            ctx.exit(problem[1])


def _problem(error: Exception) -> tuple[str, int] | None:
    """What to tell the user, and the exit code; None for an error of the program."""
    from kg.loaders import LoadError  # a command that failed this way has imported it already

    if isinstance(error, KgError):
        return str(error), 2
    if isinstance(error, LoadError):
        return str(error), 1
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {told(error)}", 1
    return None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="vn-legal-kg", prog_name="kg", message="%(prog)s %(version)s", cls=Option)
def main() -> None:
    """The command ``kg``."""
