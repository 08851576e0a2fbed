"""Everything that tmux 3.7c has: commands with their flags, commands of copy mode, options.

The list was read off tmux 3.7c's own tables. Of each flag and of each option some code has to ask,
so that none is taken and then forgotten.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import aimux
from aimux.commands.arguments import parse_flags
from aimux.commands.command import Command
from aimux.commands.table import COMMANDS
from aimux.copymode.commands import COMMANDS as COPY_COMMANDS
from aimux.copymode.later_commands import LATER_COMMANDS
from aimux.model.options_table import ROWS

SOURCES = Path(aimux.__file__).parent
INVENTORY = json.loads(Path(__file__).with_name("tmux_3_7c_inventory.json").read_text())
FLAGS: dict[str, list[str]] = {
    name: re.findall("[A-Za-z0-9]:?", row["flags"]) for name, row in INVENTORY["commands"].items()
}
# Flags that ask for what is done anyway, or, in tmux too, for nothing any more.
WITHOUT_READER = {
    ("capture-pane", "T"): "cells that hold nothing are never captured",
    ("paste-buffer", "S"): "what is pasted is never escaped as vis(3) does it",
    ("refresh-client", "S"): "only what has changed is drawn",
}
# Options whose names are put together of parts where they are read.
COMPOSED = {
    *(f"{alert}-action" for alert in ("activity", "bell", "silence")),
    *(f"visual-{alert}" for alert in ("activity", "bell", "silence")),
    *("status-fg", "status-bg"),
}
WITHOUT_EFFECT = {
    "allow-passthrough",
    "assume-paste-time",
    "get-clipboard",
    "input-buffer-size",
    "variation-selector-always-wide",
    "xterm-keys",
}
"""Those that docs/compatibility.md lists, each with the reason."""


@cache
def constants(path: Path) -> tuple[str, ...]:
    """The texts in a module, but for its docstrings."""
    nodes = [*ast.walk(ast.parse(path.read_text()))]
    told = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return tuple(
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    )


def imported(path: Path) -> Iterator[Path]:
    """The modules of commands that a module imports."""
    for found in re.findall(r"^from aimux\.commands\.(\w+) import", path.read_text(), re.MULTILINE):
        yield SOURCES / "commands" / f"{found}.py"


def module_of(command: Command) -> Path:
    """The module that a command runs in."""
    assert command.run is not None
    return SOURCES / "commands" / f"{command.run.__module__.rpartition('.')[2]}.py"


def asked_flags(command: Command) -> set[str]:
    """The flags that the code of a command may ask for, by the short texts in it.

    A command that rests on another one's module has its flags asked for where that one has.
    """
    own = module_of(command)
    near = {own, *imported(own)}
    families = {module_of(row) for row in COMMANDS.values() if row.run is not None}
    near |= {path for family in near & families for path in imported(family)}
    texts = [text for path in near for text in constants(path)]
    grammar = {row.getopt for row in COMMANDS.values() if len(row.getopt) > 1}
    return {flag for text in texts if len(text) <= 12 and text not in grammar for flag in text}


@pytest.mark.parametrize("name", FLAGS)
def test_every_flag_is_taken_and_asked_for(name: str) -> None:
    command = COMMANDS[name]
    asked = asked_flags(command)
    for flag in FLAGS[name]:
        words = [f"-{flag[0]}", *(["1"] if flag.endswith(":") else [])]
        words += ["word"] * command.arity[0]
        parsed = parse_flags(words, command.spec, command_name=name, usage=command.usage)
        assert parsed.has(flag[0])
        assert flag[0] in asked or (name, flag[0]) in WITHOUT_READER, flag


def test_every_command_of_copy_mode_is_there() -> None:
    known = {*COPY_COMMANDS, *LATER_COMMANDS, "scroll-to-mouse"}
    assert set(INVENTORY["copy-mode"]) <= known


def test_every_option_is_there_and_read() -> None:
    names = set(INVENTORY["options"])
    assert names <= set(ROWS)
    rows = [*(SOURCES / "model").glob("options_*.py")]
    read = {text for path in SOURCES.rglob("*.py") if path not in rows for text in constants(path)}
    # The default of one option may name another one.
    defaults = "".join(str(row.default) for row in ROWS.values())
    defaults += "".join(text for path in rows for text in constants(path) if "#{" in text)
    unread = {
        name for name in names if name not in read and not re.search(rf"\b{name}\}}", defaults)
    }
    assert unread - COMPOSED - {n for n in names if "-status-" in n} == WITHOUT_EFFECT


def test_the_options_without_effect_are_told_of() -> None:
    page = (Path(__file__).parents[2] / "docs" / "compatibility.md").read_text()
    section = page.partition("do nothing:")[2].partition("\n\n|")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([a-z-]+)`", section)) >= WITHOUT_EFFECT
