"""The command plot: what it writes, and what it refuses."""

import pytest

import bonemet_data as bm


@pytest.mark.parametrize(
    ("arguments", "draw"),
    [
        (["statements", "nausea"], lambda: bm.plot.statements("nausea")),
        (["measurements", "st014"], lambda: bm.plot.measurements("st014")),
        (
            ["measurements", "st014", "--width", "390", "--theme", "dark"],
            lambda: bm.plot.measurements("st014", width=390, theme="dark"),
        ),
        (["structure", "--theme", "dark"], lambda: bm.plot.structure(theme="dark")),
    ],
)
def test_the_file_is_that_of_the_function(run, tmp_path, arguments, draw):
    result = run("plot", *arguments, "-o", tmp_path / "a.svg")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "a.svg").read_text("utf-8") == draw().svg()


@pytest.mark.parametrize(("suffix", "start"), [("png", b"\x89PNG"), ("PDF", b"%PDF")])
def test_other_formats(run, tmp_path, suffix, start):
    path = tmp_path / f"a.{suffix}"
    assert run("plot", "measurements", "st014", "-o", path).exit_code == 0
    assert path.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["measurements", "-o", "a.svg"], "measurements requires the ID of a statement"),
        (["evidence", "pain", "-o", "a.svg"], "evidence takes no ID"),
        (["statements", "--width", "400", "-o", "a.svg"], "omit --width"),
        (["structure", "--width", "100", "-o", "a.svg"], "100 is not in the range"),
        (["structure", "-o", "a.doc"], "use one of the extensions .svg, .png, .pdf"),
        (["structure"], "Missing option '-o'"),
        (["measurements", "st001", "-o", "a.svg"], "st001 has no figures"),
        (["structure", "-o", "missing/a.svg"], "cannot be written"),
    ],
)
def test_what_is_refused(run, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    result = run("plot", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []
