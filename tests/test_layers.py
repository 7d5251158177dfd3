"""The packages stand in layers, as docs/architecture.md tells them: each imports from those below it alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]
# From the ground up.
LAYERS = (
    *("messages", "model", "text", "ontology", "entities", "structure", "citations", "relations", "tasks"),
    *("documents", "extract", "loaders", "graph", "answers", "pipeline", "checks", "output", "report", "server"),
    *("neo4j", "spark", "cli"),
)
NO_LAYER = {"kg", "kg.__main__", "kg.locale.make", "kg.queries"}


def modules() -> dict[str, Path]:
    """Every module by its name as it is installed."""
    found = {}
    for folder, package in (("kg", "kg"), *((name, f"kg.{name}") for name in ("loaders", "ontology", "queries"))):
        for path in (ROOT / folder).rglob("*.py"):
            parts = path.relative_to(ROOT / folder).with_suffix("").parts
            found[".".join((package, *parts)).removesuffix(".__init__")] = path
    return found


def imported(path: Path) -> Iterator[str]:
    """What a module imports of the package's own modules, at its head or in its functions: ``kg.model.Status``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            named = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        else:
            continue
        yield from (name for name in named if name.startswith("kg."))


def layer(module: str) -> int:
    return LAYERS.index(module.split(".")[1])


def test_no_module_imports_from_a_layer_above_its_own() -> None:
    upward = [
        f"{module} imports {name}"
        for module, path in modules().items()
        if module not in NO_LAYER
        for name in imported(path)
        if layer(name) > layer(module)
    ]
    assert not upward


def test_no_module_imports_one_that_imports_it() -> None:
    there = modules()
    needs = {
        module: {name if name in there else name.rpartition(".")[0] for name in imported(path)}
        for module, path in there.items()
        if module != "kg"
    }
    tuple(TopologicalSorter(needs).static_order())  # raises CycleError


def test_every_layer_is_there_and_told_in_the_description() -> None:
    there = {module.split(".")[1] for module in modules() if module not in NO_LAYER}
    assert there == set(LAYERS)
    description = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(?:kg/)?([a-z0-9_]+)(?:/|\.py)`", description))
    assert set(LAYERS) <= told, set(LAYERS) - told
