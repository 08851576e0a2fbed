"""A new size for a screen: long lines wrap anew (tmux's order of things: height first)."""

from collections.abc import Iterable, Iterator

from aimux.vt.grid import heal
from aimux.vt.history import History
from aimux.vt.row import SPACER, Row


class MainScreen:
    """The rows that take part in reflow, and the cursor among them.

    Args:
        rows: The visible rows of the main screen; changed in place.
        history: The rows above them; changed too.
        x: The cursor's column in `rows`; may be the width, while a wrap is pending.
        y: The cursor's row in `rows`.
        recallable: How many rows of the history a taller screen may take back.
        version: Stamped on rows that change.
    """

    def __init__(
        self, rows: list[Row], history: History, *, x: int, y: int, recallable: int, version: int
    ) -> None:
        self.rows = rows
        self.history = history
        self.x = x
        self.y = y
        self.recallable = min(recallable, len(history))
        self._version = version

    def set_height(self, height: int) -> None:
        """Fewer rows: those below the cursor go first, then the top ones, into the history.

        More rows: the history gives back what is recallable, and blank ones follow.
        """
        surplus = len(self.rows) - height
        if surplus > 0:
            below = min(surplus, len(self.rows) - 1 - self.y)
            del self.rows[len(self.rows) - below :]
            above = surplus - below
            self.history.extend(self.rows[:above])
            del self.rows[:above]
            self.recallable = min(self.recallable + above, len(self.history))
            self.y -= above
        elif surplus < 0:
            recalled = self.history.pop(min(-surplus, self.recallable))
            self.rows[:0] = recalled
            self.recallable -= len(recalled)
            self.y += len(recalled)
            self._fill(height)

    def _fill(self, height: int) -> None:
        self.rows.extend(Row(self._version) for _ in range(height - len(self.rows)))

    def set_width(self, columns: int) -> None:
        """Wrap every line anew; the bottom rows are the screen, the cursor stays in its text."""
        height = len(self.rows)
        every: list[Row] = []
        cursor = len(self.history) + self.y
        position = 0
        column, row_number = 0, 0
        for line in _logical_lines([*self.history, *self.rows]):
            wrapped = _wrap(line, columns, self._version)
            if position <= cursor < position + len(line):
                offset = self._offset(line, cursor - position)
                row_number, column = _place(wrapped, offset)
                row_number += len(every)
            position += len(line)
            every += wrapped
        # Unlike tmux: blank rows below the cursor give way before the cursor's row does.
        while len(every) > max(height, row_number + 1) and not every[-1].used:
            every.pop()
        split = max(len(every) - height, 0)
        self.history.replace(every[:split])
        self.rows[:] = every[split:]
        self._fill(height)
        self.recallable = min(self.recallable, len(self.history))
        inside = row_number >= split
        self.x = min(column, columns) if inside else 0
        self.y = row_number - split if inside else 0

    def _offset(self, line: list[Row], number: int) -> int | None:
        """The cursor's cell in the logical line; None: at its end."""
        if self.x >= line[number].used:
            return None
        return sum(row.used for row in line[:number]) + self.x


def _logical_lines(rows: Iterable[Row]) -> Iterator[list[Row]]:
    line: list[Row] = []
    for row in rows:
        line.append(row)
        if not row.wrapped:
            yield line
            line = []
    if line:
        yield line


def _place(rows: list[Row], offset: int | None) -> tuple[int, int]:
    """Where the cell `offset` of a line is now: the number of its row in the line, its column."""
    for number, row in enumerate(rows[:-1]):
        if offset is not None and offset < row.used:
            return number, offset
        if offset is not None:
            offset -= row.used
    return len(rows) - 1, rows[-1].used if offset is None else offset


def _wrap(line: list[Row], columns: int, version: int) -> list[Row]:
    """The rows of a logical line at a new width; the same objects where nothing changes."""
    first = line[0]
    if len(line) == 1 and first.used <= columns:
        if len(first.text) > columns or first.extent < 0:
            fit(first, columns, version)
        return line
    joined = _join(line, version)
    rows = list(_cut(joined, columns, version))
    _set_marks(line, rows)
    rows[-1].wrapped = line[-1].wrapped
    return rows


def _join(line: list[Row], version: int) -> Row:
    """One long row of the used cells of all."""
    joined = Row(version)
    texts: list[str] = []
    length = 0
    coloured = any(row.attributes is not None for row in line)
    attributes: list[int] = []
    for row in line:
        used = row.used
        texts.append(row.text[:used].ljust(used))
        if coloured:
            own = (row.attributes or [])[:used]
            attributes += own + [0] * (used - len(own))
        if row.clusters is not None:
            joined.clusters = joined.clusters or {}
            joined.clusters.update(
                {x + length: cluster for x, cluster in row.clusters.items() if x < used}
            )
        length += used
    joined.text = "".join(texts)
    joined.attributes = attributes if coloured else None
    return joined


def _cut(joined: Row, columns: int, version: int) -> Iterator[Row]:
    """Pieces of at most `columns` cells; a wide character is never cut in two."""
    start = 0
    length = len(joined.text)
    while True:
        stop = min(start + columns, length)
        if stop < length and joined.text[stop] == SPACER and stop - 1 > start:
            stop -= 1
        row = _piece(joined, start, stop, version)
        row.wrapped = stop < length
        yield row
        start = stop
        if start >= length:
            return


def _piece(joined: Row, start: int, stop: int, version: int) -> Row:
    row = Row(version)
    row.text = joined.text[start:stop]
    if joined.attributes is not None:
        row.attributes = joined.attributes[start:stop]
    if joined.clusters is not None:
        row.clusters = {
            x - start: cluster for x, cluster in joined.clusters.items() if start <= x < stop
        }
        if len(row.text) == 1 and joined.text[start : start + 2].endswith(SPACER):
            row.text = " "  # One column has no room for a wide character.
        row.text = row.text.replace(SPACER, " ", 1) if row.text[:1] == SPACER else row.text
    return row


def _set_marks(line: list[Row], rows: list[Row]) -> None:
    offset = 0
    for row in line:
        if row.mark:
            target = rows[_place(rows, offset)[0]]
            target.mark = target.mark or row.mark
        offset += row.used


def fit(row: Row, columns: int, version: int) -> None:
    """Cut a row at `columns`, or give colour beyond its used cells the row's whole length."""
    row.version = version
    if len(row.text) > columns:
        if row.clusters is not None:
            heal(row, columns, columns)
            row.clusters = {x: text for x, text in row.clusters.items() if x < columns}
        row.text = row.text[:columns]
        if row.attributes is not None:
            del row.attributes[columns:]
        row.extent = max(row.extent, -columns - 1) if row.extent < 0 else min(row.extent, columns)
    if row.extent < 0:
        missing = columns - len(row.text)
        row.text += " " * missing
        if row.attributes is not None:
            row.attributes += [0] * missing


def resize_alternate(rows: list[Row], *, height: int, columns: int, y: int, version: int) -> int:
    """Cut or pad the rows of the alternate screen in place; the cursor's new row.

    Rows below the cursor go first, then the top ones.
    """
    surplus = max(len(rows) - height, 0)
    below = min(surplus, len(rows) - 1 - y)
    del rows[len(rows) - below :]
    del rows[: surplus - below]
    for row in rows:
        fit(row, columns, version)
    rows.extend(Row(version) for _ in range(height - len(rows)))
    return y - (surplus - below)
