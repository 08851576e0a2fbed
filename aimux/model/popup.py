"""A popup over a client's screen: a program on a terminal of its own in a box that can be moved.

The rules are tmux 3.3a's (popup.c): which keys close it, which part of its border drags what, what
its own menu does. `Fill Space` and a terminal that grows give the program its new size at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from msgspec import Struct

from aimux.keys.key import Modifiers
from aimux.keys.modes import InputModes
from aimux.keys.mouse import MouseEvent, encode_mouse
from aimux.model.layout_cell import Box, Direction
from aimux.model.menu import LINE, Menu, MenuItem, make_item, menu_columns, placed_within
from aimux.model.overlay import Taken
from aimux.model.pane import Pane
from aimux.styles.box_lines import BOX_LINES
from aimux.styles.escapes import literal
from aimux.styles.style import PLAIN, Style

CLOSING_KEYS = frozenset({"Escape", "C-c"})
HUNG_UP = 129  # the status of a popup that was closed before its program ended: 128 and SIGHUP
MENU_FRAME = 4


class Closing(Enum):
    """What closes a popup beside its menu and `display-popup -C`."""

    BY_KEY = auto()
    AT_EXIT = auto()  # -E
    AT_SUCCESS = auto()  # -EE: only an exit status of 0


class Dragged(Enum):
    """What the mouse drags."""

    NOTHING = auto()
    PLACE = auto()
    SIZE = auto()


class PopupActions(Struct, frozen=True):
    """What a popup asks for.

    Attributes:
        write: Hands bytes to the program.
        ended: Called once when it has been closed, with its program's status.
        paste: The newest buffer's content; None if there is none.
        buffer_name: That buffer's name; empty if there is none.
        to_pane: Moves the program into a pane beside the active one; False if there is no room.
    """

    write: Callable[[bytes], None]
    ended: Callable[[int], None]
    paste: Callable[[], bytes | None]
    buffer_name: Callable[[], str]
    to_pane: Callable[[Direction], bool]


@dataclass(slots=True, eq=False)
class Popup:
    """An open popup.

    Attributes:
        pane: The program's screen; in no window.
        box: Where it stands in the terminal, with its border.
        columns: The terminal's width.
        rows: The terminal's height.
        lines: A name of `popup-border-lines`; `none` for no border.
        title: Stands in the upper border, with `#[]` styles.
        style: Colours of its inside.
        border_style: Colours of its border.
        any_key: Any key closes it once its program has ended.
        is_internal: It is no person's own: its menu neither pastes nor makes it a pane.
        running: Whether its program runs.
        wanted: Place and size that were asked for; `box` is smaller on a small terminal.
        menu: Its own menu, while that is open.
    """

    pane: Pane
    box: Box
    columns: int
    rows: int
    actions: PopupActions
    closing: Closing = Closing.BY_KEY
    lines: str = "single"
    title: str = ""
    style: Style = PLAIN
    border_style: Style = PLAIN
    any_key: bool = False
    is_internal: bool = False
    running: bool = True
    status: int = HUNG_UP
    wanted: Box = field(init=False)
    menu: Menu | None = None
    dragged: Dragged = Dragged.NOTHING
    grip: tuple[int, int] = (0, 0)
    last: MouseEvent | None = None
    choice: str = ""
    closes: bool = False

    def __post_init__(self) -> None:
        self.wanted = self.box

    @property
    def border(self) -> int:
        """Cells of the border at each side: 1 or 0."""
        return int(self.lines in BOX_LINES)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The popup, and its menu over it."""
        return (self.box, *self.menu.boxes) if self.menu is not None else (self.box,)

    @property
    def modes(self) -> InputModes | None:
        """The program's, unless the menu takes the keys or a key would close it."""
        return self.pane.input_modes if self.menu is None and self.running else None

    @property
    def all_motion(self) -> bool:
        """While its menu is open."""
        return self.menu is not None

    # ---- keys ----

    def key(self, name: str) -> Taken:
        """Close, or give the key to the menu; the program is typed to by `type`."""
        if self.menu is not None:
            return self._after_menu(self.menu.key(name))
        by_key = self.closing is Closing.BY_KEY or not self.running
        closes = (by_key and name in CLOSING_KEYS) or (self.any_key and not self.running)
        return Taken.CLOSES if closes else Taken.STAYS

    def type(self, data: bytes) -> None:
        """Hand bytes to the program."""
        if self.running:
            self.actions.write(data)

    # ---- the mouse ----

    def mouse(self, event: MouseEvent) -> Taken:
        """Drag the popup, open its menu, or report to the program."""
        if self.menu is not None:
            return self._after_menu(self.menu.mouse(event))
        last, self.last = self.last, event
        if self.dragged is not Dragged.NOTHING:
            self._drag(event)
        elif self._calls_menu(event):
            self._open_menu(event)
        elif not self._holds(event):
            return Taken.STAYS
        elif event.modifiers == Modifiers.ALT or self._side(event):
            self._begin_drag(event, last)
        else:
            self._report(event)
        return Taken.STAYS

    def _holds(self, event: MouseEvent) -> bool:
        box = self.box
        across = box.column <= event.column < box.column + box.columns
        return across and box.row <= event.row < box.row + box.rows

    def _side(self, event: MouseEvent) -> str:
        """The side of the border that a place within the box is on; empty for none."""
        box = self.box
        sides = (
            ("left", event.column == box.column),
            ("right", event.column == box.column + box.columns - 1),
            ("top", event.row == box.row),
            ("bottom", event.row == box.row + box.rows - 1),
        )
        return next((name for name, is_there in sides if self.border and is_there), "")

    def _calls_menu(self, event: MouseEvent) -> bool:
        if event.button != 3 or event.release:
            return False
        if not self._holds(event):
            return True
        return not event.modifiers and self._side(event) in ("left", "top")

    def _report(self, event: MouseEvent) -> None:
        column = event.column - self.box.column - self.border
        row = event.row - self.box.row - self.border
        data = encode_mouse(event, self.pane.input_modes, column=column, row=row)
        if data:
            self.type(data)

    def _begin_drag(self, event: MouseEvent, last: MouseEvent | None) -> None:
        """A motion with the left button held moves the popup, with the right one sizes it."""
        if event.motion and last is not None:
            drags = {1: Dragged.PLACE, 3: Dragged.SIZE}
            self.dragged = drags.get(last.button, Dragged.NOTHING)
            self.grip = (last.column - self.box.column, last.row - self.box.row)

    def _drag(self, event: MouseEvent) -> None:
        if not event.motion:
            self.dragged = Dragged.NOTHING
        elif self.dragged is Dragged.PLACE:
            column = placed_within(event.column - self.grip[0], self.box.columns, self.columns)
            row = placed_within(event.row - self.grip[1], self.box.rows, self.rows)
            self.grip = (event.column - column, event.row - row)
            self.wanted = replace(self.wanted, column=column, row=row)
            self.box = replace(self.box, column=column, row=row)
        else:
            self._size_to(event)

    def _size_to(self, event: MouseEvent) -> None:
        """The lower right corner follows the mouse; tmux keeps it one cell before it."""
        columns, rows = event.column - self.box.column, event.row - self.box.row
        least = 1 + 2 * self.border
        if columns >= least and rows >= least:
            self.wanted = replace(self.wanted, columns=columns, rows=rows)
            self._place(replace(self.box, columns=columns, rows=rows))

    # ---- its menu ----

    def _open_menu(self, event: MouseEvent) -> None:
        items = self._menu_items()
        columns = menu_columns("", items) + MENU_FRAME
        if self.columns < columns or self.rows < len(items) + 2:
            return
        self.choice = ""
        self.menu = Menu(
            title="",
            items=items,
            column=placed_within(event.column - columns // 2, columns, self.columns),
            row=placed_within(event.row, len(items) + 2, self.rows),
            ended=lambda index: self._chosen(items, index),
            by_mouse=True,
        )

    def _menu_items(self) -> tuple[MenuItem, ...]:
        name = self.actions.buffer_name()
        paste = (("p", f"Paste #[underscore]{literal(name)}"),) if name else ()
        to_pane = (("h", "To Horizontal Pane"), ("v", "To Vertical Pane"))
        groups = (
            (("q", "Close"), *paste),
            (("F", "Fill Space"), ("C", "Centre")),
            *(() if self.is_internal else (to_pane,)),
        )
        items: list[MenuItem] = []
        for group in groups:
            items += [LINE] if items else []
            items += [make_item(text, key, columns=self.columns) for key, text in group]
        return tuple(items)

    def _chosen(self, items: tuple[MenuItem, ...], index: int | None) -> None:
        self.choice = items[index].key if index is not None else ""

    def _after_menu(self, taken: Taken) -> Taken:
        if taken is Taken.STAYS or self.menu is None:
            return Taken.STAYS
        menu, self.menu = self.menu, None
        menu.end()
        act = MENU_ACTIONS.get(self.choice)
        if act is not None:
            act(self)
        return Taken.CLOSES if self.closes else Taken.STAYS

    def paste(self) -> None:
        """Hand the newest buffer to the program."""
        data = self.actions.paste()
        if data:
            self.type(data)

    def fill(self) -> None:
        """Cover the whole terminal."""
        self._place(Box(0, 0, self.columns, self.rows))

    def centre(self) -> None:
        """Stand in the middle of the terminal."""
        column = max(0, self.columns // 2 - self.box.columns // 2)
        row = max(0, self.rows // 2 - self.box.rows // 2)
        self.box = replace(self.box, column=column, row=row)

    def close(self) -> None:
        """Close once the menu has gone."""
        self.closes = True

    def to_pane(self, direction: Direction) -> None:
        """Move the program into a pane and close; the popup stays if there is no room."""
        if self.running and self.actions.to_pane(direction):
            self.running = False
            self.closes = True

    # ---- size and end ----

    def fit(self, *, columns: int, rows: int) -> bool:
        """Be as large and stand where it was asked for, as far as the terminal allows."""
        self.columns, self.rows, self.menu = columns, rows, None
        wanted = self.wanted
        width, height = min(wanted.columns, columns), min(wanted.rows, rows)
        column = placed_within(wanted.column, width, columns)
        row = placed_within(wanted.row, height, rows)
        self._place(Box(column, row, width, height))
        return True

    def set_lines(self, lines: str) -> None:
        """Draw the border with other lines, or none: the program gets what room there is."""
        self.lines = lines
        self._place(self.box)

    def _place(self, box: Box) -> None:
        self.box = box
        columns, rows = box.columns - 2 * self.border, box.rows - 2 * self.border
        if columns > 0 and rows > 0:
            self.pane.screen.resize(rows=rows, columns=columns)

    def exited(self, status: int) -> bool:
        """Its program ended with that exit status or signal; True if the popup closes."""
        self.running, self.status = False, status
        at_success = self.closing is Closing.AT_SUCCESS and not status
        return self.closing is Closing.AT_EXIT or at_success

    def end(self) -> None:
        """Tell that it was closed."""
        self.actions.ended(self.status)


MENU_ACTIONS: dict[str, Callable[[Popup], None]] = {
    "q": Popup.close,
    "p": Popup.paste,
    "F": Popup.fill,
    "C": Popup.centre,
    "h": lambda popup: popup.to_pane(Direction.LEFT_RIGHT),
    "v": lambda popup: popup.to_pane(Direction.TOP_BOTTOM),
}
