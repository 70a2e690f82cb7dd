"""The article: proof that every published row stands in a copy of its text."""

import unicodedata
from pathlib import Path
from typing import NamedTuple

from ..errors import BonemetError
from ..package.csv_reading import read_table
from ..package.descriptor import Package, sha256

VERBATIM = "bonemet:verbatim"
_CHECKSUM = "spdx:checksum"


class Finding(NamedTuple):
    """One published row, and the line of the text on which it stands; None if on none."""

    resource: str
    row_id: str
    line: int | None


class Proof(NamedTuple):
    """Whether the text is the very one that the descriptor records, and where each row stands."""

    found: str
    recorded: str
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """True if the text is the recorded one and every row stands in it."""
        return self.found == self.recorded and all(each.line for each in self.findings)


def verify_source(package: Package, article: Path) -> Proof:
    """Look for every row's verbatim cells and citations in the article's text.

    Args:
        package: the package whose rows are looked for.
        article: a text file, in UTF-8, with each row of a table on one line.

    Returns:
        The proof. Lines are compared in NFC and with white space folded.

    Raises:
        BonemetError: the text cannot be read, or the descriptor records no article.
    """
    recorded = [s[_CHECKSUM] for s in package.descriptor.get("sources", []) if _CHECKSUM in s]
    if len(recorded) != 1:
        raise BonemetError(f"The descriptor's sources must record one {_CHECKSUM}.")
    try:
        data = article.read_bytes()
        lines = [_fold(line) for line in data.decode("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise BonemetError(f"{article} cannot be read as UTF-8 text: {error}.") from error
    places: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        places.setdefault(line, number)
    findings = tuple(
        Finding(resource, row_id, places.get(_fold(words)))
        for resource, row_id, words in _rows(package)
    )
    return Proof(sha256(data), recorded[0], findings)


def _rows(package: Package) -> list[tuple[str, str, str]]:
    """Give each row of the article's tables as the article writes it: cells, then citations."""
    rows = []
    for resource in package.resources:
        schema = package.schema(resource)
        verbatim = [f.name for f in schema.fields if f.annotations.get(VERBATIM) is True]
        if not verbatim:
            continue
        for row in read_table(package.data(resource), resource.dialect).rows:
            cells = dict(zip(schema.names, row.cells, strict=True))
            words = [*(cells[name] for name in verbatim), *cells["source_ids"].split(";")]
            rows.append((resource.name, cells[schema.primary_key[0]], " ".join(words)))
    return rows


def _fold(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())
