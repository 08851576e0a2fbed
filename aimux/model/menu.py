"""A menu over a client's screen: its items, where it stands, what keys and mouse do to it.

The rules are tmux 3.3a's (menu.c), oddities included: a menu that the mouse opened is chosen from
by letting the button go, and one column right of it still counts as inside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec import Struct

from aimux.keys.modes import InputModes
from aimux.keys.mouse import MouseEvent
from aimux.model.layout_cell import Box
from aimux.model.overlay import Taken
from aimux.styles.measure import styled_width, trim_right
from aimux.styles.style import PLAIN, Style

FRAME_COLUMNS = 4  # a line and a blank at either side
FRAME_ROWS = 2
KEY_COLUMNS = 3  # a blank and two brackets around the name of a key
DISABLED = "-"
PAGE = 5


class MenuItem(Struct, frozen=True):
    """One row of a menu.

    Attributes:
        label: What is drawn, with `#[]` styles; behind a `-` it is dim and cannot be chosen;
            empty for a line across.
        key: The key that chooses it; empty for none.
    """

    label: str
    key: str = ""

    @property
    def can_be_chosen(self) -> bool:
        """Whether it is neither a line nor disabled."""
        return bool(self.label) and not self.label.startswith(DISABLED)

    @property
    def columns(self) -> int:
        """Cells of the label."""
        return styled_width(self.label) - self.label.startswith(DISABLED)


LINE = MenuItem("")


def make_item(text: str, key: str, *, columns: int) -> MenuItem:
    """An item as wide as fits into a terminal.

    Args:
        text: The expanded name; not empty. Its beginning gives way if there is no room.
        key: The key's name as it is shown; empty for none.
        columns: The terminal's width.
    """
    room = max(1, columns - FRAME_COLUMNS)
    length = len(text.encode("utf-8", "replace"))
    shown = "" if text.startswith(DISABLED) else key
    if shown:
        taken = len(shown) + KEY_COLUMNS
        if taken <= room // 4:
            room -= taken
        elif taken >= room or length >= room - taken:
            shown = ""
    cut = length > room
    label = trim_right(text, room - cut) + ">" * cut
    if shown:
        label += f"#[default] #[align=right]({shown})"
    return MenuItem(label, key)


class MenuLook(Struct, frozen=True):
    """How a menu is drawn.

    Attributes:
        lines: A name of `menu-border-lines`.
        style: Of its items.
        border: Of its border.
        chosen: Of the current item; None for `mode-style`.
    """

    lines: str = "single"
    style: Style = PLAIN
    border: Style = PLAIN
    chosen: Style | None = None


PLAIN_LOOK = MenuLook()


@dataclass(slots=True, eq=False)
class Menu:
    """An open menu.

    Attributes:
        title: Stands in the upper border, with `#[]` styles.
        items: At least one.
        column: Its left border's column in the terminal.
        row: Its upper border's row.
        ended: Called once, with the index of the chosen item or None.
        stays_open: `-O`: letting the button go neither chooses nor closes; a press does.
        by_mouse: Whether the mouse opened it; one opened by a key has a current item at once.
        choice: The current item's index; None for none.
        look: How it is drawn.
        tabbed: Tab goes to the next item, and from the last one it closes the menu.
    """

    title: str
    items: tuple[MenuItem, ...]
    column: int
    row: int
    ended: Callable[[int | None], None]
    stays_open: bool = False
    by_mouse: bool = False
    choice: int | None = None
    chosen: int | None = None
    look: MenuLook = PLAIN_LOOK
    tabbed: bool = False

    def __post_init__(self) -> None:
        if not self.by_mouse:
            able = (index for index, item in enumerate(self.items) if item.can_be_chosen)
            self.choice = next(able, None)

    @property
    def columns(self) -> int:
        """Cells between the frame's blanks."""
        return menu_columns(self.title, self.items)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The menu with its frame."""
        columns, rows = self.columns + FRAME_COLUMNS, len(self.items) + FRAME_ROWS
        return (Box(self.column, self.row, columns, rows),)

    @property
    def modes(self) -> InputModes | None:
        """Keys are the menu's own."""
        return None

    @property
    def all_motion(self) -> bool:
        """A menu of the mouse follows it."""
        return self.by_mouse

    # ---- keys ----

    def key(self, name: str) -> Taken:
        """Move, choose or close."""
        for index, item in enumerate(self.items):
            if item.can_be_chosen and item.key == name:
                return self._choose(index)
        if self.tabbed and name == "Tab":
            if self.choice == len(self.items) - 1:
                return Taken.CLOSES
            name = "Down"
        move = MOVES.get(name)
        if move is not None:
            move(self)
        if name == "Enter":
            return self._choose(self.choice)
        return Taken.CLOSES if name in CLOSING_KEYS else Taken.STAYS

    def type(self, data: bytes) -> None:
        """No program is typed to."""

    def _choose(self, index: int | None) -> Taken:
        if index is None:
            return Taken.CLOSES
        if self.items[index].can_be_chosen:
            self.chosen = index
        elif self.stays_open:
            return Taken.STAYS
        return Taken.CLOSES

    def step(self, direction: int) -> None:
        """Go to the next item that can be chosen, around the ends; nowhere if there is none."""
        count = len(self.items)
        place = self.choice
        if place is None:
            place = count if direction < 0 else -1
        for _ in range(count):
            place = (place + direction) % count
            if self.items[place].can_be_chosen:
                self.choice = place
                return

    def page(self, direction: int) -> None:
        """Go PAGE items on, at most to the last, and from there on to one that can be chosen."""
        last = len(self.items) - 1
        place = max(0, min(last, (self.choice or 0) + direction * PAGE))
        while 0 <= place <= last and not self.items[place].can_be_chosen:
            place -= direction
        self.choice = place if 0 <= place <= last else None

    # ---- the mouse ----

    def mouse(self, event: MouseEvent) -> Taken:
        """Follow the mouse, choose or close."""
        if not self.by_mouse:
            held = event.button == 1 and not event.release
            return Taken.STAYS if held else Taken.CLOSES
        inside = self._item_at(event)
        if self._is_click(event, inside=inside is not None):
            return Taken.CLOSES if inside is None else self._choose(self.choice)
        self.choice = inside
        return Taken.STAYS

    def _is_click(self, event: MouseEvent, *, inside: bool) -> bool:
        if not self.stays_open:
            return event.release
        return not (event.wheel or event.motion) and (inside or not event.release)

    def _item_at(self, event: MouseEvent) -> int | None:
        index = event.row - self.row - 1
        across = self.column <= event.column <= self.column + self.columns + FRAME_COLUMNS
        return index if across and 0 <= index < len(self.items) else None

    # ---- the end ----

    def fit(self, *, columns: int, rows: int) -> bool:
        """A menu does not outlive the size that it was made for."""
        del columns, rows
        return False

    def end(self) -> None:
        """Tell what was chosen."""
        self.ended(self.chosen)


def menu_columns(title: str, items: Sequence[MenuItem]) -> int:
    """Cells that the widest row needs between the frame's blanks."""
    return max(styled_width(title), *(item.columns for item in items))


def placed_within(place: int, size: int, whole: int) -> int:
    """The first cell for something of `size` cells that must not leave `whole` cells."""
    return max(0, min(place, whole - size))


CLOSING_KEYS = frozenset({"Escape", "C-c", "C-g", "q"})
MOVES: dict[str, Callable[[Menu], None]] = {
    "Up": lambda menu: menu.step(-1),
    "k": lambda menu: menu.step(-1),
    "Down": lambda menu: menu.step(1),
    "j": lambda menu: menu.step(1),
    "PPage": lambda menu: menu.page(-1),
    "C-b": lambda menu: menu.page(-1),
    "g": lambda menu: menu.page(-1),
    "NPage": lambda menu: menu.page(1),
    "G": lambda menu: menu.page(1),
}
