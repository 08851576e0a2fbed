"""The rows above the screen: the newest as they are, older ones in blocks."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from aimux.vt.blocks import Block
from aimux.vt.row import Row

BLOCK_ROWS: Final = 200
"""Rows of a block; fewer where a line would be cut in two."""
_KEPT: Final = 64
_FULL: Final = BLOCK_ROWS + _KEPT
# What a default history takes, in any script: a flood that passes through compresses nothing.
_STAGED_BYTES: Final = 3 << 17


class History:
    """Rows that scrolled off the top, oldest first; the newest `limit` are kept.

    The newest few hundred are the objects that were added, and the very newest always is. Older
    ones are packed: reading one unpacks its block, and gives an object to be read at once and not
    to be changed (`block_cache.Cache`).

    Args:
        limit: The greatest number of rows kept.
        columns: The width of the screen.

    Attributes:
        pushed: Rows ever added, minus those taken back by `pop`.
        columns: The width that the rows are wrapped at.
    """

    # Rows are numbered from the first that ever was: `_starts` has the number of each block's
    # first row, and the live ones end before `pushed`. Rows below `dropped` are gone even where
    # their block or their object is still here, which makes adding a row cheap.
    __slots__ = (
        "_blocks",
        "_compressed",
        "_floor",
        "_limit",
        "_live",
        "_staged",
        "_starts",
        "columns",
        "pushed",
    )

    def __init__(self, limit: int, columns: int) -> None:
        self._limit = limit
        self._live: list[Row] = []
        self._blocks: list[Block] = []
        self._starts: list[int] = []
        self._floor = 0
        self._compressed = 0  # So many blocks from the first on; the others are `_staged` bytes.
        self._staged = 0
        self.pushed = 0
        self.columns = columns

    def __len__(self) -> int:
        return min(self.pushed - self._floor, self._limit)

    def __iter__(self) -> Iterator[Row]:
        return self.span(0, len(self))

    def __getitem__(self, index: int) -> Row:
        size = len(self)
        if not -size <= index < size:
            raise IndexError(f"row {index} of {size}")
        behind = index if index < 0 else index - size
        if behind >= -len(self._live):
            return self._live[behind]
        start, rows = self.around(size + behind)
        return rows[size + behind - start]

    def around(self, index: int) -> tuple[int, Sequence[Row]]:
        """The rows that are unpacked together with one: the index of the first, and all of them.

        Args:
            index: 0 up to the number of rows; the first index that is returned may be below 0.
        """
        dropped = self.dropped
        number = dropped + index
        if number >= self._live_start:
            return self._live_start - dropped, self._live
        at = bisect_right(self._starts, number) - 1
        return self._starts[at] - dropped, self._blocks[at].rows(self.columns)

    def span(self, start: int, stop: int) -> Iterator[Row]:
        """The rows `start <= n < stop`; nothing may be added meanwhile."""
        first = self.dropped + max(start, 0)
        last = self.dropped + min(stop, len(self))
        for at in range(max(bisect_right(self._starts, first) - 1, 0), len(self._blocks)):
            begin = self._starts[at]
            if begin >= last:
                return
            yield from islice(
                self._blocks[at].rows(self.columns), max(first - begin, 0), last - begin
            )
        begin = self._live_start
        yield from islice(self._live, max(first - begin, 0), max(last - begin, 0))

    @property
    def limit(self) -> int:
        """The greatest number of rows kept."""
        return self._limit

    @limit.setter
    def limit(self, limit: int) -> None:
        self._floor = max(self.dropped, self.pushed - limit)
        self._limit = limit
        self._forget()

    @property
    def dropped(self) -> int:
        """Rows that are gone for good: row `n` here is absolute row `dropped + n`."""
        return max(self._floor, self.pushed - self._limit)

    @property
    def _live_start(self) -> int:
        return self.pushed - len(self._live)

    # Adding

    def append(self, row: Row) -> None:
        """Add the newest row."""
        live = self._live
        live.append(row)
        self.pushed += 1
        if len(live) > _FULL:
            self._settle()

    def extend(self, rows: Sequence[Row]) -> None:
        """Add rows, the newest last."""
        self._live += rows
        self.pushed += len(rows)
        if len(self._live) > _FULL:
            self._settle()

    def extend_texts(self, texts: Sequence[str], version: int) -> None:
        """Add lines of default attributes, each of one row: quicker than rows where many come.

        Args:
            texts: Without control characters, at most as long as the screen is wide.
            version: Of the rows.
        """
        packed = len(texts) - _KEPT
        if packed > BLOCK_ROWS and self._limit > _FULL:
            self._pack_texts(texts[:packed])
            self._settle()
            texts = texts[packed:]
        self.extend([Row(version, text) for text in texts])

    def _pack_texts(self, texts: Sequence[str]) -> None:
        """Pack the live rows and further lines; there are enough for a block."""
        stop = max(BLOCK_ROWS - len(self._live), 0)
        self._add_block(Block(self._live, self.columns, texts[:stop]), self._live_start)
        self._live = []
        self.pushed += stop
        while stop < len(texts):
            start = stop
            rest = len(texts) - start
            stop = start + (rest if rest < 2 * BLOCK_ROWS else BLOCK_ROWS)
            self._add_block(Block((), self.columns, texts[start:stop]), self.pushed)
            self.pushed += stop - start

    def _settle(self) -> None:
        """Forget what is beyond the limit, and pack the oldest live rows."""
        self._forget()
        live = self._live
        start = 0
        while len(live) - start > _FULL:
            stop = start + BLOCK_ROWS
            while stop > start and live[stop - 1].wrapped:
                stop -= 1
            # A line longer than a block has to be cut somewhere.
            stop = stop if stop > start else start + BLOCK_ROWS
            self._add_block(Block(live[start:stop], self.columns), self._live_start + start)
            start = stop
        del live[:start]
        self._compress(_STAGED_BYTES)

    def _add_block(self, block: Block, number: int) -> None:
        self._blocks.append(block)
        self._starts.append(number)
        self._staged += block.size

    def _compress(self, most: int) -> None:
        """Compress the oldest blocks until the others take at most so many bytes."""
        while self._staged > most:
            block = self._blocks[self._compressed]
            block.compress()
            self._staged -= block.size
            self._compressed += 1

    def compact(self) -> None:
        """Compress every block, as is good for a screen that is quiet; takes a millisecond."""
        self._compress(0)

    # Taking away

    def _forget(self) -> None:
        """Let go of what is below `dropped`."""
        self._floor = dropped = self.dropped
        begin = self._live_start
        if dropped >= begin:
            del self._live[: dropped - begin]
            count = len(self._blocks)
        else:
            count = max(bisect_right(self._starts, dropped) - 1, 0)
        self._remove(0, count)

    def _remove(self, start: int, stop: int) -> None:
        """Let go of blocks."""
        self._staged -= sum(
            block.size for block in self._blocks[max(start, self._compressed) : stop]
        )
        self._compressed -= max(min(stop, self._compressed) - start, 0)
        del self._blocks[start:stop]
        del self._starts[start:stop]

    def pop(self, count: int) -> list[Row]:
        """Take back the newest `count` rows (or all), oldest first."""
        count = min(count, len(self))
        self._floor = self.dropped
        live = self._live
        while len(live) <= count and self._blocks:
            live[:0] = self._blocks[-1].unpacked(self.columns)
            self._remove(len(self._blocks) - 1, len(self._blocks))
        taken = live[len(live) - count :]
        del live[len(live) - count :]
        self.pushed -= count
        return taken

    def clear(self) -> None:
        """Drop every row."""
        self._remove(0, len(self._blocks))
        self._live.clear()
        self._floor = self.pushed

    # Other views

    def rewrap(self, columns: int) -> list[Row]:
        """Take a new width, which costs little: old rows wrap anew when they are read.

        Returns:
            The newest rows, which are no longer here: to be wrapped anew and added again. The
            first of them begins a line, except in lines of more rows than a block has.
        """
        self._forget()
        if self._blocks and self._starts[0] < self._floor:
            rows = self._blocks[0].rows(self.columns)[self._floor - self._starts[0] :]
            self._remove(0, 1)
            self._blocks.insert(0, Block(rows, self.columns))
            self._starts.insert(0, self._floor)
            self._compressed += 1
            self._blocks[0].compress()
        taken = self._live
        self._live = []
        self.columns = columns
        self.pushed = self._floor
        self._starts.clear()
        for block in self._blocks:
            self._starts.append(self.pushed)
            self.pushed += block.count(columns)
        return taken

    def copy(self, limit: int) -> History:
        """An equal history that later changes of this one do not touch; cheap."""
        other = History(limit, self.columns)
        other._live = [row.copy(row.version) for row in self._live]
        other._blocks = self._blocks[:]
        other._starts = self._starts[:]
        other._floor = self.dropped
        other._staged = self._staged
        other._compressed = self._compressed
        other.pushed = self.pushed
        return other

    def length_counts(self) -> Counter[int]:
        """How many rows have each number of used cells; unpacks one block at most."""
        counts: Counter[int] = Counter()
        dropped = self.dropped
        first = bisect_right(self._starts, dropped - 1)
        for block in self._blocks[first:]:
            counts.update(block.lengths)
        begin = self._starts[first] if first < len(self._starts) else self._live_start
        for length in [length for length in counts if length > self.columns]:
            count = counts.pop(length)
            rows, rest = divmod(length, self.columns)
            counts[self.columns] += count * rows
            counts[rest] += count if rest else 0
        counts.update(row.used for row in self.span(0, begin - dropped))
        counts.update(row.used for row in self._live[max(dropped - self._live_start, 0) :])
        return counts

    def line_of(self, index: int) -> int:
        """The number of the line that the row `index` is in; the oldest line is 0."""
        line = start = 0
        for end, line_ends in self._block_ends():
            if end > index:
                break
            line += line_ends
            start = end
        return line + sum(not row.wrapped for row in self.span(start, index))

    def row_of(self, line: int) -> int:
        """The index of the first row of a line, or the number of rows if there is no such line."""
        index = 0
        for end, line_ends in self._block_ends():
            if line_ends >= line:
                break
            line -= line_ends
            index = end
        for row in self.span(index, len(self)):
            if line <= 0:
                break
            line -= not row.wrapped
            index += 1
        return index

    def _block_ends(self) -> Iterator[tuple[int, int]]:
        """For each block: the index of the row after it, and how many of its rows end a line."""
        dropped = self.dropped
        for begin, end, block in zip(
            self._starts, [*self._starts, self._live_start][1:], self._blocks, strict=True
        ):
            if begin >= dropped:
                yield end - dropped, block.line_ends
            elif end > dropped:
                kept = self.span(0, end - dropped)
                yield end - dropped, sum(not row.wrapped for row in kept)

    def attribute_ids(self) -> Iterator[int]:
        """The attribute ids of the rows that are not packed, for a sweep of the table."""
        for row in self._live:
            if row.looks is not None:
                yield from map(ord, set(row.looks))
