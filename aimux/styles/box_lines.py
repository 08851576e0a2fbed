"""The lines of boxes by the names of `popup-border-lines` (tmux(1)), and boxes drawn with them."""

from __future__ import annotations

from dataclasses import dataclass

from aimux.styles.draw import draw
from aimux.styles.escapes import without_erasing
from aimux.styles.style import PLAIN, Style

MARGIN = 2  # cells between the title and either corner


@dataclass(frozen=True, slots=True)
class Lines:
    """The characters of a box, and the ends of a line across it."""

    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str
    across: str
    down: str
    joined_left: str
    joined_right: str


BOX_LINES: dict[str, Lines] = {
    "single": Lines(*"┌┐└┘─│├┤"),
    "rounded": Lines(*"╭╮╰╯─│├┤"),
    "double": Lines(*"╔╗╚╝═║╠╣"),
    "heavy": Lines(*"┏┓┗┛━┃┣┫"),
    "simple": Lines(*"++++-|++"),
    "padded": Lines(*"        "),
}


def top_border(lines: Lines, title: str, *, columns: int, base: Style = PLAIN, depth: int) -> str:
    """A box's upper border, at least 2 columns wide, with a title in it, as ANSI text."""
    line = lines.across * (columns - 2)
    room = columns - 2 * MARGIN
    if not title or room <= 0:
        return _plain(f"{lines.top_left}{line}{lines.top_right}", columns, base, depth)
    left = _plain(lines.top_left + lines.across, MARGIN, base, depth)
    right = _plain(lines.across + lines.top_right, MARGIN, base, depth)
    under = lines.across * room
    middle = draw(title, columns=room, base=base, depth=depth, under=under).text
    return f"{left}{without_erasing(middle)}{right}"


def bottom_border(lines: Lines, *, columns: int, base: Style = PLAIN, depth: int) -> str:
    """A box's lower border."""
    line = lines.across * (columns - 2)
    return _plain(f"{lines.bottom_left}{line}{lines.bottom_right}", columns, base, depth)


def side(lines: Lines, *, base: Style = PLAIN, depth: int) -> str:
    """One cell of a box's left or right border."""
    return _plain(lines.down, 1, base, depth)


def _plain(text: str, columns: int, base: Style, depth: int) -> str:
    """Characters none of which is a `#`."""
    return without_erasing(draw(text, columns=columns, base=base, depth=depth).text)
