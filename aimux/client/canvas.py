"""What the terminal shows: panes, borders and status rows as the server sent them.

Pure: it takes messages and gives text for terminal rows. Drawing it is `canvas_view`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from aimux.protocol.picture_messages import Cells, Cursor, Frame, Layout, PaneBox
from aimux.protocol.row_text import passed, shifted

# Far above every real terminal; keeps a nonsensical layout from taking the memory of the machine.
MAX_COLUMNS = MAX_ROWS = 4096

NO_CURSOR = Cursor(row=0, column=0, visible=False, shape=0)

RowText = tuple[int, str]
RowTexts = Sequence[RowText]
Moves = tuple[tuple[int, int, int], ...]


@dataclass(slots=True)
class Slot:
    """A run of cells in one terminal row; `text` is ANSI text for all of them, or empty: blank."""

    row: int
    column: int
    columns: int
    text: str = ""

    def drawn(self, shift: int = 0) -> str:
        """What to write once the cursor is at the slot's place, `shift` columns further right."""
        return shifted(self.text, self.column + shift) or " " * self.columns


@dataclass(frozen=True, slots=True)
class Area:
    """Rows that stand below each other, a pane's or the status line's, of which some have new text.

    Attributes:
        slots: All of them. They are the canvas's own: read them now.
        before: What stood in each.
        changed: Which have new text.
        moves: As in `protocol.picture_messages.PaneRows`; none if something lies over these rows.
    """

    slots: tuple[Slot, ...]
    before: tuple[str, ...]
    changed: tuple[int, ...]
    moves: Moves = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a frame changed.

    Attributes:
        whole: Everything: another layout came into force.
        areas: Otherwise, where there is new text.
    """

    whole: bool
    areas: tuple[Area, ...] = ()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The places that have new text."""
        return tuple(area.slots[index] for area in self.areas for index in area.changed)


NOTHING = Change(whole=False)


class Canvas:
    """The newest complete picture of the terminal.

    A layout comes into force with the first frame that is for it, so that there is no moment
    without rows. Whatever stands outside of the layout, or is for another one, is dropped.

    Attributes:
        columns: Width of the terminal that the picture was made for; 0 before the first.
        rows: Its height.
        status_rows: The terminal rows that belong to the status line, top first.
        cursor: Where the cursor stands.
    """

    def __init__(self) -> None:
        self.columns = 0
        self.rows = 0
        self.status_rows: tuple[int, ...] = ()
        self.cursor = NO_CURSOR
        self._generation = -1
        self._next: Layout | None = None
        self._panes: dict[int, tuple[Slot, ...]] = {}
        self._status: tuple[Slot, ...] = ()
        self._by_row: dict[int, list[Slot]] = {}

    def take_layout(self, layout: Layout) -> None:
        """Keep `layout` until the first frame for it arrives; a newer one replaces it."""
        self._next = layout

    def take_frame(self, frame: Frame) -> Change:
        """Apply a frame and say what it changed. Never raises, whatever the numbers in it are."""
        whole = self._install_next(frame.generation)
        self.cursor = frame.cursor
        areas = [*self._fill_panes(frame), _filled(self._status, frame.status)]
        changed = tuple(area for area in areas if area.changed)
        return Change(whole=True) if whole else Change(whole=False, areas=changed)

    def line(self, row: int, shift: int = 0) -> tuple[str, int]:
        """The text of a terminal row from column 0 on, and how many cells it covers.

        The text leaves the cursor behind the last of these cells, also after an ECH. It is for a
        place that is `shift` columns right of the terminal's first one.
        """
        parts: list[str] = []
        column = 0
        for slot in self._by_row.get(row, ()):
            if slot.column < column:
                continue
            parts.append(" " * (slot.column - column))
            parts.append(passed(slot.drawn(shift)))
            column = slot.column + slot.columns
        return "".join(parts), column

    def _install_next(self, generation: int) -> bool:
        layout = self._next
        if layout is None or layout.generation != generation:
            return False
        self._next = None
        self._generation = generation
        self.columns, self.rows = layout.columns, layout.rows
        self.status_rows = tuple(row for row in layout.status_rows if 0 <= row < MAX_ROWS)
        self._panes = {box.pane: tuple(_box_slots(box)) for box in layout.panes if _fits(box)}
        self._status = tuple(Slot(row, 0, self.columns) for row in self.status_rows)
        borders = [
            Slot(cells.row, cells.column, cells.columns, cells.text)
            for cells in layout.borders
            if _fits(cells)
        ]
        self._index([*borders, *self._status, *chain.from_iterable(self._panes.values())])
        return True

    def _index(self, slots: list[Slot]) -> None:
        self._by_row = {}
        for slot in sorted(slots, key=lambda slot: slot.column):
            self._by_row.setdefault(slot.row, []).append(slot)

    def _fill_panes(self, frame: Frame) -> Iterator[Area]:
        if frame.generation != self._generation:
            return
        covered = any(pane < 0 for pane in self._panes)
        for changed in frame.panes:
            slots = self._panes.get(changed.pane, ())
            rows = [*_moved(slots, changed.moves), *changed.rows]
            yield _filled(slots, rows, () if covered else changed.moves)


def _filled(slots: tuple[Slot, ...], rows: RowTexts, moves: Moves = ()) -> Area:
    """Give rows their new texts."""
    before = tuple(slot.text for slot in slots)
    changed = dict.fromkeys(index for index, _ in rows if 0 <= index < len(slots))
    for index, text in rows:
        if 0 <= index < len(slots):
            slots[index].text = text
    return Area(slots, before, tuple(changed), moves)


def _fits(cells: PaneBox | Cells) -> bool:
    return cells.row >= 0 and cells.column >= 0 and 0 < cells.columns <= MAX_COLUMNS - cells.column


def _box_slots(box: PaneBox) -> Iterator[Slot]:
    for row in range(box.row, min(box.row + box.rows, MAX_ROWS)):
        yield Slot(row, box.column, box.columns)


def _moved(slots: tuple[Slot, ...], moves: Moves) -> Iterator[RowText]:
    """The rows that moves give another text; one that moved on top of its like needs no drawing."""
    if not moves:
        return
    texts = [slot.text for slot in slots]
    for source, target, count in moves:
        if source >= 0 and target >= 0:
            moved = zip(texts[target:], texts[source : source + max(count, 0)], strict=False)
            yield from (
                (row, text) for row, (before, text) in enumerate(moved, target) if text != before
            )
