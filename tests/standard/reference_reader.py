"""A slow and simple reader, written from the text of the standard; it shares no code with the package.

Two steps: `read` turns the bytes of a file into records by the Table Dialect, and `judge` compares
the records with the Table Schema. Every verdict is (row, column, rule); a record that lacks or
exceeds columns has the column None.
"""

import base64
import datetime
import json
import re
from collections import Counter
from decimal import Decimal
from typing import Any, NamedTuple

Row = list[str | None]


class Record(NamedTuple):
    """A record, and the line on which it begins."""

    line: int
    cells: Row


class Table(NamedTuple):
    """What a file contains."""

    header: list[str] | None
    records: list[Record]


def read(data: bytes, dialect: dict[str, Any], encoding: str = "utf-8") -> Table:
    """Read a delimited text file, https://datapackage.org/standard/table-dialect/#delimited."""
    text = data.decode(encoding).removeprefix("\ufeff")
    null = dialect.get("nullSequence")
    comments = set(dialect.get("commentRows", []))
    mark = dialect.get("commentChar")
    kept: list[tuple[int, Record]] = []
    for number, (record, raw) in enumerate(_records(text, dialect), 1):
        if number not in comments and not (mark and raw.startswith(mark)):
            kept.append((number, record))
    header = None
    if dialect.get("header", True):
        rows = dialect.get("headerRows", [1])
        head = [[str(cell) for cell in record.cells] for _, record in kept[: max(rows)]]
        head = [cells for number, cells in enumerate(head, 1) if number in rows]
        join = dialect.get("headerJoin", " ")
        header = [join.join(cell for cell in cells if cell) for cells in zip(*head, strict=True)]
        kept = kept[max(rows) :]
    records = [
        Record(
            record.line,
            [None if null is not None and cell == null else cell for cell in record.cells],
        )
        for _, record in kept
    ]
    return Table(header, records)


def _records(text: str, dialect: dict[str, Any]) -> list[tuple[Record, str]]:
    """Split text into records, with the characters of each."""
    mark = dialect.get("commentChar")
    found: list[tuple[Record, str]] = []
    at, line = 0, 1
    while at < len(text):
        start = at
        cells: Row = []
        if mark and text.startswith(mark, at):
            at = text.find("\n", at) + 1 or len(text)
        else:
            ended = False
            while not ended:
                cell, at, ended = _cell(text, at, dialect)
                cells.append(cell)
        found.append((Record(line, cells), text[start:at]))
        line += len(re.findall("\r\n|\r|\n", text[start:at]))
    return found


def _cell(text: str, at: int, dialect: dict[str, Any]) -> tuple[str, int, bool]:
    """Read one cell; return it, where the next one begins, and whether the record ends."""
    delimiter = dialect.get("delimiter", ",")
    escape = dialect.get("escapeChar")
    quote = dialect.get("quoteChar", '"' if escape is None or "doubleQuote" in dialect else None)
    while dialect.get("skipInitialSpace") and text[at : at + 1] == " ":
        at += 1
    cell = ""
    quoted = bool(quote) and text[at : at + 1] == quote
    at += quoted
    while at < len(text):
        if escape and text[at] == escape and at + 1 < len(text):
            cell += text[at + 1]
            at += 2
        elif quoted and text[at] == quote:
            if dialect.get("doubleQuote", True) and text[at + 1 : at + 2] == quote:
                cell += quote
                at += 2
            else:
                quoted = False
                at += 1
        elif not quoted and text.startswith(delimiter, at):
            return cell, at + len(delimiter), False
        elif not quoted and text[at] in "\r\n":
            return cell, at + (2 if text[at : at + 2] == "\r\n" else 1), True
        else:
            cell += text[at]
            at += 1
    return cell, at, True


# Types: https://datapackage.org/standard/table-schema/#field-types


def value(field: dict[str, Any], text: str) -> Any:
    """Return the logical value of a cell; ValueError if the text has none."""
    return _TYPES[field.get("type", "any")](field, text)


def _match(pattern: str, text: str) -> re.Match[str]:
    found = re.fullmatch(pattern, text, re.ASCII)
    if not found:
        raise ValueError(text)
    return found


