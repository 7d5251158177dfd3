"""The job: documents from any Hadoop path to tables and N-Quads.

One run writes one folder, ``OUT/run-…``, and at its end ``OUT/current``, a small file with that
name: who reads follows it and never sees a run that is not complete.  A later run takes over what
the current one has of unchanged documents (same content, same version of the program) and reads
the others; the folder of the earlier run stays until someone removes it.

==============================  =======================================================================
``read/``                       what each document says: N-Quads, rows, digest; for the next run
``sources/`` … ``findings/``    the tables of `kg.output.frames`, Parquet
``failures/``                   path and message of what could not be read, Parquet
``nquads/part-*.nq.gz``         the graphs of the sources and the reference graph
==============================  =======================================================================
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import RdfFormat, serialize

from kg.graph.reference import reference
from kg.loaders import loaders
from kg.loaders.archives import ARCHIVES
from kg.loaders.tables import TABLES
from kg.messages import KgError, language
from kg.pipeline.document import extractor_version
from kg.spark import work

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["CURRENT", "Done", "build", "current", "session"]

CURRENT: Final = "current"
"""The file that names the folder of the last complete run."""
_BYTES_A_TASK: Final = 8_000_000
"""Bytes of small files that one task reads: half a minute of work."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did: documents read and taken over, failures, characters; ``path`` is its folder."""

    path: str
    read: int
    unchanged: int
    failed: int
    characters: int


def session(master: str | None = None, settings: Iterable[tuple[str, str]] = ()) -> SparkSession:
    """Return the Spark session, with what the job needs set; ``master`` as in spark-submit, which sets its own.

    Raises KgError where PySpark or Java is missing.
    """
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise KgError.of("spark.absent") from error
    if (master or "local").startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else the first python3 of the PATH
    builder = SparkSession.builder.appName("kg spark build")
    if master:
        builder = builder.master(master)
    # Messages of findings are in the user's language, on the workers as here.
    builder = builder.config("spark.executorEnv.KG_LANG", language())
    for name, value in settings:
        builder = builder.config(name, value)
    try:
        found = builder.getOrCreate()
    except (PySparkRuntimeError, FileNotFoundError) as error:
        raise KgError.of("spark.start", error=" ".join(str(error).split())[:200]) from error
    found.conf.set("spark.sql.files.maxPartitionBytes", str(_BYTES_A_TASK))
    found.conf.set("spark.sql.files.openCostInBytes", "100000")
    found.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
    return found


def build(
    spark: SparkSession,
    paths: Iterable[str],
    out: str,
    *,
    text_column: str | None = None,
    afresh: bool = False,
) -> Done:
    """Read ``paths`` (files and folders, local or of any file system that the cluster knows) into ``out``.

    ``afresh`` reads again what the last run has.  Whatever is wrong with single documents is in the
    table of failures.  Raises KgError where there is no such path or ``out`` can't be written.
    """
    from pyspark.errors import AnalysisException
    from pyspark.sql import functions as f

    out = _absolute(out)
    last = current(spark, out)
    extractor = extractor_version()
    run = f"{out}/run-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    try:
        found = _documents(spark, list(map(_absolute, paths)), text_column)
    except AnalysisException as error:
        raise KgError.of("spark.path", error=" ".join(str(error).split())[:200]) from error
    kept = None
    if last and not afresh:
        before = spark.read.parquet(f"{out}/{last}/read").where(f.col("extractor") == extractor)
        found, kept = _changed(found, before)
    _read(found, extractor).write.parquet(f"{run}/read")
    if kept is not None:
        kept.write.mode("append").parquet(f"{run}/read")
    read = spark.read.parquet(f"{run}/read")
    for table in work.READ_TABLES:
        read.select(f.explode(f"t_{table}").alias("row")).select("row.*").write.parquet(f"{run}/{table}")
    failed = read.where(f.col("error").isNotNull())
    failed.select("source", "path", f.col("error").alias("message")).write.parquet(f"{run}/failures")
    read.where(f.col("nquads").isNotNull()).select("nquads").write.text(f"{run}/nquads", compression="gzip")
    quads = (serialize(reference(), format=RdfFormat.N_QUADS) or b"").decode().removesuffix("\n")
    spark.createDataFrame([(quads,)], "value string").coalesce(1).write.mode("append").text(
        f"{run}/nquads", compression="gzip"
    )
    _rename(spark, f"{run}/nquads", ".txt.gz", ".nq.gz")
    _write(spark, f"{out}/{CURRENT}", json.dumps({"run": run.rsplit("/", 1)[-1], "extractor": extractor}) + "\n")
    unchanged = kept.count() if kept is not None else 0
    counts = read.agg(
        f.count("nquads").alias("read"), f.count("error").alias("failed"), f.sum("characters").alias("characters")
    ).collect()[0]
    return Done(run, counts["read"] - unchanged, unchanged, counts["failed"], counts["characters"] or 0)


