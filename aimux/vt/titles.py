"""Titles and names that programs give: text that other people's terminals will show."""

import re
from typing import Final

from aimux.vt.clusters import is_wide

MAXIMUM_TITLE: Final = 256
"""The most cells that a title takes."""
# C0, DEL and C1; line and paragraph separators; marks, embeddings, overrides and isolates of
# writing direction; what has no shape of its own; language tags.
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]+"
).sub


def clean_title(text: str) -> str:
    """A title without what controls a terminal or hides its text, at most `MAXIMUM_TITLE` cells.

    Args:
        text: What the program wrote.
    """
    clean = _UNSEEN("", text[: 4 * MAXIMUM_TITLE])[:MAXIMUM_TITLE]
    if clean.isascii():
        return clean
    cells = 0
    for index, character in enumerate(clean):
        cells += 2 if is_wide(character) else 1
        if cells > MAXIMUM_TITLE:
            return clean[:index]
    return clean
