"""Drawing one line of text with `#[...]` in it, as tmux draws its status line (tmux(1), STYLES).

The text has been expanded before (`aimux.commands.formats`); here it becomes cells, the cells are
put side by side (`arrange.py`), and the row becomes ANSI text with ranges that the mouse can hit.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from msgspec import Struct

from aimux.errors import OptionError
from aimux.styles.arrange import Part, Placement, arrange
from aimux.styles.colour import DEFAULT
from aimux.styles.escapes import find_end
from aimux.styles.sgr import sgr
from aimux.styles.style import ACS, PLAIN, Align, RangeKind, Style, parse_style
from aimux.styles.width import NOT_DRAWN, TURNING, character_width

TEXT_LIMIT: Final = 1 << 16
"""Characters of a line's text that are looked at."""
_COMBINED_LIMIT: Final = 10  # characters in one cell

_ASCII_RUN = re.compile(r"[ -~]+")
_TOKEN = re.compile(r"#+\[?|[^#]+")
_ZERO_WIDTH_JOINER = "\u200d"
# The alternate character set (`acs`): terminfo's acsc, as VT100's special graphics.
_ACS = str.maketrans("+,-.0`afghijklmnopqrstuvwxyz{|}~", "→←↑↓▮◆▒°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·")

Cell = tuple[str, Style]
"""A cell's text, empty for the second half of a wide character, and its style."""


class StyleRange(Struct, frozen=True):
    """Columns `start` up to but without `end` belong to what `range=kind|argument` named.

    As in tmux, a range takes one column more than its text; where two meet, the first one counts.
    """

    kind: RangeKind
    argument: str
    start: int
    end: int


class DrawnLine(Struct, frozen=True):
    """A line ready for a terminal.

    `text` is ANSI text of exactly the columns asked for. It expects default attributes and leaves
    them; default blanks at its end are erased (`CSI n X`), so the cursor may stay before them.
    """

    text: str
    ranges: tuple[StyleRange, ...]


def draw(  # how a line looks has that many sides
    text: str,
    *,
    columns: int,
    base: Style = PLAIN,
    depth: int,
    fixed_colours: bool = False,
    under: str = "",
) -> DrawnLine:
    """`text` drawn on `columns` cells.

    Args:
        text: Expanded text with `#[...]`. Control characters in it are dropped, a style that cannot
            be read is skipped, and one that never ends leaves the line blank, as in tmux.
        columns: Cells of the line.
        base: What the line looks like where nothing is said, such as `status-style`.
        depth: How many colours the terminal has: 16, 256 or `1 << 24`.
        fixed_colours: Keep `base`'s colours whatever the styles say, as for a chosen row of a list.
        under: One character for each cell, which stand where nothing is drawn; blanks without it.
    """
    if columns <= 0:
        return DrawnLine("", ())
    base = _ink(base)
    walk = _Walk(base, fixed_colours=fixed_colours)
    complete = walk.read(text[:TEXT_LIMIT])
    background = _background(base, walk.fill)
    row: list[Cell] = [(" ", background)] * columns
    row[: len(under)] = [(character, background) for character in under[:columns]]
    if not complete:
        return DrawnLine(_ansi(row, depth), ())
    widths = {part: len(cells) for part, cells in walk.parts.items()}
    placements = arrange(widths, walk.list_align, walk.focus, columns)
    for placement in placements:
        _paint(row, walk.parts[placement.part], placement)
    return DrawnLine(_ansi(_whole_characters(row), depth), _visible(walk.ranges, placements))


def drawn_cells(text: str, *, columns: int, base: Style = PLAIN) -> list[Cell | None]:
    """The cells that `text` takes of a line that shows something else already.

    Args:
        text: As for `draw`.
        columns: Cells of the line.
        base: As for `draw`, but cells in which nothing is drawn have no style at all.

    Returns:
        As many as there are columns; None for those in which nothing is drawn.
    """
    base = _ink(base)
    walk = _Walk(base, fixed_colours=False)
    row: list[Cell | None] = [None] * columns
    if not walk.read(text[:TEXT_LIMIT]):
        return row
    if walk.fill != DEFAULT:
        row = [(" ", Style(bg=walk.fill))] * columns
    widths = {part: len(cells) for part, cells in walk.parts.items()}
    for placement in arrange(widths, walk.list_align, walk.focus, columns):
        cells = walk.parts[placement.part][placement.start : placement.start + placement.width]
        whole = _whole_characters(cells)
        row[placement.column : placement.column + len(whole)] = whole
    return row[:columns]


