"""A real Neo4j server for the tests and benchmarks, from Maven Central; users install Neo4j themselves.

``python tests/neo4j_server.py`` starts one, prints its address and runs it until Ctrl-C.  The
libraries are kept in ``$XDG_CACHE_HOME/vn-legal-kg``; each server has a home folder of its own
and free ports of the loopback address.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

__all__ = ["Server", "available", "libraries", "running"]

_POM: Final = Path(__file__).with_suffix(".pom.xml")
_OPEN: Final = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")
_WAIT: Final = 180
"""Seconds that a server may take to answer, or to write out what it holds; a busy machine is slow."""


def available() -> str | None:
    """Return None where a server can be started, else what is missing."""
    missing = [program for program in ("java", "mvn") if shutil.which(program) is None]
    return f"no {' and no '.join(missing)} on this machine" if missing else None


def libraries() -> Path:
    """Return the folder of the server's libraries; the first call resolves them with Maven."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vn-legal-kg"
    folder = cache / f"neo4j-{hashlib.sha256(_POM.read_bytes()).hexdigest()[:12]}"
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as name:
            jars = Path(name) / "lib"
            command = ["mvn", "-B", "-q", "-f", _POM, "dependency:copy-dependencies", f"-DoutputDirectory={jars}"]
            done = subprocess.run([*map(str, command), "-DincludeScope=runtime"], capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(f"Maven could not fetch Neo4j:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
            with suppress(OSError):  # another process was faster
                jars.rename(folder)
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A Neo4j server in ``home``; it can be stopped, killed and started again on the same data."""

    def __init__(self, home: Path, *, heap: str = "512m", page_cache: str = "128m") -> None:
        self.home, self.heap = home, heap
        self.port = _free_port()
        self.user, self.password = "neo4j", secrets.token_urlsafe(12)
        self._process: subprocess.Popen[bytes] | None = None
        conf = home / "conf"
        conf.mkdir(parents=True)
        settings = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{self.port}",
            "server.bolt.advertised_address": f"127.0.0.1:{self.port}",
            "server.http.enabled": "false",
            "server.memory.pagecache.size": page_cache,
            "db.tx_log.rotation.retention_policy": "keep_none",
            "dbms.usage_report.enabled": "false",
        }
        (conf / "neo4j.conf").write_text("".join(f"{key}={value}\n" for key, value in settings.items()))

    @property
    def bolt(self) -> str:
        """The address for direct connections."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def routed(self) -> str:
        """The address with routing, as for a cluster."""
        return f"neo4j://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Process id of the running server."""
        assert self._process
        return self._process.pid

    def start(self) -> None:
        """Start the server and wait until it answers; the first start sets the password."""
        main = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.home}", f"--config-dir={self.home}/conf"]
        with (self.home / "console.log").open("ab") as log:
            self._process = subprocess.Popen([*self._java(), *main], stdout=log, stderr=log, start_new_session=True)
        until = time.monotonic() + _WAIT
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"Neo4j did not start:\n{(self.home / 'console.log').read_text()[-3000:]}")
            time.sleep(0.5)

    def _java(self) -> list[str]:
        opens = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPEN]
        return ["java", f"-Xms{self.heap}", f"-Xmx{self.heap}", "-XX:+UseSerialGC", *opens, "-cp", f"{libraries()}/*"]

    def _answers(self) -> bool:
        with socket.socket() as probe:  # without it the driver warns of every attempt
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", self.port)):
                return False
        first = self.home / "first-start"
        try:
            if not first.exists():
                with neo4j.GraphDatabase.driver(self.bolt, auth=("neo4j", "neo4j")) as driver:
                    change = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
                    driver.execute_query(change, password=self.password, database_="system")
                first.touch()
            with neo4j.GraphDatabase.driver(self.bolt, auth=(self.user, self.password)) as driver:
                driver.execute_query("RETURN 1")
        except (DriverError, Neo4jError, OSError):
            return False
        return True

    def stop(self) -> None:
        """Stop the server in order."""
        if self._process:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_WAIT)
        self.kill()

    def kill(self) -> None:
        """End the server at once, as when the machine loses power."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def admin(self) -> Path:
        """Return a program ``neo4j-admin`` for the data of this server, which must not be running meanwhile."""
        program = self.home / "neo4j-admin"
        java = shlex.join([*self._java(), "org.neo4j.cli.AdminTool"])
        places = f"NEO4J_HOME={self.home} NEO4J_CONF={self.home}/conf"
        program.write_text(f'#!/bin/sh\n{places} exec {java} "$@"\n')
        program.chmod(0o755)
        return program


@contextmanager
def running(**memory: str) -> Iterator[Server]:
    """Start a server in a temporary folder; stop it and remove its data at the end."""
    home = Path(tempfile.mkdtemp(prefix="neo4j-"))
    server = Server(home, **memory)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _main() -> None:
    if reason := available():
        sys.exit(reason)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with running() as server, suppress(KeyboardInterrupt):
        print(f"NEO4J_URI={server.bolt} NEO4J_USER={server.user} NEO4J_PASSWORD={server.password}", flush=True)
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    _main()
