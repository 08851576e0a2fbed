"""A new size for a screen: long lines wrap anew (tmux's order of things: height first)."""

from aimux.vt.history import History
from aimux.vt.row import Row
from aimux.vt.wrapping import fit, logical_lines, place, wrap


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
        newest = self.history.rewrap(columns)
        every: list[Row] = []
        cursor = len(newest) + self.y
        position = 0
        column, row_number = 0, 0
        for line in logical_lines([*newest, *self.rows]):
            wrapped = wrap(line, columns, self._version)
            if position <= cursor < position + len(line):
                offset = self._offset(line, cursor - position)
                row_number, column = place(wrapped, offset)
                row_number += len(every)
            position += len(line)
            every += wrapped
        split = max(len(every) - height, 0)
        self.history.extend(every[:split])
        # First the rows, then those above them: the owner of the list keeps their attributes.
        self.rows[:] = every[split:]
        recalled = self.history.pop(height - len(self.rows))
        self.rows[:0] = recalled
        row_number += len(recalled)
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
