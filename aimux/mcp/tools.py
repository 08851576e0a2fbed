"""All tools, by their names."""

from __future__ import annotations

from aimux.mcp.exchange_tools import EXCHANGE_TOOLS
from aimux.mcp.pane_tools import PANE_TOOLS

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Mapping

    from aimux.mcp.tool import Tool

TOOLS: Mapping[str, Tool] = {tool.name: tool for tool in (*PANE_TOOLS, *EXCHANGE_TOOLS)}
