"""When an agent itself last wrote down that it came to another state: the truth in its own words.

On a machine with much to do, an agent notices its model's answer seconds late; what is asked of
aimux is to tell no later than it knows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

_ROLLOUT = frozenset({"task_started", "task_complete", "turn_aborted", "function_call"})
_CHAT = frozenset({"user", "gemini", "info", "error"})
_LOGGED = re.compile(
    r'^timestamp=(\S+) .*message="?(?:loop|exiting loop|asking|replied|stream error)'
)


def written_at(kind: str, home: Path, until: float) -> float | None:
    """The newest time before another that stands in an agent's files; `None` for none."""
    return max((at for at in _TIMES[kind](home) if at <= until), default=None)


def _registry(home: Path) -> Iterator[float]:
    for path in (home / ".claude" / "sessions").glob("*.json"):
        fields = json.loads(path.read_text())
        yield float(fields.get("statusUpdatedAt", 0)) / 1000


def _rollouts(home: Path) -> Iterator[float]:
    for fields in _lines(home / "codex" / "sessions", "*/*/*/rollout-*.jsonl"):
        if fields.get("payload", {}).get("type") in _ROLLOUT:
            yield _moment(fields["timestamp"])


def _chats(home: Path) -> Iterator[float]:
    for fields in _lines(home / ".gemini" / "tmp", "*/chats/*.jsonl"):
        if fields.get("type") in _CHAT:
            yield _moment(fields["timestamp"])


def _log(home: Path) -> Iterator[float]:
    for path in (home / ".local" / "share" / "opencode" / "log").glob("*.log"):
        for line in path.read_text().splitlines():
            if found := _LOGGED.match(line):
                yield _moment(found[1])


def _lines(directory: Path, pattern: str) -> Iterator[dict[str, Any]]:
    for path in directory.glob(pattern):
        *whole, _ = path.read_text().split("\n")
        yield from (json.loads(line) for line in whole if line)


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


_TIMES: Mapping[str, Callable[[Path], Iterator[float]]] = {
    "claude-code": _registry,
    "codex": _rollouts,
    "gemini-cli": _chats,
    "opencode": _log,
}
