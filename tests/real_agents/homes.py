"""The files and the environment of each kind of agent that talks to a model on the loopback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Traits:
    """What is special about an agent.

    Attributes:
        is_set_up: Whether `aimux agent setup` is run for it first.
        has_plan: Whether Claude Code is to take itself for a subscriber's.
        is_trusting: Whether Claude Code need not be told that it may work in its directory.
    """

    is_set_up: bool = False
    has_plan: bool = False
    is_trusting: bool = True


def prepare(kind: str, home: Path, port: int, traits: Traits) -> Mapping[str, str]:
    """Write what an agent reads at its start, and give its environment.

    Args:
        kind: The kind's name.
        home: Its home directory; it works in `proj` below it.
        port: Where the model is served.
        traits: What is special about it.
    """
    (home / "proj").mkdir(parents=True)
    variables = {"HOME": str(home), "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return variables | _KINDS[kind](home, f"http://127.0.0.1:{port}", traits)


def _claude(home: Path, url: str, traits: Traits) -> dict[str, str]:
    key = "sk-made-up"
    approved = {"approved": [key], "rejected": []}
    trusted = {str(home / "proj"): {"hasTrustDialogAccepted": traits.is_trusting}}
    settings = {"hasCompletedOnboarding": True, "theme": "dark", "customApiKeyResponses": approved}
    (home / ".claude.json").write_text(json.dumps(settings | {"projects": trusted}))
    return {
        "ANTHROPIC_BASE_URL": url,
        "CLAUDE_CODE_OAUTH_TOKEN" if traits.has_plan else "ANTHROPIC_API_KEY": key,
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "DISABLE_AUTOUPDATER": "1",
    }


def _codex(home: Path, url: str, _traits: Traits) -> dict[str, str]:
    directory = home / "codex"
    directory.mkdir()
    (directory / "config.toml").write_text(
        'model = "gpt-5.2-codex"\nmodel_provider = "mock"\napproval_policy = "on-request"\n'
        'sandbox_mode = "read-only"\n[model_providers.mock]\nname = "mock"\n'
        f'base_url = "{url}/v1"\nenv_key = "MOCK_KEY"\nwire_api = "responses"\n'
        "request_max_retries = 0\nstream_max_retries = 0\n"
        f'[projects."{home}/proj"]\ntrust_level = "trusted"\n'
    )
    return {"CODEX_HOME": str(directory), "MOCK_KEY": "x"}


def _gemini(home: Path, url: str, _traits: Traits) -> dict[str, str]:
    directory = home / ".gemini"
    directory.mkdir()
    security = {"auth": {"selectedType": "gemini-api-key"}, "folderTrust": {"enabled": False}}
    general = {"enableAutoUpdate": False, "enableNotifications": True}
    settings = {"security": security, "general": general}
    (directory / "settings.json").write_text(json.dumps(settings))
    return {"GEMINI_API_KEY": "x", "GOOGLE_GEMINI_BASE_URL": url}


def _opencode(home: Path, url: str, _traits: Traits) -> dict[str, str]:
    directory = home / ".config" / "opencode"
    directory.mkdir(parents=True)
    model = {"name": "Mock", "limit": {"context": 200_000, "output": 8_000}}
    provider = {
        "npm": "@ai-sdk/openai-compatible",
        "options": {"baseURL": f"{url}/v1", "apiKey": "x"},
        "models": {"mock": model},
    }
    settings = {"provider": {"mock": provider}, "model": "mock/mock"}
    permission = {"permission": {"bash": "ask"}}
    (directory / "opencode.json").write_text(json.dumps(settings | permission))
    # What plugins may import, and ours does not: it would be fetched, and waited for.
    (directory / "node_modules").mkdir()
    there = {"packages": {"": {"dependencies": {"@opencode-ai/plugin": "*"}}}}
    (directory / "package-lock.json").write_text(json.dumps(there))
    return {"OPENCODE_DISABLE_AUTOUPDATE": "1", "OPENCODE_DISABLE_MODELS_FETCH": "1"}


_KINDS = {
    "claude-code": _claude,
    "codex": _codex,
    "gemini-cli": _gemini,
    "opencode": _opencode,
}
