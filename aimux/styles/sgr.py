"""What a terminal is sent for a style: the parameters of SGR (ECMA-48 §8.3.117; xterm ctlseqs)."""

from functools import lru_cache
from typing import Final

from aimux.styles.colour import (
    DEFAULT,
    RGB,
    TERMINAL,
    colour_rgb,
    nearest_16,
    nearest_256,
    plain_colour,
)
from aimux.styles.style import (
    BLINK,
    BOLD,
    CURLY_UNDERSCORE,
    DASHED_UNDERSCORE,
    DIM,
    DOTTED_UNDERSCORE,
    DOUBLE_UNDERSCORE,
    HIDDEN,
    ITALICS,
    OVERLINE,
    REVERSE,
    STRIKETHROUGH,
    UNDERSCORE,
    Style,
)

NO_COLOURS: Final = 1
SIXTEEN: Final = 16
TWO_HUNDRED_AND_FIFTY_SIX: Final = 256
TRUE_COLOUR: Final = 1 << 24

_ATTRIBUTES = {
    BOLD: "1",
    DIM: "2",
    ITALICS: "3",
    UNDERSCORE: "4",
    DOUBLE_UNDERSCORE: "4:2",
    CURLY_UNDERSCORE: "4:3",
    DOTTED_UNDERSCORE: "4:4",
    DASHED_UNDERSCORE: "4:5",
    BLINK: "5",
    REVERSE: "7",
    HIDDEN: "8",
    STRIKETHROUGH: "9",
    OVERLINE: "53",
}


@lru_cache(maxsize=2048)
def sgr(style: Style, depth: int) -> str:
    """The SGR parameters that turn a reset terminal to `style`; empty if nothing has to be set.

    Args:
        style: Its colours and attributes count, the rest does not. `acs` is the drawing's matter.
        depth: How many colours the terminal has: 16, 256 or `1 << 24`. Richer ones become the
            nearest that it has. With NO_COLOURS a background becomes reverse video, as in tmux.
    """
    if depth == NO_COLOURS:
        style = _without_colours(style)
    parameters = [code for bit, code in _ATTRIBUTES.items() if style.attributes & bit]
    parameters += _ground(style.fg, depth, 30)
    parameters += _ground(style.bg, depth, 40)
    if style.us >= 0:
        parameters.append(_underline(style.us))
    return ";".join(parameters)


def _without_colours(style: Style) -> Style:
    reverse = REVERSE if plain_colour(style.bg) != DEFAULT else 0
    return Style(attributes=style.attributes ^ reverse)


def _ground(colour: int, depth: int, first: int) -> list[str]:
    """`first` is 30 for the foreground, 40 for the background."""
    if colour in (DEFAULT, TERMINAL):
        return []
    shown = _reduced(colour, depth)
    if shown & RGB:
        red, green, blue = shown >> 16 & 0xFF, shown >> 8 & 0xFF, shown & 0xFF
        return [f"{first + 8};2;{red};{green};{blue}"]
    if shown > 15:
        return [f"{first + 8};5;{shown}"]
    # 90..97 and 100..107 are the bright half.
    return [str(first + shown if shown < 8 else first + 60 + shown - 8)]


def _reduced(colour: int, depth: int) -> int:
    plain = plain_colour(colour)
    rgb = colour_rgb(colour)
    if rgb is None or depth >= TRUE_COLOUR or plain < SIXTEEN:
        return plain
    if depth < TWO_HUNDRED_AND_FIFTY_SIX:
        return nearest_16(rgb)
    return nearest_256(rgb) if plain & RGB else plain


def _underline(colour: int) -> str:
    """The underline's colour (58), with colons: a terminal that does not know it skips it whole."""
    if colour & RGB:
        return f"58:2::{colour >> 16 & 0xFF}:{colour >> 8 & 0xFF}:{colour & 0xFF}"
    return f"58:5:{colour & 0xFF}"
