"""open-link: a link in a pane is opened where the client runs, once a person has seen it whole."""

from __future__ import annotations

from aimux.commands.command import Aim, Call, Command
from aimux.copymode.copy_mode import CopyMode
from aimux.copymode.grid import Grid
from aimux.copymode.line_numbers import column_below
from aimux.copymode.links import last_link, link_at, may_be_opened
from aimux.copymode.selection import Place
from aimux.errors import CommandError
from aimux.model.client import Client
from aimux.model.menu import (
    DISABLED,
    FRAME_COLUMNS,
    FRAME_ROWS,
    LINE,
    Menu,
    MenuItem,
    make_item,
    menu_columns,
)
from aimux.model.pane import Pane

TITLE = "open this link?"
LEAVE, OPEN, COPY = ("leave it", "n"), ("open it", "y"), ("copy it", "c")
# The first is what Enter does.
CHOICES = (LEAVE, OPEN, COPY)


def open_link(call: Call) -> None:
    """open-link [-c target-client] [-t target-pane]: aimux's own."""
    client, pane = call.the_client("c"), call.the_pane()
    target = _wanted(call, pane)
    if target is None or not may_be_opened(target):
        raise CommandError("no link here")
    if client.overlay is None:
        _ask(call, client, target)


def _wanted(call: Call, pane: Pane) -> str | None:
    """The link below the mouse or copy mode's cursor, or the last one that the pane shows."""
    mode, mouse = pane.mode, call.source.mouse
    if mode is not None and not isinstance(mode, CopyMode):
        return None
    grid = Grid.of_screen(pane.screen) if mode is None else mode.state.grid
    top = grid.above if mode is None else mode.state.top
    if mouse is not None and mouse.pane is pane:
        column = mouse.column if mode is None else column_below(mode.state, mouse.column)
        return link_at(grid, Place(column, top + mouse.row))
    if mode is not None:
        return link_at(grid, mode.state.place)
    return last_link(grid, range(top, top + grid.lines))


def _ask(call: Call, client: Client, target: str) -> None:
    """A menu that shows all of the link."""
    room = max(1, client.window_columns - FRAME_COLUMNS)
    # The sign of what cannot be chosen is not drawn.
    shown = [target[start : start + room] for start in range(0, len(target), room)]
    lines = [MenuItem(DISABLED + line.replace("#", "##")) for line in shown]
    choices = [make_item(name, key, columns=client.window_columns) for name, key in CHOICES]
    choices = [MenuItem(item.label, key) for item, (_, key) in zip(choices, CHOICES, strict=True)]
    items = (*lines, LINE, *choices)
    columns, rows = menu_columns(TITLE, items) + FRAME_COLUMNS, len(items) + FRAME_ROWS
    if rows > client.rows or columns > client.window_columns:
        raise CommandError("terminal too small to show the link")
    release = call.queue.wait()

    def ended(index: int | None) -> None:
        if index is not None:
            _answer(call, client, target, CHOICES[index - len(lines) - 1])
        release()

    client.overlay = Menu(
        title=TITLE,
        items=items,
        column=(client.window_columns - columns) // 2,
        row=(client.rows - rows) // 2,
        ended=ended,
        stays_open=True,
    )


def _answer(call: Call, client: Client, target: str, choice: tuple[str, str]) -> None:
    if choice == OPEN:
        call.effects.open_link(client, target)
    elif choice == COPY:
        call.effects.set_clipboard(target.encode(), client=client)


COMMANDS = (
    Command(
        name="open-link",
        alias=None,
        is_addition=True,
        getopt="c:t:",
        arity=(0, 0),
        usage="[-c target-client] [-t target-pane]",
        target=Aim.PANE,
        run=open_link,
    ),
)
