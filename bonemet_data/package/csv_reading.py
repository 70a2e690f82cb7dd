"""The CSV reader for loading, for validation, and for chunks that Polars would misread.

A line feed or CRLF ends a record, a single carriage return is part of a cell, and a quote is
special only at the start of a cell (RFC 4180).

The classes are named tuples, because importing dataclasses takes longer than loading a table.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..errors import CsvError, EncodingError, UnsupportedSchemaError
from .dialect import DEFAULT, Dialect, read_dialect

LONGEST_CELL = 131_072
"""Maximum number of characters of a cell: the default limit of Python's csv module."""

BOM = b"\xef\xbb\xbf"
LONGEST_RECORD = 64 * 2**20
"""Maximum number of characters of a record of a table, which is held in memory."""

_LINES = 100
"""Number of lines that are compared to tell a lost quote from a long cell."""

MALFORMED = "malformed quoting: close the quote, or double every quote inside the cell"
"""Message for a record with an unmatched quote."""

TOO_LONG = (
    f"record has more than {LONGEST_RECORD // 2**20} MiB: look for a missing quote or line end"
)
"""Message for a record that is too long."""


LONG_CELL = (
    f"record has more than {LONGEST_RECORD // 2**20} MiB, and was skipped: shorten the cell, or "
    "look for a missing quote"
)
"""Message for a record that is too long because of a quoted cell."""


class Record(NamedTuple):
    """A record of a CSV text.

    Attributes:
        line: Line on which the record starts, 0-based from the start of the text.
        raw: Text of the record, with the line ending.
        cells: Cells of the record; an empty list for a blank line, None if it is malformed or a
            comment.
        fault: Why the record is malformed, or "".
    """

    line: int
    raw: str
    cells: list[str] | None
    fault: str = ""


