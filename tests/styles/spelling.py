"""Styles as text that tests compare: tmux's canonical spelling and order."""

from __future__ import annotations

from aimux.styles.colour import DEFAULT, format_colour
from aimux.styles.style import ATTRIBUTE_NAMES, Style


def style_text(style: Style) -> str:
    """A style as tmux spells it; `default` if nothing is set."""
    bar = "|" if style.range_argument else ""
    words = [
        style.list_part and f"list={style.list_part}",
        style.range_kind and f"range={style.range_kind}{bar}{style.range_argument}",
        style.align and f"align={style.align}",
        style.default_action,
        *(_colour_word(key, getattr(style, key)) for key in ("fill", "fg", "bg", "us")),
        *(name for bit, name in ATTRIBUTE_NAMES.items() if style.attributes & bit),
    ]
    return ",".join(word for word in words if word) or "default"


def _colour_word(key: str, colour: int) -> str:
    return "" if colour == DEFAULT else f"{key}={format_colour(colour)}"
