"""The colours of the palette: what the server's theme is to Textual's widgets."""

from __future__ import annotations

from dataclasses import replace

from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme

from aimux.protocol.server_messages import Look

_DEFAULT = "ansi_default"
_BASE_THEME = "textual-dark"


def palette_colours(look: Look) -> dict[str, str]:
    """The colours of the palette's style sheet, by their names there."""
    accent = "ansi_blue" if look.colours else _DEFAULT
    quiet = "ansi_bright_black" if look.colours else _DEFAULT
    return {
        "palette-text": look.text or _DEFAULT,
        "palette-page": look.background or _DEFAULT,
        "palette-key": look.accent or accent,
        "palette-quiet": look.quiet or quiet,
        "palette-frame": look.accent or accent,
    }


def palette_theme(look: Look, name: str) -> Theme:
    """The server's theme, as Textual's widgets read it."""
    colours = palette_colours(look)
    # All else is as it was: nothing but the palette is drawn by Textual's themes.
    return replace(BUILTIN_THEMES[_BASE_THEME], name=name, variables=colours)


def chosen_style(look: Look) -> Style:
    """How the current row is drawn."""
    if look.background and look.accent:
        return Style(color=look.background, bgcolor=look.accent)
    return Style(reverse=True)
