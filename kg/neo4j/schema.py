"""Constraints and indexes: what makes loading and the stored questions fast, and search possible."""

from __future__ import annotations

from typing import Final

from kg.neo4j.model import EVIDENCE
from kg.neo4j.server import Server

__all__ = ["SCHEMA", "prepare"]

SCHEMA: Final = (
    "CREATE CONSTRAINT resource_uri IF NOT EXISTS FOR (n:Resource) REQUIRE n.uri IS UNIQUE",
    "CREATE CONSTRAINT legal_document_urn IF NOT EXISTS FOR (n:LegalDocument) REQUIRE n.urn IS UNIQUE",
    # Finds by words: CALL db.index.fulltext.queryNodes('document_text', 'quản lý chợ')
    "CREATE FULLTEXT INDEX document_text IF NOT EXISTS"
    " FOR (n:LegalDocument|CandidateDocument) ON EACH [n.id_local, n.label, n.title]",
    # What `kg.neo4j.names` asks: documents whose identifier contains a running number.
    "CREATE TEXT INDEX legal_document_uri IF NOT EXISTS FOR (n:LegalDocument) ON (n.uri)",
    "CREATE TEXT INDEX candidate_document_uri IF NOT EXISTS FOR (n:CandidateDocument) ON (n.uri)",
    "CREATE INDEX finding_code IF NOT EXISTS FOR (n:Finding) ON (n.code)",
    "CREATE INDEX task_deadline IF NOT EXISTS FOR (n:Task) ON (n.deadline)",
    # What one source says, to replace it and to ask about it.
    *(f"CREATE INDEX {kind.lower()}_source IF NOT EXISTS FOR ()-[r:{kind}]-() ON (r.hasSource)" for kind in EVIDENCE),
)


def prepare(server: Server) -> None:
    """Create what is missing of the schema and wait until it is ready."""
    for command in SCHEMA:
        server.schema(command)
    server.read("CALL db.awaitIndexes(600)")
