"""The published package, read once, and its stages about tables, run on changed tables."""

import csv
import io
from dataclasses import replace

import pytest

from bonemet_data.package.descriptor import Package, open_package
from bonemet_data.reporting.finding import Severity
from bonemet_data.reporting.report import Report
from bonemet_data.tableschema.parser import parse_table_schema
from bonemet_data.validation import dependencies, profile, tables
from bonemet_data.validation.house import consistency, csv_form
from bonemet_data.validation.house.causes import without_consequences
from bonemet_data.validation.typed_tables import TypedTable
from tests.conftest import ROOT


class Changed:
    """The storage of a package, in which some files have another content."""

    def __init__(self, storage, contents):
        self.storage, self.contents = storage, contents

    def __getattr__(self, name):
        return getattr(self.storage, name)

    def source(self, path):
        """Return the changed content of a file, or the file."""
        return self.contents.get(path) or self.storage.source(path)

    def read(self, path):
        """Return the content of a file."""
        return self.contents.get(path) or self.storage.read(path)


class House:
    """The published package in memory."""

    def __init__(self):
        self.package = open_package(ROOT)
        _, resources = profile.check(self.package)
        self.resources = {entry.name: self._uncounted(entry) for entry in resources}
        self.data = {e.name: self.package.storage.read(e.resource.path) for e in resources}
        self.files = {n: csv_form.check(self.resources[n], d)[1] for n, d in self.data.items()}
        self.tables = {n: TypedTable(self.resources[n], f.table) for n, f in self.files.items()}

    @staticmethod
    def _uncounted(resource):
        """Return a resource whose number of rows is not stated."""
        return replace(resource, resource=resource.resource._replace(rows=None))

    def edit(self, *edits):
        """Replace texts in tables; return the report about the changed package."""
        data = {}
        for name, *texts in edits:
            content = data.get(name, self.data[name])
            old, new = (text if isinstance(text, bytes) else text.encode() for text in texts)
            assert old in content, f"{old!r} is not in {name}"
            data[name] = content.replace(old, new, 1)
        return self.check(data)

    def check(self, data):
        """Run the stages from the form of the files to consistency, with some other files."""
        files, typed, findings = dict(self.files), dict(self.tables), []
        for name, content in data.items():
            del files[name], typed[name]
            found, file = csv_form.check(self.resources[name], content)
            findings += found
            if file:
                files[name] = file
            if file and file.complete:
                typed[name] = TypedTable(self.resources[name], file.table)
        affected = [
            entry
            for name, entry in self.resources.items()
            if name in data or {key.resource for key in entry.schema.foreign_keys} & {*data}
        ]
        changed = Package(Changed(self.package.storage, self.paths(data)), self.package.descriptor)
        results = list(tables.check(changed, affected))
        parts = [*without_consequences((r.results for r in results if r.results), findings)]
        found = [finding for result in results for finding in result.findings]
        findings += [each for each in found if each.severity is not Severity.WARNING]
        findings += dependencies.check(self.package, self.resources, typed)
        findings += consistency.check(self.package, typed, files)
        return Report.of(findings, parts, title="changed")

    def paths(self, data):
        """Return the contents of resources by their paths."""
        return {self.resources[name].resource.path: content for name, content in data.items()}

    def report(self, package, tables):
        """Return the report of consistency about some tables."""
        findings = consistency.check(package, tables, self.files)
        return Report.of(findings, title="changed")

    def without(self, name, column=None):
        """Return the report of consistency without a resource, or without a column of it."""
        tables = {other: table for other, table in self.tables.items() if other != name}
        if column is None:
            entries = [e for e in self.package.descriptor["resources"] if e["name"] != name]
            descriptor = self.package.descriptor | {"resources": entries}
            return self.report(Package(self.package.storage, descriptor), tables)
        resource = self.resources[name]
        document = dict(self.package.schema_document(resource.resource))
        document["fields"] = [f for f in document["fields"] if f["name"] != column]
        for keyword in ("primaryKey", "foreignKeys", "uniqueKeys"):
            document.pop(keyword, None)
        changed = replace(resource, schema=parse_table_schema(document, name))
        header, *rows = csv.reader(io.StringIO(self.data[name].decode(), newline=""))
        at = header.index(column)
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(
            [*row[:at], *row[at + 1 :]] for row in (header, *rows)
        )
        _, file = csv_form.check(changed, text.getvalue().encode())
        tables[name] = TypedTable(changed, file.table)
        return self.report(self.package, tables)


@pytest.fixture(scope="session")
def house():
    """The published package in memory: an edit gives its findings and changes nothing."""
    return House()
