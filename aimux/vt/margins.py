"""Left and right margins (DECLRMM and DECSLRM: DEC STD 070; xterm ctlseqs).

While they are narrower than the screen, text wraps at the right margin, and what scrolls, inserts
or deletes moves only the cells between them, and only if the cursor is there. tmux 3.3a has none:
xterm decides.
"""

from aimux.vt.attributes import TABLE
from aimux.vt.graphemes import GraphemePrinter
from aimux.vt.overriding import override
from aimux.vt.row import DEFAULT_LOOK, SPACER, Row, heal


class _Cells:
    """Part of a row; columns count from its first cell."""

    __slots__ = ("clusters", "looks", "text")

    def __init__(self, text: str, looks: str, clusters: dict[int, str]) -> None:
        self.text = text
        self.looks = looks
        self.clusters = clusters


def _pad(row: Row, columns: int) -> None:
    """Give a row all its cells, so that parts of it can be taken and put."""
    row.text = row.text.ljust(columns)
    row.looks = (row.looks or "").ljust(columns, DEFAULT_LOOK)
    if row.clusters is None:
        row.clusters = {}


def _cut(row: Row, start: int, stop: int) -> _Cells:
    """The cells `start <= x < stop` of a padded row."""
    clusters = row.clusters or {}
    return _Cells(
        row.text[start:stop],
        (row.looks or "")[start:stop],
        {x - start: text for x, text in clusters.items() if start <= x < stop},
    )


def _put(row: Row, start: int, cells: _Cells) -> None:
    """Replace as many cells of a padded row as `cells` has."""
    stop = start + len(cells.text)
    row.text = row.text[:start] + cells.text + row.text[stop:]
    looks = row.looks or ""
    row.looks = looks[:start] + cells.looks + looks[stop:]
    kept = {x: text for x, text in (row.clusters or {}).items() if not start <= x < stop}
    row.clusters = kept | {x + start: text for x, text in cells.clusters.items()}


def _trim(row: Row) -> None:
    """Take back the blank cells at the end that `_pad` gave."""
    if row.extent < 0:
        return
    looks = (row.looks or "").rstrip(DEFAULT_LOOK)
    length = max(len(row.text.rstrip(" ")), len(looks))
    row.text = row.text[:length]
    row.looks = looks.ljust(length, DEFAULT_LOOK) if looks else None
    row.extent = 0


