"""Which versions of the protocol this server speaks, and what it says to others."""

from __future__ import annotations

from aimux import __version__
from aimux.protocol.message import PROTOCOL_MAX, PROTOCOL_MIN


def speaks(lowest: object, highest: object) -> bool:
    """Whether a peer that speaks from `lowest` to `highest` shares a version with us."""
    if not isinstance(lowest, int) or not isinstance(highest, int):
        return False
    return lowest <= PROTOCOL_MAX and highest >= PROTOCOL_MIN


def version_mismatch(version: str) -> str:
    """What a peer of another version is told."""
    return f"protocol version mismatch (client {version}, server {__version__})"