def _string(field: dict[str, Any], text: str) -> str:
    match field.get("format", "default"):
        case "email":
            _match(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text)
        case "uuid":
            _match("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text)
        case "binary":
            base64.b64decode(text, validate=True)
    return text


def _bare(field: dict[str, Any], text: str) -> str:
    if not field.get("bareNumber", True):
        point = re.escape(field.get("decimalChar", "."))
        text = re.sub(rf"^[^0-9+\-{point}]*[^0-9+\-]*(?=[+\-]?[{point}]?[0-9])", "", text)
        text = re.sub(r"[^0-9]+$", "", text)
    return text.replace(field["groupChar"], "") if field.get("groupChar") else text


def _integer(field: dict[str, Any], text: str) -> int:
    return int(_match("[+-]?[0-9]+", _bare(field, text))[0])


def _number(field: dict[str, Any], text: str) -> Decimal:
    if re.fullmatch("(?i)nan|-?inf", text):
        return Decimal(text)
    text = _bare(field, text)
    point = field.get("decimalChar", ".")
    if point != ".":
        if "." in text:
            raise ValueError(text)
        text = text.replace(point, ".")
    return Decimal(_match(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text)[0])


def _boolean(field: dict[str, Any], text: str) -> bool:
    if text in field.get("trueValues", ["true", "True", "TRUE", "1"]):
        return True
    if text in field.get("falseValues", ["false", "False", "FALSE", "0"]):
        return False
    raise ValueError(text)


def _json(text: str) -> Any:
    def refuse(name: str) -> None:
        raise ValueError(name)

    return json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=refuse)


def _object(field: dict[str, Any], text: str) -> dict[str, Any]:
    found = _json(text)
    if not isinstance(found, dict):
        raise ValueError(text)
    return found


def _array(field: dict[str, Any], text: str) -> list[Any]:
    found = _json(text)
    if not isinstance(found, list):
        raise ValueError(text)
    return found


def _list(field: dict[str, Any], text: str) -> list[Any]:
    item = {"type": field.get("itemType", "string")}
    return [value(item, part) for part in text.split(field.get("delimiter", ","))] if text else []


def _day(year: str, month: str, day: str) -> int:
    return datetime.date(int(year), int(month), int(day)).toordinal()


def _clock(hour: str, minute: str, second: str) -> Decimal:
    if int(hour) > 23 or int(minute) > 59 or Decimal(second) >= 60:
        raise ValueError(f"{hour}:{minute}:{second}")
    return Decimal(hour) * 3600 + Decimal(minute) * 60 + Decimal(second)


_PARTS = {
    "Y": "[0-9]{4}",
    "m": "[0-9]{1,2}",
    "d": "[0-9]{1,2}",
    "H": "[0-9]{1,2}",
    "M": "[0-9]{1,2}",
}


def _by_pattern(field: dict[str, Any], text: str) -> dict[str, str] | None:
    """Return the parts of a cell that is written by a pattern of strptime."""
    pattern = field.get("format", "default").removeprefix("fmt:")
    if pattern == "default":
        return None
    expression = ""
    for literal, letter in re.findall("([^%]+)|%(.)", pattern):
        expression += re.escape(literal) if literal else f"(?P<{letter}>{_PARTS[letter]})"
    return _match(expression, text).groupdict()


def _date(field: dict[str, Any], text: str) -> int:
    if parts := _by_pattern(field, text):
        return _day(parts["Y"], parts["m"], parts["d"])
    return _day(*_match("([0-9]{4})-([0-9]{2})-([0-9]{2})", text).groups())


def _time(field: dict[str, Any], text: str) -> Decimal:
    if parts := _by_pattern(field, text):
        return _clock(parts["H"], parts["M"], "0")
    return _clock(*_match("([0-9]{2}):([0-9]{2}):([0-9]{2})", text).groups())


def _datetime(field: dict[str, Any], text: str) -> Decimal:
    if parts := _by_pattern(field, text):
        return _day(parts["Y"], parts["m"], parts["d"]) * 86400 + _clock(
            parts["H"], parts["M"], "0"
        )
    found = _match(
        r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]+)?)"
        r"(Z|([+-])([0-9]{2}):([0-9]{2}))?",
        text,
    ).groups()
    day = Decimal(_day(*found[:3]) * 86400)
    midnight = found[3] == "24" and found[4] == "00" and Decimal(found[5]) == 0
    seconds = Decimal(86400) if midnight else _clock(*found[3:6])
    offset = 0
    if found[7]:
        offset = int(found[8]) * 60 + int(found[9])
        if offset > 14 * 60 or int(found[9]) > 59:
            raise ValueError(text)
        offset = -offset if found[7] == "-" else offset
    return day + seconds - offset * 60


def _year(field: dict[str, Any], text: str) -> int:
    return int(_match("(-?([1-9][0-9]{4,}|[0-9]{4}))", text)[0])


def _yearmonth(field: dict[str, Any], text: str) -> tuple[int, int]:
    year, _, month = _match("(-?([1-9][0-9]{4,}|[0-9]{4}))-(0[1-9]|1[0-2])", text).groups()
    return int(year), int(month)


def _duration(field: dict[str, Any], text: str) -> tuple[int, Decimal]:
    sign, *parts = _match(
        r"(-)?P(?=.)(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
        r"(?:T(?=.)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?",
        text,
    ).groups()
    years, months, days, hours, minutes, seconds = (Decimal(part or 0) for part in parts)
    factor = -1 if sign else 1
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return factor * int(years * 12 + months), factor * total


