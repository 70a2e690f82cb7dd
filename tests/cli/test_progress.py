"""The progress display: a share and the time left, on a terminal only, and never in the output."""

import io
import re
import sys
import time

import polars as pl
import pytest

from bonemet_data.cli import terminal
from bonemet_data.cli.progress import Total, progress, total_of, total_of_package


class Terminal(io.StringIO):
    """A terminal that remembers what it was sent."""

    def isatty(self):
        return True


@pytest.fixture
def open_screen(monkeypatch):
    """Function to call in the test, since pytest itself replaces the streams after a fixture."""

    def replace():
        stream = Terminal()
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setenv("TERM", "xterm")
        return stream

    return replace


@pytest.mark.parametrize(
    ("total", "done", "shown"),
    [
        (Total(1000, is_bytes=True), (10, 250), "check  25%  10 rows  0:00 elapsed"),
        (Total(8, is_bytes=False), (4, 4), "check  50%  4 rows  0:00 elapsed"),
        (Total(100, is_bytes=True), (9, 120), "check  100%  9 rows  0:00 left"),
        (Total(1000, is_bytes=True), (10, 10), "check  10 rows  0:00 elapsed"),  # read row by row
        (Total(0, is_bytes=True), (1, 2), "check  1 rows  0:00 elapsed"),
        (None, (1234, 5), "check  1,234 rows  0:00 elapsed"),
    ],
)
def test_shows_what_is_done(open_screen, total, done, shown):
    screen = open_screen()
    with progress("check", total) as show:
        show(*done)
    assert last_frame(screen) == shown


def last_frame(screen):
    """The text of the last line that was shown, without the spinner."""
    (*_, frame) = re.findall(r"\x1b\[2K(?:\x1b\[32m.\x1b\[0m| ) ([^\r\n]+)", screen.getvalue())
    return frame


def test_the_time_left_is_shown_after_two_steps(open_screen):
    screen = open_screen()
    with progress("check", Total(100, is_bytes=True)) as show:
        for done in (25, 50):
            time.sleep(0.01)
            show(1, done)
    assert re.fullmatch(r"check  50%  1 rows  0:0[0-9] left", last_frame(screen))


def test_nothing_remains(open_screen):
    screen = open_screen()
    with progress("check") as show:
        show(1, 1)
    assert screen.getvalue().endswith("\x1b[2K")  # the line is erased


def test_a_file_name_is_no_markup_and_no_control_sequence(open_screen):
    screen = open_screen()
    with progress("[red]\x1b[2J[/red].csv") as show:
        show(1, 1)
    assert "[red]\\x1b[2J[/red].csv" in screen.getvalue()


@pytest.mark.parametrize(
    "reason", ["no terminal", "dumb", "quiet", "results on the same terminal", "closed"]
)
def test_shows_nothing(open_screen, monkeypatch, reason):
    screen = open_screen()
    match reason:
        case "no terminal":
            monkeypatch.setattr(Terminal, "isatty", lambda _: False)
            monkeypatch.setenv("FORCE_COLOR", "1")
        case "dumb":
            monkeypatch.setenv("TERM", "dumb")
        case "quiet":
            monkeypatch.setattr(terminal, "is_quiet", lambda: True)
        case "results on the same terminal":
            monkeypatch.setattr(sys, "stdout", screen)
        case "closed":
            monkeypatch.setattr(sys, "stderr", None)
    with progress("check", Total(9, is_bytes=True), prints=True) as show:
        show(1, 1)
    assert screen.getvalue() == ""


def test_results_are_not_redirected_to_the_display(open_screen, capsys):
    screen = open_screen()
    with progress("check") as show:
        show(1, 1)
        print("a result")
    assert capsys.readouterr().out == "a result\n"
    assert "a result" not in screen.getvalue()


@pytest.mark.parametrize(
    ("names", "total"),
    [
        (["a.csv"], Total(4, is_bytes=True)),
        (["a.csv", "b.txt"], Total(10, is_bytes=True)),
        (["*.csv"], Total(4, is_bytes=True)),
        (["."], None),  # CSV and Parquet
        (["c.parquet"], Total(3, is_bytes=False)),
        (["c.parquet", "d.arrow"], Total(5, is_bytes=False)),
        (["a.csv", "c.parquet"], None),
        (["a.csv.gz"], None),
        (["a.xlsx"], None),
        (["-"], None),
        (["missing.csv"], None),
        (["bad.parquet"], None),
    ],
)
def test_the_total_of_files(open_screen, tmp_path, monkeypatch, names, total):
    open_screen()
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "a.csv": "a\n1\n",
        "b.txt": "a\n1\n2\n",
        "a.csv.gz": "",
        "a.xlsx": "",
    }.items():
        (tmp_path / name).write_text(text)
    pl.DataFrame({"a": [1, 2, 3]}).write_parquet("c.parquet")
    pl.DataFrame({"a": [1, 2]}).write_ipc("d.arrow")
    (tmp_path / "bad.parquet").write_text("not that")
    assert total_of(names) == total


def test_the_total_of_a_package(open_screen, small):
    open_screen()
    size = sum(path.stat().st_size for path in (small.root / "data").iterdir())
    assert total_of_package(str(small.root)) == Total(size, is_bytes=True)
    assert total_of_package(None).amount > size
    assert total_of_package("nowhere") is None
