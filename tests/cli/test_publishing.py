"""The commands stamp, release, verify-source and sssom."""

import json

import bonemet_data as bm
from bonemet_data.package.checksums import sha256
from bonemet_data.package.ledger import QUOTATIONS
from tests.conftest import ROOT
from tests.validation.test_provenance import TEXT


def test_stamp_prints_what_it_updated(run, small):
    small.edit("data/samples.csv", "sand", "clay")
    assert run("stamp", small.root).output == "Updated: samples.\n"
    assert run("stamp", small.root).output == "Nothing to update.\n"


def test_stamp_without_a_path_updates_the_current_folder(run, small, monkeypatch):
    monkeypatch.chdir(small.root)
    assert run("stamp").exit_code == 0
    monkeypatch.chdir(small.root.parent)
    assert run("stamp").exit_code == 2


def test_release_prints_the_archive_and_its_checksum(run, small):
    result = run("release", small.root, "--date", "2026-01-31", "--summary", "First.")
    assert result.exit_code == 0, result.output
    ledger = small.root / "datapackage/releases/ledger.json"
    (entry,) = json.loads(ledger.read_text(encoding="utf-8"))["releases"]
    assert entry["date"] == "2026-01-31"
    assert result.output == (
        f"Released 1.0.0: datapackage/releases/{entry['archive']}, {entry['sha256']}.\n"
    )
    again = run("release", small.root)
    assert (again.exit_code, again.stdout) == (2, "")
    assert "1.0.0" in again.stderr


def test_verify_source_prints_what_does_not_match(run, tmp_path):
    article = tmp_path / "article.txt"
    article.write_text("Osteoblastic Excess new bone formation Prostate 5 6 12\n")
    result = run("verify-source", article)
    assert result.exit_code == 1
    assert "sha256  is not the recorded one" in result.output
    assert "line 1     types       osteoblastic" in result.output
    assert "not found  types       mixed" in result.output
    assert "1 of 19 rows are in the text." in result.output
    assert "line 53    mention     ty012: the line does not exist" in result.output
    assert "0 of 16 mentions with the basis table_title are proved." in result.output


def test_verify_source_records_the_rows_on_request(run, copy):
    article = copy.root.parent / "article.txt"
    article.write_bytes(TEXT.encode())
    copy.describe(lambda d: d["sources"][0].update({"spdx:checksum": sha256(TEXT.encode())}))
    for options in ([], ["--record"]):
        result = run("verify-source", article, "--package", copy.root, *options)
        assert result.exit_code == 0, result.output
        assert "19 of 19 rows are in the text." in result.output
        assert ("Recorded: datapackage/releases/quotations.json." in result.output) == bool(options)
        assert (copy.root / QUOTATIONS).exists() == bool(options)
    article.write_bytes(TEXT.replace("Prostate", "Prostrate").encode())
    result = run("verify-source", article, "--package", copy.root, "--record")
    assert result.exit_code == 1
    assert "Recorded" not in result.output


def test_nothing_in_a_package_can_forge_the_output(run, small):
    def change(document):
        document["resources"][0]["name"] = "x\n\x1b[2J::error::"

    small.describe(change)
    small.edit("data/sites.csv", "North", "South")
    output = run("stamp", small.root).output
    assert output == "Updated: x\\x0a\\x1b[2J::error::.\n"


def test_sssom_prints_the_exported_file(run):
    exported = (ROOT / "exports/mappings.sssom.tsv").read_text(encoding="utf-8")
    assert run("sssom").output == exported
    assert exported.count("\n") > len(bm.load("mappings", "records"))
