"""The command site."""

import pytest

from bonemet_data.publishing.site import MARKER


@pytest.fixture(scope="module")
def folder(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages") / "site"
    result = run("site", folder)
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"Wrote {folder / 'index.html'}: ")
    return folder


def test_it_writes_the_pages(folder):
    assert (folder / "index.html").is_file()
    assert (folder / "concepts" / "pain.html").is_file()
    assert (folder / "data" / "concepts.csv").is_file()


def test_it_replaces_a_former_site_quietly(run, folder):
    (folder / "index.html").unlink()
    result = run("site", folder, "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert (folder / "index.html").is_file()


def test_it_refuses_a_folder_with_other_files(run, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    result = run("site", tmp_path)
    assert result.exit_code == 2
    assert "--overwrite" in result.output
    assert not (tmp_path / MARKER).exists()
    assert run("site", tmp_path, "--overwrite").exit_code == 0
    assert (tmp_path / "notes.txt").read_text() == "mine"
