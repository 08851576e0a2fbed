"""Floating panes: new-pane, as tmux 3.7 has it."""

from __future__ import annotations

from aimux.commands.command import Aim, Call, Command
from aimux.commands.numbers import number
from aimux.commands.spawn import make_pane
from aimux.commands.splitting import open_pane, split_window
from aimux.commands.telling import unzoom
from aimux.errors import CommandError
from aimux.model.layout_cell import Box
from aimux.model.pane import Pane
from aimux.model.window import Window

WHAT = "size or position"


def new_pane(call: Call) -> None:
    """new-pane [-bdefhIkLPvZ] [-x width] [-y height] [-X x] [-Y y] ... [shell-command].

    With -L the pane is tiled, as split-window makes it.
    """
    if call.arguments.has("L"):
        split_window(call)
    else:
        open_pane(call, _open_floating)


def _open_floating(call: Call, window: Window, pane: Pane) -> Pane:
    box = _box(call, window)
    unzoom(call.effects, window)
    new = make_pane(call.state, window.options, columns=1, rows=1)
    before = window.index_of(pane) if call.arguments.has("b") else len(window.panes)
    window.panes.insert(before, new)
    window.floats.put(new.id, box)
    window.place_panes()
    return new


def _box(call: Call, window: Window) -> Box:
    """Where the flags put the pane: half as wide and a quarter as high as the window without."""
    columns = _cells(call, "x", window.columns, low=0, high=window.columns - 1)
    rows = _cells(call, "y", window.rows, low=0, high=window.rows - 1)
    columns = window.columns // 2 if columns is None else columns
    rows = window.rows // 4 if rows is None else rows
    column = _cells(call, "X", window.columns, low=-columns, high=window.columns)
    row = _cells(call, "Y", window.rows, low=-rows, high=window.rows)
    beside = window.floats.next_place(columns=window.columns, rows=window.rows)
    column, row = beside[0] if column is None else column, beside[1] if row is None else row
    if not (call.arguments.has("X") and call.arguments.has("Y")):
        window.floats.remember_place(column, row)
    return Box(column, row, columns, rows)


def _cells(call: Call, flag: str, whole: int, *, low: int, high: int) -> int | None:
    """The cells that a flag says, also by a format or as a percentage; None without the flag."""
    given = call.arguments.get(flag)
    if given is None:
        return None
    text = call.expand(given)
    if not text:
        raise CommandError(f"{WHAT} empty")
    if not text.endswith("%"):
        return number(text, WHAT, low=low, high=high)
    cells = whole * number(text[:-1], WHAT, high=100) // 100
    return number(str(cells), WHAT, low=low, high=high)


COMMANDS = (
    Command(
        name="new-pane",
        alias="newp",
        getopt="bc:de:EfF:hIkl:Lm:p:PR:s:S:t:vx:X:y:Y:Z",
        arity=(0, None),
        usage="[-bdefhIklPvZ] [-c start-directory] [-e environment] [-F format] [-l size]"
        " [-m message] [-p percentage] [-s style] [-S active-border-style]"
        " [-R inactive-border-style] [-x width] [-y height] [-X x-position] [-Y y-position]"
        " [-t target-pane] [shell-command [argument ...]]",
        target=Aim.PANE,
        run=new_pane,
        is_addition=True,
    ),
)
