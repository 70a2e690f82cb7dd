"""Table Dialects: how a table is stored in a file.

https://datapackage.org/standard/table-dialect/, and the CSV dialect of version 1 of the standard,
https://specs.frictionlessdata.io/csv-dialect/.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..tableschema.problems import Problem, Problems


class Dialect(NamedTuple):
    """A Table Dialect; the attributes are the properties of the standard.

    The class is a named tuple, because importing dataclasses takes longer than loading a table.

    Attributes:
        header: Whether the table has a header.
        header_rows: Numbers of the rows of the header, starting at 1; () for the first row that is
            not a comment.
        header_join: Text between the parts of a header of several rows.
        comment_rows: Numbers of rows that are not data.
        comment_char: Start of rows that are not data, or "".
        delimiter: Text between cells; "" for the default of the format.
        line_terminator: Text that ends a row; "" for a line feed or CRLF.
        quote_char: Character around cells that contain special characters; "" for none.
        double_quote: Whether two quote characters in a quoted cell represent one.
        escape_char: Character before a character that is not special, or "".
        null_sequence: Text of a missing value, or None.
        skip_initial_space: Whether white space after a delimiter is not part of the cell.
        property_path: Path of the rows in a JSON document, such as "a.rows", or "".
        item_type: "array" or "object" for the rows of a JSON document; "" if not stated.
        item_keys: Names of the columns of rows that are objects; () if not stated.
        sheet_number: Number of the sheet of a spreadsheet, starting at 1.
        sheet_name: Name of the sheet, or "".
        table: Name of the table of a database, or "".
    """

    header: bool = True
    header_rows: tuple[int, ...] = ()
    header_join: str = " "
    comment_rows: tuple[int, ...] = ()
    comment_char: str = ""
    delimiter: str = ""
    line_terminator: str = ""
    quote_char: str = '"'
    double_quote: bool = True
    escape_char: str = ""
    null_sequence: str | None = None
    skip_initial_space: bool = False
    property_path: str = ""
    item_type: str = ""
    item_keys: tuple[str, ...] = ()
    sheet_number: int = 1
    sheet_name: str = ""
    table: str = ""


DEFAULT = Dialect()

_ANNOTATIONS = {"$schema", "name", "title", "description", "csvddfVersion", "caseSensitiveHeader"}
"""Properties that do not affect reading. The last two are of version 1."""

_NULLABLE = {"escapeChar", "nullSequence", "commentChar"}
"""Properties whose default is null in version 1."""


def read_dialect(document: object, name: str = "dialect") -> tuple[Dialect, tuple[Problem, ...]]:
    """Read a Table Dialect. A property that is not valid has its default.

    Args:
        document: The dialect as JSON; None for a resource without dialect.
        name: Path of the dialect in the descriptor.

    Example:
        >>> dialect, problems = read_dialect({"delimiter": ";", "header": "no"})
        >>> dialect.delimiter, str(problems[0])
        (';', "dialect.header: is 'no', but must be true or false")
    """
    problems = Problems(name)
    if document is None:
        return DEFAULT, ()
    if not isinstance(document, Mapping):
        problems.error(f"is {document!r:.80}, but must be an object, or the path of a JSON file")
        return DEFAULT, tuple(problems.found)
    values: dict[str, Any] = {}
    for key, value in document.items():
        place = problems.at(str(key))
        if key in _READERS:
            attribute, read, expected = _READERS[key]
            if value is None and key in _NULLABLE:
                place.warning("is null: remove the property")
                continue
            try:
                values[attribute] = read(value)
            except ValueError:
                place.error(f"is {value!r:.80}, but must be {expected}")
        elif key not in _ANNOTATIONS and ":" not in str(key):
            place.warning("is not a property of a Table Dialect, and is ignored: correct its name")
    return _consistent(Dialect(**values), document, problems), tuple(problems.found)


def _consistent(dialect: Dialect, document: Mapping[str, Any], problems: Problems) -> Dialect:
    """Check the properties against each other."""
    if not dialect.header:
        dialect = dialect._replace(header_rows=())
    if (dialect.delimiter or ",") == dialect.quote_char:
        problems.at("quoteChar").error("is the same as the delimiter: use another character")
        dialect = dialect._replace(quote_char="" if dialect.quote_char == '"' else '"')
    if dialect.delimiter and dialect.delimiter in {dialect.escape_char, dialect.line_terminator}:
        problems.at("delimiter").error("is also the escapeChar or lineTerminator: use another")
        dialect = dialect._replace(delimiter="")
    if dialect.escape_char and "quoteChar" in document:
        problems.at("escapeChar").warning("and quoteChar exclude each other: remove one of them")
    return dialect


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _some_text(value: object) -> str:
    if not _text(value):
        raise ValueError
    return _text(value)


def _character(value: object) -> str:
    if len(_text(value)) != 1 or value in "\r\n":  # type: ignore[operator]
        raise ValueError
    return _text(value)


def _quote(value: object) -> str:
    return "" if value == "" else _character(value)


def _terminator(value: object) -> str:
    return "" if value in ("\n", "\r\n") else _some_text(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError
    return value


def _numbers(value: object) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(sorted(set(map(_number, value))))


def _header_rows(value: object) -> tuple[int, ...]:
    if not (numbers := _numbers(value)):
        raise ValueError
    return numbers


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError
    return tuple(map(_text, value))


def _item_type(value: object) -> str:
    if value not in ("array", "object"):
        raise ValueError
    return str(value)


_READERS: Mapping[str, tuple[str, Callable[[object], Any], str]] = {
    "header": ("header", _flag, "true or false"),
    "headerRows": ("header_rows", _header_rows, "a list of row numbers, starting at 1"),
    "headerJoin": ("header_join", _text, "a string"),
    "commentRows": ("comment_rows", _numbers, "a list of row numbers, starting at 1"),
    "commentChar": ("comment_char", _some_text, "a string that is not empty"),
    "delimiter": ("delimiter", _some_text, "a string that is not empty"),
    "lineTerminator": ("line_terminator", _terminator, "a string that is not empty"),
    "quoteChar": ("quote_char", _quote, "one character"),
    "doubleQuote": ("double_quote", _flag, "true or false"),
    "escapeChar": ("escape_char", _character, "one character"),
    "nullSequence": ("null_sequence", _text, "a string"),
    "skipInitialSpace": ("skip_initial_space", _flag, "true or false"),
    "property": ("property_path", _some_text, "a string that is not empty"),
    "itemType": ("item_type", _item_type, "'array' or 'object'"),
    "itemKeys": ("item_keys", _texts, "a list of strings"),
    "sheetNumber": ("sheet_number", _number, "a number, starting at 1"),
    "sheetName": ("sheet_name", _some_text, "a string that is not empty"),
    "table": ("table", _some_text, "a string that is not empty"),
}
"""Attribute of `Dialect`, reader, and description of the valid values of each property."""

PROPERTIES = frozenset(_READERS)
"""Names of the properties of a Table Dialect."""
