"""Infer a Table Schema: profile the columns, draft the fields, and check the table against them.

The check decides: what a value refutes is dropped, and the fields are drafted again. So the schema
accepts the table, and all values count, although only the first distinct ones are kept.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import count
from os import PathLike
from typing import Any, TypeAlias

from ..checking.collector import Collector
from ..checking.engine import check_tables
from ..checking.plan import Plan
from ..errors import DataError
from ..package.csv_reading import CsvReader
from ..reading.batches import BOM
from ..reading.chunks import read_head
from ..reading.csv_records import read_header
from ..reading.native_tables import NativeTable
from ..reading.sniffing import detected_separator
from ..reading.sources import ReadOptions, find_tables, require_fitting_separator
from ..reading.tables import CsvTable, Table
from ..reading.temporary_files import Scratch
from ..reporting.report import Report
from ..tableschema.constraints import Targets
from ..tableschema.model import TableSchema
from ..tableschema.parser import parse_table_schema
from .drafting import Draft, Refuted, draft_field
from .profiles import LONGEST, Profile, TableProfile
from .recognition import Recognize, recognize_nothing

FindTargets: TypeAlias = Callable[[TableSchema], Targets]
"""Function that returns the targets of the foreign keys of a schema."""

_FINDINGS = 10_000
"""Findings of a check that are read as counterexamples."""

_ROUNDS = 8
"""Number of checks after which a column that still has errors becomes text."""


def infer_schema(
    data: object,
    options: ReadOptions | None = None,
    *,
    missing: Sequence[str] = (),
    recognize: Recognize = recognize_nothing,
    find_targets: FindTargets = lambda _: lambda _: None,
    output: str | PathLike[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Infer the Table Schema of data; see `bonemet_data.infer`.

    Args:
        data: A path, glob pattern, folder, "-", frame, or a list of these.
        options: How files are read; None to choose by the suffix of the file.
        missing: Texts that represent a missing value in all columns.
        recognize: Function that recognizes the values of a column.
        find_targets: Function that returns the targets of the foreign keys that it suggests.
        output: Path of a file that will be written. It must not be one of the input files.
        progress: Function to call with the numbers of records and bytes read so far.

    Raises:
        DataError: Data cannot be read, or have no valid header.

    Example:
        >>> import polars as pl
        >>> infer_schema(pl.DataFrame({"ward": ["01", "12"]}))["fields"]
        [{'name': 'ward', 'type': 'string', 'description':
        'Text, because a value begins with a zero, which a number would lose.'}]
    """
    options = options or ReadOptions()
    with Scratch() as scratch:
        tables = find_tables(data, options, scratch, output)
        header = _header(tables, options)
        profile = _profile(tables, header, progress)
        in_order = all(table.header == header for table in tables)
        refuted = [Refuted() for _ in header]
        for number in count(1):
            drafts = [
                draft_field(column, known, missing, recognize)
                for column, known in zip(profile.columns, refuted, strict=True)
            ]
            document = _document(profile, drafts, missing, in_order=in_order)
            schema = parse_table_schema(document, "the inferred schema")
            report = _check(tables, schema, find_targets, scratch, progress)
            if not _refute(report, profile.columns, drafts, refuted):
                break
            if number >= _ROUNDS:
                for column in profile.columns:
                    column.has_long = True  # text, and no closed list or key
        return document


def _header(tables: Sequence[Table], options: ReadOptions) -> tuple[str, ...]:
    """Return the names of the columns, which must be the same in all tables."""
    header: tuple[str, ...] | None = None
    for table in tables:
        if isinstance(table, CsvTable) and options.separator is None:
            _require_separator(table)
        name, names = table.name or "the frame", table.header
        if not names:
            raise DataError(
                f"{name} has no valid header: write the names of the columns in the first line."
            )
        if len({*names}) < len(names):
            repeated = Counter(names).most_common(1)[0][0]
            raise DataError(f"{name}: two columns are named {repeated!r}: rename one of them.")
        header = header or names
        if {*names} != {*header}:
            different = sorted({*names} ^ {*header})
            raise DataError(
                f"{name}: the column {different[0]!r} is not in all files: infer a schema for "
                "each kind of file."
            )
    return header or ()


def _require_separator(table: CsvTable) -> None:
    """Raise ArgumentError if a header has one column, but several with another separator."""
    if table.header is None or len(table.header) != 1:
        return
    with table.open() as stream:
        head = read_head(stream).removeprefix(BOM)
    names, _ = read_header(CsvReader(detected_separator(head, (), "")), head)
    require_fitting_separator(table, table.name, names or ())


def _profile(
    tables: Sequence[Table],
    header: Sequence[str],
    progress: Callable[[int, int], None] | None,
) -> TableProfile:
    profile, size = TableProfile([Profile(name) for name in header]), 0
    for table in tables:
        if isinstance(table, NativeTable):
            profile.add_kinds(table)
            table = table.with_schema(_moments(table))  # noqa: PLW2901
        places = {name: f"c{index}" for index, name in enumerate(table.header or ())}
        labels = [places[name] for name in header]
        for pending in table.batches(header):
            profile.add(pending.parse(), labels)
            size += pending.size
            if progress:
                progress(profile.rows, size)
    return profile


def _moments(table: NativeTable) -> TableSchema:
    """Return a schema by which dates are read as midnight in columns with dates and times."""
    names = zip(table.header or (), table.kinds(), strict=True)
    fields = [
        {"name": name, "type": "datetime" if {date, datetime} <= kinds else "any"}
        for name, kinds in names
    ]
    return parse_table_schema({"fields": fields}, "the inferred schema")


def _document(
    profile: TableProfile, drafts: Sequence[Draft], missing: Sequence[str], *, in_order: bool
) -> dict[str, Any]:
    document: dict[str, Any] = {"description": profile.description}
    if not in_order:
        document["fieldsMatch"] = "equal"
    document["fields"] = [draft.entry for draft in drafts]
    if missing:
        document["missingValues"] = [*dict.fromkeys(("", *missing))]
    keys = [
        {"fields": [draft.entry["name"]], "reference": draft.reference}
        for draft in drafts
        if draft.reference
    ]
    return document | ({"foreignKeys": keys} if keys else {})


def _check(
    tables: Sequence[Table],
    schema: TableSchema,
    find_targets: FindTargets,
    scratch: Scratch,
    progress: Callable[[int, int], None] | None,
) -> Report:
    plan, collector = Plan.of(schema, find_targets(schema)), Collector(_FINDINGS)
    typed = [t.with_schema(schema) if isinstance(t, NativeTable) else t for t in tables]
    check_tables(plan, typed, collector, scratch, progress, locate_duplicates=False)
    return collector.report()


def _refute(
    report: Report,
    profiles: Sequence[Profile],
    drafts: Sequence[Draft],
    refuted: Sequence[Refuted],
) -> bool:
    """Note what a check has shown; return whether the fields must be drafted again."""
    rules: dict[str, set[str]] = {}
    for each in report.counts:
        rules.setdefault(each.column or "", set()).add(each.rule.value)
    examples: dict[str, list[str]] = {}
    for finding in report.findings:
        value = finding.value or ""
        if finding.rule.value == "type" and value.isprintable() and 0 < len(value) <= LONGEST:
            examples.setdefault(finding.column or "", []).append(value)
    changed = False
    for profile, draft, known in zip(profiles, drafts, refuted, strict=True):
        broken = rules.get(profile.name, set())
        changed |= known.update(draft, broken)
        profile.more.update(dict.fromkeys(examples.get(profile.name, ())))
    return changed
