"""A screen as the bytes that draw it again.

Fed to a new engine of the same size they give equal rows, marks, cursor, modes and the rest of what
a program has set. Not carried over: what the last character was (REP), an unfinished sequence, a
held frame (2026), which nobody would let go, and a place below the region while DECOM is set.
"""

from collections.abc import Iterator, Sequence
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
    LINE_DRAWING,
    OVERLINE,
    PROTECTED,
    REVERSE,
    STRIKE,
    TABLE,
    Attributes,
)
from aimux.vt.charsets import ASCII, LETTERS
from aimux.vt.clusters import ZERO_WIDTH_JOINER
from aimux.vt.colours import DYNAMIC, RGB, Colours, format_colour
from aimux.vt.engine import Engine
from aimux.vt.mode_sequences import mode_state
from aimux.vt.render import spans
from aimux.vt.row import SPACER, Row
from aimux.vt.terminal import SavedCursor

_FLAGS: Final = {
    BOLD: "1",
    DIM: "2",
    ITALIC: "3",
    BLINK: "5",
    REVERSE: "7",
    HIDDEN: "8",
    STRIKE: "9",
    OVERLINE: "53",
}
_MODES: Final = (
    *("?1", "?5", "?9", "?12", "?25", "?66", "?1000", "?1002", "?1003", "?1004", "?1005", "?1006"),
    *("?1007", "?1015", "?1016", "?2004", "?2027", "?2031", "20"),
)
_SET_AT_FIRST: Final = frozenset({"?25"})
_SET: Final = 1
_WIDE_BLANK: Final = "\u3000"
_PLAIN: Final = "\x1b[m"


def serialise(engine: Engine, *, history: int = 0) -> bytes:
    """What draws the screen again on an `Engine` that is new and has the same size.

    Args:
        engine: What is drawn; not changed.
        history: How many of the newest rows above the screen are drawn, too.
    """
    parts = [
        *_main_screen(engine, history),
        *(_alternate_screen(engine) if engine.alternate else ()),
        *_texts(engine),
        *_colours(engine.colours),
        *_tab_stops(engine),
        *_saved_cursor(engine),
        *_modes(engine),
        *_cursor(engine),
    ]
    return "".join(parts).encode("utf-8", "replace")


# Looks


def _colour(colour: int, base: int, *, indexed: bool) -> str:
    if colour >= RGB:
        return f"{base + 8};2;{colour >> 16 & 255};{colour >> 8 & 255};{colour & 255}"
    if indexed or colour > 15:
        return f"{base + 8};5;{colour}"
    return f"{base + colour}" if colour < 8 else f"{base + 52 + colour}"


def _rendition(attributes: Attributes) -> str:
    flags = attributes.flags
    codes = ["0", *(code for flag, code in _FLAGS.items() if flags & flag)]
    if attributes.underline_style:
        codes.append(f"4:{attributes.underline_style}")
    for colour, base, indexed in (
        (attributes.foreground, 30, flags & INDEXED_FOREGROUND),
        (attributes.background, 40, flags & INDEXED_BACKGROUND),
        (attributes.underline, 50, True),
    ):
        if colour >= 0:
            codes.append(_colour(colour, base, indexed=bool(indexed)))
    return f"\x1b[{';'.join(codes)}m"


def _link(identity: int) -> str:
    if not identity:
        return "\x1b]8;;\x1b\\"
    link = TABLE.links[identity]
    key = f"id={link.key}" if link.key else ""
    return f"\x1b]8;{key};{link.uri}\x1b\\"


class _Pen:
    """The look that is drawn with, as far as it has been written."""

    def __init__(self) -> None:
        self._look = DEFAULT

    def change(self, attributes: Attributes) -> str:
        """What leads to a look; line drawing is the caller's."""
        before, self._look = self._look, attributes
        if attributes == before:
            return ""
        rendition = _rendition(attributes)
        parts = [rendition] if rendition != _rendition(before) else []
        if (attributes.flags ^ before.flags) & PROTECTED:
            parts.append('\x1b[1"q' if attributes.flags & PROTECTED else '\x1b[0"q')
        if attributes.link != before.link:
            parts.append(_link(attributes.link))
        return "".join(parts)


# Rows


def _characters(row: Row, start: int, end: int) -> str:
    """The characters of some cells; a cluster that would take in what follows without its marks."""
    cells = list(row.text[start:end])
    for column, cluster in (row.clusters or {}).items():
        if start <= column < end and cluster[-1] != ZERO_WIDTH_JOINER:
            cells[column - start] = cluster
    return "".join(cells).replace(SPACER, "")


def _attributes(row: Row, column: int) -> Attributes:
    return TABLE[ord(row.looks[column])] if row.looks else DEFAULT


def _run(row: Row, start: int, end: int, pen: _Pen) -> str:
    return _drawing(_characters(row, start, end), _attributes(row, start), pen)


