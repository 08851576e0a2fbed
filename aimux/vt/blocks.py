"""Old rows in blocks: packed at once, compressed when they are many, unpacked when asked for."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final

import zstandard

from aimux.vt.block_cache import CACHE
from aimux.vt.packing import dressed, lines_of, pack, unpack
from aimux.vt.row import SPACER, Row
from aimux.vt.wrapping import count_rows, rewrapped

_LEVEL: Final = 3
_compressor: Final = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
_decompressor: Final = zstandard.ZstdDecompressor()


class Block:
    """Rows that do not change any more; they can be read at any width.

    A line that goes on in the next block counts as two.

    Args:
        rows: What it holds.
        columns: The width that `rows` are wrapped at.
        texts: Further rows below: text in default attributes, each a line of its own.

    Attributes:
        lengths: The used cells of each line, however many rows it takes.
        size: The bytes that its rows take before they are compressed.
    """

    __slots__ = (
        "_columns",
        "_compressed",
        "_count",
        "_data",
        "_extended",
        "_open",
        "_wide",
        "lengths",
        "size",
    )

    def __init__(self, rows: Sequence[Row], columns: int, texts: Sequence[str] = ()) -> None:
        every = [row.text for row in rows]
        every += texts
        odd = dressed(rows)
        self._data = pack(every, odd)
        self.size = len(self._data)
        self._compressed = False
        self._count = len(every)
        self._columns = columns
        self._wide = any(SPACER in row.text for _, row in odd if row.clusters is not None)
        self._extended = any(row.extent for _, row in odd)
        self._open = bool(odd) and odd[-1][0] == self._count - 1 and odd[-1][1].wrapped
        self.lengths = _line_lengths(every, odd)

    @property
    def line_ends(self) -> int:
        """How many of its rows end a line, at any width."""
        return len(self.lengths) - self._open

    def compress(self) -> None:
        """Make it small; reading it takes a little longer."""
        if not self._compressed:
            # A copy: what the compressor gives was cut down from more, and leaves holes behind.
            self._data = bytes(memoryview(_compressor.compress(self._data)))
            self._compressed = True

    @property
    def stored(self) -> int:
        """The bytes that its rows take now."""
        return len(self._data)

    def count(self, columns: int) -> int:
        """How many rows it has at a width."""
        if columns == self._columns:
            return self._count
        if max(self.lengths) <= columns:
            return len(self.lengths)
        if self._wide:
            return self._count_wide(columns)
        return sum([-(-length // columns) if length else 1 for length in self.lengths])

    def _count_wide(self, columns: int) -> int:
        if self._extended:
            return len(self.unpacked(columns))
        return count_rows(lines_of(self._packed()), columns)

    def rows(self, columns: int) -> list[Row]:
        """Its rows at a width, to be read and not to be changed; see `block_cache.Cache`."""
        return CACHE.rows(self, columns)

    def unpacked(self, columns: int) -> list[Row]:
        """Its rows at a width as new objects; what `packing.unpack` says holds for their ids."""
        rows = unpack(self._packed())
        if columns == self._columns:
            return rows
        return rewrapped(rows, columns)

    def _packed(self) -> bytes:
        if not self._compressed:
            return self._data
        if zstandard.get_frame_parameters(self._data).content_size != self.size:
            raise AssertionError("a block's frame is not as long as what was compressed")
        return _decompressor.decompress(self._data, max_output_size=self.size)


def _line_lengths(texts: Sequence[str], odd: Sequence[tuple[int, Row]]) -> array[int]:
    lengths = list(map(len, texts))
    wrapped: list[int] = []
    for number, row in odd:
        if row.extent:
            lengths[number] = row.used
        if row.wrapped:
            wrapped.append(number)
    for number in reversed(wrapped):
        if number + 1 < len(lengths):
            lengths[number] += lengths.pop(number + 1)
    return array("I", lengths)
