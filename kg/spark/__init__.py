"""Builds beyond one machine: documents read by an Apache Spark cluster.

`job.build` reads documents from any Hadoop path and writes tables and N-Quads; `load.load` puts
those N-Quads into a graph directory and runs the second pass, which needs the whole corpus.
`work` is what runs on the workers; `commands` are the commands ``kg spark …``.
"""

from __future__ import annotations
