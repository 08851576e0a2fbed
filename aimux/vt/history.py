"""The rows above the screen."""

from collections import deque
from collections.abc import Iterable, Iterator

from aimux.vt.row import Row


class History:
    """Rows that scrolled off the top, oldest first; the newest `limit` are kept.

    Attributes:
        pushed: Rows ever added, minus those taken back by `pop`.
    """

    __slots__ = ("_rows", "pushed")

    def __init__(self, limit: int) -> None:
        self._rows: deque[Row] = deque(maxlen=limit)
        self.pushed = 0

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __getitem__(self, index: int) -> Row:
        return self._rows[index]

    @property
    def limit(self) -> int:
        """The greatest number of rows kept."""
        return self._rows.maxlen or 0

    @limit.setter
    def limit(self, limit: int) -> None:
        self._rows = deque(self._rows, maxlen=limit)

    @property
    def dropped(self) -> int:
        """Rows that are gone for good: row `n` here is absolute row `dropped + n`."""
        return self.pushed - len(self._rows)

    def append(self, row: Row) -> None:
        """Add the newest row."""
        self._rows.append(row)
        self.pushed += 1

    def extend(self, rows: list[Row]) -> None:
        """Add rows, the newest last."""
        self._rows.extend(rows)
        self.pushed += len(rows)

    def pop(self, count: int) -> list[Row]:
        """Take back the newest `count` rows (or all), oldest first."""
        taken = [self._rows.pop() for _ in range(min(count, len(self._rows)))]
        self.pushed -= len(taken)
        return taken[::-1]

    def replace(self, rows: Iterable[Row]) -> None:
        """Put other rows in the place of all; those dropped before stay counted."""
        dropped = self.dropped
        every = list(rows)
        self._rows.clear()
        self._rows.extend(every)
        self.pushed = dropped + len(every)

    def clear(self) -> None:
        """Drop every row."""
        self._rows.clear()
