"""What every message between the server and an attached client is, and the protocol's versions."""

from __future__ import annotations

import msgspec

PROTOCOL_MIN = 1
PROTOCOL_MAX = 1


class Message(msgspec.Struct, array_like=True, frozen=True):
    """What every message is; `aimux.protocol.framing` limits its size."""
