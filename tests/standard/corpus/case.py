"""Small data packages with the findings that the text of the standard requires.

An expected finding is one line of text:

    error type t:3 n           an error of the rule `type` in resource t, line 3, column n
    error type t#2 n           the same in row 2, for data that have no lines
    error columns|type t       any of several rules; parts that are left out may have any value
    error? unique t:2 id       allowed but not required, where the standard leaves the choice
    not_checked * t            any rule
    error|not_checked * t      any of two severities
    refused                    the package may also be refused with one line

Warnings are not compared: the standard knows none. Every record that takes part in a duplicate may
be reported, but only the later ones must be.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

STANDARD = "https://datapackage.org/standard"
V2 = "https://datapackage.org/profiles/2.0/datapackage.json"

Fields = Iterable[str | Mapping[str, Any]]


class Expected(NamedTuple):
    """One finding that a case requires or allows."""

    text: str
    severities: frozenset[str]
    required: bool
    rules: frozenset[str]
    resource: str | None
    line: int | None
    row: int | None
    column: str | None

    @classmethod
    def parse(cls, text: str) -> "Expected":
        """Parse the line of text."""
        severity, rules, *rest = text.split(" ", 3)
        place, column = (*rest, None, None)[:2]
        resource, line, row = place, None, None
        if place and ":" in place:
            resource, line = place.split(":")
        elif place and "#" in place:
            resource, row = place.split("#")
        return cls(
            text,
            frozenset(severity.rstrip("?").split("|")),
            not severity.endswith("?"),
            frozenset(rules.split("|")),
            resource or None,
            int(line) if line else None,
            int(row) if row else None,
            column,
        )

    def matches(self, finding: Any) -> bool:
        """Return whether a finding is the expected one."""
        return (
            finding.severity.value in self.severities
            and (self.rules == {"*"} or finding.rule.value in self.rules)
            and self.resource in (None, finding.resource)
            and self.line in (None, finding.line)
            and self.row in (None, finding.row)
            and self.column in (None, finding.column)
        )

    @property
    def precision(self) -> int:
        """Number of parts that are given."""
        return sum(part is not None for part in self[4:]) + self.required


class Case(NamedTuple):
    """A package, and what the standard says of it."""

    feature: str
    name: str
    clause: str
    descriptor: Any
    files: Mapping[str, bytes | str]
    expected: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.feature}: {self.name}"

    def write(self, folder: Path) -> Path:
        """Write the package to a folder, and return the folder."""
        for path, content in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        if "datapackage.json" not in self.files:
            text = json.dumps(self.descriptor, ensure_ascii=False)
            (folder / "datapackage.json").write_text(text, encoding="utf-8")
        return folder


def schema(fields: Fields, **properties: Any) -> dict[str, Any]:
    """Return a Table Schema; a field is a descriptor, or text such as "id:integer"."""
    return {"fields": [_field(field) for field in fields], **properties}


def _field(field: str | Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(field, str):
        return dict(field)
    name, _, kind = field.partition(":")
    return {"name": name, "type": kind or "string"}


def package(*resources: Mapping[str, Any], **properties: Any) -> dict[str, Any]:
    """Return a descriptor of version 2."""
    return {"$schema": V2, "name": "p", **properties, "resources": list(resources)}


def resource(fields: Fields | None = None, name: str = "t", **properties: Any) -> dict[str, Any]:
    """Return a tabular resource with the path NAME.csv."""
    entry: dict[str, Any] = {"name": name, "type": "table"}
    if not {"path", "data"} & set(properties):
        entry["path"] = f"{name}.csv"
    if fields is not None:
        entry["schema"] = schema(fields)
    return entry | properties


def table(
    feature: str,
    name: str,
    clause: str,
    fields: Fields,
    data: bytes | str,
    *expected: str,
    dialect: Any = None,
    files: Mapping[str, bytes | str] | None = None,
    path: str = "t.csv",
    encoding: str | None = None,
    **properties: Any,
) -> Case:
    """Return a case of one table, with further properties of its schema."""
    entry: dict[str, Any] = {"name": "t", "type": "table", "path": path}
    entry |= {"schema": schema(fields, **properties)}
    if dialect is not None:
        entry["dialect"] = dialect
    if encoding is not None:
        entry["encoding"] = encoding
    return Case(
        feature,
        name,
        f"{STANDARD}/{clause}",
        package(entry),
        {path: data, **(files or {})},
        expected,
    )


def column(
    feature: str,
    clause: str,
    good: Iterable[str],
    bad: Iterable[str],
    *,
    rule: str = "type",
    name: str = "",
    **field: Any,
) -> Case:
    """Return a case of one column x, with valid cells and then cells that each break one rule."""
    good, bad = list(good), list(bad)
    lines = ["x", *('"' + cell.replace('"', '""') + '"' for cell in (*good, *bad))]
    expected = [f"error {rule} t:{i} x" for i in range(len(good) + 2, len(lines) + 1)]
    title = name or str(field.get("format") or field.get("constraints") or "default")
    return table(
        feature, title, clause, [{"name": "x", **field}], "\n".join(lines) + "\n", *expected
    )
