"""Findings and reports: what is wrong, where, and how it is shown."""
