"""Make the files of the site smaller, without a change that readers see."""

import re
from collections.abc import Callable
from pathlib import Path

from minify_html import minify

_PLAIN = re.compile(r'<span class="(?:n|nn|p|pre|w)">([^<>]*)</span>')
"""Parts of code that have the color of the text around them."""

_SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)
_SOURCE_MAP = re.compile(r"\s*(?:/\*|//)# sourceMappingURL=\S+(?: ?\*/)?\s*$")
_UNUSED = (
    "base-stemmer.js",  # language_data.js contains the stemmer
    "basic.css",
    "check-solid.svg",
    "copy-button.svg",
    "copybutton_funcs.js",
    "debug.css",
    "english-stemmer.js",
    "file.png",
    "minus.png",
    "plus.png",
    "scripts/furo-extensions.js",
    "skeleton.css",
)
"""Files that Sphinx, the theme or an extension copies, and that no page loads."""


def minify_site(folder: Path) -> None:
    """Minify the pages that Sphinx wrote, and remove files that no page loads.

    Args:
        folder: Folder of the site.
    """
    static = folder / "_static"
    for path in (*(static / name for name in _UNUSED), *static.rglob("*.map")):
        path.unlink(missing_ok=True)
    for path in (*static.rglob("*.css"), *static.rglob("*.js")):
        _rewrite(path, lambda text: _SOURCE_MAP.sub("\n", text))
    for path in folder.rglob("*.html"):
        _rewrite(path, minify_page)


def minify_page(page: str) -> str:
    """Return a page without white space, tags and symbols that do nothing."""
    for _ in range(2):  # such spans can be in each other
        page = _PLAIN.sub(r"\1", page)
    used = _SYMBOL.sub(lambda symbol: symbol[0] if f'"#{symbol[1]}"' in page else "", page)
    return minify(used, minify_css=True)


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
