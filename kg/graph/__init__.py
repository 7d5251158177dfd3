"""The graph: what documents say as RDF, the store that keeps it, and the notes beside the store."""
