"""Checking other people's tables, streaming: Polars clears what surely holds, Python judges the rest.

Arrows point one way: report → cells → judge, clear → program → csv, source → keys → engine →
output, render, check.
"""
