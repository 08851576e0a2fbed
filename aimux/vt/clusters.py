"""Text to cells: which characters are wide, and which join the one before."""

import re
from functools import cache
from typing import Final

from aimux.styles.width_overrides import follow
from aimux.vt.row import SPACER
from aimux.vt.widths import ASTRAL, INVALID, WIDE, ZERO

ZERO_WIDTH_JOINER: Final = "\u200d"
MAXIMUM_MARKS: Final = 8
"""Code points that may join a cell's first; further ones are dropped."""

# Compiled when they are first needed: together that takes longer than importing everything else.


class _Searches:
    """The searches that need no distinction."""

    def __init__(self) -> None:
        self.is_odd: Final = re.compile(f"[{WIDE.bmp}{ZERO.bmp}{INVALID.bmp}{ASTRAL}]").search
        self.has_astral: Final = re.compile(f"[{ASTRAL}]").search
        # Beyond U+FFFF and neither an emoji nor an ideograph: the rarer zero-width characters.
        self.has_rare: Final = re.compile(
            "[\U00010000-\U0001efff\U0001fb00-\U0001ffff\U0002a6e0-\U0010ffff]"
        ).search
        self.has_joining: Final = re.compile(f"[{ZERO.bmp}{INVALID.bmp}{ASTRAL}]").search
        self.is_wide: Final = re.compile(WIDE.full).match
        self.is_zero: Final = re.compile(ZERO.full).match
        self.leading_zeros: Final = re.compile(f"{ZERO.full}*").match


class _Patterns:
    """The searches for texts with some or no characters beyond U+FFFF."""

    def __init__(self, wide: str, zero: str, base: str, invalid: str) -> None:
        # A cluster is a base with what joins it: marks, and a wide character after a joiner.
        cluster = f"({base}{zero}+(?:(?<={ZERO_WIDTH_JOINER}){wide}{zero}*)*)"
        self.drop_invalid: Final = re.compile(f"{invalid}+").sub
        self.has_zero: Final = re.compile(zero).search
        self.all_wide: Final = re.compile(f"{wide}+").fullmatch
        self.split_wide: Final = re.compile(f"({wide}+)").split
        self.split_clusters: Final = re.compile(cluster).split


@cache
def _searches() -> _Searches:
    return _Searches()


@cache
def _bmp() -> _Patterns:
    zero = f"[{ZERO.bmp}]"
    return _Patterns(f"[{WIDE.bmp}]", zero, f"[^{ZERO.bmp}]", f"[{INVALID.bmp}]")


@cache
def _emoji() -> _Patterns:
    return _Patterns(WIDE.full, f"[{ZERO.bmp}]", f"[^{ZERO.bmp}]", f"[{INVALID.bmp}]")


@cache
def _full() -> _Patterns:
    return _Patterns(WIDE.full, ZERO.full, rf"(?!{ZERO.full})[^\0]", INVALID.full)


def _forget_widths() -> None:
    """Other widths have been set."""
    for kept in (_searches, _bmp, _emoji, _full):
        kept.cache_clear()


follow(_forget_widths)


def _patterns_for(text: str) -> _Patterns:
    searches = _searches()
    if searches.has_astral(text) is None:
        return _bmp()
    return _emoji() if searches.has_rare(text) is None else _full()


def is_odd(text: str) -> bool:
    """Whether a text may have anything but one-cell characters."""
    return _searches().is_odd(text) is not None


def simple_cells(text: str) -> str:
    """As `layout`, for a text up to U+FFFF in which nothing joins or is invalid; "" for another."""
    patterns = _bmp()
    if patterns.all_wide(text) is not None:
        return _widened(text)
    return _widen(text, patterns) if _searches().has_joining(text) is None else ""


def is_wide(character: str) -> bool:
    """Whether a character takes two cells."""
    return _searches().is_wide(character) is not None


def drop_invalid(text: str) -> str:
    """The text without characters that are never shown."""
    return _patterns_for(text).drop_invalid("", text)


def split_leading_marks(text: str) -> tuple[str, str]:
    """The zero-width characters that a text begins with, and the rest."""
    match = _searches().leading_zeros(text)
    end = match.end() if match is not None else 0
    return (text[:end], text[end:]) if end else ("", text)


def joins(cluster: str, character: str) -> bool:
    """Whether `character` belongs to the cell that holds `cluster` rather than to the next."""
    return _searches().is_zero(character) is not None or (
        cluster[-1] == ZERO_WIDTH_JOINER and is_wide(character)
    )


def join(cluster: str, character: str) -> str:
    """The cluster with one more code point, or unchanged when it is full."""
    return cluster + character if len(cluster) <= MAXIMUM_MARKS else cluster


def _widened(text: str) -> str:
    """A spacer after each character: several times as fast as `join`."""
    return text.replace("", SPACER)[1:]


def _widen(text: str, patterns: _Patterns) -> str:
    """The cells of a text without zero-width characters."""
    parts = patterns.split_wide(text)
    if len(parts) > 1:
        for index in range(1, len(parts), 2):
            parts[index] = _widened(parts[index])
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
