"""Text for a terminal that shows nothing beyond ASCII: lines become `+ - |`, the rest `_`.

tmux 3.3a sends such a terminal lines by the alternate character set and an underscore for each cell
of everything else (tty-acs.c, tty.c). Lines are plain ASCII here, since a terminal that is said to
be no UTF-8 may lack that set as well.
"""

from __future__ import annotations

import re
from functools import lru_cache

from aimux.styles.width import character_width

_LOOKALIKES = {
    **dict.fromkeys("─━═╌┄┈╴╶╸╺\N{EN DASH}—\N{HYPHEN}", "-"),
    **dict.fromkeys("│┃║╎┆┊▏▌▐", "|"),
    **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋", "+"),
    **dict.fromkeys("▲", "!"),
    **dict.fromkeys("●", "*"),
    **dict.fromkeys("◌", "~"),
    **dict.fromkeys("✓", "+"),
    **dict.fromkeys("✗", "x"),
    **dict.fromkeys("⏸", "="),
    **dict.fromkeys("·…•░", "."),
    **dict.fromkeys("∅", "-"),
    **dict.fromkeys("█▓▒", "#"),
    **dict.fromkeys("→\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", ">"),
    **dict.fromkeys("←\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "<"),
    **dict.fromkeys("↑", "^"),
    **dict.fromkeys("↓", "v"),
    **dict.fromkeys("\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}", "'"),
    **dict.fromkeys("“”", '"'),
}
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def ascii_text(text: str) -> str:
    """Text, with or without sequences, in as many cells as before and in ASCII alone."""
    return text if text.isascii() else _BEYOND_ASCII.sub(_replaced, text)


def _replaced(match: re.Match[str]) -> str:
    return _lookalike(match[0])


@lru_cache(maxsize=4096)
def _lookalike(character: str) -> str:
    known = _LOOKALIKES.get(character)
    return "_" * max(0, character_width(character)) if known is None else known
