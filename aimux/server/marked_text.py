"""The text that stands on a pane's screen behind a mark: command lines that no shell reported."""

from __future__ import annotations

from aimux.model.pane import Pane
from aimux.semantic.segments import Moment
from aimux.vt.render import row_text
from aimux.vt.row import Row

MAX_ROWS = 10


def text_between(pane: Pane, start: Moment, end: Moment) -> str | None:
    """The text from one place to another, as one line of at most MAX_ROWS rows; None if empty."""
    rows = list(_rows(pane, start.row, end.row))
    if not rows:
        return None
    texts = [row_text(row) for row in rows]
    texts[0] = texts[0][start.column :]
    # A space that was typed first says that the line is not to be kept: it stays.
    return " ".join([texts[0].rstrip(), *(text.strip() for text in texts[1:])]).rstrip() or None


def text_before_cursor(pane: Pane, start: Moment, row: int, column: int) -> str:
    """What stands from a place up to the cursor, if that is one line: a resize moves rows."""
    rows = _rows(pane, start.row, row + 1)
    if len(rows) != row + 1 - start.row or not all(each.wrapped for each in rows[:-1]):
        return ""
    texts = [row_text(each) for each in rows]
    texts[-1] = texts[-1][:column]
    return "".join(texts)[start.column :].strip()


def _rows(pane: Pane, first: int, end: int) -> list[Row]:
    screen = pane.screen
    every = screen.history.dropped
    rows = []
    for absolute in range(first, min(end, first + MAX_ROWS)):
        place = absolute - every
        if 0 <= place < len(screen.history):
            rows.append(screen.history[place])
        elif 0 <= place - len(screen.history) < len(screen.rows):
            rows.append(screen.rows[place - len(screen.history)])
    return rows
