"""The CSV reader: records of text, for every use that Polars does not serve.

A line feed or CRLF ends a record, a single carriage return is part of a cell, and a quote is
special only at the start of a cell (RFC 4180).

`Record` is a named tuple, because importing dataclasses takes longer than loading a table.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .csv_patterns import CsvPatterns
from .dialect import Dialect

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
        self._patterns = CsvPatterns.of(
            delimiter, quote, escape, terminator, double_quote=double_quote
        )

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
                elif reached > start + self.limit:
                    after_quotes = self.end_of_quotes(text, start)[0] or len(text)
                    is_long = after_quotes > start + self.limit
                    if is_long and not self._looks_lost(text, start):
                        fault, end = LONG_CELL, after_quotes
                    else:
                        fault = MALFORMED
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
            cells[1:] = [self._patterns.space.sub("", cell, 1) for cell in cells[1:]]
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
        patterns = self._patterns
        cells: list[str] = []
        starts: list[int] = []
        fault, limit = MALFORMED, position + self.limit
        while position not in dead_ends:
            starts.append(position)
            if cells and self.skip_space and (space := patterns.space.match(text, position)):
                position = space.end()
            body = patterns.quoted.match(text, position) if patterns.quoted else None
            if body is None:
                match = patterns.plain.match(text, position)
                assert match is not None  # noqa: S101 - it also matches an empty text
                cell, end = match.groups()
                if end != self.delimiter and not self.terminator:
                    cell = cell.removesuffix("\r")
            else:
                match = patterns.close.match(text, body.end())
                if match is None:
                    position = min(body.end() + 1, len(text))
                    break
                cell, end = body[1], match[1]
                if self.double_quote:
                    cell = cell.replace(self.quote * 2, self.quote)
            if patterns.unescape and cell != self.null:
                cell = patterns.unescape.sub(r"\1", cell)
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
        patterns = self._patterns
        position, ending = 0, self.delimiter
        while ending == self.delimiter:
            if position and self.skip_space and (space := patterns.space.match(raw, position)):
                position = space.end()
            start = position
            body = patterns.quoted.match(raw, start) if patterns.quoted else None
            match = (
                patterns.close.match(raw, body.end()) if body else patterns.plain.match(raw, start)
            )
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
