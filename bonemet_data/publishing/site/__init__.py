"""The data browser: static pages about the package, which need neither a server nor a network."""

from .build import build_site
from .folder import MARKER, write_folder

__all__ = ["MARKER", "build_site", "write_folder"]
