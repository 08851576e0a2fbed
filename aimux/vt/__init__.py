"""The terminal emulator: bytes to cells, events and replies.

`engine.Engine` stands alone and is what the multiplexer uses; `Screen` and `ByteStream` are pyte's
interface to it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aimux.vt.screen import Screen
    from aimux.vt.stream import ByteStream

__all__ = ["ByteStream", "Screen"]


def __getattr__(name: str) -> object:
    # The server imports this package for the engine; importing pyte would cost it 30 ms.
    if name == "Screen":
        from aimux.vt.screen import Screen

        return Screen
    if name == "ByteStream":
        from aimux.vt.stream import ByteStream

        return ByteStream
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
