"""Character sets that a program can designate (ISO 2022): ASCII, DEC line drawing, British."""

from typing import Final

ASCII: Final = "B"
LINE_DRAWING_SET: Final = "0"
UNITED_KINGDOM: Final = "A"

# The VT100's special graphics, and the arrows and the block of terminfo's acsc (`+,-.0`), which
# programs use because TERM=tmux-256color offers them. "_" is a blank that is not a space.
_LINE_DRAWING: Final = dict(
    zip(
        "+,-.0_`abcdefghijklmnopqrstuvwxyz{|}~",
        "→←↑↓█\u00a0◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·",
        strict=True,
    )
)

TRANSLATIONS: Final[dict[str, dict[int, str]]] = {
    LINE_DRAWING_SET: {ord(letter): shape for letter, shape in _LINE_DRAWING.items()},
    UNITED_KINGDOM: {ord("#"): "£"},
}
"""Designator to a table for `str.translate`; ASCII needs none."""

LETTERS: Final[dict[int, str]] = {ord(shape): letter for letter, shape in _LINE_DRAWING.items()}
"""The other way round, for `str.translate`: line drawing to the letters that were sent."""
