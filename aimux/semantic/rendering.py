"""Rows, or recorded bytes, as the logical lines that a terminal shows."""

from collections.abc import Iterable, Iterator

from aimux.vt.engine import Engine
from aimux.vt.render import row_text
from aimux.vt.row import Row

_ROWS = 24
_HISTORY = 200_000


def logical_lines(data: bytes, *, columns: int, history_limit: int = _HISTORY) -> list[str]:
    """The lines after all of `data`: wraps joined, redraws applied, trailing blanks gone.

    Args:
        data: What a program wrote to a terminal.
        columns: Its width in cells, at least 1.
        history_limit: Rows kept above the screen.
    """
    engine = Engine(columns, _ROWS, history_limit=history_limit)
    for start in range(0, len(data), 4096):
        engine.feed(data[start : start + 4096])
    return joined_rows([*engine.history, *engine.rows])


def joined_rows(rows: Iterable[Row]) -> list[str]:
    """The logical lines of rows, without the blank ones at the end."""
    lines = [line for _, line in numbered_lines(rows)]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def numbered_lines(rows: Iterable[Row], start: int = 0) -> Iterator[tuple[int, str]]:
    """The logical lines of rows, each with the number of its first row; the last may go on.

    Args:
        rows: One below the other.
        start: The number of the first one.
    """
    begin, parts = start, list[str]()
    for number, row in enumerate(rows, start + 1):
        parts.append(part_of_line(row))
        if not row.wrapped:
            yield begin, "".join(parts).rstrip()
            begin, parts = number, []
    if parts:
        yield begin, "".join(parts).rstrip()


def part_of_line(row: Row) -> str:
    """A row's characters; of one that goes on below, blanks at its end too."""
    text = row_text(row)
    return text + " " * (row.used - len(row.text)) if row.wrapped else text
