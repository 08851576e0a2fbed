"""Drawing text: the fast path for what fits its row, and everything that does not."""

import re
from collections.abc import Callable
from typing import Final

from aimux.vt.attributes import LINE_DRAWING, TABLE
from aimux.vt.charsets import ASCII, LINE_DRAWING_SET, TRANSLATIONS
from aimux.vt.clusters import (
    drop_invalid,
    is_odd,
    is_wide,
    join,
    joins,
    layout,
    simple_cells,
    split_leading_marks,
)
from aimux.vt.grid import Grid
from aimux.vt.row import DEFAULT_LOOK, SPACER, Row, heal

_split_ascii: Final[Callable[[str], list[str]]] = re.compile("([^\x00-\x7f]+)").split
_line_drawn: Final[dict[int, int]] = {}
TABLE.empty_with(_line_drawn)


def _line_drawing(attribute: int) -> int:
    """The same attributes, marked as line drawing."""
    found = _line_drawn.get(attribute)
    if found is None:
        current = TABLE[attribute]
        found = TABLE.intern(current._replace(flags=current.flags | LINE_DRAWING))
        _line_drawn[attribute] = found
    return found


def _dressed(looks: str | None, x: int, attribute: int, count: int, length: int) -> str:
    """The looks of a row of `length` cells on which `count` have been drawn from `x` on."""
    if looks is None:
        looks = DEFAULT_LOOK * length
    if x > length:
        looks += DEFAULT_LOOK * (x - length)
    return looks[:x] + chr(attribute) * count + looks[x + count :]


