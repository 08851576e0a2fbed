"""The rows that something lies over: panes, borders and what covers them as one text for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from aimux.model.pane import Mode
from aimux.server.covering import (
    Strip,
    StripRows,
    Strips,
    gaps,
    joined,
    merged,
    row_cells,
    text_cells,
)
from aimux.server.pane_colours import coloured
from aimux.server.picture import Picture
from aimux.server.placed import Placed
from aimux.vt.row import Row

Source = tuple[Row | None, int | str]
"""What a part of a row was drawn from: a screen's row and its version, or a mode's text."""
ModeTexts = dict[int, list[str]]


@dataclass(slots=True)
class PatchedRows:
    """What a client was sent of its picture's patch."""

    _known: dict[int, tuple[object, str]] = field(default_factory=dict)

    def forget(self) -> None:
        """The client has nothing of it."""
        self._known.clear()

    def changed(
        self, picture: Picture, over: StripRows, depth: int, *, beside: StripRows
    ) -> Iterator[tuple[int, str]]:
        """The rows that are others than before: (row within the patch, text).

        Args:
            picture: What is shown.
            over: What lies over it.
            depth: Colours of the terminal.
            beside: The scrollbars.
        """
        if picture.patch is None:
            return
        modes = {
            index: mode_texts(placed, placed.pane.mode, depth)
            for index, placed in enumerate(picture.placed)
            if placed.pane.mode is not None
        }
        for index in range(picture.patch.rows):
            row = picture.patch.row + index
            sources = tuple(_sources(picture, row, modes))
            strips = over.get(row, ())
            bars = beside.get(row, ())
            key = (sources, bars, strips, depth)
            known = self._known.get(row)
            if known is None or known[0] != key:
                parts = (*_parts(picture, row, sources, strips, depth), *bars)
                below = tuple(sorted(parts, key=lambda strip: strip.column))
                text = joined(merged(below, strips, depth), picture.patch.columns)
                self._known[row] = key, text
                yield index, text


def mode_texts(placed: Placed, mode: Mode, depth: int) -> list[str]:
    """The rows of a pane's mode that are shown, cut to the columns that are."""
    columns = placed.pane.columns
    rows = mode.rows(columns=columns, rows=placed.pane.rows, depth=depth)
    rows = rows[placed.top : placed.top + placed.rows]
    if placed.is_cut:
        left, stop = placed.left, placed.left + placed.columns
        rows = [text_cells(text, columns, left, stop, depth) for text in rows]
    return [coloured(text, placed.colours) for text in rows]


def _sources(picture: Picture, row: int, modes: ModeTexts) -> Iterator[tuple[int, Source]]:
    """The panes with a part of a row of the terminal, by their place in the picture."""
    for index, placed in enumerate(picture.placed):
        place = row - placed.row
        if not 0 <= place < placed.rows:
            continue
        texts = modes.get(index)
        if texts is not None:
            yield index, (None, texts[place] if place < len(texts) else "")
        else:
            line = placed.pane.screen.rows[placed.top + place]
            yield index, (line, line.version)


def _parts(
    picture: Picture,
    row: int,
    sources: tuple[tuple[int, Source], ...],
    over: Strips,
    depth: int,
) -> Strips:
    """Panes and borders of a row of the terminal as strips, screens' without what is covered."""
    strips = [
        Strip(one.column, one.columns, one.text)
        for one in picture.patched_borders
        if one.row == row
    ]
    for index, (line, version) in sources:
        placed = picture.placed[index]
        column, columns, zero = placed.column, placed.columns, placed.column - placed.left
        if line is None:
            strips.append(Strip(column, columns, str(version)))
            continue
        for start, stop in gaps(over, column, columns):
            text = row_cells(line, start - zero, stop - zero, depth)
            strips.append(Strip(start, stop - start, coloured(text, placed.colours)))
    return tuple(strips)
