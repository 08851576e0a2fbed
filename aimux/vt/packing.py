"""Rows as bytes and back: looks, links and clusters by value, so that no table has to keep them.

A pack is a header, the text of the rows' cells, a second text with the attribute id of each
coloured cell as a code point, an array of numbers, and the strings that links and clusters stand
for. It lives in memory alone: what made it reads it, so the numbers are the machine's own.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from typing import Final

from aimux.vt.attributes import TABLE, Attributes, Link
from aimux.vt.row import SPACER, Row

_HEADER: Final = struct.Struct("=IIII")  # Rows; bytes of the two texts and of the numbers.
_STYLE_NUMBERS: Final = 6
_COMMON_STYLES: Final = 8
# A program cannot write surrogates, but a caller of pyte's interface can; and ids may be any.
_ERRORS: Final = "surrogatepass"
# What stands for a spacer: one byte instead of three.
_SHORT_SPACER: Final = "\0"

Numbered = list[tuple[int, Row]]


def dressed(rows: Sequence[Row]) -> Numbered:
    """The rows that are more than a line of text in default attributes, each with its number."""
    return [
        (number, row)
        for number, row in enumerate(rows)
        if row.looks is not None
        or row.extent
        or row.wrapped
        or row.clusters is not None
        or row.mark
    ]


def pack(texts: Sequence[str], odd: Numbered) -> bytes:
    """Rows as bytes.

    Args:
        texts: The text of each row, without control characters; at least one.
        odd: What `dressed` says of them.
    """
    text = "\n".join(texts)
    if not odd:
        cells = text.encode("utf-8", _ERRORS)
        return _HEADER.pack(len(texts), len(cells), 0, 0) + cells
    cells = text.replace(SPACER, _SHORT_SPACER).encode("utf-8", _ERRORS)
    looks = "".join([row.looks for _, row in odd if row.looks is not None])
    strings: list[str] = []
    numbers = array("i")
    _add_list(numbers, [number for number, row in odd if row.wrapped])
    _add_list(numbers, [number for number, row in odd if row.clusters is not None])
    _add_list(numbers, [number for number, row in odd if row.looks is not None])
    _add_list(numbers, list(_styles(looks, strings)))
    _add_rest(numbers, odd, strings)
    parts = (cells, looks.encode("utf-8", _ERRORS), numbers.tobytes())
    header = _HEADER.pack(len(texts), *map(len, parts))
    return b"".join((header, *parts, "\n".join(strings).encode("utf-8", _ERRORS)))


def _add_list(numbers: array[int], values: list[int]) -> None:
    numbers.append(len(values))
    numbers.extend(values)


def _distinct(looks: str) -> set[str]:
    """The characters of a text: mostly few, and quicker to find by leaving out what was found."""
    found: set[str] = set()
    while looks and len(found) < _COMMON_STYLES:
        found.add(looks[0])
        looks = _without(looks, looks[0])
    return found.union(looks)


def _without(looks: str, look: str) -> str:
    """As `str.replace`, which is slow where runs are short."""
    try:
        return looks.encode("latin-1").translate(None, look.encode("latin-1")).decode("latin-1")
    except UnicodeEncodeError:
        return looks.replace(look, "")


def _styles(looks: str, strings: list[str]) -> Iterator[int]:
    """Each id and what it means, a link as its number; the links' strings go to `strings`."""
    links: dict[int, int] = {0: 0}
    for character in _distinct(looks):
        identity = ord(character)
        flags, foreground, background, underline, link = TABLE[identity]
        if link not in links:
            links[link] = len(links)
            strings += TABLE.links[link]
        yield from (identity, flags, foreground, background, underline, links[link])


def _add_rest(numbers: array[int], odd: Numbered, strings: list[str]) -> None:
    """What few rows have: marks, used cells beyond the text, clusters."""
    for number, row in odd:
        clusters = row.clusters
        if clusters or row.extent or row.mark:
            mark = ord(row.mark) if row.mark else 0
            numbers.extend((number, mark, row.extent, len(clusters) if clusters else 0))
            if clusters:
                numbers.extend(clusters)
                strings += clusters.values()


