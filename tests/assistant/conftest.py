"""A client of the SDK, connected to a server that it started as a program."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio.from_thread
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from tests.conftest import ROOT

COMMAND = (sys.executable, "-m", "bonemet_data", "mcp")
START = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
"""The first message of a client."""


class Served:
    """A running server, with the folder in which it runs and its folder for temporary files."""

    def __init__(self, portal: Any, client: Client, folder: Path, temporary: Path) -> None:
        self._portal, self._client = portal, client
        self.folder, self.temporary = folder, temporary
        self.tools = portal.call(client.list_tools).tools
        self.info, self.instructions = client.server_info, client.instructions

    def call(self, tool: str, arguments: dict[str, Any]) -> Any:
        """Call a tool, and return its result, which can be an error."""
        return self._portal.call(self._client.call_tool, tool, arguments)

    def answer(self, tool: str, **arguments: Any) -> Any:
        """Return the object that a tool answers with."""
        result = self.call(tool, arguments)
        assert not result.is_error, result.content
        return result.structured_content

    def refusal(self, tool: str, arguments: dict[str, Any]) -> str:
        """Return the message with which a tool refuses its arguments."""
        result = self.call(tool, arguments)
        assert result.is_error
        assert result.structured_content is None
        return text_of(result)


def text_of(result: Any) -> str:
    """Return the text of a result."""
    (content,) = result.content
    return content.text


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that all tests share."""
    folder, temporary = tmp_path_factory.mktemp("served"), tmp_path_factory.mktemp("temporary")
    command, *arguments = COMMAND
    server = StdioServerParameters(
        command=command,
        args=arguments,
        env={"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
        cwd=folder,
    )
    with (
        anyio.from_thread.start_blocking_portal() as portal,
        portal.wrap_async_context_manager(Client(server)) as client,
    ):
        yield Served(portal, client, folder, temporary)
