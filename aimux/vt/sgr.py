"""Select Graphic Rendition: `CSI ... m` as a function from attributes to attributes."""

from typing import Final

from aimux.vt.attributes import (
    BLINK,
    BOLD,
    DEFAULT_COLOUR,
    DIM,
    HIDDEN,
    INDEXED_BACKGROUND,
    INDEXED_FOREGROUND,
    ITALIC,
    OVERLINE,
    PROTECTED,
    REVERSE,
    STRIKE,
    UNDERLINE_MASK,
    UNDERLINE_SHIFT,
    Attributes,
)
from aimux.vt.colours import RGB

# Parameter to (bits cleared, bits set). ECMA-48 8.3.117; 21 is double underline, not "bold off".
_FLAGS: Final[dict[int, tuple[int, int]]] = {
    1: (0, BOLD),
    2: (0, DIM),
    3: (0, ITALIC),
    4: (UNDERLINE_MASK, 1 << UNDERLINE_SHIFT),
    5: (0, BLINK),
    6: (0, BLINK),
    7: (0, REVERSE),
    8: (0, HIDDEN),
    9: (0, STRIKE),
    21: (UNDERLINE_MASK, 2 << UNDERLINE_SHIFT),
    22: (BOLD | DIM, 0),
    23: (ITALIC, 0),
    24: (UNDERLINE_MASK, 0),
    25: (BLINK, 0),
    27: (REVERSE, 0),
    28: (HIDDEN, 0),
    29: (STRIKE, 0),
    53: (0, OVERLINE),
    55: (OVERLINE, 0),
}

_FOREGROUND, _BACKGROUND, _UNDERLINE = 1, 2, 3
_EXTENDED: Final = {38: _FOREGROUND, 48: _BACKGROUND, 58: _UNDERLINE}
_INDEXED: Final = {_FOREGROUND: INDEXED_FOREGROUND, _BACKGROUND: INDEXED_BACKGROUND, _UNDERLINE: 0}

# Parameter to (field of Attributes, colour) for the colours that need no further parameter.
_COLOURS: Final[dict[int, tuple[int, int]]] = {
    39: (_FOREGROUND, DEFAULT_COLOUR),
    49: (_BACKGROUND, DEFAULT_COLOUR),
    59: (_UNDERLINE, DEFAULT_COLOUR),
    **{30 + n: (_FOREGROUND, n) for n in range(8)},
    **{40 + n: (_BACKGROUND, n) for n in range(8)},
    **{90 + n: (_FOREGROUND, 8 + n) for n in range(8)},
    **{100 + n: (_BACKGROUND, 8 + n) for n in range(8)},
}

_MISSING: Final = -1


def _rgb(red: int, green: int, blue: int) -> int:
    """The colour, or `_MISSING` if a component is absent or over 255."""
    if 0 <= red <= 255 and 0 <= green <= 255 and 0 <= blue <= 255:
        return RGB | red << 16 | green << 8 | blue
    return _MISSING


