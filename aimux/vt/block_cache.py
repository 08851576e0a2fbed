"""The rows of the blocks that were read last: apart, since the attribute table knows it weakly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from aimux.vt.attributes import TABLE
from aimux.vt.row import Row

_CACHED_BLOCKS: Final = 8


class Unpacked(Protocol):
    """What gives rows: `blocks.Block`."""

    def unpacked(self, columns: int) -> list[Row]:
        """Its rows at a width as new objects."""


class Cache:
    """The rows of the blocks that were read last, of all screens of the process.

    It keeps their attributes through sweeps of the table, so rows that were read from a few blocks
    are right until as many others have been read: draw them at once, or copy and register them.
    """

    def __init__(self, limit: int = _CACHED_BLOCKS) -> None:
        self._limit = limit
        self._rows: dict[tuple[Unpacked, int], list[Row]] = {}
        TABLE.register(self)

    def rows(self, block: Unpacked, columns: int) -> list[Row]:
        """The rows of a block at a width."""
        key = (block, columns)
        rows = self._rows.pop(key, None)
        if rows is None:
            rows = block.unpacked(columns)
            if len(self._rows) >= self._limit:
                del self._rows[next(iter(self._rows))]
        self._rows[key] = rows
        return rows

    def attribute_ids(self) -> Iterator[int]:
        """Every attribute id in use, for a sweep of the table."""
        for rows in self._rows.values():
            for row in rows:
                if row.looks is not None:
                    yield from map(ord, set(row.looks))


CACHE: Final = Cache()
"""The cache of this process."""
