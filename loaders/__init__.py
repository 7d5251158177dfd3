"""Files to text: ``load(path)`` returns the `Source` of a .txt, .md, .html, .docx, .pdf, .doc or .rtf file."""

from kg.loaders.registry import LOADERS, Loader, load, loaders, loads
from kg.loaders.source import LoadError, Place, Source

__all__ = ["LOADERS", "LoadError", "Loader", "Place", "Source", "load", "loaders", "loads"]
