"""The outer terminal's own cursor: where it is, whether it shows, and in which shape. Pure."""

from __future__ import annotations

from aimux.client import sequences
from aimux.protocol.picture_messages import Cursor


class RealCursor:
    """Writes what moves the cursor from what was last written to what is wanted, and no more.

    Attributes:
        has_shapes: Whether the terminal knows shapes of the cursor (DECSCUSR).
        has_colours: Whether it knows colours of the cursor (OSC 12).
    """

    def __init__(self) -> None:
        self.has_shapes = True
        self.has_colours = False
        self._colour = -1
        self._wanted: Cursor | None = None
        self.forget()

    def forget(self) -> None:
        """Whoever had the terminal since then may have moved the cursor and changed its shape."""
        self._place: tuple[int, int] | None = None
        self._shape = 0
        self._shown: bool | None = None  # None: as it was left

    def want(self, cursor: Cursor | None) -> bool:
        """Set what is wanted; None or an invisible one hides it. Returns whether it is new."""
        wanted = cursor if cursor is not None and cursor.visible else None
        changed = wanted != self._wanted
        self._wanted = wanted
        return changed

    def give_back_colour(self) -> str:
        """What to write so that the cursor has the terminal's own colour; empty if it has."""
        if self._colour < 0:
            return ""
        self._colour = -1
        return sequences.cursor_colour(-1)

    def around(self, text: str, *, synchronized: bool) -> str:
        """What to write so that `text` is drawn without the cursor being seen to run about.

        Args:
            text: What is drawn; it leaves the cursor anywhere. Empty if only the cursor changed.
            synchronized: Whether the terminal shows everything between two marks at once.
        """
        if not text:
            return self._settle(moved=False)
        if synchronized:
            settled = self._settle(moved=True)
            return sequences.BEGIN_SYNCHRONIZED + text + settled + sequences.END_SYNCHRONIZED
        hidden = sequences.HIDE_CURSOR if self._shown else ""
        if hidden:
            self._shown = False
        return hidden + text + self._settle(moved=True)

    def _settle(self, *, moved: bool) -> str:
        wanted = self._wanted
        if wanted is None:
            hidden = "" if self._shown is False else sequences.HIDE_CURSOR
            self._shown, self._place = False, None
            return hidden
        parts = []
        if moved or self._place != (wanted.row, wanted.column):
            parts.append(sequences.cursor_place(wanted))
        if wanted.shape != self._shape and self.has_shapes:
            parts.append(sequences.cursor_shape(wanted.shape))
        if wanted.colour != self._colour and self.has_colours:
            parts.append(sequences.cursor_colour(wanted.colour))
            self._colour = wanted.colour
        if not self._shown:
            parts.append(sequences.SHOW_CURSOR)
        self._shown, self._shape = True, wanted.shape
        self._place = (wanted.row, wanted.column)
        return "".join(parts)
