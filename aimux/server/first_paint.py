"""The first picture of a client, as text: the guard draws it before the client's own app runs."""

from __future__ import annotations

from aimux.model.client import Client
from aimux.protocol.row_text import shifted
from aimux.server.painter import Painter
from aimux.server.patched_rows import PatchedRows
from aimux.server.sent_rows import Sent, SentRows
from aimux.server.terminal_fit import fitted
from aimux.styles.ascii_text import ascii_text
from aimux.styles.draw import StyleRange


def first_paint(client: Client, painter: Painter) -> tuple[str, tuple[StyleRange, ...]]:
    """ANSI text that draws all but the sidebar, and what the mouse means in the status line."""
    picture = painter.picture()
    sent = SentRows(client, painter)
    sent.over = painter.over(picture)
    left = client.window_column
    parts = [
        _at(placed.row + index, placed.column + left, text)
        for placed in picture.placed
        for index, text in sent.changed_rows(placed, Sent(), None).rows
    ]
    parts += [_at(cells.row, cells.column + left, cells.text) for cells in picture.borders]
    parts += [
        _at(box.row + index, box.column + left, text)
        for placed in picture.placed
        if (box := placed.gutter) is not None
        for index, text in enumerate(painter.scrollbar(placed))
    ]
    if picture.patch is not None:
        beside = sent.beside(picture)
        rows_over = PatchedRows().changed(picture, sent.over, client.depth, beside=beside)
        parts += [_at(picture.patch.row + index, left, text) for index, text in rows_over]
    bare, ranges = painter.status_line.draw(picture)
    rows = sent.covered_status(picture, bare)
    parts += [_at(row, 0, text) for row, text in zip(picture.status_rows, rows, strict=True)]
    cursor = painter.cursor(picture)
    if cursor.visible:
        column = cursor.column + (0 if cursor.row in picture.status_rows else left)
        parts.append(_at(cursor.row, column, "\x1b[?25h"))
    text = fitted("".join(parts), client.abilities)
    return (text if client.utf8 else ascii_text(text)), ranges


def _at(row: int, column: int, text: str) -> str:
    return f"\x1b[{row + 1};{column + 1}H{shifted(text, column)}"
