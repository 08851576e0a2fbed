"""`#{C:pattern}`: where a pane's visible rows hold a text."""

from __future__ import annotations

from collections.abc import Sequence

from aimux.commands.format_patterns import regex_matches
from aimux.patterns.globs import glob_matches
from aimux.vt.render import row_text
from aimux.vt.row import Row


def search_rows(rows: Sequence[Row], pattern: str, *, regex: bool, ignore_case: bool) -> int:
    """The first row that matches, counted from 1; 0 if none does or the pattern is not one.

    Without `regex` the pattern is a glob that may match anywhere in a row, as tmux has it.
    """
    matches = regex_matches if regex else glob_matches
    wanted = pattern if regex else f"*{pattern}*"
    for at, row in enumerate(rows, 1):
        if matches(wanted, row_text(row), ignore_case=ignore_case):
            return at
    return 0
