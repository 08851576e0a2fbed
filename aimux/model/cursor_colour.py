"""The colour of a cursor, by the options `cursor-colour` and `prompt-cursor-colour`."""

from aimux.errors import OptionError
from aimux.styles.colour import colour_rgb, parse_colour


def cursor_colour(text: str) -> int:
    """An option's colour in 24 bits; -1 for the terminal's own."""
    if text == "none":
        return -1
    try:
        rgb = colour_rgb(parse_colour(text))
    except OptionError:
        return -1
    return -1 if rgb is None else rgb
