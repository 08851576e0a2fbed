"""What others wrote, printed so that it does nothing to a terminal or to a reader of lines."""

from __future__ import annotations

import json

from aimux.security.clean import clean

MAX_SHOWN = 4000
"""Cells of one line of what somebody wrote."""
_UNITS = ((86_400, "d"), (3600, "h"), (60, "m"))


def harmless_json(value: object) -> str:
    """JSON on one line, of printable ASCII alone: nothing in it acts in a terminal."""
    return json.dumps(value).replace("\x7f", "\\u007f")


def shown_lines(text: str, indent: str) -> list[str]:
    """A text of several lines, each harmless."""
    return [f"{indent}{clean(line, limit=MAX_SHOWN)}".rstrip() for line in text.splitlines()]


def first_line(text: str, limit: int = 200) -> str:
    """The first line with something in it, harmless."""
    lines = (clean(line, limit=limit) for line in text[: 4 * MAX_SHOWN].splitlines())
    return next(filter(None, lines), "")


def age(seconds: float) -> str:
    """A time as `5s`, `3m`, `2h` or `4d`."""
    for size, unit in _UNITS:
        if seconds >= size:
            return f"{int(seconds // size)}{unit}"
    return f"{max(0, int(seconds))}s"
