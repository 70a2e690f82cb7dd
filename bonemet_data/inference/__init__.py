"""Inference of a Table Schema from the values of a table."""
