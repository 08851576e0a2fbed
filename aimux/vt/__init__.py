"""The terminal emulator: bytes to cells, events and replies.

`engine.Engine` stands alone and is what the multiplexer uses; `Screen` and `ByteStream` are pyte's
interface to it.
"""

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from aimux.vt.screen import Screen
    from aimux.vt.stream import ByteStream

__all__ = ["ByteStream", "Screen"]

# Found when asked for: the server imports this package for the engine, and pyte takes 30 ms.
_HOMES: Final = {"ByteStream": "aimux.vt.stream", "Screen": "aimux.vt.screen"}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
