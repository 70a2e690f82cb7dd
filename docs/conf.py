"""Configuration of the documentation site, which `./dev docs` builds with Sphinx."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from furo.navigation import get_navigation_tree
from sphinx.highlighting import lexer_classes

_HERE = Path(__file__).parent
sys.path.append(str(_HERE))

from minify import minify_site  # noqa: E402 - a module of this folder

_DESCRIPTOR = json.loads((_HERE.parent / "datapackage.json").read_text("utf-8"))

project = "bonemet-data"
author = "The bonemet-data maintainers"
version = release = _DESCRIPTOR["version"]
project_copyright = f"{_DESCRIPTOR['dcterms:issued'][:4]}, {author}"

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "myst_nb",
    "sphinx_copybutton",
]
exclude_patterns = ["pictures"]
nitpicky = True
nitpick_ignore_regex = [
    # A name in backticks in a docstring is a link if it is documented, and code otherwise.
    ("py:obj", ".*"),
    # Other sites are not read, so that the documentation is built without a network.
    ("py:.*", r"(collections|datetime|os|pathlib|typing)\..*"),
    ("py:.*", r"(pandas|pandera|pd|pl|polars|pyarrow|pyspark)\..*"),
    # Base classes, the parts of a vocabulary and type variables are not public.
    ("py:class", r"bonemet_data\.(tableschema|reporting\.results|terminology\.code_index)\..*"),
    ("py:class", r"bonemet_data\.plot\.themes\..*"),
    ("py:class", r".*\.Frame|Detector"),
    ("py:class", r"Path|PathLike|SparkSession|Any|Self"),
]

default_role = "py:obj"
add_module_names = False
smartquotes_action = "D"
python_use_unqualified_type_names = True
autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
autodoc_typehints_format = "short"
napoleon_use_ivar = True
napoleon_use_rtype = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 60
nb_merge_streams = True

copybutton_exclude = ".linenos, .gp, .go"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_only_copy_prompt_lines = True
copybutton_remove_prompts = True

linkcheck_timeout = 20
linkcheck_anchors = False

html_theme = "furo"
pygments_dark_style = "a11y-high-contrast-dark"
html_title = f"bonemet-data {version}"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = ["focus.js", "icons.js"]
html_favicon = "static/logo.svg"
html_logo = "static/logo.svg"
html_copy_source = False
html_show_sphinx = False
html_show_search_summary = False  # browsers do not fetch it from files
html_domain_indices = False
html_use_index = False  # the search finds every entry


def _find_by_name(app: Any, env: Any, node: Any, content: Any) -> Any:
    """Find an exception or class that a docstring names without its module."""
    if node.get("refdomain") != "py" or node["reftype"] not in {"class", "exc"}:
        return None
    node["refspecific"] = True
    place = node.get("refdoc", env.docname)
    reference = (node["reftype"], node["reftarget"].rpartition(".")[2], node, content)
    return env.domains["py"].resolve_xref(env, place, app.builder, *reference)


def _strip_blocks(_app: Any, document: Any) -> None:
    """Drop the blank line that ends a session of Python for doctest."""
    for block in document.findall(nodes.literal_block):
        block.rawsource = block.astext().rstrip()
        block[:] = [nodes.Text(block.rawsource)]


def _open_section(_app: Any, _page: str, _template: str, context: Any, _document: Any) -> None:
    """Show the pages of only one section in the sidebar: the one that the page belongs to."""
    if "toctree" in context:
        tree = context["toctree"](collapse=True, titles_only=True, maxdepth=-1, includehidden=True)
        context["furo_navigation_tree"] = get_navigation_tree(tree)


def _finish(app: Any, _error: Exception | None) -> None:
    """Add the files that Sphinx does not read: the pictures and llms.txt; and minify the site."""
    if app.builder.format == "html":
        source, site = Path(app.srcdir), Path(app.outdir)
        shutil.copytree(source / "pictures", site / "pictures", dirs_exist_ok=True)
        text = (source / "llms.txt").read_text(encoding="utf-8").replace(".md)", ".html)")
        (site / "llms.txt").write_text(text, encoding="utf-8", newline="\n")
        minify_site(site, app.builder.templates.render("partials/icons.html", {}))


def setup(app: Any) -> None:
    """Connect the functions above, and show CSV as plain text."""
    app.add_lexer("csv", lexer_classes["none"])
    app.connect("build-finished", _finish, priority=900)  # after the theme
    app.connect("doctree-read", _strip_blocks)
    app.connect("html-page-context", _open_section, priority=900)  # after the theme
    app.connect("missing-reference", _find_by_name)
