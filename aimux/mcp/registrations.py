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
class Registration:
    """How one kind of agent is told of aimux.

    Attributes:
        kind: Its name in `aimux/agents/kinds`.
        variable: Names the directory of its settings, if it is set.
        directory: That directory without the variable, below the home directory.
        files: The names of its settings; the first that exists, else the first.
        write: The text of the settings with an entry for a command.
        read: All that the settings say.
    """

    kind: str
    variable: str
    directory: str
    files: Sequence[str]
    write: Callable[[str, Sequence[str]], str]
    read: Callable[[str], object]

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


def _claude(text: str, command: Sequence[str]) -> str:
    """As `claude mcp add --scope user` writes it."""
    entry = {"type": "stdio", "command": command[0], "args": list(command[1:]), "env": {}}
    return json_members.with_member(text, ("mcpServers", NAME), entry)


def _gemini(text: str, command: Sequence[str]) -> str:
    entry = {"command": command[0], "args": list(command[1:])}
    return json_members.with_member(text, ("mcpServers", NAME), entry)


def _opencode(text: str, command: Sequence[str]) -> str:
    entry = {"type": "local", "command": list(command), "enabled": True}
    return json_members.with_member(text, ("mcp", NAME), entry)


def _codex(text: str, command: Sequence[str]) -> str:
    """A table at the end of the file; Codex gives its servers no variable that is not named."""
    servers = _read_toml(text).get("mcp_servers", {})
    if isinstance(servers, Mapping) and NAME in servers:
        raise LinkError(f"mcp_servers.{NAME} is there already")
    entry = {"command": command[0], "args": list(command[1:]), "env_vars": list(PASSED_ON)}
    # A string or a list of them is written alike in JSON and in TOML.
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in entry.items()]
    before = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{before}[mcp_servers.{NAME}]\n{''.join(lines)}"


def _read_toml(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LinkError(f"no TOML: {error}") from error


REGISTRATIONS: Mapping[str, Registration] = {
    row.kind: row
    for row in (
        Registration(
            kind="claude-code",
            variable="CLAUDE_CONFIG_DIR",
            directory=".",
            files=(".claude.json",),
            write=_claude,
            read=json_members.read,
        ),
        Registration(
            kind="codex",
            variable="CODEX_HOME",
            directory=".codex",
            files=("config.toml",),
            write=_codex,
            read=_read_toml,
        ),
        Registration(
            kind="gemini-cli",
            variable="",
            directory=".gemini",
            files=("settings.json",),
            write=_gemini,
            read=json_members.read,
        ),
        Registration(
            kind="opencode",
            variable="",
            directory=".config/opencode",
            files=("opencode.json", "opencode.jsonc"),
            write=_opencode,
            read=json_members.read,
        ),
    )
}
