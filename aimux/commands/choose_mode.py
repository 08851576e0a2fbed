"""A mode in which one of a tree of items is chosen: sessions with their windows, or buffers.

The list, its keys and the box below it are those of tmux 3.3a's mode-tree.c; tags, filters and
searches are not there yet, and the keys for them say so.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import Enum, auto

from aimux.commands.choose_canvas import Canvas
from aimux.commands.choose_items import Item, Preview
from aimux.styles.style import PLAIN, Style
from aimux.styles.width import text_width

MAX_ITEMS = 10_000
DIGITS, LETTERS = 10, 36
MIN_LIST = 10
INDENT, CONTINUED = "    ", "│   "


@dataclass(frozen=True, slots=True)
class Order:
    """How items are sorted; `O` goes to the next of `fields`, `r` turns the order round."""

    fields: tuple[str, ...] = ("index", "name", "time")
    reverse: bool = False


Build = Callable[[str, bool], list[Item]]
"""The items by a sort field and whether the order is turned round."""


class Ending(Enum):
    """How a key ended the mode."""

    CHOSEN = auto()
    CANCELLED = auto()


@dataclass(frozen=True, slots=True)
class Choice:
    """The end of a mode; `value` is the chosen item's, empty if it was cancelled."""

    ending: Ending
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One shown item.

    Attributes:
        item: What it shows.
        parents: The lines above it in the tree, the nearest last.
        last: Whether it is the last of its parent's.
        flat: Whether none of its parent's items has items of its own.
    """

    item: Item
    parents: tuple[Line, ...]
    last: bool
    flat: bool

    @property
    def depth(self) -> int:
        """How many parents it has."""
        return len(self.parents)


class ChooseMode:
    """A list of items over a pane; satisfies `aimux.model.pane.Mode`.

    Attributes:
        name: As `#{pane_mode}` shows it.
        key_table: Its keys are bound in no table; `press` takes them.

    Args:
        build: Gives the items; called again when they may have changed.
        name: E.g. `tree-mode` or `buffer-mode`.
        selected: The key of the item that is shown as current first.
        order: How the items are sorted at first: by the first field.
        preview: Whether the current item is shown below the list.
        style: `mode-style`: how the current line looks.
    """

    def __init__(
        self,
        build: Build,
        *,
        name: str,
        selected: Hashable = None,
        order: Order | None = None,
        preview: bool = True,
        style: Style = PLAIN,
    ) -> None:
        self.name = name
        self.key_table = name
        self._build = build
        order = order or Order()
        self._sorts = order.fields
        self._sort = 0
        self._reverse = order.reverse
        self._preview = preview
        self._style = style
        self._expanded: dict[Hashable, bool] = {}
        self._lines: list[Line] = []
        self._current = 0
        self._offset = 0
        self._size = (80, 24)
        self._message = ""
        self._version = 0
        self.refresh()
        self._select(selected)

    # ---- items ----

    def refresh(self) -> None:
        """Take the items anew; the current one stays current if it is still there."""
        key = self._lines[self._current].item.key if self._lines else None
        self._lines = []
        self._add(self._build(self._sorts[self._sort], self._reverse), ())
        self._select(key)
        self._version += 1

    def _add(self, items: list[Item], parents: tuple[Line, ...]) -> None:
        flat = not any(item.children for item in items)
        for item in items[: MAX_ITEMS - len(self._lines)]:
            line = Line(item, parents, item is items[-1], flat)
            self._lines.append(line)
            if self._is_expanded(item):
                self._add(list(item.children), (*parents, line))

    def _is_expanded(self, item: Item) -> bool:
        return self._expanded.get(item.key, item.expanded)

    def _select(self, key: Hashable) -> None:
        keys = [line.item.key for line in self._lines]
        self._current = keys.index(key) if key in keys else 0
        self._offset = max(0, self._current - self._height + 1)

    @property
    def current(self) -> Item | None:
        """The item of the current line; None if there are no items."""
        return self._lines[self._current].item if self._lines else None

    @property
    def _height(self) -> int:
        """Rows of the list; the others are the preview's."""
        rows = self._size[1]
        if not self._preview:
            return rows
        height = rows // 3 * 2
        if height > len(self._lines):
            height = rows // 2
        return rows if height < MIN_LIST or rows - height < 2 else height

    # ---- keys ----

    def press(self, key: str) -> Choice | None:
        """Take a key by its tmux name.

        Returns:
            How it ended the mode; None if the mode goes on. A key that means nothing does nothing.
        """
        self._message = ""
        self._version += 1
        if key in CANCELLING or not self._lines:
            return Choice(Ending.CANCELLED)
        line = _line_of_key(key)
        if line is not None and line < len(self._lines):
            self._current = line
            key = "Enter"
        if key in CHOOSING:
            return Choice(Ending.CHOSEN, self._lines[self._current].item.value)
        action = KEYS.get(key)
        if action is not None:
            action(self)
        elif key in NOT_YET:
            self._message = f"{NOT_YET[key]}: not supported yet"
        return None

    def click(self, row: int, *, twice: bool = False) -> Choice | None:
        """Make the item in a row of the pane current; choose it if it was clicked `twice`."""
        index = self._offset + row
        if row >= self._height or index >= len(self._lines):
            return None
        self._current = index
        self._version += 1
        return self.press("Enter") if twice else None

    def up(self, *, wrap: bool = True) -> None:
        """To the line above; from the first one to the last if `wrap`."""
        if self._current:
            self._current -= 1
            self._offset = min(self._offset, self._current)
        elif wrap:
            self.last()

    def down(self, *, wrap: bool = True) -> None:
        """To the line below; from the last one to the first if `wrap`."""
        if self._current < len(self._lines) - 1:
            self._current += 1
            self._offset = max(self._offset, self._current - self._height + 1)
        elif wrap:
            self.first()

    def first(self) -> None:
        """To the first line."""
        self._current = self._offset = 0

    def last(self) -> None:
        """To the last line."""
        self._current = len(self._lines) - 1
        self._offset = max(0, self._current - self._height + 1)

    def page_up(self) -> None:
        """Up by the height of the list."""
        for _ in range(self._height):
            self.up(wrap=False)

    def page_down(self) -> None:
        """Down by the height of the list."""
        for _ in range(self._height):
            self.down(wrap=False)

    def collapse(self) -> None:
        """Hide the items below the current one, or else those of its parent."""
        line = self._lines[self._current]
        if line.flat or not self._is_expanded(line.item):
            if not line.parents:
                self.up(wrap=False)
                return
            line = line.parents[-1]
        self._expanded[line.item.key] = False
        self._current = self._lines.index(line)
        self.refresh()

    def expand(self) -> None:
        """Show the items below the current one; if they are shown, go to the first."""
        line = self._lines[self._current]
        if line.flat or self._is_expanded(line.item):
            self.down(wrap=False)
            return
        self._expanded[line.item.key] = True
        self.refresh()

    def _expand_all(self, *, expanded: bool) -> None:
        for line in self._lines:
            if not line.parents:
                self._expanded[line.item.key] = expanded
        self.refresh()

    def expand_all(self) -> None:
        """Show what is below every item of the first level."""
        self._expand_all(expanded=True)

    def collapse_all(self) -> None:
        """Hide what is below every item of the first level."""
        self._expand_all(expanded=False)

    def next_sort(self) -> None:
        """Sort by the next field."""
        self._sort = (self._sort + 1) % len(self._sorts)
        self.refresh()

    def reverse(self) -> None:
        """Turn the order round."""
        self._reverse = not self._reverse
        self.refresh()

    def toggle_preview(self) -> None:
        """Show the current item below the list, or not."""
        self._preview = not self._preview
        self.refresh()

    # ---- aimux.model.pane.Mode ----

    def rows(self, *, columns: int, rows: int, depth: int) -> list[str]:
        """ANSI text of every row, each of exactly `columns` cells."""
        if self._size != (columns, rows):
            self._size = (columns, rows)
            self._select(self.current.key if self.current is not None else None)
            self._version += 1
        canvas = Canvas(columns=columns, rows=rows)
        self._draw_list(canvas)
        if self._lines and self._has_box():
            self._draw_box(canvas, self._lines[self._current].item)
        if self._message:
            canvas.styled(rows - 1, 0, columns, f" {self._message} ", self._style)
        return canvas.text_rows(depth=depth)

    def cursor(self) -> tuple[int, int] | None:
        """A chooser has no cursor."""
        return None

    @property
    def version(self) -> int:
        """Changes whenever `rows` would give something else for the same size."""
        return self._version

    # ---- drawing ----

    def _draw_list(self, canvas: Canvas) -> None:
        keys = [_key_of_line(number) for number in range(len(self._lines))]
        key_columns = max((len(key) + 3 for key in keys if key), default=0)
        shown = range(self._offset, min(self._offset + self._height, len(self._lines)))
        for number in shown:
            line, key = self._lines[number], keys[number]
            start = (f"({key})" if key else "").ljust(key_columns) + self._start(line)
            head = start + line.item.name + (": " if line.item.text else "")
            style = self._style if number == self._current else PLAIN
            row, width = number - self._offset, min(text_width(head), canvas.columns)
            canvas.styled(row, 0, canvas.columns, head.replace("#", "##"), style)
            canvas.styled(row, width, canvas.columns - width, line.item.text, style)

    def _start(self, line: Line) -> str:
        """The lines that lead from a parent to its items, and the mark of a parent."""
        symbol = ""
        if not line.flat:
            symbol = "  " if not line.item.children else "+ "
            if line.item.children and self._is_expanded(line.item):
                symbol = "- "
        if not line.parents:
            return symbol
        # tmux looks at the nearest parent for every level.
        level = INDENT if line.parents[-1].last else CONTINUED
        return level * (line.depth - 1) + ("└─> " if line.last else "├─> ") + symbol

    def _has_box(self) -> bool:
        columns, rows = self._size
        height = self._height
        return self._preview and rows > 4 and height > 4 and rows - height > 4 and columns > 4

    def _draw_box(self, canvas: Canvas, item: Item) -> None:
        top, columns = self._height, canvas.columns
        rows = canvas.rows - top
        canvas.box(top, 0, columns, rows)
        order = f"{self._sorts[self._sort]}{', reversed' if self._reverse else ''}"
        title = f" {item.name} (sort: {order})"
        if columns - 2 >= len(title):
            canvas.plain(top, 1, f"{title} ")
        if item.preview is not None:
            preview: Preview = item.preview
            preview(canvas, top + 1, 2, columns - 4, rows - 2)


