"""Recorded bytes as the logical lines that a terminal would show."""

from collections.abc import Iterable

from aimux.vt.engine import Engine
from aimux.vt.row import SPACER, Row

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
    """Rows with soft wraps joined, without the blank lines at the end."""
    lines: list[str] = []
    parts: list[str] = []
    for row in rows:
        text = row_text(row)
        parts.append(text)
        if not row.wrapped:
            lines.append("".join(parts).rstrip())
            parts = []
    if parts:
        lines.append("".join(parts).rstrip())
    while lines and not lines[-1]:
        lines.pop()
    return lines


def row_text(row: Row) -> str:
    """A row's characters, wide ones and clusters once."""
    if row.clusters is None:
        return row.text
    clusters = row.clusters
    cells = enumerate(row.text)
    return "".join(clusters.get(x, cell) for x, cell in cells if cell != SPACER)
