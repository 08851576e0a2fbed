"""The cells of a screen and the operations that move, blank and scroll them.

Nothing here knows control sequences. Where standards leave room, tmux 3.3a decides.
"""

from aimux.vt.attributes import PROTECTED, TABLE
from aimux.vt.history import History
from aimux.vt.row import DEFAULT_LOOK, Row, heal


class Grid:
    """Rows of cells, a cursor, a scroll region and the rows scrolled off the top.

    Rows and columns count from 0. `x` is `columns` while a wrap is pending: the last column has
    been written and the next character goes to the next row.

    Attributes:
        rows: The visible rows, top first; always `lines` of them.
        history: The rows above them; nothing is added to it in the alternate screen.
        attribute: The id of the attributes that are drawn with.
        kept_attribute: What `attribute` goes back to after a translated text.
        version: Stamped on every row that changes; a feed increments it.
        last_text: What was drawn last, for REP; empty once a control has followed.
        margined: Whether left and right margins are in force; see `margins`.
        recall_from: The absolute row from which on a taller screen may take rows back.
    """

    def __init__(self, columns: int, lines: int, history_limit: int) -> None:
        self.columns = columns
        self.lines = lines
        self.version = 1
        self.rows = [Row(1) for _ in range(lines)]
        self.history = History(history_limit, columns)
        self.x = 0
        self.y = 0
        self.top = 0
        self.bottom = lines - 1
        self.attribute = 0
        self.kept_attribute = 0
        self.autowrap = True
        self.insert = False
        self.alternate = False
        self.margined = False
        self.last_text = ""
        self.recall_from = 0

    # Rows

    def blank_row(self) -> Row:
        """A new row, in the background that is in force (BCE)."""
        row = Row(self.version)
        if self.attribute:
            erased = TABLE.erased(self.attribute)
            if erased:
                self._colour_row(row, erased)
        return row

    def _colour_row(self, row: Row, erased: int) -> None:
        row.text = " " * self.columns
        row.looks = chr(erased) * self.columns
        row.extent = -1

    def absolute_row(self) -> int:
        """The cursor's row, counted from the first row that ever was."""
        return self.history.pushed + self.y

    # Scrolling

    def index(self) -> None:
        """Down one row; at the bottom of the region, scroll it."""
        if self.y == self.bottom:
            if self.attribute or self.margined:
                self.scroll_at_cursor()
                return
            # `scroll_up` for the plainest case, which is what most output is made of.
            rows = self.rows
            row = rows.pop(self.top)
            rows.insert(self.bottom, Row(self.version))
            if not self.alternate:
                self.history.append(row)
        elif self.y < self.lines - 1:
            self.y += 1

    def reverse_index(self) -> None:
        """Up one row; at the top of the region, scroll it down."""
        if self.y == self.top:
            self.scroll_down(1)
        elif self.y:
            self.y -= 1

    def scroll_at_cursor(self) -> None:
        """Scroll the region up for a cursor that goes down from its last row."""
        self.scroll_up(1)

    def scroll_up(self, count: int) -> None:
        """Scroll the region up; its top rows go to the history, whatever the region (as tmux)."""
        rows = self.rows
        for _ in range(min(count, self.bottom - self.top + 1)):
            row = rows.pop(self.top)
            if not self.alternate:
                self.history.append(row)
            rows.insert(self.bottom, self.blank_row() if self.attribute else Row(self.version))

    def scroll_down(self, count: int) -> None:
        """Scroll the region down; its bottom rows are lost."""
        self._insert_rows(self.top, count, self.bottom)

    def _insert_rows(self, at: int, count: int, bottom: int) -> None:
        for _ in range(min(count, bottom - at + 1)):
            self.rows.pop(bottom)
            self.rows.insert(at, self.blank_row())

    def _edited_bottom(self) -> int:
        """The last row that IL and DL move: outside the region, the screen's (as in tmux)."""
        return self.bottom if self.top <= self.y <= self.bottom else self.lines - 1

    def insert_lines(self, count: int) -> None:
        """IL: blank rows at the cursor; the cursor's column stays."""
        self._unwrap_above(self.y)
        self._insert_rows(self.y, count, self._edited_bottom())

    def delete_lines(self, count: int) -> None:
        """DL: the rows at the cursor go, without a place in the history."""
        self._unwrap_above(self.y)
        bottom = self._edited_bottom()
        for _ in range(min(count, bottom - self.y + 1)):
            self.rows.pop(self.y)
            self.rows.insert(bottom, self.blank_row())

    def scroll_into_history(self) -> None:
        """Blank the screen; the main screen's used rows go to the history (as tmux's ED 2)."""
        used = 0
        if not self.alternate:
            used = max((y + 1 for y, row in enumerate(self.rows) if row.used), default=0)
            self.history.extend(self.rows[:used])
            self.recall_from = self.history.pushed
        self.rows[:used] = []
        for y in range(len(self.rows)):
            self.rows[y] = self.blank_row()
        self.rows += [self.blank_row() for _ in range(used)]

    # Erasing

    def _unwrap_above(self, y: int) -> None:
        """A row that loses its text no longer continues the one above it."""
        if y:
            self.rows[y - 1].wrapped = False
        elif len(self.history) and not self.alternate:
            self.history[-1].wrapped = False

    def clear_rows(self, start: int, stop: int) -> None:
        """Blank the rows `start <= y < stop`."""
        if start >= stop:
            return
        self._unwrap_above(start)
        erased = TABLE.erased(self.attribute) if self.attribute else 0
        for row in self.rows[start:stop]:
            row.clear(self.version)
            if erased:
                self._colour_row(row, erased)

    def erase(self, start: int, stop: int) -> None:
        """Blank the cursor row's cells `start <= x < stop` in the background that is in force."""
        stop = min(stop, self.columns)
        if start == 0 and stop == self.columns:
            self.clear_rows(self.y, self.y + 1)
        else:
            self._blank_cells(self.rows[self.y], start, stop)

    def erase_unprotected(self, y: int, start: int, stop: int) -> None:
        """Blank the cells `start <= x < stop` of a row that DECSCA does not protect."""
        row = self.rows[y]
        protected = [
            x
            for x, look in enumerate(row.looks or "")
            if start <= x < stop and TABLE[ord(look)].flags & PROTECTED
        ]
        edge = stop
        for x in reversed(protected):
            if x + 1 < edge:
                self._blank_cells(row, x + 1, edge)
            edge = x
        if start < edge:
            self._blank_cells(row, start, edge)

    def _blank_cells(self, row: Row, start: int, stop: int) -> None:
        row.version = self.version
        if row.clusters is not None:
            heal(row, start, stop)
        erased = TABLE.erased(self.attribute) if self.attribute else 0
        if erased:
            self._pad(row)
        length = len(row.text)
        if start >= length:
            return
        if stop >= length and not erased and row.extent >= 0:
            self._truncate(row, start)
            return
        stop = min(stop, length)
        row.text = row.text[:start] + " " * (stop - start) + row.text[stop:]
        looks = row.looks
        if looks is not None:
            row.looks = looks[:start] + chr(erased) * (stop - start) + looks[stop:]

    @staticmethod
    def _truncate(row: Row, length: int) -> None:
        row.extent = max(row.extent, len(row.text))
        row.text = row.text[:length]
        if row.looks is not None:
            row.looks = row.looks[:length]

    def _pad(self, row: Row) -> None:
        """Make room for colour on the blank part: the row's text gets its full length.

        While `extent` is negative (colour beyond the used cells) the text always has full length.
        """
        length = len(row.text)
        if row.extent >= 0:
            row.extent = -row.used - 1
        row.text += " " * (self.columns - length)
        row.looks = (row.looks or "").ljust(self.columns, DEFAULT_LOOK)

    def insert_cells(self, count: int) -> None:
        """ICH: blank cells at the cursor; what passes the right edge is lost."""
        row = self.rows[self.y]
        x = self.x
        count = min(count, self.columns - x)
        if count <= 0:
            return
        erased = self._prepare_shift(row)
        if count < self.columns - x:
            self._note_used(row, self.columns)
        if x >= len(row.text):
            return
        if row.clusters is not None:
            heal(row, x, x)
            heal(row, self.columns - count, self.columns - count)
            row.clusters = _shifted(row.clusters, x, count, self.columns)
        row.text = (row.text[:x] + " " * count + row.text[x:])[: self.columns]
        looks = row.looks
        if looks is not None:
            row.looks = (looks[:x] + chr(erased) * count + looks[x:])[: self.columns]

    def delete_cells(self, count: int) -> None:
        """DCH: the cells at the cursor go and the rest of the row moves left."""
        row = self.rows[self.y]
        x = self.x
        count = min(count, self.columns - x)
        if count <= 0:
            return
        erased = self._prepare_shift(row)
        if count < self.columns - x:
            self._note_used(row, max(row.used, self.columns - count))
        if row.clusters is not None:
            heal(row, x, x + count)
            row.clusters = _shifted(row.clusters, x + count, -count, self.columns)
        row.text = row.text[:x] + row.text[x + count :]
        if row.looks is not None:
            row.looks = row.looks[:x] + row.looks[x + count :]
        if row.extent < 0:
            missing = self.columns - len(row.text)
            row.text += " " * missing
            if row.looks is not None:
                row.looks += chr(erased) * missing

    def _prepare_shift(self, row: Row) -> int:
        """Make a row ready for ICH or DCH; the id of the cells that come in."""
        row.version = self.version
        erased = TABLE.erased(self.attribute) if self.attribute else 0
        if erased:
            self._pad(row)
        return erased

    @staticmethod
    def _note_used(row: Row, used: int) -> None:
        """ICH and DCH make tmux count the cells that they move as used, blank or not."""
        row.extent = -used - 1 if row.extent < 0 else used


def _shifted(clusters: dict[int, str], start: int, by: int, columns: int) -> dict[int, str]:
    """The clusters after the cells from `start` on have moved `by` columns."""
    moved = {(x + by if x >= start else x): cluster for x, cluster in clusters.items()}
    return {x: cluster for x, cluster in moved.items() if x < columns}
