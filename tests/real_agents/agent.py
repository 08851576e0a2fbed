"""Real agents in panes of aimux: where they are found, how they start without a network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.waiting import wait_until

VARIABLE = "AIMUX_TEST_AGENTS"
"""Names a directory into which npm installed the agents."""
PACKAGES: Mapping[str, str] = {
    "claude-code": "@anthropic-ai/claude-code-linux-x64/claude",
    "codex": "@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex",
    "gemini-cli": "@google/gemini-cli/bundle/gemini.js",
}


def program_of(kind: str) -> list[str]:
    """How an agent is started; skips the test, and says why, where it is not installed."""
    directory = os.environ.get(VARIABLE, "")
    path = Path(directory, "node_modules", PACKAGES[kind])
    if not directory or not path.exists():
        pytest.skip(f"{kind} is not installed by npm in the directory that {VARIABLE} names")
    if path.suffix != ".js":
        return [str(path)]
    if shutil.which("node") is None:
        pytest.skip(f"{kind} needs node")
    return ["node", str(path)]


class Agent:
    """A real agent in a pane of its own, with nothing of the person's."""

    def __init__(self, world: World, kind: str, port: int, *arguments: str) -> None:
        self.world = world
        self.home = world.directory / "home"
        self.work = self.home / "proj"
        self.work.mkdir(parents=True)
        program = program_of(kind)
        subprocess.run(["git", "init", "-q", str(self.work)], check=True)
        variables = _VARIABLES[kind](self.home, port)
        known = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "AIMUX_TMPDIR": str(world.directory),  # by which the world ends what is left of it
            "LANG": "C.UTF-8",
            "SHELL": "/bin/bash",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        pairs = [f"{name}={value}" for name, value in (known | variables).items()]
        size = ("-d", "-s", "work", "-x", "120", "-y", "40", "-c", str(self.work))
        world.do("new-session", *size, "env", "-i", *pairs, *program, *arguments)
        world.do("set-option", "-g", "remain-on-exit", "on")

    def fact(self) -> dict[str, object]:
        """What `agents --json` says of it; empty without one."""
        found = json.loads(self.world.do("agents", "--json"))
        return dict(found[0]) if found else {}

    def waits_for(self, *states: str) -> dict[str, object]:
        """Wait until it is in one of some states."""
        wait_until(lambda: self.fact().get("state") in states, seconds=60, state=self.explains)
        return self.fact()

    def explains(self) -> str:
        """Why its state is what it is, and what it shows."""
        said = self.world.run("agent", "explain", "-t", "work").stdout
        return f"{said}\n{self.world.seen('work')}"

    def types(self, text: str) -> None:
        """Type a prompt, wait until it is shown, and send it."""
        self.world.do("send-keys", "-t", "work", "-l", text)
        wait_until(lambda: text in self.world.seen("work"), state=self.explains)
        self.presses("Enter")

    def presses(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.world.do("send-keys", "-t", "work", key)

    def waits_for_text(self, text: str) -> None:
        """Wait until it shows a text."""
        wait_until(lambda: text in self.world.seen("work"), seconds=60, state=self.explains)


def _claude(home: Path, port: int) -> dict[str, str]:
    key = "sk-made-up"
    approved = {"approved": [key], "rejected": []}
    settings = {"hasCompletedOnboarding": True, "theme": "dark", "customApiKeyResponses": approved}
    (home / ".claude.json").write_text(json.dumps(settings))
    return {
        "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{port}",
        "ANTHROPIC_API_KEY": key,
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "DISABLE_AUTOUPDATER": "1",
    }


def _codex(home: Path, port: int) -> dict[str, str]:
    directory = home / "codex"
    directory.mkdir()
    (directory / "config.toml").write_text(
        'model = "gpt-5.2-codex"\nmodel_provider = "mock"\napproval_policy = "on-request"\n'
        'sandbox_mode = "read-only"\n[model_providers.mock]\nname = "mock"\n'
        f'base_url = "http://127.0.0.1:{port}/v1"\nenv_key = "MOCK_KEY"\nwire_api = "responses"\n'
        "request_max_retries = 0\nstream_max_retries = 0\n"
        f'[projects."{home}/proj"]\ntrust_level = "trusted"\n'
    )
    return {"CODEX_HOME": str(directory), "MOCK_KEY": "x"}


def _gemini(home: Path, port: int) -> dict[str, str]:
    directory = home / ".gemini"
    directory.mkdir()
    security = {"auth": {"selectedType": "gemini-api-key"}, "folderTrust": {"enabled": False}}
    general = {"enableAutoUpdate": False, "enableNotifications": True}
    settings = {"security": security, "general": general}
    (directory / "settings.json").write_text(json.dumps(settings))
    return {"GEMINI_API_KEY": "x", "GOOGLE_GEMINI_BASE_URL": f"http://127.0.0.1:{port}"}


_VARIABLES = {"claude-code": _claude, "codex": _codex, "gemini-cli": _gemini}
