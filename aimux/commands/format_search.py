"""`#{C:pattern}`: where a pane's visible rows hold a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import translate

from aimux.vt.render import row_text
from aimux.vt.row import Row


def search_rows(rows: Sequence[Row], pattern: str, *, regex: bool, ignore_case: bool) -> int:
    """The first row that matches, counted from 1; 0 if none does or the pattern is not one.

    Without `regex` the pattern is a glob that may match anywhere in a row, as tmux has it.
    """
    flags = re.IGNORECASE if ignore_case else 0
    source = pattern if regex else translate(f"*{pattern}*")
    try:
        find = re.compile(source, flags).search
    except re.error:
        return 0
    return next((at for at, row in enumerate(rows, 1) if find(row_text(row))), 0)
