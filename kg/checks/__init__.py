"""Checks: the citations of one document, the graph against its shapes."""