def _drawing(text: str, attributes: Attributes, pen: _Pen) -> str:
    """Text in a look."""
    if attributes.flags & LINE_DRAWING:
        text = f"\x1b(0{text.translate(LETTERS)}\x1b(B"
    return pen.change(attributes) + text


def _drawn(row: Row) -> int:
    """The cells that are drawn: those in use, and marks that were put on erased ones."""
    return max(row.used, 1 + max(row.clusters or (), default=-1))


def _cells(row: Row, pen: _Pen) -> Iterator[str]:
    """The cells of a row that were drawn, from its first column on."""
    for start, end, _ in spans(row, _drawn(row)):
        yield _run(row, start, end, pen)


def _joining(rows: Sequence[Row]) -> Iterator[str]:
    """The clusters that would have taken in what was drawn after them; last, and of the screen."""
    pen = _Pen()
    for y, row in enumerate(rows):
        for column, cluster in (row.clusters or {}).items():
            if cluster[-1] == ZERO_WIDTH_JOINER:
                drawn = _drawing(cluster, _attributes(row, column), pen)
                yield f"\x1b[{y + 1};{column + 1}H{drawn}"
    yield pen.change(DEFAULT)


def _erased(row: Row, columns: int, pen: _Pen) -> Iterator[str]:
    """What erasing left in a row: blanks that count as used, and colour that does not."""
    length = len(row.text)
    if row.extent > length:
        blanks = f"\x1b[{length + 1}G{' ' * (row.extent - length)}"
        yield f"{pen.change(DEFAULT)}{blanks}{_erase(length, row.extent)}"
    if row.extent >= 0:
        return
    drawn = _drawn(row)
    # Colour anywhere gives the row its whole length.
    yield f"{pen.change(Attributes(background=1))}{_erase(drawn, columns)}"
    for start, end, identity in spans(row, columns):
        if end > drawn:
            yield f"{pen.change(TABLE[identity])}{_erase(max(start, drawn), end)}"


def _erase(start: int, end: int) -> str:
    """Blank some cells: not all at once, which would part the row from the one above."""
    if start >= end:
        return ""
    rest = f"\x1b[{start + 2}G\x1b[{end - start - 1}X" if end - start > 1 else ""
    return f"{rest}\x1b[{start + 1}G\x1b[X"


def _row(row: Row, columns: int, pen: _Pen) -> Iterator[str]:
    """One row, from its first column on; the pen is the default afterwards."""
    yield from _cells(row, pen)
    yield from _erased(row, columns, pen)
    if row.mark:
        yield f"\x1b]133;{row.mark}\x1b\\"
    yield pen.change(DEFAULT)


def _wrap(row: Row, columns: int) -> str:
    """Go on in the next row as in the same line, and back to its first column."""
    if len(row.text) >= columns and row.extent >= 0:
        return " \r"  # The cursor waits behind the last column.
    return f"\x1b[{columns}G{_WIDE_BLANK}\r"


def _unwrapped_blank(row: Row) -> str:
    """Take away what `_wrap` wrote to a row that has less."""
    return f"{_erase(0, 2)}\r" if len(row.text) < 2 else ""


def _rows(rows: Sequence[Row], columns: int) -> Iterator[str]:
    """Rows from the cursor's on, each a row lower; the last one is not said to be wrapped."""
    pen = _Pen()
    continued = False
    for number, row in enumerate(rows):
        if continued:
            yield _unwrapped_blank(row)
        yield from _row(row, columns, pen)
        continued = row.wrapped and columns > 1
        if number < len(rows) - 1:
            yield _wrap(row, columns) if continued else "\r\n"


def _bottom_wrap(rows: Sequence[Row], columns: int) -> Iterator[str]:
    """Have the last row be wrapped: possible where a region keeps the screen from scrolling."""
    if rows[-1].wrapped and columns > 1 and len(rows) > 2:
        yield f"\x1b[1;{len(rows) - 1}r\x1b[{len(rows)};{columns}H{_WIDE_BLANK}\r"
        yield _unwrapped_blank(rows[-1])
        yield from _row(rows[-1], columns, _Pen())
        yield "\x1b[r"


# Screens


def _main_screen(engine: Engine, history: int) -> Iterator[str]:
    rows = engine.main_rows if engine.alternate else engine.rows
    above = engine.history.span(len(engine.history) - history, len(engine.history))
    yield from _rows([*above, *rows], engine.columns)
    yield from _bottom_wrap(rows, engine.columns)
    yield from _joining(rows)
    yield from _kitty_flags(engine.kitty_stacks[0])
    if engine.alternate_saved_cursor is not None:
        yield from _placed(engine, rows, engine.alternate_saved_cursor)
        yield "\x1b[?1049h" + ("" if engine.alternate else "\x1b[?1049l")
        yield from _unplaced(engine.alternate_saved_cursor)


def _alternate_screen(engine: Engine) -> Iterator[str]:
    yield "\x1b[?47h\x1b[H"
    yield from _rows(engine.rows, engine.columns)
    yield from _bottom_wrap(engine.rows, engine.columns)
    yield from _joining(engine.rows)
    yield from _kitty_flags(engine.kitty_stacks[1])


