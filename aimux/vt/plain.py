"""Whole lines of plain text at once: what `cat`, `seq` and builds write most."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from aimux.vt.printing import Printer
from aimux.vt.row import Row

_LEAST_LINES: Final = 2
_LEAST_THROUGH: Final = 300
_whole_lines: Final = re.compile("(?:[ -~]*+\r\n)*+").match
_CACHED_WIDTHS: Final = 64
_Match = Callable[[str], re.Match[str] | None]


@lru_cache(_CACHED_WIDTHS)
def _short_lines(columns: int) -> _Match:
    """As `_whole_lines`, up to the first line that does not fit a row."""
    return re.compile(f"(?:[ -~]{{0,{columns}}}+\r\n)*+").match


def _end(match: re.Match[str] | None) -> int:
    return 0 if match is None else match.end()


def _scrolls_plainly(printer: Printer) -> bool:
    """Whether each new line is just a new row at the bottom of the whole screen."""
    return (
        printer.x == 0
        and printer.y == printer.bottom == printer.lines - 1
        and printer.top == 0
        and not printer.alternate
        and not printer.attribute
        and not printer.special
        and not printer.rows[-1].used
    )


def feed_plain_lines(printer: Printer, text: str) -> str:
    """Draw the whole lines that `text` begins with, if each is simply a new row.

    Args:
        printer: Where they go.
        text: Anything.

    Returns:
        What remains to be fed in the ordinary way: all of it, or the text after these lines.
    """
    if not _scrolls_plainly(printer):
        return text
    end = _end(_short_lines(printer.columns)(text))
    short = text.find("\r\n", end) < 0
    if not short:
        end = _end(_whole_lines(text))
    lines = text[:end].split("\r\n")
    lines.pop()
    if len(lines) < _LEAST_LINES:
        return text
    printer.last_text = ""
    _append_rows(printer, lines, short=short)
    return text[end:]


def _append_rows(printer: Printer, lines: list[str], *, short: bool) -> None:
    rows = printer.rows
    version = printer.version
    # The cursor's row is blank, but it may have a mark.
    rows[-1].text = lines[0][: printer.columns]
    rows[-1].version = version
    if short:
        _append_short(printer, lines)
    else:
        _append_long(rows, lines, printer.columns, version)
    rows.append(Row(version))
    scrolled = len(rows) - printer.lines
    printer.history.extend(rows[:scrolled])
    del rows[:scrolled]


def _append_short(printer: Printer, lines: list[str]) -> None:
    """One row for each line; the first row is there already."""
    rows = printer.rows
    through = len(lines) - printer.lines
    if through > _LEAST_THROUGH:
        # Most lines pass through the screen: they need no row of their own.
        printer.history.extend(rows)
        printer.history.extend_texts(lines[1:through], printer.version)
        rows.clear()
        lines = lines[through - 1 :]
    rows += [Row(printer.version, line) for line in lines[1:]]


def _append_long(rows: list[Row], lines: list[str], columns: int, version: int) -> None:
    """As many rows for each line as it needs; the first row of all is there already."""
    first = lines[0]
    if len(first) > columns:
        rows[-1].wrapped = True
        lines[0] = first[columns:]
    else:
        del lines[0]
    append = rows.append
    for line in lines:
        start = 0
        rest = len(line)
        while rest > columns:
            row = Row(version, line[start : start + columns])
            row.wrapped = True
            append(row)
            start += columns
            rest -= columns
        append(Row(version, line[start:]))
