"""The framework of exports: which outputs are refused, and that no export is half done."""

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

import bonemet_data as bm
from bonemet_data.cli import main
from bonemet_data.errors import IntegrityError, MissingExtraError, OutputError, UnknownNameError
from bonemet_data.publishing.exports.formats import FORMATS, Format
from tests.conftest import ROOT
from tests.publishing.exports.conftest import files

RANDOM = {"duckdb": "DuckDB gives each database a random identifier"}
"""Formats whose bytes differ between two exports, and why; their content does not."""


def folder_with(path, *names):
    path.mkdir()
    for name in names:
        (path / name).write_text("mine")
    return path


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_text("mine"), "exists: remove it, choose another output"),
        (lambda path: path.mkdir(), "exists: remove it, choose another output"),
        (lambda path: path.symlink_to("elsewhere"), "exists: remove it, choose another output"),
    ],
    ids=["file", "folder", "link"],
)
@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_an_existing_output_is_refused(tmp_path, name, make, message):
    target = tmp_path / "out"
    make(target)
    before = os.lstat(target)
    with pytest.raises(OutputError, match=message):
        bm.export(name, target)
    assert os.lstat(target) == before
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        ("json", folder_with, "out is a folder: remove it"),
        ("jsonl", lambda path: path.write_text("mine"), "out is a file: remove it"),
        ("json", lambda path: path.symlink_to("elsewhere"), "not a regular file or folder"),
        ("jsonl", lambda path: path.symlink_to(path.parent), "not a regular file or folder"),
        ("json", os.mkfifo, "not a regular file or folder"),
        (
            "jsonl",
            lambda path: folder_with(path, "types.jsonl", "thesis.docx"),
            "out contains thesis.docx, which the new folder does not",
        ),
    ],
)
def test_overwriting_replaces_nothing_but_an_earlier_export(tmp_path, name, make, message):
    target = tmp_path / "out"
    make(target)
    with pytest.raises(OutputError, match=message):
        bm.export(name, target, overwrite=True)
    assert list(tmp_path.iterdir()) == [target]
    if target.is_dir() and not target.is_symlink():
        assert set(files(target).values()) <= {b"mine"}


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_an_earlier_export_is_overwritten(tmp_path, exported, name):
    target = bm.export(name, tmp_path / "out", version="2.0.0")
    bm.export(name, target, overwrite=True)
    assert files(target) == files(exported(name))
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["json", "jsonl"])
def test_an_export_that_fails_changes_nothing(tmp_path, monkeypatch, name):
    target = bm.export(name, tmp_path / "out")
    before = files(target)
    write = Format.write

    def fail(self, package, temporary):
        write(self, package, temporary)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Format, "write", fail)
    with pytest.raises(OutputError, match="out cannot be written: No space left on device"):
        bm.export(name, target, overwrite=True)
    assert files(target) == before
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_cannot_be_moved_stays(tmp_path, monkeypatch):
    """If the new folder cannot take the place of the old one, the old one returns."""
    target = bm.export("jsonl", tmp_path / "out")
    before = files(target)
    rename = type(target).rename

    def fail(self, to):
        if self.name == "out" and self != target:
            raise OSError(13, "Permission denied")
        return rename(self, to)

    monkeypatch.setattr(type(target), "rename", fail)
    with pytest.raises(OutputError, match="Permission denied"):
        bm.export("jsonl", target, overwrite=True)
    assert files(target) == before
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    "path", ["datapackage.json", "datapackage/types.csv", "datapackage", "schemas/new.json", "."]
)
def test_the_installed_data_are_never_overwritten(path):
    with pytest.raises(OutputError, match="is part of the installed data"):
        bm.export("json", ROOT / path, overwrite=True)