def _line_of_key(key: str) -> int | None:
    """The line that a shortcut stands for: 0 to 9, then M-a to M-z."""
    if len(key) == 1 and key in "0123456789":
        return int(key)
    if len(key) == 3 and key.startswith("M-") and "a" <= key[2] <= "z":
        return DIGITS + ord(key[2]) - ord("a")
    return None


def _key_of_line(number: int) -> str:
    """The shortcut of a line; empty for those beyond the last letter."""
    if number < DIGITS:
        return str(number)
    return f"M-{chr(ord('a') + number - DIGITS)}" if number < LETTERS else ""


CANCELLING = frozenset({"q", "Escape", "C-g", "C-c"})
CHOOSING = frozenset({"Enter", "KPEnter", "C-m"})

KEYS: dict[str, Callable[[ChooseMode], None]] = {
    "Up": ChooseMode.up,
    "k": ChooseMode.up,
    "C-p": ChooseMode.up,
    "WheelUpPane": ChooseMode.up,
    "Down": ChooseMode.down,
    "j": ChooseMode.down,
    "C-n": ChooseMode.down,
    "WheelDownPane": ChooseMode.down,
    "PageUp": ChooseMode.page_up,
    "PPage": ChooseMode.page_up,
    "C-b": ChooseMode.page_up,
    "PageDown": ChooseMode.page_down,
    "NPage": ChooseMode.page_down,
    "C-f": ChooseMode.page_down,
    "Home": ChooseMode.first,
    "g": ChooseMode.first,
    "End": ChooseMode.last,
    "G": ChooseMode.last,
    "Left": ChooseMode.collapse,
    "h": ChooseMode.collapse,
    "-": ChooseMode.collapse,
    "Right": ChooseMode.expand,
    "l": ChooseMode.expand,
    "+": ChooseMode.expand,
    "M--": ChooseMode.collapse_all,
    "M-+": ChooseMode.expand_all,
    "O": ChooseMode.next_sort,
    "r": ChooseMode.reverse,
    "v": ChooseMode.toggle_preview,
}

NOT_YET = {
    "/": "search",
    "?": "search",
    "C-s": "search",
    "n": "search",
    "f": "filter",
    "t": "tag",
    "T": "tag",
    "C-t": "tag",
    "x": "kill",
    "X": "kill",
    "d": "delete",
    "D": "delete",
    "m": "mark",
    "M": "mark",
    ":": "command",
    "<": "scroll",
    ">": "scroll",
    "H": "home",
}
