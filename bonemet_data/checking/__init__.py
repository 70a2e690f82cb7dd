"""Checking of large tables: Polars finds the doubtful cells, and Python decides about them.

A source is opened as tables, a table is cut into chunks, and a chunk is parsed to a batch. The
batch checker applies the plan to each batch: the prefilter passes cells that are surely valid, the
cell validator decides about the others, and keys are compared when all batches are known. The
collector makes the report. `spark` does the same on many machines.
"""
