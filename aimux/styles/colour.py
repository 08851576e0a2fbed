"""Colours of tmux (tmux(1), STYLES): their names and numbers, and fewer of them for poor terminals.

A colour is an int, as everywhere in aimux, so that cells and styles agree:
`DEFAULT` (-1), the palette's 0..255, or `RGB | 0xRRGGBB`. Two more values exist only in styles,
because tmux shows them as they were written: `TERMINAL`, and `INDEXED | n` for `colour0` to
`colour15`, which are `black` to `brightwhite` under another name. `plain_colour` takes both away.
"""

import re
from functools import lru_cache

from aimux.errors import OptionError
from aimux.styles.x11_colours import X11_COLOURS

DEFAULT = -1
"""`default`: whatever the place shows that has no colour of its own."""
TERMINAL = -2
"""`terminal`: the outer terminal's own colour, also where a style sets another default."""
RGB = 0x1000000
"""Flag of a colour given as 0xRRGGBB."""
INDEXED = 0x2000000
"""Flag of `colour0`..`colour15`; see the module's docstring."""

_BASIC = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_PALETTE_NAMES = _BASIC + tuple(f"bright{name}" for name in _BASIC)
# tmux also takes the SGR numbers of old configurations: 0..7 and 90..97.
_NUMBERS = tuple(str(n) for n in (*range(8), *range(90, 98)))
_NAMED = {
    "default": DEFAULT,
    "terminal": TERMINAL,
    **{name: n for n, name in enumerate(_PALETTE_NAMES)},
    **{number: n for n, number in enumerate(_NUMBERS)},
}
_NAMES = {DEFAULT: "default", TERMINAL: "terminal", **dict(enumerate(_PALETTE_NAMES))}

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_INDEX = re.compile(r"colou?r[ \t\n\v\f\r]*([+-]?[0-9]{1,18})", re.IGNORECASE)
_GREY = re.compile(r"gr[ea]y([0-9]{0,9})")

_SIXTEEN = (
    *(0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0xC0C0C0),
    *(0x808080, 0xFF0000, 0x00FF00, 0xFFFF00, 0x0000FF, 0xFF00FF, 0x00FFFF, 0xFFFFFF),
)
_CUBE = (0x00, 0x5F, 0x87, 0xAF, 0xD7, 0xFF)


def parse_colour(text: str) -> int:
    """The colour that `text` names: `red`, `colour12`, `#rrggbb`, `default`, an X11 name.

    Raises:
        OptionError: `bad colour: x`, as tmux says it.
    """
    colour = _find_colour(text)
    if colour is None:
        raise OptionError(f"bad colour: {text}")
    return colour


@lru_cache(maxsize=1024)
def _find_colour(text: str) -> int | None:
    if _HEX.fullmatch(text):
        return RGB | int(text[1:], 16)
    if match := _INDEX.fullmatch(text):
        return _indexed(int(match[1]))
    # tmux looks for these before its table and with lower-case letters only.
    if match := _GREY.match(text):
        return _grey(match[1])
    name = text.lower()
    if name in _NAMED:
        return _NAMED[name]
    rgb = X11_COLOURS.get(name)
    return None if rgb is None else RGB | rgb


def _indexed(index: int) -> int | None:
    if not 0 <= index <= 255:
        return None
    return index if index > 15 else INDEXED | index


def _grey(percent: str) -> int | None:
    if not percent:
        return RGB | 0xBEBEBE
    level = int(2.55 * int(percent) + 0.5)
    return RGB | level * 0x010101 if level <= 255 else None


def format_colour(colour: int) -> str:
    """The name under which tmux shows `colour` in `show-options`."""
    if colour in _NAMES:
        return _NAMES[colour]
    if colour & RGB:
        return f"#{colour & 0xFFFFFF:06x}"
    return f"colour{colour & 0xFF}"


def plain_colour(colour: int) -> int:
    """`colour` in the form that cells have: -1, 0..255 or `RGB | 0xRRGGBB`."""
    if colour < 0:
        return DEFAULT
    return colour & ~INDEXED


def colour_rgb(colour: int) -> int | None:
    """0xRRGGBB of xterm's default palette, or None for `default` and `terminal`."""
    plain = plain_colour(colour)
    if plain == DEFAULT:
        return None
    if plain & RGB:
        return plain & 0xFFFFFF
    return _palette_rgb(plain)


def _palette_rgb(index: int) -> int:
    if index < 16:
        return _SIXTEEN[index]
    if index >= 232:
        return (8 + 10 * (index - 232)) * 0x010101
    red, rest = divmod(index - 16, 36)
    green, blue = divmod(rest, 6)
    return _CUBE[red] << 16 | _CUBE[green] << 8 | _CUBE[blue]


@lru_cache(maxsize=1024)
def nearest_256(rgb: int) -> int:
    """The palette entry (16..255) nearest to 0xRRGGBB, as tmux finds it: the cube or the greys."""
    channels = rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF
    red, green, blue = (_cube_step(value) for value in channels)
    in_cube = 16 + 36 * red + 6 * green + blue
    # The grey steps end at 238; the average decides which one is compared.
    average = sum(channels) // 3
    grey = 23 if average > 238 else max(0, (average - 3) // 10)
    in_greys = 232 + grey
    nearer = _distance(_palette_rgb(in_greys), rgb) < _distance(_palette_rgb(in_cube), rgb)
    return in_greys if nearer else in_cube


def _cube_step(value: int) -> int:
    if value < 48:
        return 0
    return 1 if value < 114 else (value - 35) // 40


@lru_cache(maxsize=1024)
def nearest_16(rgb: int) -> int:
    """The entry (0..15) of xterm's first sixteen colours nearest to 0xRRGGBB."""
    return min(range(16), key=lambda index: _distance(_SIXTEEN[index], rgb))


def _distance(one: int, other: int) -> int:
    return sum(((one >> shift & 0xFF) - (other >> shift & 0xFF)) ** 2 for shift in (16, 8, 0))
