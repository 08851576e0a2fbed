"""Rows with something over them: cells of an overlay instead of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aimux.model.layout_cell import Box
from aimux.protocol.messages import Cells
from aimux.styles.escapes import without_erasing
from aimux.vt.engine import Engine
from aimux.vt.render import render_row
from aimux.vt.row import Row
from aimux.vt.slices import slice_of


@dataclass(frozen=True, slots=True)
class Strip:
    """ANSI text over some cells of a row; it begins and ends in default attributes."""

    column: int
    columns: int
    text: str


Strips = tuple[Strip, ...]
"""From left to right; none overlaps another."""
StripRows = Mapping[int, Strips]
"""By row of the terminal."""


@lru_cache(maxsize=1024)
def text_cells(text: str, columns: int, start: int, stop: int, depth: int) -> str:
    """The cells `start <= x < stop` of a row of ANSI text, as text that may be followed by more."""
    if start == 0 and stop == columns:
        return without_erasing(text)
    line = Engine(columns, 1, history_limit=0)
    line.feed(text.encode("utf-8", "replace"))
    return row_cells(line.rows[0], start, stop, depth)


def row_cells(row: Row, start: int, stop: int, depth: int) -> str:
    """The same of a screen's row."""
    return without_erasing(render_row(slice_of(row, start, stop), stop - start, depth))


def strips_within(strips: Strips, column: int, columns: int, depth: int) -> Strips:
    """The strips, or their parts, over some cells of a row, counted from the first of these."""
    return tuple(
        part for strip in strips if (part := _within(strip, column, columns, depth)) is not None
    )


def _within(strip: Strip, column: int, columns: int, depth: int) -> Strip | None:
    start = max(strip.column, column)
    stop = min(strip.column + strip.columns, column + columns)
    if start >= stop:
        return None
    first, last = start - strip.column, stop - strip.column
    text = text_cells(strip.text, strip.columns, first, last, depth)
    return Strip(start - column, stop - start, text)


def cover_row(row: Row, columns: int, strips: Strips, depth: int) -> str:
    """A screen's row with strips over it."""
    return _joined(strips, columns, lambda start, stop: row_cells(row, start, stop, depth))


def cover_text(text: str, columns: int, strips: Strips, depth: int) -> str:
    """A row of ANSI text with strips over it."""
    if not strips:
        return text
    return _joined(
        strips, columns, lambda start, stop: text_cells(text, columns, start, stop, depth)
    )


def _joined(strips: Strips, columns: int, cells: Callable[[int, int], str]) -> str:
    parts: list[str] = []
    place = 0
    for strip in strips:
        if strip.column > place:
            parts.append(cells(place, strip.column))
        parts.append(without_erasing(strip.text))
        place = strip.column + strip.columns
    if place < columns:
        parts.append(cells(place, columns))
    return "".join(parts)


def cover_strips(below: StripRows, above: StripRows, depth: int) -> dict[int, Strips]:
    """Two layers of strips as one."""
    return {
        row: _merged(below.get(row, ()), above.get(row, ()), depth)
        for row in below.keys() | above.keys()
    }


def _merged(below: Strips, above: Strips, depth: int) -> Strips:
    parts = list(above)
    for strip in below:
        place = strip.column
        for over in above:
            parts += _between(strip, place, over.column, depth)
            place = max(place, over.column + over.columns)
        parts += _between(strip, place, strip.column + strip.columns, depth)
    return tuple(sorted(parts, key=lambda strip: strip.column))


def _between(strip: Strip, start: int, stop: int, depth: int) -> Strips:
    parts = strips_within((strip,), start, stop - start, depth)
    return tuple(Strip(part.column + start, part.columns, part.text) for part in parts)


def uncovered(
    cells: Sequence[Cells], boxes: Sequence[Box], depth: int
) -> tuple[tuple[Cells, ...], tuple[Box, ...]]:
    """Borders as far as no box lies over them, and the places of their other parts."""
    left = list(cells)
    covered: list[Box] = []
    for box in boxes:
        pieces = [_split(one, box, depth) for one in left]
        left = [piece for kept, _ in pieces for piece in kept]
        covered += [hidden for _, hidden in pieces if hidden is not None]
    return tuple(left), tuple(covered)


def _split(cells: Cells, box: Box, depth: int) -> tuple[tuple[Cells, ...], Box | None]:
    start = max(cells.column, box.column)
    stop = min(cells.column + cells.columns, box.column + box.columns)
    if not box.row <= cells.row < box.row + box.rows or start >= stop:
        return (cells,), None
    kept = (
        *_piece(cells, cells.column, start, depth),
        *_piece(cells, stop, cells.column + cells.columns, depth),
    )
    return kept, Box(start, cells.row, stop - start, 1)


def _piece(cells: Cells, start: int, stop: int, depth: int) -> Iterator[Cells]:
    if start < stop:
        first, last = start - cells.column, stop - cells.column
        text = text_cells(cells.text, cells.columns, first, last, depth)
        yield Cells(cells.row, start, stop - start, text)
