"""Text of data as HTML: invisible characters become marks that are seen and read aloud."""

import re
import unicodedata
from html import escape

LONGEST = 300
"""Maximum number of characters of a value that are shown."""

_SIGNS = {
    " ": ("·", "space"),
    "\t": ("→", "tab"),
    "\n": ("↵", "line feed"),
    "\r": ("␍", "carriage return"),
    "\u00a0": ("⍽", "no-break space"),
}
"""Sign and name of the invisible characters that have a usual sign."""

_SPACES = re.compile(r"(?<!\S) | (?!\S)")
"""A space that is seen only if it is marked: at an end, or beside other white space."""


def marked(value: str) -> str:
    r"""Return the text of a cell as HTML in which invisible characters are marked.

    A single space between two words stays as it is. Long text is cut.

    Example:
        >>> marked("bone pain")
        'bone pain'
        >>> print(marked("<b>\t"))
        &lt;b&gt;<span class="mark" title="tab"><span aria-hidden="true">→</span><i>[tab]</i></span>
    """
    if not value:
        return '<span class="muted">empty</span>'
    shown = value[:LONGEST]
    spaces = {match.start() for match in _SPACES.finditer(shown)}
    html = "".join(
        _mark(char) if index in spaces or not char.isprintable() else escape(char)
        for index, char in enumerate(shown)
    )
    if len(value) == len(shown):
        return html
    return f'{html}<span class="muted">… {len(value):,} characters</span>'


def _mark(char: str) -> str:
    code = f"U+{ord(char):04X}"
    sign, name = _SIGNS.get(char, (code, unicodedata.name(char, code).lower()))
    return (
        f'<span class="mark" title="{name}"><span aria-hidden="true">{sign}</span>'
        f"<i>[{name}]</i></span>"
    )
