"""What became of the rows that a client has: which stayed, which moved, which are new. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

Move = tuple[int, int, int]
"""First row before, first row now, how many rows: as in `protocol.picture_messages.PaneRows`."""


class Damage(NamedTuple):
    """How to get from the rows before to those of now.

    Attributes:
        moves: Runs of rows that the client has elsewhere; all are read before one is written.
        changed: The rows that it does not have, top first.
    """

    moves: tuple[Move, ...] = ()
    changed: tuple[int, ...] = ()


def damage(before: Sequence[Hashable], now: Sequence[Hashable]) -> Damage:
    """Compare what a client has with what it is to have.

    Args:
        before: For each row that the client has, something that is equal for equal rows only.
        now: The same for the rows that are to be shown.
    """
    if before == now:
        return Damage()
    sources = [*_sources(before, now)]
    return Damage(
        moves=tuple(_runs(sources)),
        changed=tuple(row for row, source in enumerate(sources) if source < 0),
    )


def _sources(before: Sequence[Hashable], now: Sequence[Hashable]) -> Iterator[int]:
    """For each row of now, the row before that is equal, or -1.

    Of equal rows the one in the same place is best, then the one that lengthens a run.
    """
    places = {key: row for row, key in reversed([*enumerate(before)])}
    source, count = -1, len(before)
    for row, key in enumerate(now):
        following = source + 1
        if row < count and before[row] == key:
            source = row
        elif source >= 0 and following < count and before[following] == key:
            source = following
        else:
            source = places.get(key, -1)
        yield source


def _runs(sources: Sequence[int]) -> Iterator[Move]:
    """The rows that moved, as runs; those that stayed belong to none."""
    first = length = 0
    for row, source in enumerate([*sources, -1]):
        if length and source == sources[first] + length:
            length += 1
            continue
        if length:
            yield sources[first], first, length
        first, length = row, int(source not in {-1, row})