@lru_cache(maxsize=1024)
def _ink(style: Style) -> Style:
    """What a cell keeps of a style."""
    return Style(style.fg, style.bg, style.us, style.attributes)


def _background(base: Style, fill: int) -> Style:
    return base if fill == DEFAULT else Style(bg=fill)


@dataclass(frozen=True, slots=True)
class _OpenRange:
    kind: RangeKind
    argument: str
    part: Part
    start: int
    end: int = 0


class _Walk:
    """One pass over a line's text: the cells of each part, the ranges in them, the list's place."""

    def __init__(self, base: Style, *, fixed_colours: bool) -> None:
        self.parts: dict[Part, list[Cell]] = {part: [] for part in Part}
        self.ranges: list[_OpenRange] = []
        self.fill = DEFAULT
        self.list_align: Align = ""
        self._base = base
        self._default = base
        self._fixed_colours = fixed_colours
        self._style = base
        self._cell_style = base
        self._current = Part.LEFT
        self._part_of: dict[Align, Part] = {
            "": Part.LEFT,
            "left": Part.LEFT,
            "centre": Part.CENTRE,
            "right": Part.RIGHT,
            "absolute-centre": Part.ABSOLUTE_CENTRE,
        }
        self._in_list: bool | None = None  # None until a list begins, False once it has ended
        self._focus_start: int | None = None
        self._focus_end: int | None = None
        self._range: _OpenRange | None = None
        self._joining = False

    @property
    def focus(self) -> tuple[int, int] | None:
        """First and last column of the list's focus, if it was begun and ended."""
        if self._focus_start is None or self._focus_end is None:
            return None
        return self._focus_start, self._focus_end

    def read(self, text: str) -> bool:
        """Take in the whole text; False if a style in it never ends."""
        position = 0
        while match := _TOKEN.match(text, position):
            token = match.group()
            position = match.end()
            if token[0] != "#":
                self._put(token)
            elif not token.endswith("["):
                self._put("#" * ((len(token) + 1) // 2))
            elif len(token) % 2 or self._style.ignore:
                self._put_escaped(token)
            else:
                self._put("#" * (len(token) // 2 - 1))
                end = find_end(text, position, "]")
                if end == -1:
                    return False
                self._change_style(text[position:end])
                position = end + 1
        return True

    def _put_escaped(self, token: str) -> None:
        """Runs of `#` before a `[` that begins no style."""
        hashes = len(token) - 1
        if not self._style.ignore:
            self._put("#" * (hashes // 2) + "[")
        elif hashes % 2:
            # With `ignore`, tmux drops the escaped ones and draws the rest as it stands.
            self._put("#[")

    def _put(self, text: str) -> None:
        cells = self.parts[self._current]
        style = self._cell_style
        position = 0
        while position < len(text):
            run = None if self._joining else _ASCII_RUN.match(text, position)
            if run:
                shown = run.group()
                if style.attributes & ACS:
                    shown = shown.translate(_ACS)
                cells.extend([(character, style) for character in shown])
                position = run.end()
            else:
                self._put_character(text[position], cells)
                position += 1

    def _put_character(self, character: str, cells: list[Cell]) -> None:
        width = character_width(character)
        if width == NOT_DRAWN or character in TURNING:
            return
        if width == 0 or self._joining:
            _combine(cells, character)
            self._joining = character == _ZERO_WIDTH_JOINER
            return
        cells.append((character, self._cell_style))
        if width == 2:
            cells.append(("", self._cell_style))

    def _change_style(self, text: str) -> None:
        before = self._style
        try:
            style = parse_style(text, self._default, before)
        except OptionError:
            return
        if self._fixed_colours:
            style = replace(style, fg=self._base.fg, bg=self._base.bg)
        if style.fill != DEFAULT:
            self.fill = style.fill
        if style.default_action:
            pushed = style.default_action == "push-default"
            self._default = _ink(before) if pushed else self._base
            style = replace(style, default_action="")
        self._style = style
        self._cell_style = _ink(style)
        self._change_part(style)
        self._change_range(style)

    def _change_part(self, style: Style) -> None:
        match style.list_part:
            case "on":
                self._enter_list(style)
            case "focus":
                if self._in_list and self._focus_start is None:
                    self._focus_start = len(self.parts[Part.LIST])
            case "left-marker":
                self._enter_marker(Part.LEFT_MARKER)
            case "right-marker":
                self._enter_marker(Part.RIGHT_MARKER)
            case "":
                self._leave_list()
                self._current = self._part_of[style.align]

    def _enter_list(self, style: Style) -> None:
        if not self._in_list:
            self._range = None
            self._in_list = True
            self.list_align = style.align
        self._end_focus()
        self._current = Part.LIST

    def _leave_list(self) -> None:
        if not self._in_list:
            return
        self._range = None
        self._end_focus()
        self._part_of[self.list_align] = Part.AFTER
        if self.list_align == "left":
            self._part_of[""] = Part.AFTER
        self._in_list = False

    def _enter_marker(self, marker: Part) -> None:
        if not self._in_list or self.parts[marker]:
            return
        self._range = None
        if self._focus_start is not None and self._focus_end is None:
            self._focus_start = None
        self._current = marker

    def _end_focus(self) -> None:
        if self._focus_start is not None and self._focus_end is None:
            self._focus_end = len(self.parts[Part.LIST])

    def _change_range(self, style: Style) -> None:
        opened = self._range
        position = len(self.parts[self._current])
        wanted = (style.range_kind, style.range_argument)
        if opened and (opened.kind, opened.argument) != wanted:
            if position != opened.start:
                self.ranges.append(replace(opened, end=position + 1))
            opened = None
        if opened is None and style.range_kind:
            opened = _OpenRange(style.range_kind, style.range_argument, self._current, position)
        self._range = opened


def _combine(cells: list[Cell], character: str) -> None:
    """Add a mark to the character before it; without one there is nothing to mark."""
    last = len(cells) - 1
    while last >= 0 and not cells[last][0]:
        last -= 1
    if last >= 0 and len(cells[last][0]) < _COMBINED_LIMIT:
        text, style = cells[last]
        cells[last] = (text + character, style)


def _paint(row: list[Cell], cells: Sequence[Cell], placement: Placement) -> None:
    skipped = max(0, -placement.column)
    column = placement.column + skipped
    first = placement.start + skipped
    last = min(placement.start + placement.width, first + len(row) - column)
    piece = cells[first:last]
    row[column : column + len(piece)] = piece


def _whole_characters(row: list[Cell]) -> list[Cell]:
    """`row` with blanks for the halves of wide characters that were cut or painted over."""
    fixed: list[Cell] = []
    for column, (text, style) in enumerate(row):
        if text:
            whole = not _is_wide(text) or (column + 1 < len(row) and not row[column + 1][0])
        else:
            whole = column > 0 and _is_wide(fixed[-1][0])
        fixed.append((text, style) if whole else (" ", style))
    return fixed


def _is_wide(text: str) -> bool:
    return bool(text) and not text.isascii() and character_width(text[0]) == 2


def _visible(
    ranges: Iterable[_OpenRange], placements: Sequence[Placement]
) -> tuple[StyleRange, ...]:
    """The ranges at the columns where their parts were put, without those out of sight."""
    by_part = {placement.part: placement for placement in placements}
    shown = []
    for found in ranges:
        place = by_part.get(found.part)
        if place is None:
            continue
        start = max(found.start, place.start)
        end = min(found.end, place.start + place.width)
        if start < end:
            shift = place.column - place.start
            shown.append(StyleRange(found.kind, found.argument, start + shift, end + shift))
    return tuple(shown)


def _ansi(row: Sequence[Cell], depth: int) -> str:
    """The row as ANSI text, from default attributes to default attributes."""
    end = len(row)
    while end and row[end - 1][0] == " " and not sgr(row[end - 1][1], depth):
        end -= 1
    output: list[str] = []
    active = ""
    last: Style | None = None
    for text, style in row[:end]:
        if style is not last:
            last = style
            wanted = sgr(style, depth)
            if wanted != active:
                output.append(_transition(active, wanted))
                active = wanted
        output.append(text)
    if active:
        output.append("\x1b[0m")
    if end < len(row):
        output.append(f"\x1b[{len(row) - end}X")
    return "".join(output)


def _transition(active: str, wanted: str) -> str:
    if not wanted:
        return "\x1b[0m"
    return f"\x1b[0;{wanted}m" if active else f"\x1b[{wanted}m"
