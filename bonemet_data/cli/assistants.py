"""The command that serves assistants: mcp."""

from ..extras import MCP
from .group import main
from .signals import exits_at_once


@main.command("mcp", examples=["bonemet-data mcp"])
def serve() -> None:
    """Serve the data and checks to assistants.

    Runs a server of the Model Context Protocol on standard input and output. A client starts it;
    do not run it in a terminal. Its tools are lookup, concept, statements, evidence, annotate and
    check. They read and write no file of the client, and limit the size of requests and answers.
    """
    with MCP:
        from ..assistant.server import build_server
    with exits_at_once():
        build_server().run("stdio")
