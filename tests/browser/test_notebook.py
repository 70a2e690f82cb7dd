"""A report in a notebook: run by Jupyter's client, and shown in a browser."""

import os
import subprocess
import sys

import nbformat
import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT

from .pages import assert_accessible, assert_fits, every_screen

pytestmark = pytest.mark.xdist_group("browser")

CODE = """
import bonemet_data as bm
import polars as pl

cohort = pl.DataFrame({"lesion_type": ["mixed", "Mixed", "lytic", "lytic"] * 100})
bm.check(cohort, columns={"lesion_type": "types"})
"""

RUN = "from nbclient.cli import main; main()"

# Rules of JupyterLab's style sheet that concern tables.
JUPYTERLAB = """
.jp-RenderedHTMLCommon table { margin-left: auto; table-layout: fixed }
.jp-RenderedHTMLCommon :is(td, th, tr) { border: none; vertical-align: middle; white-space: pre }
:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon :is(td, th, tr) { text-align: right }
.jp-RenderedHTMLCommon tbody tr:nth-child(odd) { background: rgb(1, 2, 3) }
"""

THEMES = {
    "JupyterLab": ("light", "data-jp-theme-light=false"),
    "Visual Studio Code": ("light", "class=vscode-dark"),
    "the system": ("dark", ""),
}


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """The HTML that a notebook displays for a report."""
    folder = tmp_path_factory.mktemp("notebook")
    path = folder / "check.ipynb"
    cells = [nbformat.v4.new_code_cell(CODE)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    search = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    subprocess.run(
        [sys.executable, "-c", RUN, "--inplace", "--kernel_name=python3", path],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": search, "IPYTHONDIR": str(folder)},
    )
    (result,) = nbformat.read(path, as_version=4).cells[0].outputs
    return result["data"]["text/html"]


@every_screen
def test_a_notebook_shows_the_faults_first(width, scheme, page, output):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.set_content(
        f"<!doctype html><html lang=en><title>x</title><main><h1>x</h1>{output}</main>"
    )
    expect(page.locator(".verdict")).to_contain_text("Not valid 300 errors in 400 rows")
    faults = page.locator("table").first.locator("tbody tr")
    expect(faults.first).to_contain_text("lytic")
    expect(faults.first).to_contain_text("200")
    expect(faults.nth(1)).to_contain_text("100")
    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("name", THEMES)
def test_the_colors_follow_the_theme_of_the_notebook(name, page, output):
    scheme, attribute = THEMES[name]
    page.emulate_media(color_scheme=scheme)
    page.set_content(f"<!doctype html><body {attribute}>{output}")
    color = page.evaluate("getComputedStyle(document.querySelector('.notebook')).backgroundColor")
    assert color == "rgb(21, 24, 28)"


def test_a_notebook_needs_no_script_no_link_and_no_id(page, output):
    page.set_content(output)
    expect(page.locator("script, a, [id]")).to_have_count(0)


def test_the_style_of_a_report_changes_nothing_else(page, output):
    page.set_content("<table><tr><td>x</table>")
    style = "JSON.stringify({...getComputedStyle(document.querySelector('td'))})"
    before = page.evaluate(style)
    page.set_content(f"<table><tr><td>x</table>{output}")
    assert page.evaluate(style) == before


@pytest.mark.parametrize(
    ("selector", "style", "value"),
    [
        ("td.value", "textAlign", "start"),
        ("td.value", "whiteSpace", "normal"),
        ("td.value", "borderBottomWidth", "1px"),
        ("td.number", "textAlign", "end"),
        ("tbody tr", "backgroundColor", "rgba(0, 0, 0, 0)"),
        ("table", "marginLeft", "0px"),
    ],
)
def test_the_style_of_the_notebook_does_not_change_a_report(selector, style, value, page, output):
    page.set_content(f"<style>{JUPYTERLAB}</style><div class=jp-RenderedHTMLCommon>{output}</div>")
    assert page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).{style}") == value
