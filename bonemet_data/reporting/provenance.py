"""Provenance: which data were checked, against what, by which command, and when."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Data, schema, version, time and command of a check, which do not affect equality.

    Attributes:
        data: Paths of the data as they were passed, or types of frames.
        schema: Path of the schema or the chosen columns, or None for a data package.
        version: Version of this package.
        time: Time at the end of the check, in UTC.
        command: Command line, or None for a call in Python.

    See Also:
        Report: Report that contains the provenance.

    Example:
        >>> import bonemet_data as bm
        >>> report = bm.check(bm.types(), columns={"type_id": "types"})
        >>> report.provenance.data, report.provenance.schema
        (('pandas DataFrame',), 'type_id=types')
    """

    data: tuple[str, ...]
    schema: str | None
    version: str
    time: datetime
    command: str | None = None

    @classmethod
    def now(cls, data: tuple[str, ...], schema: str | None, version: str) -> Self:
        """Return the provenance of a check that ends now."""
        return cls(data=data, schema=schema, version=version, time=datetime.now(UTC))