def unpack(data: bytes) -> list[Row]:
    """The rows that `pack` was given, as new objects of version 0.

    The ids of their attributes mean something until the next sweep of the table unless a holder
    that is registered there keeps them.
    """
    count, *sizes = _HEADER.unpack_from(data)
    parts: list[bytes] = []
    start = _HEADER.size
    for size in sizes:
        parts.append(data[start : start + size])
        start += size
    text = _text(parts[0])
    rows = [Row(0, cells) for cells in text.split("\n")]
    if len(rows) != count:
        raise AssertionError(f"{len(rows)} rows in a pack of {count}")
    if parts[2]:
        strings = data[start:].decode("utf-8", _ERRORS).split("\n")
        _dress(rows, parts[1].decode("utf-8", _ERRORS), array("i", parts[2]), strings)
    return rows


def _text(cells: bytes) -> str:
    return cells.decode("utf-8", _ERRORS).replace(_SHORT_SPACER, SPACER)


def lines_of(data: bytes) -> str:
    """The lines of a pack, with line feeds between them; no row may have an `extent`."""
    _, text_size, looks_size, numbers_size = _HEADER.unpack_from(data)
    text = _text(data[_HEADER.size : _HEADER.size + text_size])
    if not numbers_size:
        return text
    start = _HEADER.size + text_size + looks_size
    wrapped, _ = _list_at(array("i", data[start : start + numbers_size]), 0)
    ends = dict.fromkeys(wrapped, "")
    rows = text.split("\n")
    last = len(rows) - 1
    return "".join(
        row + ("" if number == last else ends.get(number, "\n")) for number, row in enumerate(rows)
    )


def _dress(rows: list[Row], looks: str, numbers: array[int], strings: list[str]) -> None:
    """Give the rows what is more than text."""
    wrapped, at = _list_at(numbers, 0)
    for number in wrapped:
        rows[number].wrapped = True
    wide, at = _list_at(numbers, at)
    for number in wide:
        rows[number].clusters = {}
    coloured, at = _list_at(numbers, at)
    styles, at = _list_at(numbers, at)
    looks = _translated(looks, styles, strings)
    start = 0
    for number in coloured:
        row = rows[number]
        stop = start + len(row.text)
        row.looks = looks[start:stop]
        start = stop
    links = max(styles[_STYLE_NUMBERS - 1 :: _STYLE_NUMBERS], default=0)
    _restore_rest(rows, numbers[at:], strings[2 * links :])


def _list_at(numbers: array[int], at: int) -> tuple[array[int], int]:
    """A list that `_add_list` wrote, and where the next one begins."""
    stop = at + 1 + numbers[at]
    return numbers[at + 1 : stop], stop


def _translated(looks: str, styles: array[int], strings: list[str]) -> str:
    """The looks in the ids of now."""
    before = styles[::_STYLE_NUMBERS]
    after: list[int] = []
    # Adding may sweep the table, and what was just added has no holder yet: then once more. That a
    # second sweep follows at once takes a table at its limit, where looks are lost anyway.
    for _ in range(2):
        generation = TABLE.generation
        after = list(_intern(styles, strings))
        if generation == TABLE.generation:
            break
    if list(before) == after:
        return looks
    return looks.translate(dict(zip(before, after, strict=True)))


def _intern(styles: array[int], strings: list[str]) -> Iterator[int]:
    turns = iter(styles)
    for _, flags, foreground, background, underline, number in zip(*[turns] * 6, strict=True):
        link = TABLE.links.intern(Link(*strings[2 * number - 2 : 2 * number])) if number else 0
        yield TABLE.intern(Attributes(flags, foreground, background, underline, link))


def _restore_rest(rows: list[Row], numbers: array[int], strings: list[str]) -> None:
    clusters = iter(strings)
    at = 0
    while at < len(numbers):
        number, mark, extent, count = numbers[at : at + 4]
        row = rows[number]
        row.mark = chr(mark) if mark else ""
        row.extent = extent
        at += 4
        if count:
            columns = numbers[at : at + count]
            row.clusters = {column: next(clusters) for column in columns}
            at += count
