"""The slow, obvious checker: one cell after another, one rule after another, from the JSON.

It shares no code with the package: types are read by Python's own means.
"""

import datetime
import fractions
import re
from collections import Counter


def read(kind, text):
    """Give a cell's value; raises ValueError if it has none."""
    match kind:
        case "string":
            return text
        case "integer":
            if not re.fullmatch("[+-]?[0-9]+", text):
                raise ValueError
            return int(text)
        case "number":
            if text.lower() in {"nan", "inf", "-inf"}:
                return float(text)
            if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", text):
                raise ValueError
            return fractions.Fraction(text)
        case "boolean":
            words = {"true": True, "True": True, "TRUE": True, "1": True}
            words |= {"false": False, "False": False, "FALSE": False, "0": False}
            if text not in words:
                raise ValueError
            return words[text]
        case "date":
            if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                raise ValueError
            return datetime.date(int(text[:4]), int(text[5:7]), int(text[8:]))
        case "year":
            if not re.fullmatch("-?([1-9][0-9]{3,}|0[0-9]{3})", text):
                raise ValueError
            return int(text)
    raise NotImplementedError(kind)


def holds(kind, keyword, argument, value):
    limit = read(kind, str(argument)) if keyword.endswith("imum") else argument
    match keyword:
        case "minimum":
            return value >= limit
        case "maximum":
            return value <= limit
        case "exclusiveMinimum":
            return value > limit
        case "exclusiveMaximum":
            return value < limit
        case "minLength":
            return len(value) >= argument
        case "maxLength":
            return len(value) <= argument
        case "pattern":
            return re.fullmatch(argument, value) is not None
        case "enum":
            return value in [read(kind, str(each)) for each in argument]
        case "required" | "unique":
            return True
    raise NotImplementedError(keyword)


def findings(schema, rows, targets=None):
    """Give a tuple of row, column, raw cell and rule for each failure, sorted.

    `rows` are lists of texts; `targets` gives the allowed tuples for each foreign key's index.
    """
    fields = schema["fields"]
    names = [field["name"] for field in fields]
    missing = schema.get("missingValues", [""])
    key = schema.get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    found, values = [], []
    for at, row in enumerate(rows, 1):
        typed = []
        for field, text in zip(fields, row, strict=True):
            kind, constraints = field["type"], field.get("constraints", {})
            value = None
            if text in missing:
                if constraints.get("required"):
                    found.append((at, field["name"], "", "required"))
                elif field["name"] in key:
                    found.append((at, field["name"], "", "primaryKey"))
            else:
                try:
                    value = read(kind, text)
                except ValueError:
                    found.append((at, field["name"], text, "type"))
            if value is not None:
                found += [
                    (at, field["name"], text, keyword)
                    for keyword, argument in constraints.items()
                    if not holds(kind, keyword, argument, value)
                ]
            typed.append(value)
        values.append(typed)

    def across(keyword, columns, bad):
        places = [names.index(column) for column in columns]
        for at, typed in enumerate(values):
            cells = tuple(typed[place] for place in places)
            if None not in cells and bad(cells):
                raw = ", ".join(rows[at][place] for place in places)
                found.append((at + 1, ", ".join(columns), raw, keyword))

    def tuples(columns):
        places = [names.index(column) for column in columns]
        every = [tuple(typed[place] for place in places) for typed in values]
        return [cells for cells in every if None not in cells]

    keys = [("unique", [f["name"]]) for f in fields if f.get("constraints", {}).get("unique")]
    keys += [("primaryKey", key)] if key else []
    keys += [("uniqueKeys", columns) for columns in schema.get("uniqueKeys", [])]
    for keyword, columns in keys:
        counts = Counter(tuples(columns))
        across(keyword, columns, lambda cells, counts=counts: counts[cells] > 1)
    for at, each in enumerate(schema.get("foreignKeys", [])):
        reference = each["reference"]
        allowed = (targets or {}).get(at)
        if allowed is None:
            allowed = set(tuples(reference["fields"]))
        across("foreignKeys", each["fields"], lambda cells, allowed=allowed: cells not in allowed)
    return sorted(found)


def cells(found):
    """Count the cells that fail, each once."""
    return len({(row, name) for row, columns, _, _ in found for name in columns.split(", ")})


def write_csv(names, rows):
    """Write CSV in which a cell is quoted only where it must be; Python's writer leaves CR bare."""

    def cell(text):
        quoted = set(text) & set('",\r\n')
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return "".join(",".join(map(cell, row)) + "\n" for row in [names, *rows]).encode()
