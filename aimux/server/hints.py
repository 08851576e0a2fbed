"""Rows of help beside the status line: after the prefix, and while a command is typed."""

from __future__ import annotations

from aimux.model.client import Client
from aimux.model.layout_cell import Box
from aimux.server.covering import Strip, StripRows
from aimux.styles.draw import draw
from aimux.styles.escapes import without_erasing
from aimux.styles.style import Style


def hints_of(client: Client) -> tuple[str, ...]:
    """The rows that a client is to be shown, with `#[]` styles; the open prompt's come first."""
    prompt = client.prompt
    if prompt is not None:
        return prompt.assistant.rows(prompt) if prompt.assistant is not None else ()
    return client.hint


def hint_row(count: int, *, first: int, end: int, cursor: int | None, on_top: bool) -> int | None:
    """The first of `count` rows beside the status line that leave the cursor's row free.

    Args:
        count: How many.
        first: The window's first row on the screen.
        end: The row behind its last one.
        cursor: The cursor's row; None if it is not seen.
        on_top: Whether the status line is above the window.

    Returns:
        None where there is no room.
    """
    beside = (first, end - count)
    around = () if cursor is None else (cursor + 1, cursor - count)
    wanted = (*beside[:1], *around) if on_top else (*beside[1:], *reversed(around))
    for row in wanted:
        covers = cursor is not None and row <= cursor < row + count
        if first <= row and row + count <= end and not covers:
            return row
    return None


def hint_strips(texts: tuple[str, ...], box: Box, base: Style, depth: int) -> StripRows:
    """The rows as strips over the screen."""
    rows = {}
    for index, text in enumerate(texts):
        drawn = draw(text, columns=box.columns, base=base, depth=depth).text
        rows[box.row + index] = (Strip(box.column, box.columns, without_erasing(drawn)),)
    return rows
