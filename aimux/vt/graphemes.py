"""Mode 2027: what a person sees as one character is one cell or two (UAX 29, UTS 51).

Without the mode the widths are the C library's, which programs that do not ask count with. With
it, VS16 makes a narrow symbol two cells wide, two regional indicators are one flag of two cells,
and a skin tone joins the emoji before it.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from aimux.vt.clusters import ZERO_WIDTH_JOINER, is_wide, join, layout, split_leading_marks
from aimux.vt.overriding import override
from aimux.vt.printing import Printer
from aimux.vt.row import SPACER
from aimux.vt.widths import CharacterClass

_EMOJI_STYLE: Final = "\ufe0f"
_TONES: Final = frozenset("🏻🏼🏽🏾🏿")
_INDICATORS: Final = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
# One cell as text, two as an emoji (emoji-variation-sequences.txt of Unicode 16).
_GROWING: Final = """
23 2A 30-39 A9 AE 203C 2049 2122 2139 2194-2199 21A9-21AA 2328 23CF 23ED-23EF 23F1-23F2
23F8-23FA 24C2 25AA-25AB 25B6 25C0 25FB-25FC 2600-2604 260E 2611 2618 261D 2620 2622-2623 2626
262A 262E-262F 2638-263A 2640 2642 265F-2660 2663 2665-2666 2668 267B 267E 2692 2694-2697 2699
269B-269C 26A0 26A7 26B0-26B1 26C8 26CF 26D1 26D3 26E9 26F0-26F1 26F4 26F7-26F9 2702 2708-2709
270C-270D 270F 2712 2714 2716 271D 2721 2733-2734 2744 2747 2763-2764 27A1 2934-2935 2B05-2B07
1F170-1F171 1F17E-1F17F 1F321 1F324-1F32C 1F336 1F37D 1F396-1F397 1F399-1F39B 1F39E-1F39F
1F3CB-1F3CE 1F3D4-1F3DF 1F3F3 1F3F5 1F3F7 1F43F 1F441 1F4FD 1F549-1F54A 1F56F-1F570 1F573-1F579
1F587 1F58A-1F58D 1F590 1F5A5 1F5A8 1F5B1-1F5B2 1F5BC 1F5C2-1F5C4 1F5D1-1F5D3 1F5DC-1F5DE 1F5E1
1F5E3 1F5E8 1F5EF 1F5F3 1F5FA 1F6CB 1F6CD-1F6CF 1F6E0-1F6E5 1F6E9 1F6F0 1F6F3
"""


@cache
def _growing() -> Callable[[str], object]:
    return re.compile(CharacterClass(_GROWING).full).match


def _grows(character: str) -> bool:
    """Whether an emoji's style makes a character wider; compiled when it is first needed."""
    return _growing()(character) is not None


def _extends(cluster: str, character: str) -> bool:
    """Whether a character that has a width belongs to the cluster on its left."""
    if cluster[-1] == ZERO_WIDTH_JOINER:
        return is_wide(character) or (not character.isascii() and _grows(character))
    if character in _TONES:
        return is_wide(cluster[0]) or _grows(cluster[0])
    return character in _INDICATORS and cluster in _INDICATORS


class GraphemePrinter(Printer):
    """A printer that can count in what people see.

    Attributes:
        graphemes: Mode 2027; call `update_special` after a change.
    """

    def __init__(self, columns: int, lines: int, history_limit: int) -> None:
        super().__init__(columns, lines, history_limit)
        self.graphemes = False

    @override
    def update_special(self) -> None:
        super().update_special()
        self.special = self.special or self.graphemes

    @override
    def _draw_slowly(self, text: str) -> None:
        if self.graphemes and not text.isascii():
            self._draw_odd(text)
        else:
            super()._draw_slowly(text)

    @override
    def _draw_clusters(self, text: str) -> None:
        if not self.graphemes:
            super()._draw_clusters(text)
            return
        # One at a time: whether it joins the cell on its left depends on what that has become.
        for character in text:
            self._draw_one(character)

    def _draw_one(self, character: str) -> None:
        if split_leading_marks(character)[0]:
            self._combine(character)
            if character == _EMOJI_STYLE:
                self._widen_left(grows=_grows)
        elif not self._extend_left(character):
            self.last_text = character
            self._place_odd(*layout(character))

    def _extend_left(self, character: str) -> bool:
        x = self._left_column()
        row = self.rows[self.y]
        if not 0 <= x < len(row.text) or not _extends(self._cluster_at(x), character):
            return False
        if row.clusters is None:
            row.clusters = {}
        row.clusters[x] = join(self._cluster_at(x), character)
        row.version = self.version
        self._widen_left(grows=_grows if character in _TONES else _INDICATORS.__contains__)
        return True

    def _widen_left(self, *, grows: Callable[[str], object]) -> None:
        """Give the cell on the cursor's left a second one, if there is room in the row."""
        x = self._left_column()
        row = self.rows[self.y]
        narrow = x == self.x - 1 and self.x < self._edge()
        if narrow and 0 <= x < len(row.text) and grows(row.text[x]):
            pen = self.attribute
            self.attribute = ord(row.looks[x]) if row.looks is not None else 0
            self._write(SPACER)
            self.attribute = pen

    def _edge(self) -> int:
        """The column that text at the cursor does not reach."""
        return self.columns
