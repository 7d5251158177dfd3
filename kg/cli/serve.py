"""The command ``kg serve``."""

from __future__ import annotations

import click

from kg.cli.options import graph_option
from kg.cli.speaking import Command, Decorator, Option, option
from kg.messages import say
from kg.output.terminal import warn

__all__ = ["serve"]


class _Option(Option):
    topic = "serve."


def _option(*names: str, default: object = None, **settings: object) -> Decorator:
    return option(*names, cls=_Option, default=default, show_default=True, **settings)


@click.command("serve", cls=Command)
@graph_option
@_option("--host", default="127.0.0.1")
@_option("--port", type=click.IntRange(0, 65535), default=8000)
@_option("--query-seconds", "query_seconds", type=click.FloatRange(min=0, min_open=True), default=30.0)
@_option("--allow-host", "allowed", multiple=True, metavar="NAME")
def serve(graph_dir: str, host: str, port: int, query_seconds: float, allowed: tuple[str, ...]) -> None:
    """``kg serve``."""
    from kg.server.run import serve as run

    def ready(address: str) -> None:
        warn(say("serve.ready", address=address))

    run(graph_dir, host, port, query_seconds=query_seconds, hosts=allowed, ready=ready)
