"""Members of archives, one at a time: .zip, .tar, .tar.gz and the like.

A member is read into memory whole, since every loader needs a whole file, but never more than one
and never more than `LARGEST` bytes of it.  What an archive says of itself is not trusted: names
that lead out of it, more content than its size can hold, members that are locked or damaged are
told as a `Problem`, and the rest goes on.  Nothing is ever unpacked to disk.
"""

from __future__ import annotations

import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

from kg.messages import say, told

__all__ = ["ARCHIVES", "LARGEST", "Member", "Problem", "members"]

ARCHIVES: Final = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
"""The suffixes of archives that are read."""
LARGEST: Final = 100_000_000
"""Bytes of the largest member that is read."""
_DENSEST: Final = 250
"""So many bytes in one byte of archive are no documents; the text of reports packs to a fifth."""
_ALWAYS: Final = 64_000_000
"""Bytes that any archive may hold."""
_DRIVE = re.compile(r"[A-Za-z]:")
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name with ``/`` between folders, and how to read it."""

    name: str
    position: int
    """Bytes of the archive that lie before its end, for those who show progress."""
    read: Callable[[], bytes]
    """Returns the content; to be called before the next member is asked for.  Raises `Problem`."""


class Problem(ValueError):
    """What is wrong with an archive or one member: where (``archive/member``) and one line that says why."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


def members(path: Path, shown: str) -> Iterator[Member | Problem]:
    """Yield the files of the archive at ``path`` in its own order; ``shown`` is its name in messages.

    Folders, links and what systems leave behind (``__MACOSX``, hidden files) are left out.  A
    `Problem` with the archive itself is the last thing that is yielded.
    """
    try:
        if path.name.lower().endswith(".zip"):
            yield from _zipped(path, shown)
        else:
            yield from _tarred(path, shown)
    except _DAMAGE as error:
        yield _problem("archive.damaged", shown, error)


def _zipped(path: Path, shown: str) -> Iterator[Member | Problem]:
    position, budget = 0, _Budget(path)
    with zipfile.ZipFile(path) as archive:
        infos = {_name_in_zip(info): info for info in archive.infolist() if not info.is_dir()}
        for raw, info in infos.items():
            position += info.compress_size
            if (name := _checked(raw, shown)) is None:
                continue
            if isinstance(name, Problem):
                yield name
            elif info.flag_bits & 0x1:
                yield _problem("archive.locked", f"{shown}/{name}")
            else:
                yield Member(name, position, _reader(partial(archive.open, info), f"{shown}/{name}", budget))


def _name_in_zip(info: zipfile.ZipInfo) -> str:
    """The name of a member; many programs write UTF-8 without saying so, which reads as code page 437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _tarred(path: Path, shown: str) -> Iterator[Member | Problem]:
    budget = _Budget(path)
    with path.open("rb") as file, tarfile.open(fileobj=file, mode="r|*") as archive:
        for info in archive:
            # What is passed over is unpacked too, so it counts.
            budget.spend(0 if info.isreg() and info.size <= LARGEST else info.size)
            if not info.isreg() or (name := _checked(info.name, shown)) is None:
                continue
            if isinstance(name, Problem):
                yield name
                continue
            where = f"{shown}/{name}"
            if info.size > LARGEST:
                yield _problem("archive.large", where)
                continue
            yield Member(name, file.tell(), _reader(partial(archive.extractfile, info), where, budget))


class _Budget:
    """How many bytes an archive may yet yield, by its own size."""

    def __init__(self, path: Path) -> None:
        self.left = _ALWAYS + _DENSEST * path.stat().st_size

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise ValueError(say("archive.bomb"))


def _reader(opened: Callable[[], IO[bytes] | None], where: str, budget: _Budget) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            file = opened()
            if file is None:
                raise EOFError
            with file:
                data = file.read(min(LARGEST, budget.left) + 1)
        except (*_DAMAGE, NotImplementedError, RuntimeError) as error:
            raise _problem("archive.damaged", where, error) from error
        if len(data) > min(LARGEST, budget.left):
            raise _problem("archive.large", where)
        budget.left -= len(data)
        return data

    return read


def _checked(raw: str, shown: str) -> str | Problem | None:
    """The name of a member as a path below the archive, a problem if it leads out, None for what is left out."""
    name = raw.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or _DRIVE.match(name) or ".." in parts or "\0" in name:
        return _problem("archive.outside", f"{shown}/{raw}")
    if not parts or any(part.startswith(".") or part in ("__MACOSX", "__pycache__") for part in parts):
        return None
    return "/".join(parts)


def _problem(key: str, path: str, error: Exception | None = None) -> Problem:
    return Problem(path, say(key, path=" ".join(path.split()), error=told(error) if error else None))
