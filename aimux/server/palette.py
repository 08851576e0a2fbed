"""What a client is told of its open chooser, which it draws as Textual's command palette."""

from __future__ import annotations

from collections.abc import Iterator

from aimux.model.chooser import Choice, Chooser
from aimux.model.overlay import Overlay
from aimux.protocol.message import Message
from aimux.protocol.palette_messages import PaletteClosed, PaletteOpened, PaletteRow, PaletteTyped

USES_COUNTED = 5
USE_WEIGHT, RANK_WEIGHT = 4, 3


class Palette:
    """What one client has been told.

    Attributes:
        chooser: The one that it knows of; None for none.
    """

    def __init__(self) -> None:
        self.chooser: Chooser | None = None
        self._number = 0

    def forget(self) -> None:
        """The client's process is another one, which knows of nothing."""
        self.chooser = None

    def news(self, overlay: Overlay | None) -> Iterator[Message]:
        """What it has to be told now, given what lies over its screen."""
        chooser = overlay if isinstance(overlay, Chooser) else None
        if chooser is not self.chooser:
            if self.chooser is not None:
                yield PaletteClosed(self._number)
            self.chooser = chooser
            if chooser is not None:
                self._number += 1
                yield _opened(chooser, self._number)
        if chooser is not None:
            for stroke in chooser.take_strokes():
                yield PaletteTyped(self._number, stroke.name, stroke.text)

    def known(self, number: int) -> Chooser | None:
        """The chooser that a client's message is about; None if it is another one by now."""
        return self.chooser if number == self._number else None


def _opened(chooser: Chooser, number: int) -> PaletteOpened:
    rows = tuple(_row(choice, chooser.uses.get(choice.identity, 0)) for choice in chooser.choices)
    return PaletteOpened(number, chooser.title, rows, chooser.is_typing, chooser.typed)


def _row(choice: Choice, uses: int) -> PaletteRow:
    """Among what matches about as well, what was chosen before and what stands first moves up."""
    return PaletteRow(
        choice.identity,
        choice.label,
        choice.key,
        choice.detail,
        choice.kind,
        USE_WEIGHT * min(uses, USES_COUNTED) - RANK_WEIGHT * choice.rank,
        choice.previews,
    )
