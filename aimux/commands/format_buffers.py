"""The format variables of paste buffers: outside of lists of buffers they tell of the newest."""

from __future__ import annotations

from collections.abc import Callable

from aimux.commands.format_scope import Reader, Scope
from aimux.model.buffers import Buffer


def buffer_values(buffer: Buffer) -> dict[str, str]:
    """The variables of one buffer, for a line of a list."""
    return {name: read(buffer) for name, read in _READERS.items()}


def _of_newest(read: Callable[[Buffer], str]) -> Reader:
    def reader(scope: Scope) -> str | None:
        buffer = scope.state.buffers.top()
        return None if buffer is None else read(buffer)

    return reader


_READERS: dict[str, Callable[[Buffer], str]] = {
    "buffer_created": lambda buffer: str(int(buffer.created)),
    "buffer_full": lambda buffer: buffer.data.decode("utf-8", "surrogateescape"),
    "buffer_name": lambda buffer: buffer.name,
    "buffer_sample": lambda buffer: buffer.sample,
    "buffer_size": lambda buffer: str(len(buffer.data)),
}

BUFFER_VARIABLES: dict[str, Reader] = {name: _of_newest(read) for name, read in _READERS.items()}
