"""Which files a `source-file` line means, and what their meaning depends on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aimux.commands.parser import ParsedCommand
from migrate_tmux.placeholders import resolved
from migrate_tmux.statements import Statement, StatementKind
from migrate_tmux.tmux_files import TmuxFiles

# Variables that no configuration sets; they are the same for a file and for what it loads.
FOREIGN = frozenset({"HOME", "LOGNAME", "SHELL", "TERM", "USER", "XDG_CONFIG_HOME"})
_NAME = re.compile(r"[A-Za-z_@][A-Za-z0-9_@-]*")
_VARIABLE = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)")
_DEPENDING_FLAGS = frozenset("FnN")  # a format in the path; no commands to run


def named_files(command: ParsedCommand, files: TmuxFiles) -> list[str]:
    """The files that a source-file line means; none if that depends on the machine."""
    words = [word for word in command.arguments if isinstance(word, str)]
    if any(_DEPENDING_FLAGS & set(word) for word in words if word.startswith("-")):
        return []
    paths: list[str] = []
    for pattern in (word for word in words if not word.startswith("-")):
        place = resolved(pattern, files.variables)
        found = [] if place is None else files.matching(place)
        if not found:
            return []
        paths += found
    return paths


def expanded_names(text: str) -> set[str]:
    """The variables that a text may expand while it is read."""
    return set(_VARIABLE.findall(text))


def condition_names(statements: Iterable[Statement]) -> set[str]:
    """Whatever conditions decided while the statements are read may ask for."""
    return {
        name
        for statement in statements
        if statement.kind is not StatementKind.COMMANDS
        for name in _NAME.findall(statement.text)
    }


def assigned_names(statements: Iterable[Statement]) -> set[str]:
    """The variables that are assigned while the statements are read."""
    return {name for statement in statements for name in statement.names}
