"""Mending tables: the fixes that a person accepted are applied to the cells of a table."""
