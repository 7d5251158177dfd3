"""Reports for people who decide."""
