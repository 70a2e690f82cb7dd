"""Comparison of two data packages: the changes, and the version step that they require.

changes ← metadata, schema, rows ← compare
"""
