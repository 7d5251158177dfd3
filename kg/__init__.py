"""Knowledge graph of the legal documents that Viet Nam's administration cites and carries out.

>>> import kg
>>> kg.extract("Thực hiện Nghị định số 60/2024/NĐ-CP ngày 05/6/2024.").mentions[0].number
'60/2024/NĐ-CP'

`extract` reads one text, `load` one file, `build` files and folders into a graph directory,
`Graph.open` opens that, and `run`, `ask` and `lookup` put questions to it.  Nothing is
imported before it is used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.answers.ask import Understanding, ask, understand
    from kg.answers.lookup import Candidate, lookup
    from kg.answers.questions import Answer, run
    from kg.extract import extract
    from kg.graph.store import Graph
    from kg.loaders import LoadError, Source, load
    from kg.messages import KgError
    from kg.model import Extraction
    from kg.output.export import export
    from kg.pipeline.build import build

    __version__: str

__all__ = [
    "Answer",
    "Candidate",
    "Extraction",
    "Graph",
    "KgError",
    "LoadError",
    "Source",
    "Understanding",
    "__version__",
    "ask",
    "build",
    "export",
    "extract",
    "load",
    "lookup",
    "run",
    "understand",
]

_HOME = {
    "Answer": "kg.answers.questions",
    "run": "kg.answers.questions",
    "Understanding": "kg.answers.ask",
    "ask": "kg.answers.ask",
    "understand": "kg.answers.ask",
    "build": "kg.pipeline.build",
    "export": "kg.output.export",
    "extract": "kg.extract",
    "LoadError": "kg.loaders",
    "Source": "kg.loaders",
    "load": "kg.loaders",
    "Candidate": "kg.answers.lookup",
    "lookup": "kg.answers.lookup",
    "Extraction": "kg.model",
    "Graph": "kg.graph.store",
    "KgError": "kg.messages",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("vn-legal-kg")
    elif name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


class _Package(ModuleType):
    """Keeps ``kg.extract`` the function: importing the module ``kg.extract`` would put itself in its place."""

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, ModuleType) and _HOME.get(name) == value.__name__:
            value = getattr(value, name)
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __dir__() -> list[str]:
    return sorted(__all__)
