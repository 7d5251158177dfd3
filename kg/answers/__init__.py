"""Answers from the graph: stored questions, questions in words, citations looked up."""