def _documents(spark: SparkSession, paths: list[str], text_column: str | None) -> DataFrame:
    """Every document of the paths, as `work.DOCUMENTS`."""
    from pyspark.sql import functions as f
    from pyspark.sql.types import StringType

    suffixes = tuple(suffix for loader in loaders() for suffix in loader.suffixes)
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(paths).select("path", "content")
    name = f.lower(f.col("path"))
    collection = _ends(name, (*ARCHIVES, *TABLES))
    iri, shown = f.udf(work.iri_of, StringType()), f.udf(work.shown, StringType())
    single = files.where(_ends(name, suffixes) & ~collection).select(
        iri("path").alias("iri"),
        shown("path").alias("path"),
        f.substring_index("path", "/", -1).alias("name"),
        "content",
        *(f.lit(None).cast("string").alias(column) for column in ("text", "record", "error")),
    )
    rows = files.where(collection).mapInArrow(work.opener(text_column), _ddl(work.DOCUMENTS))
    # One file may hold many documents: they are dealt out to all workers.
    return single.unionByName(rows.repartition(max(4 * spark.sparkContext.defaultParallelism, 8)))


def _ends(name: Any, suffixes: Iterable[str]) -> Any:
    """The condition that a column ends in one of the suffixes."""
    return reduce(or_, (name.endswith(suffix) for suffix in suffixes))


def _read(found: DataFrame, extractor: str) -> DataFrame:
    return found.mapInArrow(work.reader(extractor), _ddl(work.READ))


def _changed(found: DataFrame, before: DataFrame) -> tuple[DataFrame, DataFrame]:
    """The documents that ``before`` doesn't have as they are, and the rows that it has of the others."""
    digests = found.mapInArrow(work.digests, _ddl(work.DIGESTS))
    kept = before.join(digests, ["source", "digest"], "left_semi")
    changed = found.join(kept.select("source"), found["iri"] == kept["source"], "left_anti")
    return changed, kept


def _ddl(schema: Any) -> str:
    """An Arrow schema as Spark writes one."""
    return ", ".join(f"`{field.name}` {_type(field.type)}" for field in schema)


def _type(type_: Any) -> str:
    import pyarrow as pa  # type: ignore[import-untyped]

    if pa.types.is_list(type_):
        return f"array<{_type(type_.value_type)}>"
    if pa.types.is_struct(type_):
        return f"struct<{', '.join(f'`{field.name}`: {_type(field.type)}' for field in type_)}>"
    return {"int64": "bigint"}.get(str(type_), str(type_))


def _absolute(path: str) -> str:
    """A relative path is one of this machine; any other is left to Hadoop."""
    return path.rstrip("/") if ":" in path or path.startswith("/") else Path(path).resolve().as_uri()


# --- the file system of the output, as Hadoop sees it -----------------------------------------------------


def _hadoop(spark: SparkSession, path: str) -> tuple[Any, Any]:
    """The Hadoop file system of ``path``, and the path in it."""
    jvm: Any = spark._jvm
    place = jvm.org.apache.hadoop.fs.Path(path)
    return place.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()), place


def current(spark: SparkSession, out: str) -> str | None:
    """The folder of the last complete run below ``out``, None where there is none."""
    files, place = _hadoop(spark, f"{out}/{CURRENT}")
    if not files.exists(place):
        return None
    text = "".join(row.value for row in spark.read.text(f"{out}/{CURRENT}").collect())
    return str(json.loads(text)["run"])


def _rename(spark: SparkSession, folder: str, old: str, new: str) -> None:
    """Give the parts in ``folder`` numbers and the suffix that loaders know."""
    files, place = _hadoop(spark, folder)
    names = sorted(status.getPath().getName() for status in files.listStatus(place))
    for number, name in enumerate(name for name in names if name.endswith(old)):
        _, part = _hadoop(spark, f"{folder}/{name}")
        files.rename(part, _hadoop(spark, f"{folder}/part-{number:05}{new}")[1])


def _write(spark: SparkSession, path: str, text: str) -> None:
    """Write a small file in one step."""
    files, place = _hadoop(spark, path)
    written = files.create(place, True)
    written.write(bytearray(text, "utf-8"))
    written.close()
