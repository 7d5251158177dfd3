"""The text of a document: its normal form, the names and sentences in it."""
