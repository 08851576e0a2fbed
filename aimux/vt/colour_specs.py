"""How programs write the colours of OSC 4, 10, 11 and 12: X11's XParseColor, and tmux's forms.

Beside `rgb:r/g/b` and `#rrggbb` tmux 3.3a reads longer `#` forms, `r,g,b`, `cmy:c/m/y`,
`cmyk:c/m/y/k` and the names of rgb.txt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from aimux.styles.x11_colours import X11_COLOURS

_HEX: Final = "([0-9a-fA-F]{1,4})"
_HIGH: Final = "([0-9a-fA-F]{2})[0-9a-fA-F]{2}"
_PART: Final = r"(\d(?:\.\d{1,6})?)"
_GREY: Final = re.compile(r"gr[ae]y(100|\d{1,2})?")
_X11_GREY: Final = 0xBEBEBE
# The plain names, which in options are colours of the terminal and have their figures only here.
_PLAIN: Final = {
    "black": 0x000000,
    "red": 0xFF0000,
    "green": 0x00FF00,
    "yellow": 0xFFFF00,
    "blue": 0x0000FF,
    "magenta": 0xFF00FF,
    "cyan": 0x00FFFF,
    "white": 0xFFFFFF,
}


def parse_colour(text: str) -> int | None:
    """A 24-bit colour; None for what is none."""
    stripped = text.strip(" ")
    for pattern, read in _FORMS:
        found = pattern.fullmatch(stripped)
        if found is not None:
            return read(found)
    return _named(stripped.lower())


def _joined(parts: list[int]) -> int | None:
    if any(part > 255 for part in parts):
        return None
    red, green, blue = parts
    return red << 16 | green << 8 | blue


def _scaled(digits: str) -> int:
    """One to four hexadecimal digits as 0..255; of four, as in tmux, the first two count."""
    if len(digits) == 4:
        return int(digits[:2], 16)
    largest: int = (1 << 4 * len(digits)) - 1
    return int(digits, 16) * 255 // largest


def _slashed(found: re.Match[str]) -> int | None:
    return _joined([_scaled(part) for part in found.groups()])


def _sharp(found: re.Match[str]) -> int | None:
    return int(found[1], 16)


def _long_sharp(found: re.Match[str]) -> int | None:
    return _joined([int(part, 16) for part in found.groups()])


def _decimal(found: re.Match[str]) -> int | None:
    return _joined([int(part) for part in found.groups()])


def _subtractive(found: re.Match[str]) -> int | None:
    """Of cyan, magenta, yellow and, if it is given, black: parts from 0 to 1."""
    *inks, black = (float(part) for part in found.groups("0"))
    if any(ink > 1 for ink in (*inks, black)):
        return None
    return _joined([int((1 - ink) * (1 - black) * 255) for ink in inks])


def _named(name: str) -> int | None:
    grey = _GREY.fullmatch(name)
    if grey is None:
        return X11_COLOURS.get(name, _PLAIN.get(name))
    return _X11_GREY if grey[1] is None else 0x010101 * int(int(grey[1]) * 2.55 + 0.5)


_Reader = Callable[[re.Match[str]], int | None]
_FORMS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (re.compile(f"rgb:{_HEX}/{_HEX}/{_HEX}"), _slashed),
    (re.compile("#([0-9a-fA-F]{6})"), _sharp),
    (re.compile(f"#{_HIGH}{_HIGH}{_HIGH}"), _long_sharp),
    (re.compile(r"(\d{1,3}),(\d{1,3}),(\d{1,3})"), _decimal),
    (re.compile(f"cmyk?:{_PART}/{_PART}/{_PART}(?:/{_PART})?"), _subtractive),
)
