"""The table of tools, whole, and how arguments become words."""

from __future__ import annotations

import pytest

from aimux.commands.table import COMMANDS
from aimux.errors import CommandError
from aimux.mcp.tool import Tool
from aimux.mcp.tools import TOOLS

EXAMPLES = {"string": "x", "integer": 1, "number": 0.5, "boolean": True}


def example(schema: object) -> object:
    assert isinstance(schema, dict)
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "array":
        return [example(schema["items"])]
    kind = schema["type"][0] if isinstance(schema["type"], list) else schema["type"]
    return schema.get("minimum", EXAMPLES[kind])


@pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.name)
def test_every_tool_becomes_a_command_that_there_is(tool: Tool) -> None:
    known = set(COMMANDS)
    words = tool.words({name: example(tool.properties[name]) for name in tool.required})
    assert words[0] in known
    definition = tool.definition()
    assert definition["name"] == tool.name
    assert set(tool.required) <= set(tool.properties)


def words(tool: str, **arguments: object) -> list[str]:
    return TOOLS[tool].words(arguments)


def test_words_are_taken_as_they_are() -> None:
    assert words("run", command="ls;") == ["exec", "--", "ls\\;"]
    assert words("ack", ids=[3, 4.0]) == ["msg", "ack", "--", "3", "4"]
    assert words("claim", paths=["list", "/a", "-x"])[1:] == ["--", "./list", "/a", "./-x"]
    assert words("read_pane", pane="%1", mode="screen") == ["capture-pane", "-p", "-t", "%1"]
    assert words("task_add", text="t", needs=["a", "b"])[2:4] == ["--needs", "a,b"]


@pytest.mark.parametrize(
    ("tool", "arguments", "fault"),
    [
        ("run", {}, "missing argument: command"),
        ("run", {"command": 5}, "command: has to be of type string"),
        ("run", {"command": "a\0b"}, "command: has a character in it that no text has"),
        ("run", {"command": "x" * 70_000}, "command: is longer than 65536 characters"),
        ("run", {"command": "x", "now": 1}, "unknown argument: now (known: command, pane, time"),
        ("run", {"command": "x", "timeout_seconds": 0}, "timeout_seconds: has to be at least 0.1"),
        ("inbox", {"count": True}, "count: has to be of type integer"),
        ("inbox", {"count": 1001}, "count: has to be at most 1000"),
        ("ack", {"ids": ["1"]}, "ids: has to be of type integer"),
        ("ack", {"ids": [1] * 101}, "ids: has more than 100 items"),
        ("read_pane", {"pane": "%1", "mode": "all"}, "mode: has to be one of summary, screen"),
        ("read_pane", {"pane": "%1", "mode": "screen", "since": 2}, "since does not go with"),
    ],
)
def test_a_wrong_argument_is_named(tool: str, arguments: dict[str, object], fault: str) -> None:
    with pytest.raises(CommandError) as error:
        TOOLS[tool].words(arguments)
    assert str(error.value).startswith(fault)