class Row(NamedTuple):
    """A record of a table: its line in the file (the header is line 1), and its cells."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """The header and the rows of a CSV file, as text. A blank line is a row without cells."""

    header: Row
    rows: tuple[Row, ...]

    @property
    def records(self) -> tuple[Row, ...]:
        """The rows that are not blank, padded or truncated to the number of columns."""
        width = len(self.header.cells)
        return tuple(
            row if len(row.cells) == width else Row(row.line, (row.cells + ("",) * width)[:width])
            for row in self.rows
            if row.cells
        )


class CsvReader:
    r"""Reader and writer of CSV records.

    A record that is malformed ends at its first line end, so that the records after it are read. If
    it is too long, and the lines in its quotes do not look like records, it ends after the quotes.

    Args:
        delimiter: Text between cells.
        quote: Character around cells with special characters; "" for none.
        terminator: Text that ends a record; "" for a line feed or CRLF.
        double_quote: Whether two quote characters in a quoted cell represent one.
        escape: Character before a character that is not special; "" for none.
        skip_space: Whether white space after a delimiter is not part of the cell.
        comment: Start of lines that are comments; "" for none.
        null: Text that is not unescaped, such as "\\N".

    Attributes:
        limit: Maximum number of characters of a record.

    Example:
        >>> [record.cells for record in CsvReader().records('a,"b\nc"\n1,"2\n')]
        [['a', 'b\nc'], None]
    """

    limit = LONGEST_RECORD

    def __init__(
        self,
        delimiter: str = ",",
        quote: str = '"',
        *,
        terminator: str = "",
        double_quote: bool = True,
        escape: str = "",
        skip_space: bool = False,
        comment: str = "",
        null: str | None = None,
    ) -> None:
        if escape and escape == quote:  # another way to state double_quote
            escape, double_quote = "", True
        self.delimiter, self.quote, self.escape = delimiter, quote, escape
        self.terminator, self.skip_space, self.comment = terminator, skip_space, comment
        self.double_quote, self.null = double_quote, null
        self.line_end = terminator or "\n"
        sep, mark, slash = re.escape(delimiter), re.escape(quote), re.escape(escape)
        stop = re.escape(terminator) or r"\n"
        ending = rf"({sep}|{stop if terminator else chr(92) + 'r?' + stop}|\Z)"
        # Possessive quantifiers do not backtrack, so an unmatched quote needs no extra memory.
        inside = [f"{mark}{mark}"] if double_quote else []
        inside += [rf"{slash}[\s\S]"] if escape else []
        more = rf"(?:(?:{'|'.join(inside)})[^{mark}{slash}]*+)*+" if inside else ""
        self._quoted = re.compile(rf"{mark}([^{mark}{slash}]*+{more})") if quote else None
        self._close = re.compile(rf"{mark}{ending}")
        special = [each for each in (sep, stop) if len(each.removeprefix(chr(92))) > 1]
        if special or escape:
            plain = (
                rf"(?:{slash}[\s\S]|(?!{sep}|{stop})[\s\S])*+"
                if escape
                else (rf"(?:(?!{sep}|{stop})[\s\S])*+")
            )
        else:
            plain = rf"[^{sep}{stop}]*+"
        self._plain = re.compile(rf"({plain})({sep}|{stop}|\Z)")
        space = " \t".replace(delimiter[:1], "")  # a delimiter is not skipped
        self._space = re.compile(f"[{space}]*+")
        self._unescape = re.compile(rf"{slash}([\s\S])") if escape else None

    @classmethod
    def of(cls, dialect: Dialect, delimiter: str = ",") -> "CsvReader":
        """Build the reader of a Table Dialect.

        Args:
            dialect: The dialect.
            delimiter: Delimiter if the dialect does not state one.
        """
        return cls(
            dialect.delimiter or delimiter,
            dialect.quote_char,
            terminator=dialect.line_terminator,
            double_quote=dialect.double_quote,
            escape=dialect.escape_char,
            skip_space=dialect.skip_initial_space,
            comment=dialect.comment_char,
            null=dialect.null_sequence,
        )

    @property
    def is_plain(self) -> bool:
        """Whether only the delimiter differs from the defaults, and is one ASCII character."""
        ordinary = (self.quote, self.terminator, self.escape, self.comment) == ('"', "", "", "")
        single = len(self.delimiter) == 1 and self.delimiter.isascii()
        return ordinary and self.double_quote and not self.skip_space and single

    def records(self, text: str) -> Iterator[Record]:
        """Iterate over the records of a text, including comments."""
        line = 0
        for start, end, cells, fault in self.spans(text):
            raw = text[start:end]
            yield Record(line, raw, cells, fault)
            line += self.count_lines(raw)

    def count_lines(self, raw: str) -> int:
        """Return the number of lines of the text of a record."""
        return raw.count(self.line_end)

    def spans(
        self, text: str, start: int = 0, *, final: bool = True
    ) -> Iterator[tuple[int, int, list[str] | None, str]]:
        """Iterate over the start, end, cells and fault of the records of a text.

        Args:
            text: The text.
            start: Start of the first record.
            final: Whether the text is complete. Otherwise the records are left out that may
                continue after the text.
        """
        dead_ends: dict[int, int] = {}
        safe = len(text) if final else len(text) - len(self.line_end) - len(self.delimiter) - 2
        while start < len(text):
            feed = text.find(self.line_end, start)
            end = feed + len(self.line_end) if feed >= 0 else len(text)
            cells: list[str] | None
            fault = ""
            if self.comment and text.startswith(self.comment, start):
                cells, reached = None, end
            elif end - start > self.limit:
                cells, reached, fault = None, end, TOO_LONG
            elif self._is_simple(text, start, end):
                cells, reached = self._split(text[start:end]), end
            else:
                cells, reached, fault = self._cells(text, start, dead_ends)
                if cells is not None:
                    end = reached
                elif reached > start + self.limit and self._looks_lost(text, start):
                    fault = MALFORMED
                elif reached > start + self.limit:
                    fault = LONG_CELL
                    end, _ = self.end_of_quotes(text, start)
                    end = end or len(text)
            if (
                not final
                and (feed < 0 or max(end, reached) > safe)
                and not self._exceeds(text, start)
            ):
                return
            yield start, end, cells, fault
            start = end

    def _looks_lost(self, text: str, start: int) -> bool:
        """Return whether the lines of a record that is too long look like records themselves.

        Then the closing quote is lost, and otherwise the record has a very long cell.
        """
        lines = text[start : start + self.limit].split(self.line_end, _LINES + 1)[:-1][:_LINES]
        counts = {line.count(self.delimiter) for line in lines}
        return len(counts) == 1 and counts != {0}

    def continues(self, text: str, start: int, end: int, fault: str) -> tuple[bool, bool]:
        """Return whether the last record of a text continues after it, and if so inside quotes.

        Args:
            text: The text, which is not complete.
            start: Start of the record; see `spans`.
            end: End of the record.
            fault: Fault of the record.
        """
        if fault != LONG_CELL or end < len(text):
            return False, False
        feed, inside = self.end_of_quotes(text, start)
        return not feed, inside

    def end_of_quotes(self, text: str, start: int = 0, *, inside: bool = False) -> tuple[int, bool]:
        """Return the end of the first line that ends outside quotes; 0 if there is none.

        Args:
            text: The text.
            start: Where to start.
            inside: Whether this is inside quotes.

        Returns:
            The end of the line, and whether the text ends inside quotes.
        """
        position = start
        while True:
            quote = text.find(self.quote, position) if self.quote else -1
            if not inside:
                feed = text.find(self.line_end, position, quote if quote >= 0 else len(text))
                if feed >= 0:
                    return feed + len(self.line_end), inside
            if quote < 0:
                return 0, inside
            position, inside = quote + 1, not inside

    def _exceeds(self, text: str, start: int) -> bool:
        """Return whether a record that is not complete is longer than the limit already."""
        return len(text) - start > self.limit and text.find(self.line_end, start) >= 0

    def _is_simple(self, text: str, start: int, end: int) -> bool:
        """Return whether a line has no special characters, so that it is a record."""
        return (not self.quote or text.find(self.quote, start, end) < 0) and (
            not self.escape or text.find(self.escape, start, end) < 0
        )

    def _split(self, raw: str) -> list[str]:
        """Return the cells of a record without quotes."""
        bare = raw.removesuffix(self.line_end)
        if not self.terminator:
            bare = bare.removesuffix("\r")
        if not bare:
            return []
        cells = bare.split(self.delimiter)
        if self.skip_space:
            cells[1:] = [self._space.sub("", cell, 1) for cell in cells[1:]]
        return cells

    def _cells(
        self, text: str, position: int, dead_ends: dict[int, int]
    ) -> tuple[list[str] | None, int, str]:
        """Return the cells of a record, or None; the position that was reached; and the fault.

        Args:
            text: The text.
            position: Start of the record.
            dead_ends: Known starts of cells from which no record can be completed, and the position
                that was reached; updated in place. A record that reaches one of them is malformed,
                so the time is linear.
        """
        cells: list[str] = []
        starts: list[int] = []
        fault, limit = MALFORMED, position + self.limit
        while position not in dead_ends:
            starts.append(position)
            if cells and self.skip_space and (space := self._space.match(text, position)):
                position = space.end()
            body = self._quoted.match(text, position) if self._quoted else None
            if body is None:
                match = self._plain.match(text, position)
                assert match is not None  # noqa: S101 - it also matches an empty text
                cell, end = match.groups()
                if end != self.delimiter and not self.terminator:
                    cell = cell.removesuffix("\r")
            else:
                match = self._close.match(text, body.end())
                if match is None:
                    position = min(body.end() + 1, len(text))
                    break
                cell, end = body[1], match[1]
                if self.double_quote:
                    cell = cell.replace(self.quote * 2, self.quote)
            if self._unescape and cell != self.null:
                cell = self._unescape.sub(r"\1", cell)
            cells.append(cell)
            position = match.end()
            if position > limit:
                fault = TOO_LONG
                break
            if end != self.delimiter:
                return cells, position, ""
        reached = dead_ends.get(position, position)
        dead_ends.update(
            dict.fromkeys(
                starts
                if fault == MALFORMED
                else [start for start in starts if reached > start + self.limit],
                reached,
            )
        )
        return None, reached, fault

    def cell_spans(self, raw: str) -> Iterator[tuple[int, int]]:
        """Iterate over the start and end of the cells of a record, with their quotes.

        Args:
            raw: Text of a record that is not malformed, with or without line ending.

        Example:
            >>> raw = 'a,"b,c"'
            >>> [raw[start:end] for start, end in CsvReader().cell_spans(raw)]
            ['a', '"b,c"']
        """
        position, ending = 0, self.delimiter
        while ending == self.delimiter:
            if position and self.skip_space and (space := self._space.match(raw, position)):
                position = space.end()
            start = position
            body = self._quoted.match(raw, start) if self._quoted else None
            match = self._close.match(raw, body.end()) if body else self._plain.match(raw, start)
            if match is None:
                raise ValueError(f"{raw!r:.80} is malformed")
            ending, end = match[match.lastindex or 0], match.start(match.lastindex or 0)
            if not (body or self.terminator) and ending != self.delimiter and end > start:
                end -= raw[end - 1] == "\r"
            yield start, end
            position = match.end()

    def join(self, cells: Iterable[str]) -> str:
        """Return a record without line ending, with quotes only around cells that need them.

        Example:
            >>> print(CsvReader().join(["a", "b,c", 'd"e']))
            a,"b,c","d""e"
        """
        special = {self.delimiter, self.quote, "\n", "\r"}
        texts = [
            self.quote + cell.replace(self.quote, self.quote * 2) + self.quote
            if special & set(cell)
            else cell
            for cell in cells
        ]
        return self.delimiter.join(texts) if texts != [""] else self.quote * 2


def csv_reader(dialect: object) -> CsvReader:
    """Return the reader for a Table Dialect.

    Raises:
        UnsupportedSchemaError: The dialect uses a feature that is not implemented.
    """
    parsed, problems = read_dialect(dialect)
    for problem in problems:
        if problem.severity == "error":
            raise UnsupportedSchemaError(f"{problem}.")
    plain = DEFAULT._replace(delimiter=parsed.delimiter, quote_char=parsed.quote_char)
    if parsed != plain or len(parsed.delimiter) > 1 or len(parsed.quote_char) != 1:
        raise UnsupportedSchemaError(
            "The dialect is not implemented here: use only a delimiter and a quoteChar of one "
            "character each."
        )
    return CsvReader(parsed.delimiter or ",", parsed.quote_char)


def read_table(data: bytes, dialect: object) -> Table:
    """Read a CSV file.

    Args:
        data: Content of the file, in UTF-8; a byte order mark at the start is ignored.
        dialect: Table Dialect of the file.

    Raises:
        EncodingError: The file is not UTF-8.
        CsvError: The file is empty, a quote is unmatched, or a cell has more than `LONGEST_CELL`
            characters.
        UnsupportedSchemaError: The dialect uses a feature that is not implemented.
    """
    reader = csv_reader(dialect)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(
            f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8: save the file as UTF-8",
            line,
        ) from error
    rows = []
    for line, raw, cells, fault in reader.records(text):
        if cells is None:
            raise CsvError(fault, line + 1)
        if len(raw) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in cells):
            message = f"a cell has more than {LONGEST_CELL} characters: look for a missing quote"
            raise CsvError(message, line + 1)
        rows.append(Row(line + 1, tuple(cells)))
    if not rows or not rows[0].cells:
        raise CsvError("there is no header: write the names of the columns in the first line", 1)
    return Table(rows[0], tuple(rows[1:]))
