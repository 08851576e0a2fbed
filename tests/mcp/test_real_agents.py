"""Real agents find aimux where `aimux mcp install` has put it, start it and list its tools.

They need no model for that. `npm install --prefix DIR @anthropic-ai/claude-code @openai/codex
@google/gemini-cli opencode-ai` and DIR/node_modules/.bin in $PATH make these tests run.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.programs import needs

pytestmark = pytest.mark.slow
SETTINGS = {
    ".claude.json": {"hasCompletedOnboarding": True},
    ".gemini/settings.json": {
        "security": {
            "auth": {"selectedType": "gemini-api-key"},
            "folderTrust": {"enabled": False},
        },
        "general": {"enableAutoUpdate": False},
    },
}


@pytest.mark.parametrize(
    ("kind", "command", "told"),
    [
        ("claude-code", ("claude", "mcp", "list"), "Connected"),
        ("gemini-cli", ("gemini", "mcp", "list"), "Connected"),
        ("opencode", ("opencode", "mcp", "list"), "connected"),
        ("codex", ("codex", "mcp", "get", "aimux"), "AIMUX_PANE"),  # it starts nothing for that
    ],
)
def test_an_agent_finds_aimux_and_starts_it(
    aimux: World, tmp_path: Path, kind: str, command: tuple[str, ...], told: str
) -> None:
    needs(command[0])
    for name, settings in SETTINGS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(settings))
    assert aimux.run("mcp", "install", kind).returncode == 0
    done = subprocess.run(
        command,
        env={**aimux.environment, "GEMINI_API_KEY": "x", "TERM": "dumb"},
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=100,
        check=False,
    )
    assert "aimux" in done.stdout
    assert told in done.stdout
    assert aimux.run("mcp", "install", "--undo", kind).returncode == 0
