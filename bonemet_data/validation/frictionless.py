"""Stage 7: frictionless as the independent judge; a difference in verdict is itself an issue.

What frictionless finds and this package does not is always an issue. The reverse is one for the
faults that frictionless is known to see; it has no eye for nulls inside a composite key, for
`uniqueKeys`, or for lax spellings of numbers.
"""

from collections.abc import Iterable, Iterator, Mapping

from ..extras import FRICTIONLESS
from ..package.descriptor import Package, read_resource
from ..reporting._old_issue import Code, Issue, Stage
from .profile import PROFILES
from .schema import Typed

_MAX_ERRORS = 1_000_000  # the default of 1,000 would hide the rest
_FORWARDED = ("name", "type", "path", "format", "encoding", "dialect", "bytes", "hash")
"""What frictionless is told of a resource; of other keywords, some would make it open addresses."""

_SEEN_AS: Mapping[Code, str] = {
    Code.REQUIRED: "constraint-error",
    Code.MINIMUM: "constraint-error",
    Code.MAXIMUM: "constraint-error",
    Code.MIN_LENGTH: "constraint-error",
    Code.MAX_LENGTH: "constraint-error",
    Code.PATTERN: "constraint-error",
    Code.ENUM: "constraint-error",
    Code.UNIQUE: "unique-error",
    Code.PRIMARY_KEY: "primary-key",
    Code.FOREIGN_KEYS: "foreign-key",
}
_SCHEMA_STAGES = {Stage.SCHEMA, Stage.KEYS}


def check(package: Package, typed: Mapping[str, Typed], ours: Iterable[Issue]) -> Iterator[Issue]:
    """Hold frictionless' verdict on the readable tables against the issues found so far."""
    ours = list(ours)
    theirs: dict[str | None, set[str]] = {name: set() for name in typed}
    places = {(issue.resource, issue.row) for issue in ours}
    faulty = {issue.resource for issue in ours}
    for name, kind, record, note in _verdict(package, typed):
        theirs.setdefault(name, set()).add(kind)
        line = _line(typed[name], record) if name and name in typed else None
        known = name in faulty if line is None else {(name, line), (name, None)} & places
        if not known:
            message = f"frictionless finds a {kind} that was not found here: {note}"
            yield Issue(Code.JUDGES_DISAGREE, name, line, None, None, message)
    for issue in ours:
        kind = _SEEN_AS.get(issue.code, "")
        missing = issue.code is Code.PRIMARY_KEY and issue.message.startswith("is missing")
        blind = not kind or missing or not issue.row or issue.resource not in typed
        if not blind and kind not in theirs[issue.resource]:
            message = f"frictionless does not find the fault {issue.code}: {issue.message}"
            yield Issue(
                Code.JUDGES_DISAGREE,
                issue.resource,
                issue.row,
                issue.column,
                issue.value,
                message,
            )


def _verdict(
    package: Package, typed: Mapping[str, Typed]
) -> Iterator[tuple[str | None, str, int | None, str]]:
    """Give frictionless' errors: resource, type, record (the header is 1), and note."""
    with FRICTIONLESS:
        import frictionless
    resources = [
        {key: entry[key] for key in _FORWARDED if key in entry}
        | {"schema": package.schema_document(read_resource(entry))}
        for entry in package.descriptor["resources"]
        if isinstance(entry, dict) and entry.get("name") in typed
    ]
    if not resources:
        return
    descriptor = {"$schema": PROFILES + "datapackage.json", "resources": resources}
    try:
        with package.store.on_disk() as root:
            judged = frictionless.Package.from_descriptor(descriptor, basepath=str(root))
            report = judged.validate(limit_errors=_MAX_ERRORS)
    except frictionless.FrictionlessException as error:
        yield None, str(error.error.type), None, str(error.error.note)
        return
    for fault in report.errors:
        yield None, fault.type, None, fault.note
    for task in report.tasks:
        places = {row.line: at for at, row in enumerate(typed[task.name].table.records)}
        for fault in task.errors:
            record: int | None = getattr(fault, "row_number", None)
            at = places.get(_line(typed[task.name], record) or 0)
            if at is None or not _is_deviation(typed[task.name], fault.type, at):
                yield task.name, fault.type, record, fault.note


def _is_deviation(typed: Typed, kind: str, at: int) -> bool:
    """Tell a verdict in which frictionless departs from the standard: it calls a row blank whose
    cells are all missing, and holds a foreign key with a missing part against its target.
    """
    if kind == "blank-row":
        return True
    missing = {name for name, values in typed.values.items() if values[at] is None}
    keys = typed.schema.foreign_keys
    return kind == "foreign-key" and all(set(key.fields) & missing for key in keys)


def _line(typed: Typed, record: int | None) -> int | None:
    """Turn frictionless' count of records into the line of the file."""
    rows = (typed.table.header, *typed.table.rows)
    return rows[record - 1].line if record and record <= len(rows) else None
