"""Where each agent keeps its MCP servers, and how aimux is written there. Data, as versions move.

Checked with Claude Code 2.1.330, Codex 0.169.0, Gemini CLI 0.61.0 and OpenCode 1.18.33.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aimux.errors import LinkError
from aimux.mcp import json_members

Environment = Mapping[str, str]
NAME = "aimux"
PASSED_ON = ("AIMUX", "AIMUX_PANE", "AIMUX_TMPDIR")
"""What says which server and which pane; for agents that hand on only variables that are named."""


@dataclass(frozen=True, slots=True)
class Format:
    """How settings are written.

    Attributes:
        value_at: What a text says at a path of names, or None; with no path, all that it says.
        add: The text with a value at a path, which must be free.
        remove: The text without what is at a path.
    """

    value_at: Callable[[str, Sequence[str]], object]
    add: Callable[[str, Sequence[str], Mapping[str, object]], str]
    remove: Callable[[str, Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Registration:
    """How one kind of agent is told of aimux.

    Attributes:
        kind: Its name in `aimux/agents/kinds`.
        variable: Names the directory of its settings, if it is set.
        directory: That directory without the variable, below the home directory.
        files: The names of its settings; the first that exists, else the first.
        path: Where servers stand in them, by name.
        entry: What stands there for a command.
        format: How they are written.
    """

    kind: str
    variable: str
    directory: str
    files: Sequence[str]
    path: Sequence[str]
    entry: Callable[[Sequence[str]], Mapping[str, object]]
    format: Format

    def file(self, environment: Environment, home: Path) -> Path:
        """The settings, which need not exist."""
        named = environment.get(self.variable, "") if self.variable else ""
        directory = Path(named) if named else home / self.directory
        candidates = [directory / name for name in self.files]
        return next((path for path in candidates if path.exists()), candidates[0])

    def is_used(self, environment: Environment, home: Path) -> bool:
        """Whether there is a sign of the agent: its settings, or a directory for them."""
        file = self.file(environment, home)
        return file.exists() or (file.parent != home and file.parent.is_dir())


def _claude(command: Sequence[str]) -> Mapping[str, object]:
    """As `claude mcp add --scope user` writes it."""
    return {"type": "stdio", "command": command[0], "args": list(command[1:]), "env": {}}


def _codex(command: Sequence[str]) -> Mapping[str, object]:
    """Codex gives its servers no variable that is not named."""
    return {"command": command[0], "args": list(command[1:]), "env_vars": list(PASSED_ON)}


def _gemini(command: Sequence[str]) -> Mapping[str, object]:
    return {"command": command[0], "args": list(command[1:])}


def _opencode(command: Sequence[str]) -> Mapping[str, object]:
    return {"type": "local", "command": list(command), "enabled": True}


def _toml_value_at(text: str, path: Sequence[str]) -> object:
    try:
        known: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LinkError(f"no TOML: {error}") from error
    for name in path:
        known = known.get(name) if isinstance(known, Mapping) else None
    return known


def _add_toml_table(text: str, path: Sequence[str], value: Mapping[str, object]) -> str:
    """A table at the end of the text, of strings and lists of them."""
    if _toml_value_at(text, path) is not None:
        raise LinkError(f"{'.'.join(path)} is there already")
    # A string or a list of them is written alike in JSON and in TOML.
    lines = [f"{name} = {json.dumps(one)}\n" for name, one in value.items()]
    before = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{before}[{'.'.join(path)}]\n{''.join(lines)}"


def _keep_toml_table(text: str, path: Sequence[str]) -> str:
    del text
    raise LinkError(f"it has changed since: take {'.'.join(path)} out of it by hand")


JSON = Format(json_members.value_at, json_members.with_member, json_members.without_member)
TOML = Format(_toml_value_at, _add_toml_table, _keep_toml_table)

REGISTRATIONS: Mapping[str, Registration] = {
    row.kind: row
    for row in (
        Registration(
            kind="claude-code",
            variable="CLAUDE_CONFIG_DIR",
            directory=".",
            files=(".claude.json",),
            path=("mcpServers", NAME),
            entry=_claude,
            format=JSON,
        ),
        Registration(
            kind="codex",
            variable="CODEX_HOME",
            directory=".codex",
            files=("config.toml",),
            path=("mcp_servers", NAME),
            entry=_codex,
            format=TOML,
        ),
        Registration(
            kind="gemini-cli",
            variable="",
            directory=".gemini",
            files=("settings.json",),
            path=("mcpServers", NAME),
            entry=_gemini,
            format=JSON,
        ),
        Registration(
            kind="opencode",
            variable="",
            directory=".config/opencode",
            files=("opencode.json", "opencode.jsonc"),
            path=("mcp", NAME),
            entry=_opencode,
            format=JSON,
        ),
    )
}
