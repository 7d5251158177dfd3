"""A connection to a Neo4j server or cluster, by the official driver.

With ``neo4j://`` the driver routes writes to the leader and reads to any replica; bookmarks make
a read wait until the replica has what was written before it, in this process or, by way of a
file, in an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias, cast

from kg.messages import KgError

if TYPE_CHECKING:
    import neo4j

__all__ = ["Server", "Step"]

_SCHEMES: Final = frozenset(scheme + tls for scheme in ("bolt", "neo4j") for tls in ("", "+s", "+ssc"))

Step: TypeAlias = tuple[str, dict[str, Any]]
"""A Cypher text and the values of its parameters."""

_ATTEMPTS: Final = 3
"""How often a transaction is run whose commit is cut off."""


class Server:
    """An open connection; use it in ``with``.  Whatever goes wrong is raised as KgError."""

    def __init__(
        self,
        uri: str,
        user: str,
        password: str,
        *,
        database: str | None = None,
        bookmarks: Iterable[str] = (),
        patience: float = 30.0,
    ) -> None:
        """Connect to ``uri``; ``patience`` is for how many seconds a transaction is tried again."""
        try:
            import neo4j
        except ImportError as error:
            raise KgError.of("neo4j.driver") from error
        if uri.partition("://")[0] not in _SCHEMES:
            raise KgError.of("neo4j.uri", uri=uri)
        self.uri, self.database = uri, database
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager(
            initial_bookmarks=neo4j.Bookmarks.from_raw_values(bookmarks)
        )
        try:
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(user, password),
                max_transaction_retry_time=patience,
                notifications_min_severity="OFF",
            )
        except (ValueError, neo4j.exceptions.ConfigurationError) as error:
            raise KgError.of("neo4j.uri", uri=uri) from error
        try:
            self._driver.verify_connectivity()
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError, OSError) as error:
            self._driver.close()
            raise self._problem(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._driver.close()

    @property
    def bookmarks(self) -> list[str]:
        """What a later reader, here or elsewhere, waits for in order to see what was written."""
        return sorted(self._bookmarks.get_bookmarks())

    def read(self, cypher: str, /, **parameters: Any) -> list[dict[str, Any]]:
        """Run a query in a read transaction, on a replica where there are any; return its rows."""
        return self._run("execute_read", [(cypher, parameters)], [(cypher, parameters)])

    def write(self, steps: Sequence[Step], *, again: Sequence[Step] = ()) -> list[dict[str, Any]]:
        """Run ``steps`` in one transaction, on the leader of a cluster; return the rows of the last one.

        The driver runs a transaction again that failed for the moment.  Where the connection is
        lost while it commits, so that nobody knows if it counts, ``again`` is run: steps that have
        the same effect in both cases.
        """
        return self._run("execute_write", steps, again)

    def schema(self, cypher: str) -> None:
        """Run a command that changes the schema, and none that is done already: it may run twice."""
        self._run("execute_write", [(cypher, {})], [(cypher, {})])

    def _run(self, execute: str, steps: Sequence[Step], again: Sequence[Step] = ()) -> list[dict[str, Any]]:
        import neo4j

        def work(transaction: neo4j.ManagedTransaction, steps: Sequence[Step]) -> list[dict[str, Any]]:
            rows: list[dict[str, Any]] = []
            for cypher, parameters in steps:
                # Every text comes from this package and every value goes in as a parameter.
                rows = transaction.run(cypher, parameters).data()
            return rows

        for attempt in range(_ATTEMPTS):
            try:
                with self._driver.session(database=self.database, bookmark_manager=self._bookmarks) as session:
                    return cast("list[dict[str, Any]]", getattr(session, execute)(work, again if attempt else steps))
            except neo4j.exceptions.IncompleteCommit as error:
                if not again or attempt + 1 == _ATTEMPTS:
                    raise self._problem(error) from error
            except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError, OSError) as error:
                raise self._problem(error) from error
        raise AssertionError

    def _problem(self, error: Exception) -> KgError:
        import neo4j.exceptions as kinds

        line = " ".join(str(error).split())
        if isinstance(error, kinds.AuthError):
            return KgError.of("neo4j.denied", uri=self.uri, error=line)
        if isinstance(error, kinds.DriverError | OSError):
            return KgError.of("neo4j.lost", uri=self.uri, error=line)
        return KgError.of("neo4j.failed", uri=self.uri, error=line)
