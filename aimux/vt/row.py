"""One line of cells, the unit of damage."""

from typing import Final

SPACER: Final = "\ufdd0"
"""In `Row.text`, the second half of a wide cell: a noncharacter, which no program can draw."""

DEFAULT_LOOK: Final = "\0"
"""In `Row.looks`, a cell in default attributes: id 0."""


class Row:
    """One line of cells.

    A row whose identity and `version` are unchanged between two `Engine.feed` calls is unchanged.
    Keep a reference to the row, not its `id()`: a freed row's id is used again.

    Attributes:
        text: One code point for each cell; `SPACER` after a wide one. Cells beyond the end are
            blank, in default attributes.
        looks: For each cell of `text` the code point whose number is the id of its attributes in
            `attributes.TABLE`, or None: all default. Text takes a byte or two for each cell, is
            cut and joined at the speed of memory, and gives the collector nothing to look at.
        clusters: For cells of several code points: column to the whole cluster, whose first code
            point is in `text`. None when the row also has no wide cell; may be empty otherwise.
        wrapped: Whether the text goes on in the next row without a line break.
        mark: The letter of the last OSC 133 mark that was set on this row, or "".
        version: Changes with every change of the row.
        extent: See `used`.
    """

    __slots__ = ("clusters", "extent", "looks", "mark", "text", "version", "wrapped")

    def __init__(self, version: int, text: str = "") -> None:
        self.text = text
        self.looks: str | None = None
        self.clusters: dict[int, str] | None = None
        self.wrapped = False
        self.version = version
        self.mark = ""
        self.extent = 0

    @property
    def used(self) -> int:
        """The number of cells up to the last that was ever drawn since the row was blank.

        What tmux calls a line's used cells: erasing does not lessen it, and colour that an erase
        left behind does not count. It decides where `capture-pane` and reflow see the line end.
        """
        if self.extent < 0:
            return -self.extent - 1
        return max(self.extent, len(self.text))

    def clear(self, version: int) -> None:
        """Make every cell blank; the mark stays, since shells redraw their prompt's line."""
        self.text = ""
        self.looks = None
        self.clusters = None
        self.wrapped = False
        self.extent = 0
        self.version = version

    def copy(self, version: int) -> "Row":
        """An equal row that later changes of this one do not touch."""
        row = Row(version, self.text)
        row.looks = self.looks
        row.clusters = None if self.clusters is None else dict(self.clusters)
        row.wrapped = self.wrapped
        row.mark = self.mark
        row.extent = self.extent
        return row


def heal(row: Row, start: int, stop: int) -> None:
    """Prepare `start <= x < stop` to be overwritten: blank halves of wide cells, drop clusters."""
    text = row.text
    length = len(text)
    first = start
    if 0 < start < length and text[start] == SPACER:
        first = start - 1
        text = text[:first] + "  " + text[start + 1 :]
        _make_plain(row, first)
    if 0 < stop < length and text[stop] == SPACER:
        text = text[: stop - 1] + "  " + text[stop + 1 :]
        _make_plain(row, stop - 1)
    row.text = text
    clusters = row.clusters
    if clusters:
        for x in [x for x in clusters if first <= x < stop]:
            del clusters[x]


def _make_plain(row: Row, x: int) -> None:
    """Give both halves of a wide cell that goes the default look (as in tmux)."""
    looks = row.looks
    if looks is not None:
        row.looks = looks[:x] + DEFAULT_LOOK + DEFAULT_LOOK + looks[x + 2 :]