class Printer(Grid):
    """A grid that text is drawn on.

    Attributes:
        charsets: The designators of G0 and G1.
        shift: Which of the two is in use.
        special: Whether drawing needs more than the fast path: IRM, no DECAWM, a character set.
    """

    def __init__(self, columns: int, lines: int, history_limit: int) -> None:
        super().__init__(columns, lines, history_limit)
        self.charsets = [ASCII, ASCII]
        self.shift = 0
        self.special = False

    def update_special(self) -> None:
        """Call after a change of `insert`, `autowrap`, `charsets` or `shift`."""
        self.special = self.insert or not self.autowrap or self.charsets[self.shift] != ASCII

    def draw(self, text: str) -> None:
        """Draw characters from the cursor on, in the attributes in force.

        Args:
            text: At least one character, no control characters.
        """
        if not text.isascii() and is_odd(text):
            self._draw_odd(text)
            return
        count = len(text)
        x = self.x
        end = x + count
        row = self.rows[self.y]
        old = row.text
        length = len(old)
        if end > self.columns or self.special or (row.clusters is not None and x < length):
            self._draw_slowly(text)
            return
        self.last_text = text
        self.x = end
        row.version = self.version
        attribute = self.attribute
        looks = row.looks
        if x < length:
            row.text = old[:x] + text + old[end:]
            if row.extent < 0:
                row.extent = min(row.extent, -end - 1)
            if looks is not None:
                row.looks = looks[:x] + chr(attribute) * count + looks[end:]
                return
            if not attribute:
                return
        elif x == length:
            row.text = old + text
            if looks is not None:
                row.looks = looks + chr(attribute) * count
                return
        else:
            row.text = old.ljust(x) + text
        if attribute or looks is not None:
            row.looks = _dressed(looks, x, attribute, count, length)

    def _draw_slowly(self, text: str) -> None:
        """One-cell text that wraps, inserts, is translated, or lands among wide cells."""
        self.last_text = text
        if self.charsets[self.shift] == ASCII:
            self._place(text)
        else:
            self._draw_translated(text)

    def _draw_translated(self, text: str) -> None:
        """Text in another character set, which only ASCII characters are translated to."""
        charset = self.charsets[self.shift]
        attribute = self.kept_attribute = self.attribute
        for part in _split_ascii(text):
            if not part.isascii():
                self._draw_unicode(part)
            elif part:
                if charset == LINE_DRAWING_SET:
                    self.attribute = _line_drawing(attribute)
                self._place(part.translate(TRANSLATIONS[charset]))
                self.attribute = attribute
                self.last_text = part

    def _place(self, cells: str) -> None:
        """Write cells, none of a wide character, over as many rows as they need."""
        position = 0
        while position < len(cells):
            if self.x >= self.columns:
                self._wrap()
            part = cells[position : position + self.columns - self.x]
            row = self.rows[self.y]
            if self.x or row.text or row.extent or self.attribute or self.special:
                self._write(part)
            else:
                row.text = part
                row.version = self.version
                self.x = len(part)
            position += len(part)

    def _wrap(self) -> None:
        """The cursor is past the last column: go on in the next row, or stay without DECAWM."""
        if self.autowrap:
            self.rows[self.y].wrapped = True
            self.x = 0
            self.index()
        else:
            self.x = self.columns - 1

    def _write(self, cells: str) -> Row:
        """Write cells that fit the row at the cursor."""
        row = self.rows[self.y]
        count = len(cells)
        if self.insert:
            self.insert_cells(count)
        x = self.x
        end = x + count
        row.version = self.version
        if row.clusters is not None:
            heal(row, x, end)
        text = row.text
        length = len(text)
        if x > length:
            text += " " * (x - length)
        row.text = text[:x] + cells + text[end:]
        if row.extent < 0:
            row.extent = min(row.extent, -end - 1)
        if self.attribute or row.looks is not None:
            row.looks = _dressed(row.looks, x, self.attribute, count, length)
        self.x = end if self.autowrap else min(end, self.columns - 1)
        return row

    # Wide characters and clusters

    def _draw_odd(self, text: str) -> None:
        if not self.special and not self.rows[self.y].clusters:
            cells = simple_cells(text)
            if cells:
                self.last_text = text[-1]
                self._place_wide(cells)
                return
        text = drop_invalid(text)
        if self.charsets[self.shift] != ASCII:
            self._draw_translated(text)
        else:
            self._draw_unicode(text)

    def _place_wide(self, cells: str) -> None:
        """Write cells, some of wide characters, none of clusters."""
        if self.x + len(cells) > self.columns:
            self._place_odd(cells, {})
            return
        row = self.rows[self.y]
        if self.x or row.text or row.extent or self.attribute:
            row = self._write(cells)
        else:
            row.text = cells
            row.version = self.version
            self.x = len(cells)
        if row.clusters is None:
            row.clusters = {}

    def _draw_unicode(self, text: str) -> None:
        if self.autowrap:
            self._draw_clusters(text)
            return
        # The cursor does not move past the last column, so a mark's cell depends on each step.
        for character in text:
            self._draw_clusters(character)

    def _draw_clusters(self, text: str) -> None:
        marks, text = split_leading_marks(text)
        self._combine(marks)
        while text and self._joins_the_left(text[0]):
            marks, rest = split_leading_marks(text[1:])
            self._combine(text[0] + marks)
            text = rest
        if not text:
            return
        cells, clusters = layout(text)
        self.last_text = cells[-2] if cells[-1] == SPACER else cells[-1]
        self._place_odd(cells, clusters)

    def _left_column(self) -> int:
        """The column of the cell on the cursor's left, or -1."""
        x = min(self.x, self.columns) - 1
        text = self.rows[self.y].text
        if 0 < x < len(text) and text[x] == SPACER:
            x -= 1
        return x

    def _cluster_at(self, x: int) -> str:
        row = self.rows[self.y]
        if row.clusters and x in row.clusters:
            return row.clusters[x]
        return row.text[x] if x < len(row.text) else " "

    def _joins_the_left(self, character: str) -> bool:
        if not self.rows[self.y].clusters:
            return False
        x = self._left_column()
        return x >= 0 and is_wide(character) and joins(self._cluster_at(x), character)

    def _combine(self, characters: str) -> None:
        """Add code points to the cell on the cursor's left; at the left edge they are lost."""
        x = self._left_column()
        row = self.rows[self.y]
        if not characters or not 0 <= x < len(row.text):
            return
        if row.clusters is None:
            row.clusters = {}
        cluster = self._cluster_at(x)
        for character in characters:
            cluster = join(cluster, character)
        row.clusters[x] = cluster
        row.version = self.version

    def _place_odd(self, cells: str, clusters: dict[int, str]) -> None:
        if self.x + len(cells) <= self.columns:
            start = self.x
            row = self._write(cells)
            if clusters or SPACER in cells:
                self._note_clusters(row, start, clusters, 0, len(cells))
            return
        position = 0
        while position < len(cells):
            stop = self._room(cells, position)
            if stop > position:
                start = self.x
                row = self._write(cells[position:stop])
                if clusters or SPACER in cells:
                    self._note_clusters(row, start - position, clusters, position, stop)
                position = stop
            elif self.autowrap and self.columns > 1:
                self.x = self.columns
                self._wrap()
            else:
                position += 2  # A wide character that fits nowhere is not drawn.

    def _room(self, cells: str, position: int) -> int:
        """Where the part of `cells` from `position` that fits the row ends."""
        if self.x >= self.columns:
            self._wrap()
        stop = position + self.columns - self.x
        if stop < len(cells) and cells[stop] == SPACER:
            stop -= 1
        return min(stop, len(cells))

    @staticmethod
    def _note_clusters(
        row: Row, shift: int, clusters: dict[int, str], start: int, stop: int
    ) -> None:
        """Tell the row of what has just been written to it from the cells `start` to `stop`."""
        if row.clusters is None:
            row.clusters = {}
        for column, cluster in clusters.items():
            if start <= column < stop:
                row.clusters[column + shift] = cluster
