"""The colours that `window-style` and `window-active-style` give the cells that have none."""

from __future__ import annotations

import re

from aimux.styles.colour import DEFAULT
from aimux.styles.escapes import without_erasing
from aimux.styles.style import Style

_RESET = re.compile(r"\x1b\[0?(?:;([0-9;:]+))?m")


def colours_over(style: Style, active: Style) -> Style:
    """The colours of the active pane: its own, and `style`'s where it has none."""
    return Style(
        fg=style.fg if active.fg == DEFAULT else active.fg,
        bg=style.bg if active.bg == DEFAULT else active.bg,
    )


def coloured(text: str, colours: str) -> str:
    """A row's text (`aimux.protocol.row_text`) with other default colours.

    Args:
        text: Every look in it begins with a reset, or follows the default.
        colours: The parameters of an SGR sequence; empty to change nothing.
    """
    if not colours:
        return text

    def after_reset(found: re.Match[str]) -> str:
        return f"\x1b[0;{colours};{found[1]}m" if found[1] else f"\x1b[0;{colours}m"

    return f"\x1b[0;{colours}m{_RESET.sub(after_reset, without_erasing(text))}\x1b[0m"
