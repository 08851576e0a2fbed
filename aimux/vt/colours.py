"""The colours that a screen reports, and those that a program set."""

from typing import Final

RGB: Final = 0x1000000
"""Set in a cell's colour that is 24 bits of red, green and blue; without it, it is 0..255."""

_BASIC: Final = (
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
)  # fmt: skip
_LEVELS: Final = (0, 95, 135, 175, 215, 255)


def palette_colour(index: int) -> int:
    """The 24-bit colour of xterm's default palette at 0..255."""
    if index < 16:
        return _BASIC[index]
    if index >= 232:
        return 0x010101 * (8 + 10 * (index - 232))
    red, rest = divmod(index - 16, 36)
    green, blue = divmod(rest, 6)
    return _LEVELS[red] << 16 | _LEVELS[green] << 8 | _LEVELS[blue]


def _distance(one: int, other: int) -> int:
    """How far apart two 24-bit colours are."""
    return sum(((one >> shift & 255) - (other >> shift & 255)) ** 2 for shift in (0, 8, 16))


def _nearest_level(part: int) -> int:
    return min(range(6), key=lambda level: abs(_LEVELS[level] - part))


def nearest_palette(colour: int) -> int:
    """The palette index near a cell's colour, of the cube and the greys; others are unchanged."""
    if colour < RGB:
        return colour
    red, green, blue = (_nearest_level(colour >> shift & 255) for shift in (16, 8, 0))
    cube = 16 + 36 * red + 6 * green + blue
    average = sum(colour >> shift & 255 for shift in (0, 8, 16)) // 3
    grey = 232 + min(max((average - 3) // 10, 0), 23)
    return min(cube, grey, key=lambda index: _distance(palette_colour(index), colour))


def nearest_basic(colour: int) -> int:
    """The index 0..15 near a cell's colour; -1 stays."""
    if colour < 16:
        return colour
    exact = colour if colour >= RGB else palette_colour(colour)
    return min(range(16), key=lambda index: _distance(_BASIC[index], exact))


def format_colour(colour: int) -> str:
    """`rgb:rrrr/gggg/bbbb`, the form of every reply."""
    red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
    return f"rgb:{red:02x}{red:02x}/{green:02x}{green:02x}/{blue:02x}{blue:02x}"


class Colours:
    """The foreground, background, cursor and palette of a screen, as 24-bit numbers.

    Attributes:
        foreground: What OSC 10 reports. background: OSC 11. cursor: OSC 12.
        palette: Entries that a program changed with OSC 4; all others are xterm's.
    """

    def __init__(self) -> None:
        self._defaults = (0xFFFFFF, 0x000000, 0xFFFFFF)
        self.foreground, self.background, self.cursor = self._defaults
        self._changed: set[int] = set()
        self.palette: dict[int, int] = {}

    def set_defaults(self, *, foreground: int, background: int, cursor: int) -> None:
        """The theme's colours: reported from now on, and what a reset goes back to."""
        self._defaults = (foreground, background, cursor)
        self.foreground, self.background, self.cursor = self._defaults
        self._changed.clear()

    def report(self, code: int, colour: int) -> None:
        """Say from now on that the terminal has this colour; what a program changed stays.

        Args:
            code: 10 for the foreground, 11 for the background, 12 for the cursor.
            colour: 24 bits.
        """
        changed = [(each, self.dynamic(each)) for each in self._changed]
        defaults = list(self._defaults)
        defaults[code - DYNAMIC[0]] = colour
        foreground, background, cursor = defaults
        self.set_defaults(foreground=foreground, background=background, cursor=cursor)
        for each, given in changed:
            self.set_dynamic(each, given)

    def reset(self) -> None:
        """Undo what programs changed."""
        self.foreground, self.background, self.cursor = self._defaults
        self._changed.clear()
        self.palette.clear()

    def dynamic(self, code: int) -> int:
        """The colour of OSC 10, 11 or 12."""
        return (self.foreground, self.background, self.cursor)[code - DYNAMIC[0]]

    def is_changed(self, code: int) -> bool:
        """Whether a program gave the colour of OSC 10, 11 or 12."""
        return code in self._changed

    def set_dynamic(self, code: int, colour: int | None) -> None:
        """Change the colour of OSC 10, 11 or 12; None changes nothing."""
        if colour is None:
            return
        colours = [self.foreground, self.background, self.cursor]
        colours[code - DYNAMIC[0]] = colour
        self.foreground, self.background, self.cursor = colours
        self._changed.add(code)

    def reset_dynamic(self, code: int) -> None:
        """Undo what OSC 10, 11 or 12 changed."""
        self.set_dynamic(code, self._defaults[code - DYNAMIC[0]])
        self._changed.discard(code)

    @property
    def dark(self) -> bool:
        """Whether the background is darker than the foreground."""
        return _brightness(self.background) <= _brightness(self.foreground)


def _brightness(colour: int) -> int:
    return 299 * (colour >> 16 & 255) + 587 * (colour >> 8 & 255) + 114 * (colour & 255)


DYNAMIC: Final = (10, 11, 12)
"""The OSC numbers of the foreground, the background and the cursor."""