class MarginPrinter(GraphemePrinter):
    """A printer that keeps to left and right margins.

    Attributes:
        margin_mode: DECLRMM (mode 69): DECSLRM sets margins.
        left: The first column between the margins.
        right: The column after the last one between them.
        margined: Whether they are narrower than the screen.
    """

    def __init__(self, columns: int, lines: int, history_limit: int) -> None:
        super().__init__(columns, lines, history_limit)
        self.margin_mode = False
        self.left = 0
        self.right = columns
        # The row whose last column between the margins holds a cursor that waits to wrap, or -1.
        self._waiting = -1

    def set_margins(self, left: int, right: int) -> None:
        """DECSLRM: at least two columns; anything else changes nothing."""
        right = min(right, self.columns)
        if left + 1 < right:
            self.left, self.right = left, right
            self.margined = left > 0 or right < self.columns
            self._waiting = -1
            self.update_special()

    def reset_margins(self) -> None:
        """The whole width again; DECLRMM stays."""
        self.left, self.right = 0, self.columns
        self.margined = False
        self._waiting = -1
        self.update_special()

    @override
    def update_special(self) -> None:
        super().update_special()
        self.special = self.special or self.margined

    # The cursor

    @property
    def between_margins(self) -> bool:
        """Whether the cursor's column is between the margins."""
        return self.left <= self.x < self.right

    def stay(self) -> None:
        """Whatever moves the cursor: it waits no longer to wrap at the right margin."""
        self._waiting = -1

    def step(self, by: int) -> None:
        """Along the row, as far as a margin that the cursor is not beyond already."""
        self.stay()
        x = min(self.x, self.columns - 1)
        if by < 0:
            self.x = max(self.left if x >= self.left else 0, x + by)
        else:
            self.x = min(self._edge() - 1, x + by)

    def line_start(self) -> int:
        """Where CR leads: the left margin, or the first column for a cursor left of it."""
        self.stay()
        return self.left if self.x >= self.left else 0

    @property
    def last_tab(self) -> int:
        """The column that HT does not pass."""
        return self._edge() - 1

    def room(self) -> int:
        """The cells from the cursor to the end of its row or the right margin."""
        return 0 if self._waits else self._edge() - self.x

    @override
    def _edge(self) -> int:
        return self.right if self.x < self.right else self.columns

    @property
    def _waits(self) -> bool:
        return self.margined and self._waiting == self.y and self.x == self.right - 1

    @override
    def _left_column(self) -> int:
        if not self._waits:
            return super()._left_column()
        text = self.rows[self.y].text
        return self.x - 1 if text[self.x : self.right] == SPACER else self.x

    # Drawing

    def _wrap_at_margin(self) -> None:
        if not self._waits and self.x < self.columns:
            return
        if self.autowrap:
            self.stay()
            self.x = self.left
            self.index()
        else:
            self.x = self._edge() - 1

    def _write_between(self, cells: str, edge: int) -> Row:
        row = self._write(cells)
        if self.x >= edge == self.right:
            self.x = edge - 1
            self._waiting = self.y if self.autowrap else -1
        return row

    @override
    def _place(self, cells: str) -> None:
        if self.margined:
            self._place_odd(cells, {})
        else:
            super()._place(cells)

    @override
    def _place_odd(self, cells: str, clusters: dict[int, str]) -> None:
        if not self.margined:
            super()._place_odd(cells, clusters)
            return
        position = 0
        while position < len(cells):
            self._wrap_at_margin()
            edge = self._edge()
            stop = self._run_end(cells, position, edge)
            if stop > position:
                start = self.x
                row = self._write_between(cells[position:stop], edge)
                self._note_clusters(row, start - position, clusters, position, stop)
                position = stop
            elif self.autowrap:
                self.x = edge - 1 if edge == self.right else self.columns
                self._waiting = self.y
            else:
                position += 2  # Half a wide character is not drawn.

    def _run_end(self, cells: str, position: int, edge: int) -> int:
        """Where the cells that can be written at once end; wide ones are whole."""
        # IRM inserts between the margins only: what starts left of them is written apart.
        outside = self.insert and self.x < self.left
        stop = min(position + (self.left if outside else edge) - self.x, len(cells))
        if stop < len(cells) and cells[stop] == SPACER:
            stop += 1 if outside else -1
        return stop

    # Scrolling

    def _shift_rows(self, top: int, bottom: int, by: int) -> None:
        """Move the cells between the margins `by` rows up (down if negative)."""
        rows = self.rows[top : bottom + 1]
        for row in rows:
            self._open(row, self.left, self.right)
        cells = [_cut(row, self.left, self.right) for row in rows]
        count = min(abs(by), len(rows))
        blank = [self._blank(self.right - self.left)] * count
        moved = cells[count:] + blank if by > 0 else blank + cells[: len(cells) - count]
        for row, new in zip(rows, moved, strict=True):
            _put(row, self.left, new)
            _trim(row)

    def _open(self, row: Row, *edges: int) -> None:
        """Prepare a row for cuts at `edges`; it no longer continues in the next."""
        row.version = self.version
        row.wrapped = False
        _pad(row, self.columns)
        for edge in edges:
            heal(row, edge, edge)

    def _blank(self, count: int) -> _Cells:
        erased = TABLE.erased(self.attribute) if self.attribute else 0
        return _Cells(" " * count, chr(erased) * count, {})

    @override
    def scroll_at_cursor(self) -> None:
        if not self.margined or self.between_margins:
            self.scroll_up(1)

    @override
    def reverse_index(self) -> None:
        if not self.margined or self.y != self.top or self.between_margins:
            super().reverse_index()

    @override
    def scroll_up(self, count: int) -> None:
        if self.margined:
            self._shift_rows(self.top, self.bottom, count)
        else:
            super().scroll_up(count)

    @override
    def scroll_down(self, count: int) -> None:
        if self.margined:
            self._shift_rows(self.top, self.bottom, -count)
        else:
            super().scroll_down(count)

    @override
    def insert_lines(self, count: int) -> None:
        if not self.margined:
            super().insert_lines(count)
        elif self.between_margins and self.top <= self.y <= self.bottom:
            self._shift_rows(self.y, self.bottom, -count)

    @override
    def delete_lines(self, count: int) -> None:
        if not self.margined:
            super().delete_lines(count)
        elif self.between_margins and self.top <= self.y <= self.bottom:
            self._shift_rows(self.y, self.bottom, count)

    # Cells of a row

    @override
    def insert_cells(self, count: int) -> None:
        if not self.margined:
            super().insert_cells(count)
        elif self.between_margins:
            self._shift_cells(count)

    @override
    def delete_cells(self, count: int) -> None:
        if not self.margined:
            super().delete_cells(count)
        elif self.between_margins:
            self._shift_cells(-count)

    def _shift_cells(self, by: int) -> None:
        """Move the cells from the cursor to the right margin right, or (negative) left."""
        row = self.rows[self.y]
        room = self.right - self.x
        count = min(abs(by), room)
        start, stop = (self.x, self.right - count) if by > 0 else (self.x + count, self.right)
        self._open(row, self.x, start, stop, self.right)
        moved = _cut(row, start, stop)
        if by > 0:
            _put(row, self.x, self._blank(count))
            _put(row, self.x + count, moved)
        else:
            _put(row, self.x, moved)
            _put(row, self.right - count, self._blank(count))
        _trim(row)
