"""All commands of the command line, for tests that hold for each of them."""

from __future__ import annotations

from collections.abc import Iterator

import click

__all__ = ["commands"]


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Each command and group below ``group``, with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None and command.name == name
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
