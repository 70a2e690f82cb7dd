"""What each tool says of the corpus: the table of the reference page on the standard."""

import json
import os
import tempfile
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import bonemet_data as bm
from bonemet_data.errors import UnsupportedDataError, UnsupportedSchemaError

from .corpus import CASES
from .corpus.case import Case, Expected
from .reference_reader import missing_values, read, value
from .test_corpus import REFUSED, differences, expected_findings

os.environ["IJSON_BACKEND"] = "python"
"""The JSON reader of frictionless in C crashes at an integer of 5,000 digits (ijson 3.6.0)."""

TOOLS = ("validate", "check", "pandera for pandas", "pandera for Polars", "frictionless")
YES, REFUSES, DIFFERS, NOTHING = "implemented", "not checked", "differs", ""
_LONGEST = 200
"""Maximum number of characters of a reason."""

UNSUPPORTED = (UnsupportedDataError, UnsupportedSchemaError)
FORM = {"profile", "unsafe-path", "name", "unreadable-schema"}
"""Rules of a descriptor."""

FILES = {"encoding", "compression", "tsv", "rows"}
"""Features of files, which frames do not have."""

PACKAGES = {
    "path",
    "several paths",
    "data",
    "hash",
    "bytes",
    "name",
    "descriptor",
    "several faults",
}
"""Features of packages, which `check` and pandera do not see, besides `package ...`."""


class Result(NamedTuple):
    """What a tool makes of a case, and why, unless it is right."""

    verdict: str
    reason: str = ""


class Row(NamedTuple):
    """A feature of the standard, what each tool makes of it, and the reasons by case."""

    feature: str
    clause: str
    cells: tuple[str, ...]
    reasons: tuple[tuple[tuple[Case, str], ...], ...]


def rows() -> Iterator[Row]:
    """Run every case through every tool, and iterate over the features."""
    features: dict[str, list[Case]] = defaultdict(list)
    for case in CASES:
        features[case.feature].append(case)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for feature, cases in features.items():
            results = [[_result(tool, case) for tool in _TOOLS] for case in cases]
            columns = list(zip(*results, strict=True))
            cells = tuple(_together(each.verdict for each in column) for column in columns)
            reasons = tuple(
                tuple(
                    (case, each.reason)
                    for case, each in zip(cases, column, strict=True)
                    if each.verdict == (DIFFERS if cell == DIFFERS else REFUSES)
                )
                for cell, column in zip(cells, columns, strict=True)
            )
            yield Row(feature, cases[0].clause, cells, reasons)


def _together(results: Iterable[str]) -> str:
    """Return the result of several cases."""
    found = set(results) - {NOTHING}
    if DIFFERS in found:
        return DIFFERS
    if found == {YES, REFUSES}:
        return "partly"
    return found.pop() if found else NOTHING


def _result(tool: Callable[[Case, Path], str | Result], case: Case) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        found = tool(case, case.write(Path(folder)))
    verdict, reason = found if isinstance(found, Result) else (found, "")
    first = " ".join(reason.replace(f"{folder}/", "").split()).removesuffix(".")
    return Result(verdict, f"{first[:_LONGEST]}…" if len(first) > _LONGEST else first)


def _required(case: Case) -> list[Expected]:
    places = expected_findings(case)
    return [place for place in places if place.required and "error" in place.severities]


def _required_of_table(case: Case) -> list[Expected]:
    return [place for place in _required(case) if not place.rules & {"hash", "bytes"}]


def _validate(case: Case, folder: Path) -> str | Result:
    try:
        findings = bm.validate_package(folder).findings
    except bm.BonemetError as error:
        return YES if REFUSED in case.expected else Result(DIFFERS, str(error))
    wrong = differences(expected_findings(case), findings)
    skipped = [each.message for each in findings if each.severity.value == "not_checked"]
    if not wrong:
        return Result(REFUSES, skipped[0]) if skipped and not _required(case) else YES
    surplus = [line for line in wrong if line.startswith("surplus: error")]
    unchecked = any(line.startswith("surplus: not_checked") for line in wrong)
    return Result(REFUSES, skipped[0]) if unchecked and not surplus else Result(DIFFERS, wrong[0])


def _table(case: Case) -> dict[str, Any] | None:
    """Return the only resource of a case, if it is a file with a schema in the descriptor."""
    if case.feature in PACKAGES or case.feature.startswith("package "):
        return None
    entries = (case.descriptor or {}).get("resources")
    if not isinstance(entries, list) or len(entries) != 1 or not isinstance(entries[0], dict):
        return None
    entry: dict[str, Any] = entries[0]
    path = entry.get("path")
    if isinstance(entry.get("schema"), dict) and isinstance(path, str) and path in case.files:
        return entry
    return None


def _check(case: Case, folder: Path) -> str | Result:
    entry = _table(case)
    if entry is None or entry.get("name") != "t":
        return NOTHING
    wanted = _required_of_table(case)
    of_form = [place for place in wanted if place.rules & FORM]
    try:
        report = bm.check(
            folder / entry["path"], folder / "datapackage.json", resource="t", limit=10**6
        )
    except bm.BonemetError as error:
        found = wanted and not isinstance(error, UNSUPPORTED)
        return YES if of_form or found else Result(REFUSES, str(error))
    if of_form and not any(place.line for place in wanted):
        return Result(DIFFERS, "reports nothing about the descriptor")
    of_files = FORM | {"hash", "bytes"}
    expected = [
        place._replace(resource=None)
        for place in expected_findings(case)
        if not place.rules & of_files
    ]
    wrong = differences(expected, report.findings)
    differing = [line for line in wrong if "not_checked" not in line]
    return Result(DIFFERS, differing[0]) if differing else YES


