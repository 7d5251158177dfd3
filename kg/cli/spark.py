"""``kg spark``: builds on a cluster, and their results into a graph."""

from __future__ import annotations

import time

import click

from kg.cli.options import graph_option
from kg.cli.speaking import option, topic
from kg.messages import say
from kg.output.terminal import warn

__all__ = ["spark"]


_Group, _option = topic("spark")


@click.group("spark", cls=_Group)
def spark() -> None:
    """``kg spark``."""


@spark.command("build")
@click.argument("paths", nargs=-1, required=True)
@_option("-o", "--out", required=True)
@_option("--master")
@_option("--conf", multiple=True, metavar="NAME=VALUE")
@option("--text-column")
@_option("--afresh", is_flag=True)
def build_command(
    paths: tuple[str, ...], out: str, master: str | None, conf: tuple[str, ...], text_column: str | None, afresh: bool
) -> None:
    """``kg spark build``."""
    from kg.spark.job import build, session

    settings = [(name, value) for name, equals, value in (text.partition("=") for text in conf) if equals]
    if len(settings) < len(conf):
        raise click.UsageError(say("spark.conf"))
    started = time.perf_counter()
    running = session(master, settings)
    try:
        done = build(running, paths, out, text_column=text_column, afresh=afresh)
    finally:
        running.stop()
    counts = {name: getattr(done, name) for name in ("read", "unchanged", "failed", "path")}
    click.echo(say("spark.built", **counts, seconds=time.perf_counter() - started))
    if done.failed:
        warn(say("spark.failed", count=done.failed, path=f"{done.path}/failures"))
        raise SystemExit(1)


@spark.command("load")
@click.argument("out", type=click.Path())
@graph_option
def load_command(out: str, graph_dir: str) -> None:
    """``kg spark load``."""
    from kg.spark.load import load

    documents, links = load(out, graph_dir)
    click.echo(say("spark.loaded", documents=documents, links=links, graph=graph_dir))
