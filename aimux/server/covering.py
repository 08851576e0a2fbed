"""Rows with something over them: cells of an overlay instead of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from aimux.protocol.row_text import shifted
from aimux.styles.escapes import without_erasing
from aimux.vt.engine import Engine
from aimux.vt.render import render_row
from aimux.vt.row import Row
from aimux.vt.slices import slice_of


class Strip(Struct, frozen=True):
    """ANSI text over some cells of a row; it is as `protocol.row_text` says."""

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


@lru_cache(maxsize=1024)
def anchored(text: str, columns: int, depth: int) -> str:
    """A row of ANSI text in which no character can move what follows (`aimux.vt.outer_cells`)."""
    if text.isascii():
        return text
    line = Engine(columns, 1, history_limit=0)
    line.feed(text.encode("utf-8", "replace"))
    return render_row(line.rows[0], columns, depth)


def row_cells(row: Row, start: int, stop: int, depth: int) -> str:
    """The same of a screen's row."""
    return without_erasing(render_row(slice_of(row, start, stop), stop - start, depth))


def cover_text(text: str, columns: int, strips: Strips, depth: int) -> str:
    """A row of ANSI text with strips over it."""
    if not strips:
        return text
    return joined(merged((Strip(0, columns, text),), strips, depth), columns)


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
        for start, stop in gaps(above, strip.column, strip.columns):
            first, last = start - strip.column, stop - strip.column
            text = text_cells(strip.text, strip.columns, first, last, depth)
            parts.append(Strip(start, stop - start, text))
    return tuple(sorted(parts, key=lambda strip: strip.column))


def gaps(strips: Strips, column: int, columns: int) -> Iterator[tuple[int, int]]:
    """Where, from `column` on, cells are that no strip covers: (first, behind the last)."""
    place, end = column, column + columns
    for strip in strips:
        if place < min(strip.column, end):
            yield place, min(strip.column, end)
        place = max(place, strip.column + strip.columns)
    if place < end:
        yield place, end


def joined(strips: Strips, columns: int) -> str:
    """Strips as a whole row of so many cells; blanks where there is none."""
    parts: list[str] = []
    place = 0
    for strip in strips:
        text = shifted(without_erasing(strip.text), strip.column)
        parts += (" " * (strip.column - place), text)
        place = strip.column + strip.columns
    parts.append(" " * (columns - place))
    return "".join(parts)
