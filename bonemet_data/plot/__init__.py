"""Pictures of the data: `bm.plot.statements()` and others, drawn with matplotlib (extra `plot`)."""

from .functions import evidence as evidence
from .functions import measurements as measurements
from .functions import statements as statements
from .functions import structure as structure

__all__ = ["evidence", "measurements", "statements", "structure"]
