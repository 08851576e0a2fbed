"""What a program, a file or a person wrote, made safe to show on one line.

Titles, names, directories and messages pass through here before they are stored or drawn, so that
none can move the cursor, reverse its neighbours, hide in no width or break a row. Markup and
formats are not its concern: nothing a program wrote is ever read as either.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from aimux.styles.width import NOT_DRAWN, character_width

MAX_MARKS = 4
"""Characters of no width that may follow a visible one, so that stacks of accents stay on it."""

_SPACES = frozenset("\t\n\v\f\r\x85")
_JOINER = "\u200d"
# C0, C1, DEL; every format character: bidi controls, tags, zero-width ones; surrogates; U+2028/9.
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Drawn as nothing, whatever their category says (Unicode, Default_Ignorable_Code_Point).
_INVISIBLE = frozenset(
    map(
        chr,
        (
            0x034F,
            0x115F,
            0x1160,
            0x17B4,
            0x17B5,
            0x3164,
            0xFFA0,
            *range(0x180B, 0x1810),
            *range(0xFE00, 0xFE0F),
            *range(0xE0000, 0xE1000),
        ),
    )
)

LONGEST = 1 << 16
"""Cells of a line that is printed whole: longer than any command line that is kept."""

_Cluster = tuple[str, int]
"""A visible character with its marks, and the cells it takes."""


def clean(text: str, *, limit: int = 256) -> str:
    """`text` as one harmless line of at most `limit` cells.

    Control characters, bidi and other format characters, lone surrogates and invisible letters are
    dropped; newlines and tabs become spaces; blanks at both ends go. A zero-width joiner stays
    between two visible characters and U+FE0F after one, which is how emoji are written. What does
    not fit is cut, and an ellipsis says so. Cleaning twice changes nothing more.

    Takes time linear in `text`, and stops reading it once the line is full.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text.strip()
    kept: list[_Cluster] = []
    cells = 0
    for cluster in _clusters(text):
        if not kept and cluster[0] == " ":
            continue
        if cells + cluster[1] > limit:
            return _with_ellipsis(kept, limit)
        kept.append(cluster)
        cells += cluster[1]
    return _joined(kept).rstrip()


def _joined(clusters: list[_Cluster]) -> str:
    return "".join(text for text, _ in clusters)


def _with_ellipsis(kept: list[_Cluster], limit: int) -> str:
    """The clusters with the last ones cut for an ellipsis, in `limit` cells."""
    if limit < 1:
        return ""
    cells = sum(width for _, width in kept)
    while kept and (cells >= limit or kept[-1][0] == " "):
        cells -= kept.pop()[1]
    return _joined(kept) + "…"


def _clusters(text: str) -> Iterator[_Cluster]:
    """Each visible character with the marks that it carries.

    A joiner is given out in front of the character that it joins on, once that has come.
    """
    base, cells, marks, joiner = "", 0, 0, ""
    for character in text:
        width = _cells(character)
        if width > 0:
            if base:
                yield base, cells
            base, cells, marks, joiner = joiner + character, width, 0, ""
            if character in _SPACES:
                base = " "
        elif not base or base == " ":
            continue
        elif character == _JOINER:
            joiner = _JOINER
        elif width == 0 and marks < MAX_MARKS:
            base, marks = base + character, marks + 1
    if base:
        yield base, cells


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    """Cells of what may be shown, 0 for a mark, `NOT_DRAWN` for what is dropped."""
    if character in _SPACES:
        return 1
    if character in _INVISIBLE or unicodedata.category(character) in _DROPPED_CATEGORIES:
        return NOT_DRAWN
    return character_width(character)
