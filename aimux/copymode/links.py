"""The links in a grid: those that a program made with OSC 8, and URLs in plain text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from aimux.copymode.grid import Grid
from aimux.copymode.selection import Place
from aimux.vt.attributes import TABLE
from aimux.vt.row import SPACER

# What may be opened, whoever wrote it; RFC 3986 has no other characters than these.
MAX_LENGTH = 2048
_MAY_BE_OPENED = re.compile(r"(?:https?://|mailto:|file://)[!-~]+", re.IGNORECASE)
_URL = re.compile(r"\b(?:https?://|mailto:|file://)[!#-;=?-~]+", re.IGNORECASE)
_MAX_ROWS = 32
_BRACKETS = {")": "(", "]": "[", "}": "{"}


class Link(NamedTuple):
    """A link in a line: its cells from the line's first one on, and where it leads."""

    start: int
    end: int
    target: str


def may_be_opened(target: str) -> bool:
    """Whether a link is of a kind that a person may be asked about, and fit to be shown whole."""
    return len(target) <= MAX_LENGTH and _MAY_BE_OPENED.fullmatch(target) is not None


def link_at(grid: Grid, place: Place) -> str | None:
    """Where the link in a cell leads; None if there is none that may be opened."""
    first = _first_of_line(grid, place.row)
    cell = (place.row - first) * grid.columns + place.column
    found = (link for link in _links_of_line(grid, first) if link.start <= cell < link.end)
    return next((link.target for link in found), None)


def last_link(grid: Grid, rows: range) -> str | None:
    """Where the last link leads that ends in some rows; None if there is none."""
    for row in reversed(rows):
        first = _first_of_line(grid, row)
        start = (row - first) * grid.columns
        shown = [link for link in _links_of_line(grid, first) if start < link.end]
        inside = [link.target for link in shown if link.start < start + grid.columns]
        if inside:
            return inside[-1]
    return None


def _first_of_line(grid: Grid, row: int) -> int:
    first = row
    while first and row - first < _MAX_ROWS and grid.wrapped(first - 1):
        first -= 1
    return first


def _links_of_line(grid: Grid, first: int) -> list[Link]:
    """The links of the rows from `first` to the one that is not wrapped, by their first cell."""
    made = [link for link in _made(grid, first) if may_be_opened(link.target)]
    plain = [link for link in _plain(grid, first) if not any(_meet(link, one) for one in made)]
    return sorted([*made, *plain])


def _rows_of_line(grid: Grid, first: int) -> Iterator[int]:
    for row in range(first, min(first + 2 * _MAX_ROWS, grid.last + 1)):
        yield row
        if not grid.wrapped(row):
            return


def _made(grid: Grid, first: int) -> Iterator[Link]:
    for row in _rows_of_line(grid, first):
        looks = grid.row(row).looks or ""
        offset = (row - first) * grid.columns
        for column, look in enumerate(looks[: grid.columns]):
            identity = TABLE[ord(look)].link
            if identity:
                yield Link(offset + column, offset + column + 1, TABLE.links[identity].uri)


def _plain(grid: Grid, first: int) -> Iterator[Link]:
    text = "".join(grid.padded(row) for row in _rows_of_line(grid, first)).replace(SPACER, " ")
    for found in _URL.finditer(text):
        target = _without_punctuation(found[0])
        if may_be_opened(target):
            yield Link(found.start(), found.start() + len(target), target)


def _meet(one: Link, other: Link) -> bool:
    return one.start < other.end and other.start < one.end


def _without_punctuation(url: str) -> str:
    """A URL without what belongs to the sentence around it."""
    while url and (url[-1] in ".,;:!?'*_" or _is_unpaired(url)):
        url = url[:-1]
    return url


def _is_unpaired(url: str) -> bool:
    opening = _BRACKETS.get(url[-1])
    return opening is not None and url.count(url[-1]) > url.count(opening)
