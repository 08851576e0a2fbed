"""Text to cells: which characters are wide, and which join the one before."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from aimux.vt.row import SPACER
from aimux.vt.widths import ASTRAL, INVALID, WIDE, ZERO

ZERO_WIDTH_JOINER: Final = "\u200d"
MAXIMUM_MARKS: Final = 8
"""Code points that may join a cell's first; further ones are dropped."""

is_odd: Final[Callable[[str], object]] = re.compile(
    f"[{WIDE.bmp}{ZERO.bmp}{INVALID.bmp}{ASTRAL}]"
).search
"""Whether a text may have anything but one-cell characters."""

_has_astral: Final = re.compile(f"[{ASTRAL}]").search
# Beyond U+FFFF and neither an emoji nor an ideograph: where the rarer zero-width characters are.
_has_rare: Final = re.compile(
    "[\U00010000-\U0001efff\U0001fb00-\U0001ffff\U0002a6e0-\U0010ffff]"
).search
_is_wide: Final = re.compile(WIDE.full).match
_is_zero: Final = re.compile(ZERO.full).match
_leading_zeros: Final = re.compile(f"{ZERO.full}*").match


class _Patterns(NamedTuple):
    """The searches of this module, for texts with some or no characters beyond U+FFFF."""

    drop_invalid: Callable[[str, str], str]
    has_zero: Callable[[str], object]
    split_wide: Callable[[str], list[str]]
    split_clusters: Callable[[str], list[str]]


def _patterns(wide: str, zero: str, base: str, invalid: str) -> _Patterns:
    # A cluster is a base with what joins it: marks, and a wide character after a joiner.
    cluster = f"({base}{zero}+(?:(?<={ZERO_WIDTH_JOINER}){wide}{zero}*)*)"
    return _Patterns(
        re.compile(f"{invalid}+").sub,
        re.compile(zero).search,
        re.compile(f"({wide}+)").split,
        re.compile(cluster).split,
    )


_NOT_ZERO: Final = f"[^{ZERO.bmp}]"
_BMP: Final = _patterns(f"[{WIDE.bmp}]", f"[{ZERO.bmp}]", _NOT_ZERO, f"[{INVALID.bmp}]")
_EMOJI: Final = _patterns(WIDE.full, f"[{ZERO.bmp}]", _NOT_ZERO, f"[{INVALID.bmp}]")
_FULL: Final = _patterns(WIDE.full, ZERO.full, rf"(?!{ZERO.full})[^\0]", INVALID.full)


def _patterns_for(text: str) -> _Patterns:
    if _has_astral(text) is None:
        return _BMP
    return _EMOJI if _has_rare(text) is None else _FULL


def is_wide(character: str) -> bool:
    """Whether a character takes two cells."""
    return _is_wide(character) is not None


def drop_invalid(text: str) -> str:
    """The text without characters that are never shown."""
    return _patterns_for(text).drop_invalid("", text)


def split_leading_marks(text: str) -> tuple[str, str]:
    """The zero-width characters that a text begins with, and the rest."""
    match = _leading_zeros(text)
    end = match.end() if match is not None else 0
    return (text[:end], text[end:]) if end else ("", text)


def joins(cluster: str, character: str) -> bool:
    """Whether `character` belongs to the cell that holds `cluster` rather than to the next."""
    return _is_zero(character) is not None or (
        cluster[-1] == ZERO_WIDTH_JOINER and _is_wide(character) is not None
    )


def join(cluster: str, character: str) -> str:
    """The cluster with one more code point, or unchanged when it is full."""
    return cluster + character if len(cluster) <= MAXIMUM_MARKS else cluster


def _widen(text: str, patterns: _Patterns) -> str:
    """The cells of a text without zero-width characters."""
    parts = patterns.split_wide(text)
    if len(parts) > 1:
        for index in range(1, len(parts), 2):
            parts[index] = SPACER.join(parts[index]) + SPACER
    return "".join(parts)


def _cells_of(base: str) -> str:
    return base + SPACER if is_wide(base) else base


def layout(text: str) -> tuple[str, dict[int, str]]:
    """The cells of a text: one code point for each, `SPACER` after a wide one.

    Args:
        text: Printable characters that begin with a base character; no invalid ones.

    Returns:
        The cells, and for each cell of several code points its column and its cluster.
    """
    patterns = _patterns_for(text)
    if patterns.has_zero(text) is None:
        return _widen(text, patterns), {}
    cells: list[str] = []
    clusters: dict[int, str] = {}
    column = 0
    for index, part in enumerate(patterns.split_clusters(text)):
        if index % 2 == 0:
            laid_out = part if part.isascii() else _widen(part, patterns)
        elif len(part) > MAXIMUM_MARKS + 1:
            laid_out = _long_cluster(part, column, clusters)
        else:
            laid_out = _cells_of(part[0])
            clusters[column] = part
        cells.append(laid_out)
        column += len(laid_out)
    return "".join(cells), clusters


def _long_cluster(text: str, column: int, clusters: dict[int, str]) -> str:
    """A cluster that may not fit one cell: what no longer joins gets a cell of its own."""
    cells = ""
    cluster = ""
    for character in text:
        if cluster and joins(cluster, character):
            cluster = join(cluster, character)
        else:
            cells += _cells_of(character)
            cluster = character
        if len(cluster) > 1:
            clusters[column + len(cells) - len(_cells_of(cluster[0]))] = cluster
    return cells
