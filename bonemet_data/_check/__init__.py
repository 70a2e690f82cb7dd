"""Checking other people's tables, streaming: Polars clears, Python judges the rest.

report; records, stream → blocks → batch; judge → clear → rulebook → program → source → across →
engine → output, render → check → command: a module imports only what stands before it.
"""