def _geopoint(field: dict[str, Any], text: str) -> tuple[Decimal, Decimal]:
    match field.get("format", "default"):
        case "default":
            number = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
            longitude, latitude = _match(f"({number}), ?({number})", text).groups()
            return Decimal(longitude), Decimal(latitude)
        case "array":
            pair = _array(field, text)
        case _:
            found = _object(field, text)
            if set(found) != {"lon", "lat"}:
                raise ValueError(text)
            pair = [found["lon"], found["lat"]]
    if len(pair) != 2 or not all(isinstance(part, Decimal) for part in pair):
        raise ValueError(text)
    return pair[0], pair[1]


_TYPES: dict[str, Any] = {
    "string": _string,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "object": _object,
    "array": _array,
    "list": _list,
    "datetime": _datetime,
    "date": _date,
    "time": _time,
    "year": _year,
    "yearmonth": _yearmonth,
    "duration": _duration,
    "geopoint": _geopoint,
    "geojson": _object,
    "any": lambda field, text: text,
}


def key(found: Any) -> Any:
    """Return a value that is hashable and equal for equal logical values."""
    if isinstance(found, dict):
        return ("object", frozenset((name, key(each)) for name, each in found.items()))
    if isinstance(found, list):
        return ("array", tuple(map(key, found)))
    return (isinstance(found, bool), found)


# Constraints: https://datapackage.org/standard/table-schema/#field-constraints


def _allowed(field: dict[str, Any], found: Any, argument: Any) -> Any:
    """Return the logical value of an argument of a constraint."""
    if isinstance(argument, str):
        return value(field, argument)
    if isinstance(argument, bool | dict | list):
        return _json(json.dumps(argument))
    return value(field | {"decimalChar": ".", "groupChar": "", "bareNumber": True}, str(argument))


def _broken(field: dict[str, Any], keyword: str, argument: Any, found: Any) -> bool:
    match keyword:
        case "minimum":
            return not found >= _allowed(field, found, argument)
        case "maximum":
            return not found <= _allowed(field, found, argument)
        case "exclusiveMinimum":
            return not found > _allowed(field, found, argument)
        case "exclusiveMaximum":
            return not found < _allowed(field, found, argument)
        case "minLength":
            return bool(len(found) < argument)
        case "maxLength":
            return bool(len(found) > argument)
        case "pattern":
            return re.fullmatch(argument, found) is None
        case "enum":
            return key(found) not in [key(_allowed(field, found, each)) for each in argument]
    return False


def missing_values(field: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """Return the texts that are missing values of a field."""
    texts = field.get("missingValues", schema.get("missingValues", [""]))
    return [text["value"] if isinstance(text, dict) else text for text in texts]


Verdict = tuple[int, str | None, str]


def judge(schema: dict[str, Any], rows: list[Row]) -> set[Verdict]:
    """Return every verdict on the rows; the columns are those of the schema, in order."""
    fields = schema["fields"]
    names = [field["name"] for field in fields]
    primary = schema.get("primaryKey", [])
    verdicts: set[Verdict] = set()
    logical: list[list[Any]] = []
    for number, row in enumerate(rows, 1):
        values: list[Any] = [None] * len(fields)
        logical.append(values)
        if len(row) != len(fields):
            verdicts.add((number, None, "ragged-row"))
            continue
        for index, (field, text) in enumerate(zip(fields, row, strict=True)):
            constraints = field.get("constraints", {})
            if text is None or text in missing_values(field, schema):
                if constraints.get("required"):
                    verdicts.add((number, names[index], "required"))
                elif names[index] in primary:
                    verdicts.add((number, names[index], "primaryKey"))
                continue
            try:
                found = value(field, text)
            except (ValueError, ArithmeticError):
                verdicts.add((number, names[index], "type"))
                continue
            values[index] = found
            verdicts |= {
                (number, names[index], keyword)
                for keyword, argument in constraints.items()
                if _broken(field, keyword, argument, found)
            }
    keys = [("unique", [f["name"]]) for f in fields if f.get("constraints", {}).get("unique")]
    keys += [("primaryKey", primary)] if primary else []
    keys += [("uniqueKeys", columns) for columns in schema.get("uniqueKeys", [])]
    for rule, columns in keys:
        places = [names.index(column) for column in columns]
        tuples = [tuple(key(values[place]) for place in places) for values in logical]
        counts = Counter(tuples)
        verdicts |= {
            (number, ", ".join(columns), rule)
            for number, each in enumerate(tuples, 1)
            if counts[each] > 1 and (False, None) not in each
        }
    return verdicts
