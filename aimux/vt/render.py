"""Rows as text: plain, in runs of one look, and as SGR text for a terminal that shows them."""

import re
from collections.abc import Iterator
from typing import Final

from aimux.vt.attributes import (
    BLINK,
    BOLD,
    DEFAULT,
    DIM,
    HIDDEN,
    INDEXED_BACKGROUND,
    INDEXED_FOREGROUND,
    ITALIC,
    OVERLINE,
    REVERSE,
    STRIKE,
    TABLE,
    Attributes,
)
from aimux.vt.colours import RGB, nearest_basic, nearest_palette
from aimux.vt.outer_cells import outer_cells
from aimux.vt.row import DEFAULT_LOOK, SPACER, Row

TRUECOLOUR: Final = 1 << 24
_LOOK: Final = {
    BOLD: "1",
    DIM: "2",
    ITALIC: "3",
    BLINK: "5",
    REVERSE: "7",
    HIDDEN: "8",
    STRIKE: "9",
    OVERLINE: "53",
}


def _shown(row: Row, start: int, stop: int) -> str:
    """The characters of the cells `start <= x < stop`."""
    text = row.text[start:stop]
    if row.clusters is None:
        return text
    if row.clusters:
        cells = list(text)
        for x, cluster in row.clusters.items():
            if start <= x < stop:
                cells[x - start] = cluster
        text = "".join(cells)
    return text.replace(SPACER, "")


def row_text(row: Row) -> str:
    """The characters of a row; blank cells beyond the last one written are left out."""
    return _shown(row, 0, len(row.text))


def spans(row: Row, columns: int) -> Iterator[tuple[int, int, int]]:
    """Start, stop and attribute id of each run of equal attributes in the row's text."""
    length = min(len(row.text), columns)
    looks = row.looks
    if looks is None:
        if length:
            yield 0, length, 0
        return
    looks = looks[:length]
    start = 0
    while start < length:
        look = looks[start]
        stop = length - len(looks[start:].lstrip(look))
        yield start, stop, ord(look)
        start = stop


def runs(row: Row, columns: int | None = None) -> Iterator[tuple[str, Attributes]]:
    """The characters of a row in runs of one look.

    Args:
        row: What is read.
        columns: Exactly so many cells, blank ones included; None: those that the row's text has.
    """
    stop = len(row.text) if columns is None else columns
    for start, end, identity in spans(row, stop):
        yield _shown(row, start, end), TABLE[identity]
    if stop > len(row.text):
        yield " " * (stop - len(row.text)), DEFAULT


_LINKED: Final = re.compile("(?:https?|mailto|file):[!-~]+", re.IGNORECASE).fullmatch
_END_OF_LINK: Final = "\x1b]8;;\x1b\\"
_END_OF_LOOK: Final = "\x1b[m"


def _colour_parameters(colour: int, base: int, *, indexed: bool) -> str:
    """SGR parameters of a colour that is not the default; `base` is 30, 40 or 50."""
    if colour >= RGB:
        red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
        return f"{base + 8};2;{red};{green};{blue}"
    if indexed or colour >= 16:
        return f"{base + 8};5;{colour}"
    return f"{base + colour}" if colour < 8 else f"{base + 52 + colour}"


def _reduced(colour: int, depth: int) -> int:
    """The colour that a terminal of `depth` colours can show."""
    if depth >= TRUECOLOUR or colour < 16:
        return colour
    return nearest_palette(colour) if depth >= 256 else nearest_basic(colour)


def _look(attributes: Attributes, depth: int) -> str:
    """The sequence that leads from the default to these attributes; "" for the default."""
    flags = attributes.flags
    parameters = [code for flag, code in _LOOK.items() if flags & flag]
    style = attributes.underline_style
    if style:
        parameters.append("4" if style == 1 else f"4:{style}")
    for colour, base, indexed in (
        (attributes.foreground, 30, depth >= 256 and flags & INDEXED_FOREGROUND),
        (attributes.background, 40, depth >= 256 and flags & INDEXED_BACKGROUND),
        (attributes.underline, 50, True),
    ):
        if colour >= 0 and (base < 50 or depth >= 256):
            reduced = _reduced(colour, depth)
            parameters.append(_colour_parameters(reduced, base, indexed=bool(indexed)))
    return f"\x1b[0;{';'.join(parameters)}m" if parameters else ""


class _Looks(dict[int, tuple[str, str]]):
    """Attribute id to the sequences of its look and its link, for one depth."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self._depth = depth

    def __missing__(self, identity: int) -> tuple[str, str]:
        attributes = TABLE[identity]
        found = _look(attributes, self._depth), _link(attributes.link)
        self[identity] = found
        return found


def _link(identity: int) -> str:
    """The sequence that begins a link; "" for none, and for a scheme that is not let through."""
    if not identity:
        return ""
    uri = TABLE.links[identity].uri
    return f"\x1b]8;id={identity};{uri}\x1b\\" if _LINKED(uri) is not None else ""


_looks: Final = {depth: _Looks(depth) for depth in (16, 256, TRUECOLOUR)}
for _each in _looks.values():
    TABLE.empty_with(_each)


def _visible(row: Row, columns: int) -> int:
    """The number of cells that have to be written: without default blanks at the end."""
    length = min(len(row.text), columns)
    text = row.text[:length]
    stop = len(text.rstrip(" "))
    if row.looks is None or stop == length:
        return stop
    return max(stop, len(row.looks[:length].rstrip(DEFAULT_LOOK)))


def render_row(row: Row, columns: int, depth: int = TRUECOLOUR) -> str:
    """A row as text for a terminal, from its first column on, of exactly `columns` cells.

    The text begins and ends in default attributes and outside any link. Blank cells at the end are
    one ECH, so that the cursor may end before the last column. Nothing in it but SGR, OSC 8, ECH
    and CHA is a control, and no character is of the kind that only changes others
    (`outer_cells`). CHA counts columns from the row's first cell: it has to be shifted for a row
    that does not begin in the terminal's first column.

    Args:
        row: What is shown; a wide character that `columns` cuts in two becomes a space.
        columns: The width, at least 1.
        depth: The terminal's number of colours: 16, 256 or `1 << 24`.
    """
    stop = _visible(row, columns)
    cells = outer_cells(row, columns, stop)
    looks = _looks[depth]
    parts: list[str] = []
    look = link = ""
    for start, end, identity in spans(row, stop):
        next_look, next_link = looks[identity]
        if next_look != look:
            parts.append(next_look or _END_OF_LOOK)
            look = next_look
        if next_link != link:
            parts.append(next_link or _END_OF_LINK)
            link = next_link
        parts.append(_cells(row, start, end) if cells is None else "".join(cells[start:end]))
    if link:
        parts.append(_END_OF_LINK)
    if look:
        parts.append(_END_OF_LOOK)
    stop = stop if cells is None else len(cells)
    if stop < columns:
        parts.append(f"\x1b[{columns - stop}X")
    return "".join(parts)


def _cells(row: Row, start: int, end: int) -> str:
    """The characters of a run in which nothing is odd, for a terminal."""
    text = row.text[start:end]
    if row.clusters is None:
        return text
    if row.text[end : end + 1] == SPACER:
        text = text[:-1] + " "
    return text.replace(SPACER, "")
