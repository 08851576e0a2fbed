"""The characters of a row's cells as another terminal may be sent them.

Format characters stay out: they hide text, reverse it or join what belongs to two cells. And where
terminals do not agree how wide a cell's characters are (emoji, flags, keycaps, joined ones), the
cell is drawn on blanks, and CHA takes the cursor to where the next cell begins: whatever the
terminal makes of it, the rest of the row stays in its place.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from aimux.vt.clusters import ZERO_WIDTH_JOINER, is_wide, split_leading_marks
from aimux.vt.row import DEFAULT_LOOK, SPACER, Row

_EMOJI_STYLE: Final = "\ufe0f"
_SOFT_HYPHEN: Final = "\xad"
# Format characters (Unicode 16, general category Cf) that take a cell.
_FORMAT_IN_CELL: Final = "\xad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
# Those that take none, and selectors of glyphs; ZWJ and ZWNJ shape what they stand in.
_FORMAT_IN_CLUSTER: Final = (
    "\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_FIRST_INDICATOR: Final = 0x1F1E6
_INDICATORS: Final = "\U0001f1e6-\U0001f1ff"
_EMOJI: Final = "\U0001f000-\U0001faff"
# Marks of European, Semitic and Thai scripts, which every terminal puts on the character before.
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0e31-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20dc\ufe20-\ufe2f"
)

_is_odd: Final = re.compile(f"[{_FORMAT_IN_CELL}{_EMOJI}]").search
_without_format: Final = re.compile(f"[{_FORMAT_IN_CLUSTER}]").sub
_is_format: Final = re.compile(f"[{_FORMAT_IN_CELL}]").match
_is_steady: Final = re.compile(f"[^{_EMOJI}][{_MARKS}\u200c]*").fullmatch
_is_flag: Final = re.compile(f"[{_INDICATORS}]{{2}}").match
_is_indicator: Final = re.compile(f"[{_INDICATORS}]").match


class _Drawn(NamedTuple):
    """How a cell is drawn: the text, and the number of cells that it stands for."""

    text: str
    cells: int


def outer_cells(row: Row, columns: int, stop: int) -> list[str] | None:
    """What to write for each cell, in order; nothing for one that its neighbour stands for.

    Args:
        row: What is shown.
        columns: The width there is; a wide character that it cuts in two becomes a space.
        stop: The cells that have to be written, at most `columns`; the others are blank.

    Returns:
        One text for each of the first `stop` cells, or of one more where a character may need it.
        None: the row's text does as it is, without `SPACER`s.
    """
    if not row.clusters and (row.text.isascii() or _is_odd(row.text, 0, stop) is None):
        return None
    cells: list[str] = []
    while len(cells) < stop:
        text, count = _drawn(row, len(cells), columns)
        cells.append(text)
        cells += [""] * (count - 1)
    return cells


def _drawn(row: Row, x: int, columns: int) -> _Drawn:
    width = 2 if row.text[x + 1 : x + 2] == SPACER else 1
    if x + width > columns:
        return _Drawn(" ", 1)
    cluster = _shown_cluster(row, x)
    if width == 1:
        cluster, width = _narrow(cluster, row, x, columns)
    if _is_steady(cluster) is not None:
        return _Drawn(cluster, width)
    if x + sum(_widths(cluster)) > columns:
        cluster = cluster[0]
    return _Drawn(f"\x1b[{width}X{cluster}\x1b[{x + width + 1}G", width)


def _narrow(cluster: str, row: Row, x: int, columns: int) -> _Drawn:
    """A cluster of one cell; what most terminals make two cells wide gets them, or is text."""
    following = row.text[x + 1 : x + 2]
    beside = _is_alike_beside(row, x, columns)
    if _is_indicator(cluster) is not None:
        if beside and _is_flag(cluster + following) is not None:
            return _Drawn(cluster + following, 2)
        return _Drawn(chr(ord(cluster[0]) - _FIRST_INDICATOR + ord("A")), 1)
    if _EMOJI_STYLE not in cluster:
        return _Drawn(cluster, 1)
    return _Drawn(cluster, 2) if beside and following in {"", " "} else _Drawn(cluster[0], 1)


def _shown_cluster(row: Row, x: int) -> str:
    """The characters of a cell that may be shown."""
    character = row.text[x]
    if _is_format(character) is not None:
        return "-" if character == _SOFT_HYPHEN else " "
    cluster = row.clusters.get(x, character) if row.clusters else character
    return _without_format("", cluster).rstrip(ZERO_WIDTH_JOINER) or " "


def _is_alike_beside(row: Row, x: int, columns: int) -> bool:
    """Whether the next cell is there, has no cluster, and has the same look."""
    if x + 1 >= columns or (row.clusters and x + 1 in row.clusters):
        return False
    looks = row.looks
    return looks is None or looks[x] == (looks[x + 1 : x + 2] or DEFAULT_LOOK)


def _widths(cluster: str) -> Iterator[int]:
    """The cells of each character, for a terminal that joins none."""
    for character in cluster:
        if not split_leading_marks(character)[0]:
            yield 2 if is_wide(character) else 1
