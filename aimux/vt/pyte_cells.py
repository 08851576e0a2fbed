"""Cells as pyte's records, and back: `screen.buffer[y][x]` read and written through to the rows."""

from functools import cache
from typing import Final

from pyte import graphics
from pyte.screens import Char, StaticDefaultDict
from typing_extensions import override

from aimux.vt.attributes import (
    BLINK,
    BOLD,
    DEFAULT_COLOUR,
    INDEXED_BACKGROUND,
    INDEXED_FOREGROUND,
    ITALIC,
    REVERSE,
    STRIKE,
    TABLE,
    UNDERLINE_MASK,
    UNDERLINE_SHIFT,
    Attributes,
)
from aimux.vt.colours import RGB
from aimux.vt.engine import Engine
from aimux.vt.row import DEFAULT_LOOK, SPACER, Row, heal

BLANK: Final = Char(" ")
_chars: Final[dict[tuple[str, int], Char]] = {}
TABLE.empty_with(_chars)
_CHARS_LIMIT: Final = 1 << 14


def _colour(colour: int, *, indexed: bool, background: bool) -> str:
    """Pyte's name of a colour: `red`, `brightred`, or six hexadecimal digits."""
    if colour >= RGB:
        return f"{colour & 0xFFFFFF:06x}"
    if indexed or colour > 15:
        return graphics.FG_BG_256[colour]
    if colour < 0:
        return "default"
    if colour < 8:
        return graphics.FG_ANSI[30 + colour]
    names = graphics.BG_AIXTERM if background else graphics.FG_AIXTERM
    return names[(100 if background else 90) + colour - 8]


def char_of(data: str, identity: int) -> Char:
    """The cell as pyte's record; shared, since screens have few different ones."""
    found = _chars.get((data, identity))
    if found is None:
        if len(_chars) >= _CHARS_LIMIT:
            _chars.clear()
        found = _chars[data, identity] = _new_char(data, TABLE[identity])
    return found


def _new_char(data: str, attributes: Attributes) -> Char:
    flags = attributes.flags
    return Char(
        data,
        _colour(attributes.foreground, indexed=bool(flags & INDEXED_FOREGROUND), background=False),
        _colour(attributes.background, indexed=bool(flags & INDEXED_BACKGROUND), background=True),
        bold=bool(flags & BOLD),
        italics=bool(flags & ITALIC),
        underscore=bool(flags & UNDERLINE_MASK),
        strikethrough=bool(flags & STRIKE),
        reverse=bool(flags & REVERSE),
        blink=bool(flags & BLINK),
    )


_FLAGS: Final = (
    ("bold", BOLD),
    ("italics", ITALIC),
    ("underscore", 1 << UNDERLINE_SHIFT),
    ("strikethrough", STRIKE),
    ("reverse", REVERSE),
    ("blink", BLINK),
)


@cache
def _numbers() -> dict[str, int]:
    """Pyte's colour names to palette numbers."""
    names = {name: code - 90 + 8 for code, name in graphics.FG_AIXTERM.items()}
    names.update({name: code - 100 + 8 for code, name in graphics.BG_AIXTERM.items()})
    names.update({name: code - 30 for code, name in graphics.FG_ANSI.items()})
    return names | {"default": DEFAULT_COLOUR}


def _colour_number(name: str) -> int:
    found = _numbers().get(name)
    if found is not None:
        return found
    try:
        return RGB | int(name, 16) & 0xFFFFFF
    except ValueError:
        return DEFAULT_COLOUR


def identity_of(char: Char) -> int:
    """The attribute id of a record's look; what pyte does not know is at its default."""
    flags = sum(bit for name, bit in _FLAGS if getattr(char, name))
    return TABLE.intern(Attributes(flags, _colour_number(char.fg), _colour_number(char.bg)))


def _write_cell(row: Row, x: int, char: Char) -> None:
    """Replace one cell; an empty record is the second half of a wide one."""
    if row.clusters is not None:
        heal(row, x, x + 1)
    row.text = row.text.ljust(x + 1)
    looks = (row.looks or "").ljust(len(row.text), DEFAULT_LOOK)
    row.looks = looks[:x] + chr(identity_of(char)) + looks[x + 1 :]
    row.text = row.text[:x] + (char.data[:1] or SPACER) + row.text[x + 1 :]
    if len(char.data) != 1:
        row.clusters = row.clusters or {}
        if char.data:
            row.clusters[x] = char.data
    row.version += 1


def _cell(row: Row, x: int) -> Char:
    if x >= len(row.text):
        return BLANK
    data = row.text[x]
    if data == SPACER:
        data = ""
    elif row.clusters:
        data = row.clusters.get(x, data)
    return char_of(data, ord(row.looks[x]) if row.looks is not None else 0)


class _Line(StaticDefaultDict[int, Char]):
    """One row, read and written by column; it is the row that is there, wherever it scrolls."""

    def __init__(self, row: Row) -> None:
        super().__init__(BLANK)
        self._row = row

    @override
    def __missing__(self, key: int) -> Char:
        return _cell(self._row, key)

    @override
    def __setitem__(self, key: int, char: Char) -> None:
        _write_cell(self._row, key, char)


class Buffer(dict[int, StaticDefaultDict[int, Char]]):
    """The rows of the screen, read by number."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine

    def __missing__(self, key: int) -> StaticDefaultDict[int, Char]:
        return _Line(self._engine.rows[key])
