"""How many cells a character takes in a terminal.

Unicode's tables as Python has them: East Asian wide and fullwidth characters take two cells, marks
and format characters none; control characters and undecodable bytes are no characters at all. Where
glibc's wcwidth(3), which tmux and most programs ask, says otherwise, it is followed.
"""

import unicodedata
from functools import lru_cache

from aimux.styles.width_overrides import follow, overrides

NOT_DRAWN = -1
"""Width of what a terminal must never be sent as text: controls, surrogates."""

TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters of no width that turn the direction of the text around them: not drawn either."""

_ZERO_CATEGORIES = frozenset({"Mn", "Me", "Cf"})
_NOT_DRAWN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_EXCEPTIONS = (
    # Format characters that are seen: the soft hyphen, and marks that span the digits after them.
    (0x00AD, 0x00AD, 1),
    (0x0600, 0x0605, 1),
    (0x06DD, 0x06DD, 1),
    (0x070F, 0x070F, 1),
    (0x0890, 0x0891, 1),
    (0x08E2, 0x08E2, 1),
    (0x110BD, 0x110BD, 1),
    (0x110CD, 0x110CD, 1),
    # Vowels and finals of Hangul, which join the consonant before them.
    (0x1160, 0x11FF, 0),
    (0xD7B0, 0xD7FB, 0),
    # Circled numbers on black squares, and the hexagrams.
    (0x3248, 0x324F, 2),
    (0x4DC0, 0x4DFF, 2),
)
"""First and last character, and the width of all between."""


@lru_cache(maxsize=4096)
def character_width(character: str) -> int:
    """Cells that one character takes: 0, 1, 2, or `NOT_DRAWN`."""
    code = ord(character)
    for low, high, width in reversed(overrides()):
        if low <= code <= high:
            return width
    for first, last, width in _EXCEPTIONS:
        if first <= code <= last:
            return width
    category = unicodedata.category(character)
    if category in _NOT_DRAWN_CATEGORIES:
        return NOT_DRAWN
    if category in _ZERO_CATEGORIES:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


follow(character_width.cache_clear)


def text_width(text: str) -> int:
    """Cells that `text` takes; what is not drawn takes none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(max(0, character_width(character)) for character in text)
