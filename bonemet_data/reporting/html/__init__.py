"""Render a report as HTML: a self-contained page, or a fragment for notebooks."""

from .fragment import to_fragment as to_fragment
from .page import to_html as to_html
