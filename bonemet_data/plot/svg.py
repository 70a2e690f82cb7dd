"""The SVG of matplotlib, with a text equivalent and the fonts of the reader's system."""

import re
from collections.abc import Mapping
from html import escape

FONTS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
"""Fonts of the text, none of which is wider than the one that measured it."""

_TAG = re.compile(r"<[^>]+>")
_DECIMALS = re.compile(r"(\d\.\d\d)\d+")


def finish(data: bytes, font: str, title: str, description: str, tips: Mapping[str, str]) -> str:
    """Return the SVG of matplotlib with title, description, tool tips by id, and system fonts."""
    text = data.decode("utf-8")
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = text.replace(f"; font-family: '{font}'", "")
    text = re.sub(r' transform="rotate\(-0 [^"]*"', "", text)
    text = _TAG.sub(lambda tag: _DECIMALS.sub(r"\1", tag[0]), text)
    text = re.sub(r'((?:width|height)="[\d.]+)pt"', r'\1"', text, count=2)
    text = text.replace('<style type="text/css">', f"<style>text{{font-family: {FONTS}}}", 1)
    equivalent = f"<title>{escape(title)}</title>\n <desc>{escape(description)}</desc>"
    text = text.replace("<svg ", '<svg role="img" ', 1).replace(">\n", f">\n {equivalent}\n", 1)
    for id_, tip in tips.items():
        opening = f'<g id="{id_}">'
        text = text.replace(opening, f"{opening}<title>{escape(tip)}</title>", 1)
    return text
