"""Exports of the package to the formats of other tools, one module for each format."""
