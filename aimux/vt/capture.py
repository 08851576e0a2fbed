"""Rows as `capture-pane` prints them, byte for byte what tmux 3.3a prints for the same cells."""

from dataclasses import dataclass
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
    REVERSE,
    STRIKE,
    UNDERLINE_MASK,
    UNDERLINE_SHIFT,
    Attributes,
)
from aimux.vt.charsets import LETTERS
from aimux.vt.colours import RGB
from aimux.vt.render import runs
from aimux.vt.row import Row

# In tmux's order. Two-digit codes are written with a colon in the middle, overline too.
_CODES: Final = (
    (BOLD, BOLD, "1"),
    (DIM, DIM, "2"),
    (ITALIC, ITALIC, "3"),
    (UNDERLINE_MASK, 1 << UNDERLINE_SHIFT, "4"),
    (BLINK, BLINK, "5"),
    (REVERSE, REVERSE, "7"),
    (HIDDEN, HIDDEN, "8"),
    (STRIKE, STRIKE, "9"),
    (UNDERLINE_MASK, 2 << UNDERLINE_SHIFT, "4:2"),
    (UNDERLINE_MASK, 3 << UNDERLINE_SHIFT, "4:3"),
    (UNDERLINE_MASK, 4 << UNDERLINE_SHIFT, "4:4"),
    (UNDERLINE_MASK, 5 << UNDERLINE_SHIFT, "4:5"),
    (OVERLINE, OVERLINE, "5:3"),
)


@dataclass(frozen=True, slots=True)
class CaptureStyle:
    """What capture-pane was asked for.

    Attributes:
        codes: `-e`: with SGR sequences.
        escape: `-C`: ESC and the shifts as octal escapes, backslashes doubled.
        trim: Without the spaces at a row's end; `-N` and `-J` keep them.
    """

    codes: bool = False
    escape: bool = False
    trim: bool = True


def _active(attributes: Attributes) -> list[str]:
    return [code for mask, value, code in _CODES if attributes.flags & mask == value]


def _colour(colour: int, base: int, *, indexed: bool) -> str:
    """The parameters of a foreground (30) or background (40), the default included."""
    if colour < 0:
        return f"{base + 9}"
    if colour >= RGB:
        return f"{base + 8};2;{colour >> 16 & 255};{colour >> 8 & 255};{colour & 255}"
    if indexed or colour > 15:
        return f"{base + 8};5;{colour}"
    return f"{base + colour}" if colour < 8 else f"{base + 52 + colour}"


def _underline_colour(colour: int) -> str:
    if colour < 0:
        return ""
    return _colour(colour, 50, indexed=True)


def _colours(attributes: Attributes) -> tuple[str, str, str]:
    flags = attributes.flags
    return (
        _colour(attributes.foreground, 30, indexed=bool(flags & INDEXED_FOREGROUND)),
        _colour(attributes.background, 40, indexed=bool(flags & INDEXED_BACKGROUND)),
        _underline_colour(attributes.underline),
    )


def change_of_attributes(before: Attributes, after: Attributes) -> str:
    """What tmux writes between a cell with `before` and one with `after`; may be empty."""
    old, new = _active(before), _active(after)
    reset = any(code not in new for code in old) or (before.underline >= 0 > after.underline)
    codes = ["0", *new] if reset else [code for code in new if code not in old]
    text = f"\x1b[{';'.join(codes)}m" if codes else ""
    for old_colour, new_colour in zip(_colours(before), _colours(after), strict=True):
        if new_colour and (reset or new_colour != old_colour):
            text += f"\x1b[{new_colour}m"
    if before.flags & LINE_DRAWING == after.flags & LINE_DRAWING:
        return text
    return text + ("\x0e" if after.flags & LINE_DRAWING else "\x0f")


def _escaped(codes: str) -> str:
    return codes.replace("\x1b", "\\033").replace("\x0e", "\\016").replace("\x0f", "\\017")


def capture_row(
    row: Row, previous: Attributes = DEFAULT, style: CaptureStyle = CaptureStyle()
) -> tuple[str, Attributes]:
    """One row of capture-pane, without its line feed.

    Args:
        row: What is printed.
        previous: The attributes that the row before ended in; they go on from row to row.
        style: The options.

    Returns:
        The text, and the attributes that the next row starts from.
    """
    parts: list[str] = []
    for text, attributes in runs(row, row.used):
        if style.codes:
            codes = change_of_attributes(previous, attributes)
            parts.append(_escaped(codes) if style.escape else codes)
            previous = attributes
        if attributes.flags & LINE_DRAWING:
            text = text.translate(LETTERS)  # noqa: PLW2901 - tmux prints the letter behind it
        parts.append(text.replace("\\", "\\\\") if style.escape else text)
    line = "".join(parts)
    return line.rstrip(" ") if style.trim else line, previous
