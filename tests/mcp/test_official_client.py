"""The official Python client lists the tools and calls them. Its import alone takes a second."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import json
from typing import Any

import pytest

from tests.end_to_end.world import COMMAND, World
from tests.programs import without

pytestmark = pytest.mark.slow


async def _converse(world: World) -> tuple[Any, Any, Any, Any]:
    mcp = importlib.import_module("mcp")
    stdio = importlib.import_module("mcp.client.stdio")
    server = mcp.StdioServerParameters(
        command=COMMAND[0],
        args=[*COMMAND[1:], "mcp"],
        env=world.environment,
        cwd=str(world.directory),
    )
    async with stdio.stdio_client(server) as pipes, mcp.ClientSession(*pipes) as session:
        began = await session.initialize()
        await session.send_ping()
        return (
            began,
            await session.list_tools(),
            await session.call_tool("list_panes", {}),
            await session.call_tool("read_pane", {"pane": "%9"}),
        )


@pytest.mark.filterwarnings("default")
def test_the_official_client_lists_and_calls_the_tools(aimux: World) -> None:
    if importlib.util.find_spec("mcp") is None:
        without("not installed: the Python package mcp")
    aimux.do("new-session", "-d", "-s", "work", "cat")
    began, tools, panes, missing = asyncio.run(_converse(aimux))
    told = began.model_dump(by_alias=True)
    assert (told["protocolVersion"], told["serverInfo"]["name"]) == ("2025-11-25", "aimux")
    assert "send_message" in {tool.name for tool in tools.tools}
    assert json.loads(panes.content[0].text)[0]["id"] == "%0"
    assert missing.content[0].text == "can't find pane: %9"
    assert missing.model_dump(by_alias=True)["isError"]
