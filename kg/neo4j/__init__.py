"""The graph on a Neo4j server: the same graph, the same questions, the same answers."""
