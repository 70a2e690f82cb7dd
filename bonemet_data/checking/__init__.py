"""Checking other people's tables, streaming: Polars clears, Python judges the rest.

report → tally, output; records, stream → blocks → batch; judge → clear → failures → rulebook →
program → hashes → across → source → engine → render → check → command: a module imports only what
stands before it. `check` imports `_spark` only when asked to.
"""
