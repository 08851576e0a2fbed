"""The text of a row between server and client, and how it is written at a place of a terminal.

A row's text covers exactly the width it is drawn in and begins and ends in default attributes. It
consists of printable characters, SGR, OSC 8 and two controls whose place in it matters:

* ECH (`CSI n X`) at the end: the last `n` cells are blank. ECH anywhere else only cleans the cells
  of the character that follows.
* CHA (`CSI n G`) after a character that terminals do not agree how wide it is: what follows stands
  in column `n` of the row, counted from 1 at the row's own first cell.
"""

from __future__ import annotations

import re

_COLUMN = re.compile(r"\x1b\[(\d{1,5})G")
_BLANK_END = re.compile(r"\x1b\[(\d{1,5})X\Z")


def shifted(text: str, columns: int) -> str:
    """A row's text for a row that begins so many columns right of the terminal's first one."""
    if not columns or "G" not in text:
        return text
    return _COLUMN.sub(lambda found: f"\x1b[{int(found[1]) + columns}G", text)


def passed(text: str) -> str:
    """The same text, but the cursor ends behind it: ECH alone leaves it where it was."""
    return _BLANK_END.sub("\x1b[\\1X\x1b[\\1C", text) if text.endswith("X") else text
