"""Paste buffers: text that was copied, newest first."""

import re
from collections.abc import Iterator

from msgspec import Struct

from aimux.errors import CommandError
from aimux.model.quoting import make_visible

DEFAULT_LIMIT = 50
MAXIMUM_NAMED = 10_000
_SAMPLE_BYTES = 200
_LINE_BYTES = 4096
_CONTROLS = re.compile("[\x00-\x1f\x7f]")


class Buffer(Struct, frozen=True):
    """One paste buffer.

    Attributes:
        name: `buffer0` and so on if automatic, else what it was called.
        data: What was copied; any bytes, never empty.
        automatic: Whether it was named by itself; only such are dropped at the limit.
        order: Greater for newer ones.
        created: Wall-clock seconds.
    """

    name: str
    data: bytes
    automatic: bool
    order: int
    created: float

    @property
    def sample(self) -> str:
        """Its beginning in one line, with escapes; `...` behind more than 200 bytes."""
        text = self.data[:_SAMPLE_BYTES].decode("utf-8", "surrogateescape")
        shown = make_visible(text).encode("utf-8", "surrogateescape")
        if len(self.data) <= _SAMPLE_BYTES and len(shown) <= _SAMPLE_BYTES:
            return shown.decode("utf-8")
        return shown[:_SAMPLE_BYTES].decode("utf-8", "ignore") + "..."


class Buffers:
    """All paste buffers.

    Attributes:
        limit: How many automatic buffers are kept (the option buffer-limit).
    """

    def __init__(self, limit: int = DEFAULT_LIMIT) -> None:
        self.limit = limit
        self._buffers: dict[str, Buffer] = {}
        self._next_index = 0
        self._next_order = 0

    def __len__(self) -> int:
        return len(self._buffers)

    def __iter__(self) -> Iterator[Buffer]:
        """The newest first."""
        return iter(sorted(self._buffers.values(), key=lambda one: one.order, reverse=True))

    def top(self) -> Buffer | None:
        """The newest."""
        return next(iter(self), None)

    def first_line(self) -> str:
        """The newest one's beginning, as far as it can be typed: up to a control character."""
        top = self.top()
        if top is None:
            return ""
        text = top.data[:_LINE_BYTES].decode("utf-8", "replace")
        found = _CONTROLS.search(text)
        return text[: found.start()] if found is not None else text

    def find(self, name: str) -> Buffer | None:
        """The buffer of that name."""
        return self._buffers.get(name)

    def required(self, name: str | None) -> Buffer:
        """The buffer of that name, or the newest.

        Raises:
            CommandError: `no buffer x`, or `no buffers`.
        """
        found = self.top() if name is None else self.find(name)
        if found is None:
            raise CommandError("no buffers" if name is None else f"no buffer {name}")
        return found

    def add(self, data: bytes, *, now: float, prefix: str = "buffer") -> Buffer | None:
        """Keep data in a new automatic buffer; the oldest automatic ones make room.

        Returns:
            The buffer; None of empty data, which are not kept.
        """
        if not data:
            return None
        self._make_room()
        while (name := f"{prefix}{self._next_index}") in self._buffers:
            self._next_index += 1
        self._next_index += 1
        return self._store(name, data, automatic=True, now=now)

    def set(self, name: str | None, data: bytes, *, now: float) -> Buffer | None:
        """Keep data under a name, in place of what had it; without a name as `add` does.

        Raises:
            CommandError: `empty buffer name`, or there are too many.
        """
        if not data or name is None:
            return self.add(data, now=now)
        if not name:
            raise CommandError("empty buffer name")
        if name not in self._buffers and len(self._buffers) >= MAXIMUM_NAMED:
            raise CommandError(f"too many buffers: {name}")
        return self._store(name, data, automatic=False, now=now)

    def replace(self, name: str, data: bytes) -> None:
        """Change a buffer's data and nothing else. Raises CommandError."""
        old = self.required(name)
        self._buffers[name] = Buffer(name, data, old.automatic, old.order, old.created)

    def rename(self, old: str | None, new: str) -> None:
        """Give a buffer, or the newest, another name; it is no longer automatic.

        Raises:
            CommandError: `unknown buffer: x`, `no buffer`, `new name is empty` or
                `buffer x already exists`.
        """
        buffer = self._changed(old)
        if not new:
            raise CommandError("new name is empty")
        if new in self._buffers:
            raise CommandError(f"buffer {new} already exists")
        del self._buffers[buffer.name]
        self._buffers[new] = Buffer(new, buffer.data, False, buffer.order, buffer.created)

    def delete(self, name: str | None = None) -> None:
        """Forget a buffer, or the newest.

        Raises:
            CommandError: `unknown buffer: x` or `no buffer`.
        """
        del self._buffers[self._changed(name).name]

    def _changed(self, name: str | None) -> Buffer:
        """As `required`, in the other words that tmux has for buffers to be changed."""
        found = self.top() if name is None else self.find(name)
        if found is None:
            raise CommandError("no buffer" if name is None else f"unknown buffer: {name}")
        return found

    def _make_room(self) -> None:
        automatic = [one for one in self if one.automatic]
        for buffer in automatic[max(self.limit - 1, 0) :]:
            del self._buffers[buffer.name]

    def _store(self, name: str, data: bytes, *, automatic: bool, now: float) -> Buffer:
        buffer = Buffer(name, data, automatic, self._next_order, now)
        self._next_order += 1
        self._buffers[name] = buffer
        return buffer
