"""The rows of the palette: which are found by what was typed, in which order, and as what text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.content import Content

from aimux.patterns.fuzzy import Match, fuzzy_match
from aimux.protocol.palette_messages import PaletteRow

MAX_FOUND = 500
"""Rows that are listed; what stands further down is found by typing more."""
KEY, QUIET = "$palette-key", "$palette-quiet"
_NO_MATCH = Match(0)


class Found(NamedTuple):
    """A row, and how it was found."""

    row: PaletteRow
    match: Match


def found(rows: Sequence[PaletteRow], typed: str) -> list[Found]:
    """The best MAX_FOUND rows, the best first; as they were given while nothing is typed."""
    if not typed:
        return [Found(row, _NO_MATCH) for row in rows[:MAX_FOUND]]
    matches = ((row, fuzzy_match(typed, searched(row), row.detail)) for row in rows)
    matching = [Found(row, match) for row, match in matches if match is not None]
    return sorted(matching, key=_place)[:MAX_FOUND]


def _place(one: Found) -> tuple[int, int]:
    return -(one.match.score + one.row.weight), len(one.row.label)


def searched(row: PaletteRow) -> str:
    """What is looked through: what is drawn, with one blank before the key."""
    return f"{row.kind} {row.label} {row.key}".strip()


def content(one: Found, *, columns: int, detail: bool) -> Content:
    """What is drawn of it. No text in it is read as markup.

    Args:
        one: The row; the letters that were found stand out.
        columns: Cells of the row: the key stands at its end.
        detail: Whether what is told of it stands below.
    """
    row = one.row
    parts = ((row.kind, QUIET), (row.label, ""))
    left = Content(" ").join(Content.styled(text, style) for text, style in parts if text)
    key = Content.styled(row.key, KEY)
    gap = max(1, columns - left.cell_length - key.cell_length) if row.key else 0
    line = Content("").join((left, Content(" " * gap), key))
    for place in _runs(_drawn_places(one.match.places, len(left), gap)):
        line = line.stylize(f"{KEY} underline", place.start, place.stop)
    if not (detail and row.detail):
        return line
    return Content("\n").join((line, Content.styled(row.detail, QUIET)))


def _drawn_places(places: Iterable[int], left: int, gap: int) -> list[int]:
    """Where the letters of what was searched are drawn: the key stands apart."""
    return [place if place < left else place + gap - 1 for place in places if place != left]


def _runs(places: Iterable[int]) -> list[range]:
    """Places as ranges of neighbours."""
    runs: list[range] = []
    for place in sorted(places):
        if runs and runs[-1].stop == place:
            runs[-1] = range(runs[-1].start, place + 1)
        else:
            runs.append(range(place, place + 1))
    return runs
