"""The menus that the right button opens in choosers, with the items of tmux 3.3a."""

from __future__ import annotations

from collections.abc import Callable

from aimux.keys.mouse import MouseEvent
from aimux.model.client import Client
from aimux.model.menu import (
    FRAME_COLUMNS,
    FRAME_ROWS,
    LINE,
    Menu,
    make_item,
    menu_columns,
    placed_within,
)

MenuRow = tuple[str, str]
"""What an item says, and the key that it stands for; two empty ones are a line."""
ACROSS: MenuRow = ("", "")
TAGGING: tuple[MenuRow, ...] = (("Tag", "t"), ("Tag All", "C-t"), ("Tag None", "T"))
CANCEL: tuple[MenuRow, ...] = (ACROSS, ("Cancel", "q"))
BELOW: tuple[MenuRow, ...] = (("Scroll Left", "<"), ("Scroll Right", ">"), *CANCEL)
"""Over the box below the list."""


def open_menu(
    client: Client,
    event: MouseEvent,
    title: str,
    rows: tuple[MenuRow, ...],
    chosen: Callable[[str], None],
) -> None:
    """Open a menu where the mouse is; nothing happens without room, or over another overlay.

    Args:
        client: Who pressed the button.
        event: Where it was pressed, in cells of the terminal.
        title: Stands in the upper border, as it is.
        rows: The items.
        chosen: Called with the key of the one that was chosen; not if none was.
    """
    label = title.replace("#", "##")
    heading = f"#[align=centre]{label}" if title else ""
    width = client.window_columns
    items = tuple(make_item(text, key, columns=width) if text else LINE for text, key in rows)
    columns, lines = menu_columns(heading, items) + FRAME_COLUMNS, len(items) + FRAME_ROWS
    if client.overlay is not None or width < columns or client.rows < lines:
        return

    def ended(index: int | None) -> None:
        if index is not None:
            chosen(rows[index][1])

    client.overlay = Menu(
        title=heading,
        items=items,
        column=placed_within(event.column - columns // 2, columns, width),
        row=placed_within(event.row, lines, client.rows),
        ended=ended,
        by_mouse=True,
    )
