"""Names that people and scripts give to sessions, windows and panes."""

from __future__ import annotations

from aimux.model.quoting import make_visible
from aimux.security.clean import clean

MAX_CELLS = 1024


def shown_name(text: str) -> str:
    r"""A name as it is kept: control characters written as `\033` and the like, as tmux does.

    What cannot be seen or turns the direction of text is left out, so that a name is what it looks
    like wherever it is shown.
    """
    return clean(make_visible(text), limit=MAX_CELLS)
