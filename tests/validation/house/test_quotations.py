"""The record of verbatim rows: an edited quotation is noticed without the article."""

import json
import shutil
from dataclasses import replace

import pytest

from bonemet_data import Rule
from bonemet_data.package.checksums import canonical_sha256, sha256
from bonemet_data.package.descriptor import open_package
from bonemet_data.package.ledger import LEDGER, QUOTATIONS, read_ledger, write_ledger
from bonemet_data.package.storage import Folder
from bonemet_data.validation.house import quotations
from tests import article
from tests.conftest import ROOT

from ..helpers import edit_json


@pytest.fixture
def recorded(copy):
    """The published package with its manifest and record."""
    (copy.root / QUOTATIONS).parent.mkdir()
    for path in (LEDGER, QUOTATIONS):
        shutil.copy(ROOT / path, copy.root / path)
    return copy


def check(copy):
    findings = [*quotations.check(open_package(copy.root), read_ledger(Folder(copy.root)))]
    assert {finding.rule for finding in findings} <= {Rule.QUOTATION}
    assert Rule.QUOTATION == "quotation"
    return [(finding.resource, finding.line, finding.value) for finding in findings]


def test_the_published_package(recorded):
    assert check(recorded) == []


def test_the_record_is_that_of_the_transcription():
    """The rows of the transcription, which was typed by hand, have the recorded checksums."""
    rows = json.loads((ROOT / QUOTATIONS).read_bytes())["rows"]
    schemas = {name: open_package(ROOT).resource(name).schema for name in article.TABLES}
    for name in article.TABLES:
        fields = json.loads((ROOT / schemas[name]).read_bytes())["fields"]
        verbatim = [f["name"] for f in fields if f.get("bonemet:verbatim")]
        assert rows.pop(name) == {
            key: canonical_sha256(
                dict(
                    zip([*verbatim, "source_ids"], [*cells, sources.replace(" ", ";")], strict=True)
                )
            )
            for key, *cells, sources in article.rows(name)
        }
    assert rows == {}


@pytest.mark.parametrize(
    ("table", "old", "new", "line", "row"),
    [
        ("types", "Prostate", "Prostrate", 3, "osteoblastic"),
        ("types", "5;6;12\n", "5;6;13\n", 3, "osteoblastic"),
        ("symptoms", "Up to 75%", "Up to 70%", 2, "pain"),
        ("causes", "TGF-β", "TGF-beta", 5, "molecular_pathways"),
        ("treatments", "Surgery", "surgery", 5, "surgery"),
    ],
)
def test_an_edited_row_is_noticed_whatever_the_checksums_and_the_version_are(
    recorded, table, old, new, line, row
):
    recorded.edit(f"datapackage/{table}.csv", old, new)
    recorded.restamp()
    recorded.describe(lambda document: document.update(version="9.0.0"))
    assert check(recorded) == [(table, line, row)]


def test_an_edited_row_is_noticed_if_the_descriptor_states_the_old_checksum(recorded):
    recorded.edit("datapackage/types.csv", "Prostate", "Prostrate")
    assert check(recorded) == [("types", 3, "osteoblastic")]


def test_cells_that_are_not_verbatim_can_change(recorded):
    recorded.edit("datapackage/symptoms.csv", "patients,75,", "patients,70,")
    recorded.restamp()
    assert check(recorded) == []


def test_rows_that_are_added_or_removed(recorded):
    recorded.edit("datapackage/types.csv", "\nmixed,Mixed,", "\nother,Mixed,")
    assert check(recorded) == [("types", 4, "other"), ("types", None, "mixed")]


def test_a_table_that_is_no_longer_verbatim_or_listed(recorded):
    text = (recorded.root / "schemas/types.json").read_text(encoding="utf-8")
    text = text.replace('"bonemet:verbatim": true', '"bonemet:verbatim": false')
    (recorded.root / "schemas/types.json").write_text(text, encoding="utf-8")
    expected = [("types", None, row) for row in ("osteolytic", "osteoblastic", "mixed")]
    assert check(recorded) == expected
    recorded.describe(
        lambda d: d.update(resources=[r for r in d["resources"] if r["name"] != "types"])
    )
    assert check(recorded) == expected


def test_the_record_is_that_of_the_release(recorded):
    """A record that is made to fit the edit differs from the entry of the release."""
    recorded.edit("datapackage/types.csv", "Prostate", "Prostrate")
    recorded.restamp()
    (recorded.root / QUOTATIONS).write_bytes(quotations.record(open_package(recorded.root)))
    assert check(recorded) == [(None, None, None)]
    recorded.describe(lambda document: document.update(version="9.0.0"))
    assert check(recorded) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("{"),
        lambda path: path.write_text("{}"),
        lambda path: edit_json(path, lambda d: d.update(article="sha256:0")),
        lambda path: edit_json(path, lambda d: d.update(rows=[])),
        lambda path: edit_json(path, lambda d: d["rows"].update(types=5)),
    ],
)
def test_a_record_that_is_missing_or_damaged(recorded, change):
    change(recorded.root / QUOTATIONS)
    recorded.describe(lambda document: document.update(version="9.0.0"))
    assert check(recorded) == [(None, None, None)]


def test_a_package_that_never_had_a_record(recorded):
    (recorded.root / QUOTATIONS).unlink()
    last = replace(read_ledger(Folder(recorded.root))[-1], quotations="")
    (recorded.root / LEDGER).write_bytes(write_ledger([last]))
    assert check(recorded) == []


@pytest.mark.parametrize("sources", [None, "x", [5], [], {}, [{"spdx:checksum": 5}]])
def test_a_descriptor_without_an_article(recorded, sources):
    recorded.describe(lambda document: document.update(sources=sources))
    assert (None, None, None) in check(recorded)


def test_a_table_that_cannot_be_read_does_not_hide_the_others(recorded):
    (recorded.root / "datapackage/symptoms.csv").write_bytes(b'"')
    recorded.edit("datapackage/types.csv", "Prostate", "Prostrate")
    recorded.describe(lambda document: document.update(version="9.0.0"))
    assert check(recorded) == [("types", 3, "osteoblastic")]


def test_the_rules_are_those_of_the_published_package(recorded):
    recorded.edit("datapackage/types.csv", "Prostate", "Prostrate")
    recorded.describe(lambda document: document.update(name="other"))
    assert check(recorded) == []


def test_the_manifest_records_the_record():
    last = read_ledger(Folder(ROOT))[-1]
    assert last.quotations == sha256((ROOT / QUOTATIONS).read_bytes())
