"""A line of text on as many rows as its width takes."""

import re
from collections.abc import Iterable, Iterator

from aimux.vt.row import DEFAULT_LOOK, SPACER, Row, heal


def logical_lines(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows of each line; the last one may go on beyond what is given."""
    line: list[Row] = []
    for row in rows:
        line.append(row)
        if not row.wrapped:
            yield line
            line = []
    if line:
        yield line


def rewrapped(rows: Iterable[Row], columns: int) -> list[Row]:
    """Rows of whole lines at a new width, in version 0; they may be changed themselves."""
    result: list[Row] = []
    line: list[Row] = []
    for row in rows:
        if line or row.wrapped or not 0 <= row.extent <= columns or len(row.text) > columns:
            line.append(row)
            if not row.wrapped:
                result += wrap(line, columns, 0)
                line = []
        else:
            result.append(row)
    return result + wrap(line, columns, 0) if line else result


def count_rows(lines: str, columns: int) -> int:
    """How many rows the cells of lines take at a width; line feeds are between the lines."""
    # Cells up to the width, but one fewer where a wide character would be cut.
    pattern = f"[^\n]{{1,{columns}}}(?!{SPACER})" if columns > 1 else "[^\n]"
    filled = sum(1 for _ in re.finditer(pattern, lines))
    return filled + sum(1 for _ in re.finditer("^$", lines, re.MULTILINE))


def place(rows: list[Row], offset: int | None) -> tuple[int, int]:
    """Where the cell `offset` of a line is now: the number of its row in the line, its column."""
    for number, row in enumerate(rows[:-1]):
        if offset is not None and offset < row.used:
            return number, offset
        if offset is not None:
            offset -= row.used
    return len(rows) - 1, rows[-1].used if offset is None else offset


def wrap(line: list[Row], columns: int, version: int) -> list[Row]:
    """The rows of a logical line at a new width; the same objects where nothing changes."""
    first = line[0]
    if len(line) == 1 and first.used <= columns:
        if len(first.text) > columns or first.extent < 0:
            fit(first, columns, version)
        return line
    joined = _join(line, version)
    rows = list(_cut(joined, columns, version))
    _set_marks(line, rows)
    rows[-1].wrapped = line[-1].wrapped
    return rows


def _join(line: list[Row], version: int) -> Row:
    """One long row of the used cells of all."""
    joined = Row(version)
    texts: list[str] = []
    length = 0
    coloured = any(row.looks is not None for row in line)
    looks: list[str] = []
    for row in line:
        used = row.used
        texts.append(row.text[:used].ljust(used))
        if coloured:
            looks.append((row.looks or "")[:used].ljust(used, DEFAULT_LOOK))
        if row.clusters is not None:
            joined.clusters = joined.clusters or {}
            joined.clusters.update(
                {x + length: cluster for x, cluster in row.clusters.items() if x < used}
            )
        length += used
    joined.text = "".join(texts)
    joined.looks = "".join(looks) if coloured else None
    return joined


def _cut(joined: Row, columns: int, version: int) -> Iterator[Row]:
    """Pieces of at most `columns` cells; a wide character is never cut in two."""
    start = 0
    length = len(joined.text)
    while True:
        stop = min(start + columns, length)
        if stop < length and joined.text[stop] == SPACER and stop - 1 > start:
            stop -= 1
        row = _piece(joined, start, stop, version)
        row.wrapped = stop < length
        yield row
        start = stop
        if start >= length:
            return


def _piece(joined: Row, start: int, stop: int, version: int) -> Row:
    row = Row(version)
    row.text = joined.text[start:stop]
    if joined.looks is not None:
        row.looks = joined.looks[start:stop]
    if joined.clusters is not None:
        row.clusters = {
            x - start: cluster for x, cluster in joined.clusters.items() if start <= x < stop
        }
        if len(row.text) == 1 and joined.text[start : start + 2].endswith(SPACER):
            row.text = " "  # One column has no room for a wide character.
        row.text = row.text.replace(SPACER, " ", 1) if row.text[:1] == SPACER else row.text
    return row


def _set_marks(line: list[Row], rows: list[Row]) -> None:
    offset = 0
    for row in line:
        if row.mark:
            target = rows[place(rows, offset)[0]]
            target.mark = target.mark or row.mark
        offset += row.used


def fit(row: Row, columns: int, version: int) -> None:
    """Cut a row at `columns`, or give colour beyond its used cells the row's whole length."""
    row.version = version
    if len(row.text) > columns:
        if row.clusters is not None:
            heal(row, columns, columns)
            row.clusters = {x: text for x, text in row.clusters.items() if x < columns}
        row.text = row.text[:columns]
        if row.looks is not None:
            row.looks = row.looks[:columns]
        row.extent = max(row.extent, -columns - 1) if row.extent < 0 else min(row.extent, columns)
    if row.extent < 0:
        missing = columns - len(row.text)
        row.text += " " * missing
        if row.looks is not None:
            row.looks += DEFAULT_LOOK * missing
