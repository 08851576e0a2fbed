"""The recognisers' tables: every entry is well formed, and no line makes a pattern slow."""

import tomllib
from itertools import product
from pathlib import Path

import pytest

import aimux.semantic.tool_table as tool_table_module
from aimux.semantic.command_words import invocations
from aimux.semantic.recognise import MAX_LINE
from aimux.semantic.tool_table import Tool, parsed_table, tool_table

TOOLS = sorted(tool_table().tools.values(), key=lambda tool: tool.key)

_HEADS = ["", "test ", "error: ", "   at "]
_UNITS = [
    "a",
    " ",
    "1",
    "1 ",
    "a:1:1: ",
    "/a",
    "=",
    "(",
    "'",
    "1 passed, ",
    "at (a:1:1)",
    "a.",
    "x \u203a ",
]


def tool_of(command: str) -> str | None:
    tool = tool_table().of_invocation(invocations(command)[0])
    return tool and tool.key


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.key)
def test_every_rule_can_be_built(tool: Tool) -> None:
    assert len(tool.rules) == len(tool.raw_rules)


def test_every_file_is_read() -> None:
    folder = Path(tool_table_module.__file__).with_name("recognisers")
    named = {
        str(entry.get("key", entry["name"]))
        for each in folder.glob("*.toml")
        for entry in tomllib.loads(each.read_text(encoding="utf-8"))["tool"]
    }
    assert named == set(tool_table().tools)


def test_a_name_that_stands_twice_is_refused() -> None:
    entry = {"name": "x", "kind": "test"}
    with pytest.raises(ValueError, match="twice"):
        parsed_table([{"tool": [entry, entry]}])


def test_a_key_that_no_rule_has_is_refused() -> None:
    table = parsed_table(
        [{"tool": [{"name": "x", "kind": "test", "rules": [{"match": "a", "maches": "b"}]}]}]
    )
    with pytest.raises(TypeError):
        _ = table.tools["x"].rules


@pytest.mark.parametrize(
    ("command", "key"),
    [
        ("cargo +nightly test --lib", "cargo test"),
        ("cargo build", "cargo build"),
        ("cargo fmt --check", "cargo fmt"),
        ("git -C dir status", "git status"),
        ("node --test nt/", "node-test"),
        ("node x.js", "node"),
        ("ruff format --check .", "ruff format"),
        ("ruff check .", "ruff"),
        ("gcc-12 -c x.c", "gcc"),
        ("flake8", "flake8"),
        ("sqlite3 x.db", "sqlite"),
        ("go test ./...", "go test"),
        ("cargo nextest run", "cargo test"),
        ("cargo-nothing", None),
    ],
)
def test_the_words_of_a_command_name_its_tool(command: str, key: str | None) -> None:
    assert tool_of(command) == key


def test_no_hostile_line_makes_a_pattern_slow() -> None:
    """One whose cost grows with the cube of a line takes minutes here: the time limit fails it."""
    table = tool_table()
    patterns = {rule.match.pattern: rule.match for tool in TOOLS for rule in tool.rules}
    for head, unit in product(_HEADS, _UNITS):
        line = (head + unit * MAX_LINE)[: MAX_LINE - 1] + "\0"
        table.of_line(line)
        for pattern in patterns.values():
            pattern.search(line)
