"""Rows with something over them: cells of an overlay instead of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from aimux.styles.escapes import without_erasing
from aimux.vt.engine import Engine
from aimux.vt.render import render_row
from aimux.vt.row import Row
from aimux.vt.slices import slice_of


@dataclass(frozen=True, slots=True)
class Strip:
    """ANSI text over some cells of a row; it is as `protocol.messages` says of a row's text."""

    column: int
    columns: int
    text: str


SIXTEEN = 16  # blanks have no colour at all
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
        row: merged(below.get(row, ()), above.get(row, ()), depth)
        for row in below.keys() | above.keys()
    }


def merged(below: Strips, above: Strips, depth: int) -> Strips:
    """The same of one row."""
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


def joined(strips: Strips, columns: int) -> str:
    """Strips as a whole row of so many cells; blanks where there is none."""
    return cover_text(" " * columns, columns, strips, SIXTEEN)
