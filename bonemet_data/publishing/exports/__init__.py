"""Exports of the published data, one module for each format."""
