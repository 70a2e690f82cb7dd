"""The command that serves assistants: mcp."""

from ..extras import MCP
from .group import main
from .signals import exits_at_once


@main.command("mcp", examples=["bonemet-data mcp"])
def serve() -> None:
    """Start a server for language models on standard input and output.

    The server uses the Model Context Protocol. A client starts it; it is not for use in a terminal.
    Its tools are lookup, concept, statements, evidence, annotate and check. They read no file of
    the client and write none, and what they accept and return is limited in size.
    """
    with MCP:
        from ..assistant.server import build_server
    with exits_at_once():
        build_server().run("stdio")
