"""Stage 7: frictionless as the independent judge; a difference in verdict is itself an issue.

What frictionless finds and this package does not is always an issue. The reverse is one for the
faults that frictionless is known to see; it has no eye for nulls inside a composite key, for
`uniqueKeys`, or for lax spellings of numbers.
"""

from collections.abc import Iterable, Iterator, Mapping

from .._extras import VALIDATE
from .._issue import Code, Issue, Stage
from .._package import Package, read_resource
from .descriptor import PROFILES
from .schema import Typed

_MAX_ERRORS = 1_000_000  # the default of 1,000 would hide the rest
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
    for name, kind, record, note in _verdict(package, typed):
        theirs.setdefault(name, set()).add(kind)
        line = _line(typed[name], record) if name and name in typed else None
        if not any(
            issue.resource == name and (line is None or issue.row in {None, line}) for issue in ours
        ):
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
    with VALIDATE:
        import frictionless
    descriptor = {**package.descriptor, "$schema": PROFILES + "datapackage.json"}
    descriptor["resources"] = [
        {**entry, "schema": package.schema_document(read_resource(entry))}
        for entry in package.descriptor["resources"]
        if isinstance(entry, dict) and entry.get("name") in typed
    ]
    if not descriptor["resources"]:
        return
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
        for fault in task.errors:
            record: int | None = getattr(fault, "row_number", None)
            yield task.name, fault.type, record, fault.note


def _line(typed: Typed, record: int | None) -> int | None:
    """Turn frictionless' count of records into the line of the file."""
    rows = (typed.table.header, *typed.table.rows)
    return rows[record - 1].line if record and record <= len(rows) else None
