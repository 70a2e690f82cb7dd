"""Differences between two packages: what changed, and the version step that it demands.

change ← metadata, schema, rows ← compare ← report
"""
