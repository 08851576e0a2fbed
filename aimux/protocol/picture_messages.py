"""What a client is told of the picture: where everything stands, and what changed in it.

Rows and columns count from 0 in the outer terminal, whose cells the server lays out: the window,
its borders and the status line. The window leaves the client's `sidebar_columns` free at the right;
the status line runs below both. What a row's `text` consists of is said in `row_text`.
"""

from __future__ import annotations

import msgspec

from aimux.protocol.message import Message


class PaneBox(msgspec.Struct, array_like=True, frozen=True):
    """Where a pane, or the rows under an overlay, stand in the terminal."""

    pane: int
    column: int
    row: int
    columns: int
    rows: int
    active: bool


class Cells(msgspec.Struct, array_like=True, frozen=True):
    """ANSI text that starts at a place of the terminal: a border or a part of the unused area."""

    row: int
    column: int
    columns: int
    text: str


class Layout(Message, tag="layout", array_like=True, frozen=True):
    """What stands where. Rows of panes that the client holds for another layout are void.

    Attributes:
        generation: Grows by one with every layout; frames name the layout they are for.
        panes: The visible panes, which never overlap. Before them may stand a box of whole rows
            with a negative number: an overlay is drawn in these, and no pane's rows are sent there.
        borders: What stands between and beside them.
        columns: Width of the terminal that it was made for.
        rows: Height of the terminal that it was made for.
        status_rows: The rows that the status line takes, top first; may be empty.
    """

    generation: int
    columns: int
    rows: int
    panes: tuple[PaneBox, ...]
    borders: tuple[Cells, ...]
    status_rows: tuple[int, ...]


class Cursor(msgspec.Struct, array_like=True, frozen=True):
    """The cursor in the terminal.

    Attributes:
        shape: DECSCUSR's number, 0 to 6.
        colour: 24 bits; -1 for the terminal's own.
    """

    row: int
    column: int
    visible: bool
    shape: int
    colour: int = -1


class PaneRows(msgspec.Struct, array_like=True, frozen=True):
    """What became of the rows of a pane; rows count from the first one that is shown.

    Attributes:
        rows: New rows: (row, text of exactly the pane's width).
        moves: Rows that the client has, and that now stand elsewhere too: (first row before, first
            row now, how many). They are done before `rows`, and read what stood there before all.
    """

    pane: int
    rows: tuple[tuple[int, str], ...]
    moves: tuple[tuple[int, int, int], ...] = ()


class Frame(Message, tag="frame", array_like=True, frozen=True):
    """What changed since the frame before; acknowledged by `FrameShown(number)` once drained.

    Attributes:
        generation: The layout it belongs to; a client that holds another one drops the panes.
        panes: Changed rows.
        status: Changed rows of the status line: (index in `Layout.status_rows`, text).
        cursor: Where the cursor stands now.
    """

    number: int
    generation: int
    panes: tuple[PaneRows, ...]
    status: tuple[tuple[int, str], ...]
    cursor: Cursor