def _native(field: dict[str, Any], text: str | None, missing: list[str]) -> Any:
    """Return a cell as the value of a typed column; ValueError if no column can contain it."""
    if text is None or text in missing:
        return None
    logical = value(field, text)
    pattern = field.get("format", "default").removeprefix("fmt:")
    match field.get("type", "any"):
        case "integer" | "boolean":
            return logical
        case "number":
            if logical.is_finite() and Decimal(repr(float(logical))) != logical:
                raise ValueError(text)
            return float(logical)
        case "date" | "datetime" | "time" as kind:
            moment = None if pattern == "default" else datetime.strptime(text, pattern)  # noqa: DTZ007
            if kind == "date":
                return moment.date() if moment else date.fromisoformat(text)
            if kind == "time":
                return moment.time() if moment else time.fromisoformat(text)
            return moment or datetime.fromisoformat(text)
        case "year":
            return int(text)
    return text


def _pandera(engine: str) -> Callable[[Case, Path], str | Result]:
    def run(case: Case, folder: Path) -> str | Result:
        entry = _table(case)
        if entry is None or case.feature in FILES or case.feature.startswith("dialect"):
            return NOTHING
        wanted = _required_of_table(case)
        try:
            compiled: Any = bm.schema(entry["schema"], engine)  # type: ignore[call-overload]
        except bm.BonemetError as error:
            form = any(place.rules & FORM for place in wanted)
            return YES if form else Result(REFUSES, str(error))
        except Exception:  # an exception of pandera
            return DIFFERS
        if any(place.rules & FORM for place in wanted):
            return DIFFERS
        data = (folder / entry["path"]).read_bytes()
        try:
            table = read(data, {}, entry.get("encoding", "utf-8"))
        except (ValueError, TypeError, LookupError):
            return NOTHING
        fields = entry["schema"]["fields"]
        if table.header != [field.get("name") for field in fields]:
            return NOTHING
        bad = {place.line for place in wanted}
        kept, sound = [], []
        for record in table.records:
            try:
                row = [
                    _native(field, cell, missing_values(field, entry["schema"]))
                    for field, cell in zip(fields, record.cells, strict=True)
                ]
            except (ValueError, KeyError, ArithmeticError):
                continue  # a typed column cannot contain the cell
            kept.append((record.line, row))
            if record.line not in bad:
                sound.append(row)
        try:
            clean = _frame(engine, compiled, sound)
        except Exception:  # the library of the engine has no such values
            return NOTHING
        if not _passes(compiled, clean):
            return DIFFERS
        try:
            whole = _frame(engine, compiled, [row for _, row in kept])
        except Exception:  # a typed column cannot contain the wrong values
            return YES
        return YES if _passes(compiled, whole) != any(line in bad for line, _ in kept) else DIFFERS

    return run


def _frame(engine: str, compiled: Any, rows: list[list[Any]]) -> Any:
    columns = {
        name: ([row[index] for row in rows], column.dtype.type)
        for index, (name, column) in enumerate(compiled.columns.items())
    }
    if engine == "pandas":
        import pandas as pd

        frame = pd.DataFrame({n: pd.Series(values, dtype=d) for n, (values, d) in columns.items()})
        if any(frame[n].isna().sum() != values.count(None) for n, (values, _) in columns.items()):
            raise ValueError("a category is unknown")
        return frame
    import polars as pl

    return pl.DataFrame({n: pl.Series(values, dtype=d) for n, (values, d) in columns.items()})


def _passes(compiled: Any, frame: Any) -> bool:
    from pandera.errors import SchemaError, SchemaErrors

    try:
        compiled.validate(frame, lazy=True)
    except (SchemaError, SchemaErrors):
        return False
    return True


def _frictionless(case: Case, folder: Path) -> str | Result:
    import frictionless

    if "://" in json.dumps([case.descriptor and case.descriptor.get("resources")]):
        return NOTHING  # frictionless fetches what is remote
    wanted = _required(case)
    try:
        report = frictionless.validate(str(folder / "datapackage.json"), limit_errors=10**6)
    except Exception as error:
        return Result(DIFFERS, f"ends with {type(error).__name__}")
    errors = [error for task in report.tasks for error in task.errors] + list(report.errors)
    rows = {getattr(error, "row_number", None) for error in errors}
    if {place.rules & FORM != set() for place in wanted} == {True}:
        return YES if errors else Result(DIFFERS, "reports nothing")
    optional = {Expected.parse(text).line for text in case.expected if "?" in text.split()[0]}
    lines = {place.line or (place.row and place.row + 1) for place in wanted}
    surplus = [e for e in errors if getattr(e, "row_number", None) not in lines | optional]
    missed = [p for p in wanted if (p.line or (p.row and p.row + 1)) not in rows]
    if surplus:
        return Result(DIFFERS, f"rejects what is right: {surplus[0].message}")
    if missed:
        rule = "|".join(sorted(missed[0].rules))
        line = f" on line {missed[0].line}" if missed[0].line else ""
        return Result(DIFFERS, f"does not report {rule}{line}")
    return YES


_TOOLS = (_validate, _check, _pandera("pandas"), _pandera("polars"), _frictionless)