def test_the_folder_of_the_output_must_exist(tmp_path):
    with pytest.raises(OutputError, match=r"no/out\.json cannot be written"):
        bm.export("json", tmp_path / "no" / "out.json")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"format": "sqllite"}, "There is no export format 'sqllite'. Did you mean sqlite?"),
        ({"format": "json", "version": "0.1"}, "There is no release '0.1'. Valid: 1.0.0"),
    ],
)
def test_an_unknown_name_is_an_error(tmp_path, arguments, message):
    with pytest.raises(UnknownNameError) as error:
        bm.export(output=tmp_path / "out", **arguments)
    assert str(error.value).startswith(message)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("duckdb", "duckdb"),
        ("parquet", "pyarrow"),
        ("xlsx", "xlsxwriter"),
        ("ttl", "rdflib"),
        ("jsonld", "rdflib"),
        ("croissant", "pyarrow"),
        ("bibtex", "pybtex.database"),
        ("ris", "rispy"),
    ],
)
def test_a_missing_library_names_the_extra(tmp_path, monkeypatch, name, library):
    monkeypatch.setitem(sys.modules, library, None)
    package = "bonemet_data.publishing.exports."
    for module in [each for each in sys.modules if each.startswith(package)]:
        if module not in {f"{package}export", f"{package}formats"}:
            monkeypatch.delitem(sys.modules, module)
    with pytest.raises(MissingExtraError, match=r"pip install '\.\[export\]'"):
        bm.export(name, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_changed_file_is_not_exported(tmp_path, copy, monkeypatch):
    from bonemet_data.package.descriptor import open_package
    from bonemet_data.publishing.exports import export as module

    copy.edit("datapackage/types.csv", "Prostate", "Bladder")
    monkeypatch.setattr(module, "open_version", lambda _: open_package(copy.root))
    with pytest.raises(IntegrityError, match=r"types\.csv has the checksum"):
        bm.export("json", tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=pytest.mark.slow) if n in {"ttl", "jsonld"} else n for n in FORMATS],
)
@pytest.mark.parametrize("version", [release.version for release in bm.releases()])
def test_every_release_is_exported_in_every_format(tmp_path, name, version):
    target = tmp_path / f"out{FORMATS[name].suffix}"
    if name == "sssom" and "vocabularies" not in bm.tables(version):
        with pytest.raises(UnknownNameError, match="There is no resource 'vocabularies'"):
            bm.export(name, target, version=version)
        return
    assert bm.export(name, target, version=version) == target
    assert bool(FORMATS[name].suffix) == target.is_file()


@pytest.mark.parametrize("name", ["jsonl", "parquet", "ro-crate"])
def test_a_folder_with_a_descriptor_is_a_data_package_without_errors(exported, name):
    report = bm.validate_package(exported(name))
    assert report.errors == 0, report


def test_the_formats_without_extra_need_only_the_standard_library(tmp_path):
    names = [name for name, each in FORMATS.items() if not each.extra]
    code = (
        "import sys; import bonemet_data as bm\n"
        f"for name in {names!r}: bm.export(name, name + '-out')\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules} - sys.stdlib_module_names))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name for name in eval(done.stdout) if not name.startswith("_")}
    loaded = {name for name in loaded if "coverage" not in name}  # measured in subprocesses, too
    assert loaded == {"bonemet_data"}


@pytest.mark.slow
def test_two_exports_are_equal_byte_for_byte(tmp_path, exported):
    """Also in another time zone, at another time, and with other hashes of strings."""
    names = [name for name in FORMATS if name not in RANDOM]
    code = f"import bonemet_data as bm\nfor name in {names!r}: bm.export(name, name + '-out')"
    environment = {"PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=os.environ | environment, check=True
    )
    assert done.returncode == 0
    for name in names:
        assert files(exported(name)) == files(tmp_path / f"{name}-out"), name


def test_the_list_names_every_format():
    done = CliRunner().invoke(main, ["export", "--list"])
    listed = [line.split()[:2] for line in done.output.splitlines()]
    assert done.exit_code == 0
    assert listed == [[each.name, each.suffix or "folder"] for each in FORMATS.values()]


def test_the_command_writes_what_the_function_writes(tmp_path, exported):
    target = tmp_path / "out.json"
    done = CliRunner().invoke(main, ["export", "json", "-o", str(target)])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", f"Wrote {target}.\n")
    assert files(target) == files(exported("json"))
    again = CliRunner().invoke(main, ["export", "json", "-o", str(target)])
    assert (again.exit_code, again.stderr.partition(":")[0]) == (2, "Error")
    older = ["export", "json", "-o", str(target), "--overwrite", "--release", "1.0.0", "--quiet"]
    replaced = CliRunner().invoke(main, older)
    assert (replaced.exit_code, replaced.output) == (0, "")
    assert files(target) != files(exported("json"))
