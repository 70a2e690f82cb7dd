"""Make the files of the site smaller, without a change that readers see."""

import json
import re
from pathlib import Path

from minify_html import minify

_PLAIN = re.compile(r'<span class="(?:n|nn|p|pre|w)">([^<>]*)</span>')
"""Parts of code that have the color of the text around them."""

_UNSTYLED = re.compile(r' class="row-(?:even|odd)"|(?<=class=")docutils (?=literal)')
"""Classes for which the theme has no style."""

_SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)
_THEME_SWITCH = re.compile(r"svg-(?:sun|moon)")
"""Symbols of the button that changes between light and dark, which works only with JavaScript."""

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


def minify_site(folder: Path, icons: str) -> None:
    """Minify the pages and styles that Sphinx wrote, and remove files that no page loads.

    Args:
        folder: Folder of the site.
        icons: Symbols that the theme puts on each page.
    """
    static = folder / "_static"
    for path in (*(static / name for name in _UNUSED), *static.rglob("*.map")):
        path.unlink(missing_ok=True)
    for path in static.rglob("*.js"):
        _write(path, _SOURCE_MAP.sub("\n", path.read_text(encoding="utf-8")))
    for path in static.rglob("*.css"):
        _write(path, minify_style(path.read_text(encoding="utf-8")))
    moved = "".join(icon[0] for icon in _SYMBOL.finditer(icons) if _THEME_SWITCH.match(icon[1]))
    sprite = json.dumps(minify(f'<svg style="display:none">{moved}</svg>'))
    _write(static / "icons.js", f"document.body.insertAdjacentHTML('beforeend', {sprite});\n")
    for path in folder.rglob("*.html"):
        _write(path, minify_page(path.read_text(encoding="utf-8")))


def minify_page(page: str) -> str:
    """Return a page without white space, tags and symbols that do nothing in it."""
    for _ in range(2):  # such spans can be in each other
        page = _PLAIN.sub(r"\1", page)
    page = _UNSTYLED.sub("", page)

    def keep(symbol: re.Match[str]) -> str:
        is_used = f'"#{symbol[1]}"' in page and not _THEME_SWITCH.match(symbol[1])
        return symbol[0] if is_used else ""

    return minify(_SYMBOL.sub(keep, page), minify_css=True)


def minify_style(style: str) -> str:
    """Return a style sheet without comments and white space."""
    opening, closing = "<style>", "</style>"
    minified = minify(f"{opening}{style}{closing}", minify_css=True, keep_closing_tags=True)
    return minified.removeprefix(opening).removesuffix(closing)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
