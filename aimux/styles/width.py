"""How many cells a character takes in a terminal.

Unicode's tables as Python has them: East Asian wide and fullwidth characters take two cells; marks,
format characters and the vowels and finals of Hangul take none; control characters and undecodable
bytes are no characters at all.
"""

import unicodedata
from functools import lru_cache

NOT_DRAWN = -1
"""Width of what a terminal must never be sent as text: controls, surrogates."""

_ZERO_CATEGORIES = frozenset({"Mn", "Me", "Cf"})
_NOT_DRAWN_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
# A soft hyphen is a format character, yet terminals show it.
_EXCEPTIONS = {"\u00ad": 1}


@lru_cache(maxsize=4096)
def character_width(character: str) -> int:
    """Cells that one character takes: 0, 1, 2, or `NOT_DRAWN`."""
    if character in _EXCEPTIONS:
        return _EXCEPTIONS[character]
    category = unicodedata.category(character)
    if category in _NOT_DRAWN_CATEGORIES:
        return NOT_DRAWN
    if category in _ZERO_CATEGORIES or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def text_width(text: str) -> int:
    """Cells that `text` takes; what is not drawn takes none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(max(0, character_width(character)) for character in text)
