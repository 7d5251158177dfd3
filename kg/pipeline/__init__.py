"""From files to the graph: documents found, read in parallel, stored, and compared with each other."""