def _kitty_flags(stack: Sequence[int]) -> Iterator[str]:
    if stack != [0]:
        yield f"\x1b[={stack[0]};1u"
        yield from (f"\x1b[>{flags}u" for flags in stack[1:])


def _placed(engine: Engine, rows: Sequence[Row], cursor: SavedCursor) -> Iterator[str]:
    """Bring about the state that saving keeps."""
    pen = _Pen()
    yield "\x1b[?6h" if cursor.origin else ""
    yield f"\x1b[{cursor.y + 1};{cursor.x + 1}H"
    if cursor.x >= engine.columns:
        yield from _behind(rows[cursor.y], engine.columns, pen)
    yield pen.change(TABLE[cursor.attribute])
    yield from _charsets(cursor.charsets, cursor.shift)


def _unplaced(cursor: SavedCursor) -> Iterator[str]:
    """Back to the start: default look and sets."""
    pen = _Pen()
    pen.change(TABLE[cursor.attribute])
    yield pen.change(DEFAULT)
    yield "\x1b(B\x1b)B\x0f"
    yield "\x1b[?6l" if cursor.origin else ""


def _behind(row: Row, columns: int, pen: _Pen) -> Iterator[str]:
    """Draw a row's last cell again, so that the cursor waits behind it."""
    last = columns - 1
    column = last - 1 if row.text[last : last + 1] == SPACER else last
    yield f"\x1b[{column + 1}G"
    if column >= len(row.text):
        yield f"{pen.change(DEFAULT)} "
    elif row.clusters and row.clusters.get(column, "").endswith(ZERO_WIDTH_JOINER):
        yield _drawing(row.clusters[column], _attributes(row, column), pen)
    else:
        yield _run(row, column, columns, pen)


def _charsets(charsets: Sequence[str], shift: int) -> Iterator[str]:
    for letter, designator in zip("()", charsets, strict=True):
        if designator != ASCII:
            yield f"\x1b{letter}{designator}"
    if shift:
        yield "\x0e"


# The rest


def _texts(engine: Engine) -> Iterator[str]:
    for title, name in engine.titles:
        yield f"\x1b]2;{title}\x1b\\\x1b]1;{name}\x1b\\\x1b[22;0t"
    for number, text in ((2, engine.title), (1, engine.icon_name), (7, engine.path)):
        if text or (number != 7 and engine.titles):
            yield f"\x1b]{number};{text}\x1b\\"


def _colours(colours: Colours) -> Iterator[str]:
    for index, colour in colours.palette.items():
        yield f"\x1b]4;{index};{format_colour(colour)}\x1b\\"
    for code in DYNAMIC:
        if colours.is_changed(code):
            yield f"\x1b]{code};{format_colour(colours.dynamic(code))}\x1b\\"


def _tab_stops(engine: Engine) -> Iterator[str]:
    if engine.tab_stops != engine.default_tab_stops():
        yield "\x1b[3g"
        yield from (f"\x1b[{stop + 1}G\x1bH" for stop in sorted(engine.tab_stops))


def _saved_cursor(engine: Engine) -> Iterator[str]:
    if engine.saved_cursor is not None:
        yield from _placed(engine, engine.rows, engine.saved_cursor)
        yield "\x1b7"
        yield from _unplaced(engine.saved_cursor)


def _modes(engine: Engine) -> Iterator[str]:
    for mode in _MODES:
        on = mode_state(engine, mode) == _SET
        if on != (mode in _SET_AT_FIRST):
            yield f"\x1b[{mode}{'h' if on else 'l'}"
    if engine.modes.modify_other_keys:
        yield f"\x1b[>4;{engine.modes.modify_other_keys}m"
    if engine.cursor_shape:
        yield f"\x1b[{engine.cursor_shape} q"


def _cursor(engine: Engine) -> Iterator[str]:
    """Region, cursor and pen, and the modes that change how text is drawn."""
    origin = engine.modes.origin
    pen = _Pen()
    yield "\x1b[?6h" if origin else ""
    yield f"\x1b[{engine.top + 1};{engine.bottom + 1}r"
    if engine.margin_mode:
        yield f"\x1b[?69h\x1b[{engine.left + 1};{engine.right + 1}s"
    if origin and engine.y < engine.top:
        # The new region has put the cursor in the screen's corner, where CUP does not reach.
        yield f"\x1b[{engine.y}B" if engine.y else ""
    else:
        yield f"\x1b[{engine.y + 1 - (engine.top if origin else 0)}d"
    yield f"\x1b[{engine.x + 1 - (engine.left if origin and engine.margined else 0)}G"
    if engine.x >= engine.columns:
        yield from _behind(engine.rows[engine.y], engine.columns, pen)
    yield from _charsets(engine.charsets, engine.shift)
    yield "\x1b[4h" if engine.insert else ""
    yield "" if engine.autowrap else "\x1b[?7l"
    yield pen.change(TABLE[engine.attribute])
