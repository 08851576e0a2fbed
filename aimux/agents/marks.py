"""The shape that stands for each state of an agent, wherever one is shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MARKS: Mapping[str, str] = MappingProxyType(
    {
        "waiting": "▲",
        "error": "✗",
        "limited": "⏸",
        "done": "✓",
        "working": "●",
        "starting": "◌",
        "unknown": "?",
        "idle": "·",
        "exited": "∅",
    }
)
"""By state, one cell each, so that colour is not needed to tell states apart."""

NEEDS_PERSON = ("waiting", "error", "limited", "done")
"""The states that a person has to look at, the most urgent first."""


def mark_of(state: str) -> str:
    """The mark of a state; of `unknown` for one that this version does not know."""
    return MARKS.get(state, MARKS["unknown"])