class _Style:
    """The attributes while the parameters of one sequence are applied to them."""

    __slots__ = ("colours", "flags", "link")

    def __init__(self, attributes: Attributes) -> None:
        self.flags = attributes.flags
        self.colours = [0, attributes.foreground, attributes.background, attributes.underline]
        self.link = attributes.link

    def attributes(self) -> Attributes:
        _, foreground, background, underline = self.colours
        return Attributes(self.flags, foreground, background, underline, self.link)

    def set_colour(self, field: int, colour: int, *, indexed: bool) -> None:
        bit = _INDEXED[field]
        self.flags = self.flags | bit if indexed else self.flags & ~bit
        self.colours[field] = colour

    def set_palette(self, field: int, index: int) -> None:
        """`38;5;n`: as in tmux, an index that is no colour means the default."""
        known = 0 <= index <= 255
        self.set_colour(field, index if known else DEFAULT_COLOUR, indexed=known)

    def reset(self) -> None:
        # A link and DECSCA's protection are no renditions: `CSI m` leaves them.
        self.flags &= PROTECTED
        self.colours = [0, DEFAULT_COLOUR, DEFAULT_COLOUR, DEFAULT_COLOUR]

    def apply_simple(self, parameter: int) -> None:
        """A parameter that stands alone; unknown ones are skipped."""
        flags = _FLAGS.get(parameter)
        if flags is not None:
            self.flags = self.flags & ~flags[0] | flags[1]
        elif parameter == 0:
            self.reset()
        elif parameter in _COLOURS:
            field, colour = _COLOURS[parameter]
            self.set_colour(field, colour, indexed=False)

    def apply_extended(self, parameters: list[int], at: int) -> int:
        """`38;5;n` or `38;2;r;g;b` whose first parameter is at `at`; where the next one is."""
        field = _EXTENDED[parameters[at]]
        rest = [*parameters[at + 1 : at + 5], _MISSING, _MISSING, _MISSING, _MISSING]
        if rest[0] == 5:
            self.set_palette(field, rest[1])
            return at + 3
        if rest[0] == 2:
            colour = _rgb(rest[1], rest[2], rest[3])
            if colour == _MISSING:
                return at + 2
            self.set_colour(field, colour, indexed=False)
            return at + 5
        return at + 2 if rest[0] != _MISSING else at + 1

    def apply_colons(self, item: str) -> None:
        """One parameter with sub-parameters (ISO 8613-6): `4:3`, `38:2::1:2:3`, `38:5:3`."""
        parts = [_number(part) for part in item.split(":")]
        if parts[0] == 4 and len(parts) == 2 and 0 <= parts[1] <= 5:
            self.flags = self.flags & ~UNDERLINE_MASK | parts[1] << UNDERLINE_SHIFT
        elif parts[0] in _EXTENDED and len(parts) > 2:
            self._apply_colon_colour(_EXTENDED[parts[0]], parts[1], parts[2:])

    def _apply_colon_colour(self, field: int, kind: int, values: list[int]) -> None:
        if kind == 5:
            self.set_palette(field, values[0])
        elif kind == 2 and len(values) >= 3:
            # The colour space identifier, mostly empty, comes first unless it is left out.
            colour = _rgb(*values[1:4]) if len(values) > 3 else _rgb(*values)
            if colour != _MISSING:
                self.set_colour(field, colour, indexed=False)


def _number(text: str) -> int:
    return int(text) if text else _MISSING


def _apply_items(style: _Style, items: list[str]) -> None:
    numbers = [_MISSING if ":" in item else _number(item) for item in items]
    at = 0
    while at < len(items):
        if ":" in items[at]:
            style.apply_colons(items[at])
        elif numbers[at] in _EXTENDED:
            at = style.apply_extended(numbers, at)
            continue
        else:
            style.apply_simple(max(numbers[at], 0))
        at += 1


# The parts of such a sequence between semicolons, to what they are of the colour.
_REDS: Final = {str(number): RGB | number << 16 for number in range(256)}
_GREENS: Final = {str(number): number << 8 for number in range(256)}
_BLUES: Final = {f"{number}m": number for number in range(256)}


def apply_one_rgb(attributes: Attributes, control: str) -> Attributes | None:
    """As `apply_sgr` for `CSI 38;2;r;g;b m` or `CSI 48;2;r;g;b m`; None for anything else.

    Gradients write this one sequence by the thousand, and hardly ever the same again.
    """
    parts = control.split(";")
    if len(parts) != 5 or parts[1] != "2":
        return None
    try:
        colour = _REDS[parts[2]] | _GREENS[parts[3]] | _BLUES[parts[4]]
    except KeyError:
        return None
    flags, foreground, background, underline, link = attributes
    # `tuple.__new__` is what `Attributes` calls, without the call.
    if parts[0] == "\x1b[38":
        flags &= ~INDEXED_FOREGROUND
        return tuple.__new__(Attributes, (flags, colour, background, underline, link))
    if parts[0] == "\x1b[48":
        flags &= ~INDEXED_BACKGROUND
        return tuple.__new__(Attributes, (flags, foreground, colour, underline, link))
    return None


def apply_sgr(attributes: Attributes, parameters: str) -> Attributes:
    """The attributes after `CSI parameters m` (ECMA-48 8.3.117; xterm ctlseqs, "CSI Pm m").

    Args:
        attributes: Those in force before.
        parameters: Digits, `;` and `:` only, bounded by the caller; empty is a reset. Unknown and
            incomplete parameters are skipped as tmux does.

    Returns:
        The new attributes. Never raises for a string of those characters.
    """
    style = _Style(attributes)
    _apply_items(style, parameters.split(";"))
    return style.attributes()
