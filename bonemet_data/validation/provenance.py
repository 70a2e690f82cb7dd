"""Provenance: every published row is found in a copy of the article."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import BonemetError
from ..package.checksums import sha256
from ..package.csv_reading import read_table
from ..package.descriptor import Package

VERBATIM = "bonemet:verbatim"
"""Annotation of the fields whose cells are those of the article."""

_CHECKSUM = "spdx:checksum"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A published row, and its line in the text of the article.

    Attributes:
        resource: Name of the resource.
        row_id: Primary key of the row.
        line: Line of the text, starting at 1; None if the row is not found.
    """

    resource: str
    row_id: str
    line: int | None


@dataclass(frozen=True, slots=True)
class SourceVerification:
    """Comparison of a data package with a copy of the article.

    Attributes:
        checksum: Checksum of the copy.
        recorded: Checksum of the article that the descriptor records.
        rows: Every published row.
        valid: True if the checksums are equal and every row is found.
    """

    checksum: str
    recorded: str
    rows: tuple[SourceRow, ...]

    @property
    def valid(self) -> bool:
        """True if the checksums are equal and every row is found."""
        return self.checksum == self.recorded and all(row.line for row in self.rows)


def verify_source(package: Package, article: Path) -> SourceVerification:
    """Find the verbatim cells and citations of every row in the text of the article.

    Lines are compared in Unicode normalization form NFC, and white space counts as one space.

    Args:
        package: Package whose rows are looked for.
        article: Text file in UTF-8, with one line for each row of a table.

    Raises:
        BonemetError: The text cannot be read, or the descriptor records no article.
    """
    sources = package.descriptor.get("sources", [])
    recorded = [source[_CHECKSUM] for source in sources if _CHECKSUM in source]
    if len(recorded) != 1:
        raise BonemetError(f"The sources of the descriptor must record one {_CHECKSUM}.")
    try:
        data = article.read_bytes()
        lines = data.decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BonemetError(f"{article} cannot be read as UTF-8 text: {error}.") from error
    numbers: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        numbers.setdefault(_normalized(line), number)
    rows = tuple(
        SourceRow(resource, row_id, numbers.get(_normalized(text)))
        for resource, row_id, text in _rows(package)
    )
    return SourceVerification(sha256(data), recorded[0], rows)


def _rows(package: Package) -> Iterator[tuple[str, str, str]]:
    """Iterate over the rows as the article prints them: the cells, then the citations."""
    for resource in package.resources:
        schema = package.schema(resource)
        verbatim = [f.name for f in schema.fields if f.annotations.get(VERBATIM) is True]
        if verbatim:
            for row in read_table(package.data(resource), resource.dialect).rows:
                cells = dict(zip(schema.names, row.cells, strict=True))
                texts = [*(cells[name] for name in verbatim), *cells["source_ids"].split(";")]
                yield resource.name, cells[schema.primary_key[0]], " ".join(texts)


def _normalized(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())
