"""Commands and options of click whose help is a message, in the user's language.

What click says itself ("Usage:", "No such option …") it asks of gettext; `click_speaking` gives it
the catalogue made from ``locale/click.tsv``.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib.resources import as_file, files
from typing import Any

import click

from kg.messages import language, say

__all__ = [
    "Command",
    "Decorator",
    "Group",
    "Option",
    "Spoken",
    "Topic",
    "click_speaking",
    "option",
    "topic",
]

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


_DOMAIN = "kg-click"
_CHOSEN = "LANGUAGE"
"""The variable that gettext asks first."""


@contextmanager
def click_speaking() -> Iterator[None]:
    """Let click speak the user's language within the block, and what it spoke before afterwards."""
    domain, chosen = gettext.textdomain(), os.environ.get(_CHOSEN)
    with ExitStack() as stack:
        gettext.bindtextdomain(_DOMAIN, os.fspath(stack.enter_context(as_file(files("kg") / "locale"))))
        gettext.textdomain(_DOMAIN)
        os.environ[_CHOSEN] = language()
        try:
            yield
        finally:
            gettext.textdomain(domain)
            os.environ.pop(_CHOSEN, None)
            if chosen is not None:
                os.environ[_CHOSEN] = chosen


class Spoken(click.Command):
    """A command that explains itself, and its option ``--help``, in the user's language."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option, its help in the language of now."""
        found = super().get_help_option(ctx)
        if found:
            found.help = say("option.help")
        return found

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return what a group says of the command, whole: its help up to the first semicolon or full stop."""
        return re.split(r"[.;](?=\s|\Z)", self.help or "", maxsplit=1)[0]


class Command(Spoken):
    """A command whose help is the message ``help.NAME``, its examples ``example.NAME``."""

    topic = ""
    """What stands before NAME in the keys of a group's commands."""

    @property
    def help(self) -> str:
        """The message, in the user's language."""
        return say(f"help.{self.topic}{self.name}")

    @help.setter
    def help(self, _value: str | None) -> None:
        pass

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples behind the options."""
        with formatter.section(say("help.examples")):
            for line in say(f"example.{self.topic}{self.name}").splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class Option(click.Option):
    """An option whose help is the message ``option.NAME``."""

    topic = ""

    @property
    def help(self) -> str:
        """The message, in the user's language."""
        return say(f"option.{self.topic}{self.name}")

    @help.setter
    def help(self, _value: str | None) -> None:
        pass


class Group(Spoken, click.Group):
    """A group that names the commands which a mistyped one comes near to, also those that are not imported yet."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of the first argument; raises `click.UsageError` where there is none."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            # click asks the commands that it holds, from 8.4 on.
            if not getattr(error, "possibilities", None) and (
                near := get_close_matches(args[0], self.list_commands(ctx))
            ):
                told = say("command.near", names=", ".join(map(repr, near)))
                raise click.UsageError(f"{error.message} {told}", error.ctx) from None
            raise


class Topic(Group):
    """A group of commands; its help is the message ``help.NAME``."""

    command_class = Command

    @property
    def help(self) -> str:
        """The message, in the user's language."""
        return say(f"help.{self.name}")

    @help.setter
    def help(self, _value: str | None) -> None:
        pass


def option(*names: str, cls: type[Option] = Option, **settings: Any) -> Decorator:
    """``click.option`` with its help from the messages."""
    return click.option(*names, cls=cls, **settings)


def topic(name: str) -> tuple[type[Topic], Callable[..., Decorator]]:
    """The class of the group ``kg NAME`` and the decorator of its options; their messages bear its name."""

    class TopicCommand(Command):
        topic = f"{name}."

    class TopicOption(Option):
        topic = f"{name}."

    class TopicGroup(Topic):
        command_class = TopicCommand

    return TopicGroup, partial(option, cls=TopicOption)
