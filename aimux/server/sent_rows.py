"""What a client has of the rows on its screen, and so which of them it must be sent."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from aimux.ids import PaneId
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.protocol.picture_messages import PaneRows
from aimux.server.covering import Strip, StripRows, cover_text
from aimux.server.damage import damage
from aimux.server.painter import Painter
from aimux.server.pane_colours import coloured
from aimux.server.patched_rows import PatchedRows, mode_texts
from aimux.server.picture import GUTTERS, PATCH, Picture
from aimux.server.placed import Placed
from aimux.server.terminal_fit import fitted
from aimux.vt.render import render_row
from aimux.vt.slices import slice_of

Rows = tuple[Sequence[Hashable], Callable[[int], str]]
"""What tells each row from every other, and the text of one by its index."""


@dataclass(slots=True)
class Sent:
    """What a client has of one pane: its rows by identity and version, or a mode's texts."""

    rows: Sequence[Hashable] = ()
    mode: object = None


class SentRows:
    """The rows of one client; what is asked for counts as sent.

    Args:
        client: The client.
        painter: Draws what is not a pane's own.

    Attributes:
        over: What lies over the rows now.
    """

    __slots__ = ("_client", "_painter", "_patch", "_sent", "_status", "over")

    def __init__(self, client: Client, painter: Painter) -> None:
        self.over: StripRows = {}
        self._client = client
        self._painter = painter
        self._sent: dict[PaneId, Sent] = {}
        self._patch = PatchedRows()
        self._status: list[str] = []

    def forget(self) -> None:
        """The client has nothing any more."""
        self._sent.clear()
        self._status.clear()
        self._patch.forget()

    def status(self, picture: Picture, bare: Sequence[str]) -> Iterable[tuple[int, str]]:
        """The rows of the status line, as they are with nothing over them, that are others now."""
        rows = self.covered_status(picture, bare)
        before, self._status = self._status, rows
        for index, row in enumerate(rows):
            if index >= len(before) or before[index] != row:
                yield index, fitted(row, self._client.abilities)

    def covered_status(self, picture: Picture, rows: Sequence[str]) -> list[str]:
        """The status line's rows with what lies over them."""
        columns, depth = picture.columns, self._client.depth
        return [
            cover_text(text, columns, self.over.get(row, ()), depth)
            for row, text in zip(picture.status_rows, rows, strict=True)
        ]

    def patch(self, picture: Picture) -> Iterable[PaneRows]:
        """What became of the rows that an overlay stands on."""
        beside = self.beside(picture)
        rows = self._patch.changed(picture, self.over, self._client.depth, beside=beside)
        shown = tuple((index, fitted(text, self._client.abilities)) for index, text in rows)
        if shown:
            yield PaneRows(PATCH, shown)

    def panes(self, picture: Picture, only: Pane | None) -> Iterable[PaneRows]:
        """What became of the panes' rows, or of one pane's, and of their scrollbars."""
        for one in picture.placed:
            if only is None or one.pane is only:
                sent = self._sent.setdefault(one.pane.id, Sent())
                changed = self.changed_rows(one, sent, picture)
                if changed.rows or changed.moves:
                    yield changed
                yield from self._changed_scrollbar(one, picture)

    def _changed_scrollbar(self, placed: Placed, picture: Picture) -> Iterable[PaneRows]:
        """What became of a pane's scrollbar since it was sent."""
        if placed.gutter is None:
            return
        number = PaneId(GUTTERS + placed.pane.id)
        sent = self._sent.setdefault(number, Sent())
        hidden = _hidden(placed, placed.rows, picture)
        texts = self._painter.scrollbar(placed)
        rows = [None if index in hidden else text for index, text in enumerate(texts)]
        changed = [
            (index, text)
            for index, text in enumerate(rows)
            if text is not None and [text] != [*sent.rows[index : index + 1]]
        ]
        sent.rows = rows
        if changed:
            yield PaneRows(number, tuple(changed))

    def beside(self, picture: Picture) -> StripRows:
        """The scrollbars as strips, where the picture has a patch."""
        rows: dict[int, tuple[Strip, ...]] = {}
        for placed in picture.placed if picture.patch is not None else ():
            box = placed.gutter
            if box is not None:
                for row, text in enumerate(self._painter.scrollbar(placed), box.row):
                    rows[row] = (*rows.get(row, ()), Strip(box.column, box.columns, text))
        return rows

    def changed_rows(self, placed: Placed, sent: Sent, picture: Picture | None) -> PaneRows:
        """What became of a pane's rows since they were `sent`, which is brought up to date.

        Args:
            placed: The pane.
            sent: What the client has of it.
            picture: Its patch hides rows; None if all are to be drawn.
        """
        pane = placed.pane
        if sent.mode is not pane.mode:
            sent.rows, sent.mode = (), pane.mode
        rows, render = self._mode_rows(placed) if pane.mode is not None else self._rows(placed)
        hidden = _hidden(placed, len(rows), picture)
        if hidden:
            rows = [(None, index) if index in hidden else row for index, row in enumerate(rows)]
        moves, changed = damage(sent.rows, rows)
        sent.rows = rows
        terminal = self._client.abilities
        shown = tuple(
            (index, fitted(render(index), terminal)) for index in changed if index not in hidden
        )
        return PaneRows(pane.id, shown, moves)

    def _rows(self, placed: Placed) -> Rows:
        columns, depth, left = placed.columns, self._client.depth, placed.left
        rows = placed.pane.screen.rows[placed.top : placed.top + placed.rows]

        def render(index: int) -> str:
            row = slice_of(rows[index], left, left + columns) if left else rows[index]
            return coloured(render_row(row, columns, depth), placed.colours)

        return [(row, row.version) for row in rows], render

    def _mode_rows(self, placed: Placed) -> Rows:
        if placed.pane.mode is None:
            raise AssertionError(f"pane %{placed.pane.id} is in no mode")
        texts = mode_texts(placed, placed.pane.mode, self._client.depth)
        return texts, texts.__getitem__


def _hidden(placed: Placed, count: int, picture: Picture | None) -> frozenset[int]:
    """The rows that an overlay stands on; once it does not, the client gets all anew."""
    if picture is None or picture.patch is None:
        return frozenset()
    return frozenset(row for row in range(count) if picture.is_patched(placed.row + row))
