"""Checking other people's tables, streaming: Polars clears, Python judges the rest.

report; cuts; records, stream → blocks → batch; judge → clear → rulebook → program → source →
across → engine → output, render → check → command: a module imports only what stands before it.
On Spark, which `check` imports only when asked: engine → pieces, rows → buckets → worker →
candidates → tasks → shuffle → spark.
"""
