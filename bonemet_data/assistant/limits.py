"""How much a call of a tool may contain, and how much it returns."""

TERMS = 50
"""Terms of one lookup."""
CODES = 500
"""Codes of one annotation."""
TEXT = 500
"""Characters of a term, code, id or name."""
COLUMNS = 200
"""Columns of a table that are checked by name."""
TABLE = 500_000
"""Characters of a table to check."""
LINES = 10_000
"""Lines of a table to check."""
SCHEMA = 100_000
"""Characters of a Table Schema as JSON."""
PAGE = 100
"""Statements, pieces of evidence or distinct faults in one answer."""
ANSWER = 250_000
"""Bytes of one answer, with its text."""
