"""Provenance: every published row and every mention is found in a copy of the article."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from ..errors import BonemetError, PackageError
from ..package.checksums import sha256
from ..package.descriptor import Package
from ..package.typed_columns import read_columns
from .house.quotations import article_checksum, verbatim_rows

_PROSE = "prose"
_SENTENCE_START = re.compile(r'(?<=[.?!])\s+(?=[A-Z“"])')
_NUMBER = re.compile(r"\d{1,2}")
_HEADING = re.compile(r"(\w+)(?: of [\w ]+)?")


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
class SourceMention:
    """A mention of a statement, and what is wrong with it.

    Attributes:
        mention_id: Its id.
        basis: What was read: "cell", "table_title" or "prose".
        line: Line of the text, starting at 1, on which it should be.
        fault: Why the text does not prove it; None if it does.
    """

    mention_id: str
    basis: str
    line: int
    fault: str | None


@dataclass(frozen=True, slots=True)
class SourceVerification:
    """Comparison of a data package with a copy of the article.

    Attributes:
        checksum: Checksum of the copy.
        recorded: Checksum of the article that the descriptor records.
        rows: Every published row.
        mentions: Every mention.
    """

    checksum: str
    recorded: str
    rows: tuple[SourceRow, ...]
    mentions: tuple[SourceMention, ...]

    @property
    def valid(self) -> bool:
        """True if the checksums are equal, every row is found and every mention is proved."""
        return (
            self.checksum == self.recorded
            and all(row.line for row in self.rows)
            and not any(mention.fault for mention in self.mentions)
        )


def verify_source(package: Package, article: Path) -> SourceVerification:
    """Find the rows and the mentions in the text of the article.

    A row is a line with its verbatim cells and its citations. A mention in a row is proved if its
    line is that row; a mention in prose, if a sentence of its line ends in exactly its sources.
    Lines are compared in Unicode normalization form NFC, and white space counts as one space.

    Args:
        package: Package whose rows and mentions are looked for.
        article: Text file in UTF-8, with one line for each row of a table.

    Raises:
        BonemetError: The text cannot be read, or the descriptor records no article.
    """
    recorded = article_checksum(package)
    try:
        data = article.read_bytes()
        lines = [_normalized(line) for line in data.decode("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BonemetError(
            f"{article} cannot be read: {reason}. Pass the path of a text file in UTF-8."
        ) from error
    numbers = {line: number for number, line in reversed([*enumerate(lines, 1)])}
    try:
        texts = {(resource, row_id): text for resource, row_id, text in _rows(package)}
        rows = tuple(SourceRow(*place, numbers.get(text)) for place, text in texts.items())
        mentions = tuple(_mentions(package, lines, texts))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise PackageError(
            f"The tables of the article cannot be read: {error!r}. Run `bonemet-data validate` on "
            "the package."
        ) from error
    return SourceVerification(sha256(data), recorded, rows, mentions)


def _rows(package: Package) -> Iterator[tuple[str, str, str]]:
    """Iterate over the rows as the article prints them: the cells, then the citations."""
    for resource in package.resources:
        for key, _, cells in verbatim_rows(package, resource, package.data(resource)):
            *texts, sources = cells.values()
            yield resource.name, key, _normalized(" ".join([*texts, *sources.split(";")]))


def _mentions(
    package: Package, lines: Sequence[str], texts: dict[tuple[str, str], str]
) -> Iterator[SourceMention]:
    """Prove each mention by its line."""
    schema, columns = read_columns(package, package.resource("mentions"))
    field = schema.field("section")
    sections = _sections(lines, (field and field.categories) or ())
    cited: dict[str, list[str]] = {}
    _, links = read_columns(package, package.resource("mention_sources"))
    for mention, source in zip(links["mention_id"], links["source_id"], strict=True):
        cited.setdefault(mention, []).append(str(source))
    for values in zip(*columns.values(), strict=True):
        row = dict(zip(columns, values, strict=True))
        number = row["article_line"]
        line = lines[number - 1] if number <= len(lines) else ""
        fault = None
        if not line:
            fault = "the line does not exist" if number > len(lines) else "the line is blank"
        elif sections[number - 1] != row["section"]:
            fault = f"the line is in the section {sections[number - 1]}, not {row['section']}"
        else:
            fault = _fault(row, line, cited.get(row["mention_id"], []), texts)
        yield SourceMention(row["mention_id"], row["basis"], number, fault)


def _fault(
    row: dict[str, Any], line: str, sources: list[str], texts: dict[tuple[str, str], str]
) -> str | None:
    """Return why a line does not prove a mention, or None."""
    if row["basis"] != _PROSE:
        text = texts.get((row["resource"], row["row_id"]))
        return None if line == text else f"the line is not the row {row['row_id']}"
    endings = [" ".join(numbers) or "no number" for numbers in sentence_sources(line)]
    expected = " ".join(sources) or "no number"
    if expected in endings:
        return None
    return f"no sentence ends in {expected}, but in {', '.join(dict.fromkeys(endings))}"


def sentence_sources(line: str) -> list[list[str]]:
    """Return the source numbers at the end of each sentence of a line.

    Example:
        >>> sentence_sources("• It is common 1 2. The end, e.g. Pain, is near 14.")
        [['1', '2'], ['14']]
    """
    text = line.lstrip("• ").replace("e.g.", "eg")
    return [_last_numbers(sentence) for sentence in _SENTENCE_START.split(text)]


def _last_numbers(sentence: str) -> list[str]:
    """Return the numbers after the words of a sentence, read from its end in linear time."""
    _, *words = sentence.removesuffix(".").split(" ")
    return [*takewhile(_NUMBER.fullmatch, reversed(words))][::-1]


def _sections(lines: Sequence[str], sections: Sequence[str]) -> list[str]:
    """Return the section of each line.

    A section starts at its heading, such as "Types of Bone Metastasis"; the first one has none.
    """
    names = {name.rstrip("s"): name for name in sections[1:]}
    current = sections[0] if sections else ""
    found = []
    for line in lines:
        match = _HEADING.fullmatch(line)
        current = names.pop(match[1].lower().rstrip("s"), current) if match else current
        found.append(current)
    return found


def _normalized(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())
