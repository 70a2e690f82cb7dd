"""What holds for every picture: legible, deterministic, accessible, and the caller's own."""

import io
import json
import subprocess
import sys
from xml.etree import ElementTree

import pytest

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, OutputError, UnknownNameError
from bonemet_data.plot.picture import wrapped
from tests.plot.conftest import PICTURES, drawn, overlaps, texts

SVG = "{http://www.w3.org/2000/svg}"


def test_no_label_overlaps_another_or_leaves_the_picture(picture):
    assert len(texts(picture)) > 2
    assert overlaps(picture) == ([], [])


def test_the_svg_has_a_text_equivalent(picture):
    root = ElementTree.fromstring(picture.svg())
    assert root.get("role") == "img"
    assert [each.tag for each in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert [each.text for each in root[:2]] == [picture.title, picture.description]
    assert picture.rows
    assert {len(row) for row in picture.rows} == {len(picture.columns)}


def test_the_text_of_the_svg_stays_text_in_the_fonts_of_the_reader(picture):
    svg = picture.svg()
    written = [each.text for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert sorted(written) == sorted(each.get_text() for each in texts(picture))
    assert "DejaVu" not in svg
    assert svg.count("font-family") == 1


def test_the_svg_refers_to_nothing_outside(picture):
    svg = picture.svg().replace("http://www.w3.org/", "")
    assert "://" not in svg


def test_the_background_is_transparent(picture):
    assert picture.get_facecolor()[3] == 0
    assert picture.svg().count('style="fill: none"') >= 1


def test_the_lines_have_tool_tips():
    picture = drawn("statements osteolytic")
    root = ElementTree.fromstring(picture.svg())
    tips = {each.get("id"): each.findtext(f"{SVG}title") for each in root.iter(f"{SVG}g")}
    assert tips["st080"] == "osteolytic: has symptom fractures, more often"


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_two_runs_give_the_same_bytes(suffix, tmp_path):
    files = [tmp_path / f"{number}.{suffix}" for number in range(2)]
    for file in files:
        bm.plot.measurements("st014").savefig(file)
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(seed):
    code = "import bonemet_data as bm; print(bm.plot.statements('pain').svg(), end='')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == bm.plot.statements("pain").svg()


@pytest.mark.parametrize("name", ["measurements", "structure"])
def test_settings_of_the_caller_change_nothing(name):
    import matplotlib as mpl

    settings = {"font.size": 30, "lines.linewidth": 9, "path.sketch": (1, 100, 2), "svg.id": "x"}
    with mpl.rc_context(settings):
        changed = PICTURES[name]().svg()
        assert mpl.rcParams["font.size"] == 30
    assert changed == drawn(name).svg()


def test_drawing_does_not_import_pyplot():
    code = (
        "import sys, json, bonemet_data as bm; bm.plot.structure().svg();"
        "print(json.dumps('matplotlib.pyplot' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert json.loads(done.stdout) is False


def test_the_functions_are_there_without_matplotlib():
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "import bonemet_data as bm\n"
        "try: bm.plot.structure()\n"
        "except ImportError as error: print(type(error).__name__, error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.startswith("MissingExtraError matplotlib")
    assert "pip install '.[plot]'" in done.stdout


def test_every_call_gives_a_new_figure():
    from matplotlib.figure import Figure

    one, other = (bm.plot.measurements("st014") for _ in range(2))
    assert isinstance(one, Figure)
    assert one is not other


def test_a_notebook_shows_the_svg():
    assert drawn("structure")._repr_svg_() == drawn("structure").svg()


def test_other_formats_have_the_background_of_the_page():
    from matplotlib.image import imread

    file = io.BytesIO()
    picture = bm.plot.measurements("st014", theme="dark")
    picture.savefig(file, format="png")
    file.seek(0)
    pixels = imread(file)
    assert pixels.shape[:2] == (round(2 * picture.bbox.height), round(2 * picture.bbox.width))
    assert [round(value * 255) for value in pixels[0, 0]] == [0x0D, 0x11, 0x17, 0xFF]


def test_a_file_that_cannot_be_written_is_an_output_error(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        drawn("structure").savefig(tmp_path / "missing" / "a.svg")


@pytest.mark.parametrize("function", ["evidence", "structure"])
@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"theme": "dim"}, UnknownNameError, "no theme 'dim'.* Valid: light, dark"),
        ({"width": 200}, ArgumentError, "width is 200.* pass 320 or more"),
    ],
)
def test_arguments_that_are_not_allowed(function, options, error, message):
    with pytest.raises(error, match=message):
        getattr(bm.plot, function)(**options)


def test_lines_are_wrapped_between_words():
    assert wrapped("Spinal cord compression", 60, 11) == ["Spinal", "cord", "compression"]
    assert wrapped("Spinal cord compression", 90, 11) == ["Spinal cord", "compression"]
    assert wrapped("Spinal cord compression", 900, 11) == ["Spinal cord compression"]
    assert wrapped("Microenvironment", 9, 11) == ["Microenvironment"]
