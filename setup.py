"""Compiles what reads a text to machine code where ``KG_COMPILE`` is set: by mypyc, with a C compiler.

Without it the same modules run as Python.  Everything else about the package stands in pyproject.toml.
"""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from setuptools import Extension, setup

_COMPILER = "mypy>=1.16"
_FOLDERS = {"kg": "kg", "loaders": "kg/loaders", "ontology": "kg/ontology", "queries": "kg/queries"}
_COMPILED = (
    *("text", "ontology", "entities", "structure", "citations", "relations", "tasks", "documents"),
    *("extract.py", "graph/terms.py", "graph/rdf.py", "graph/summaries.py"),
    *("pipeline/groups.py", "pipeline/matching.py", "pipeline/resolve.py"),
)
# What mypyc makes of a frozen dataclass can't go from process to process; `late` makes attributes when asked for them.
_PLAIN = {"record.py", "late.py"}


def translated() -> list[Extension]:
    """The modules as C, laid out as they are installed, since mypyc names a module by its folders."""
    from mypyc.build import mypycify

    laid_out = Path("build", "compiled")
    shutil.rmtree(laid_out, ignore_errors=True)
    for source, target in _FOLDERS.items():
        shutil.copytree(source, laid_out / target, ignore=shutil.ignore_patterns("__pycache__"))
    places = [laid_out / "kg" / name for name in _COMPILED]
    modules = [module for place in places for module in ([place] if place.is_file() else sorted(place.rglob("*.py")))]
    paths = [str(module) for module in modules if module.name not in _PLAIN]
    return mypycify(["--ignore-missing-imports", "--follow-imports=silent", *paths], debug_level="0")


if __name__ == "__main__":  # so it is for pip too; `make lint` imports this module
    wanted = bool(os.environ.get("KG_COMPILE"))
    there = find_spec("mypyc") is not None
    # pip asks first what the build needs, and has it installed when it builds.
    setup(setup_requires=[_COMPILER] if wanted else [], ext_modules=translated() if wanted and there else [])
