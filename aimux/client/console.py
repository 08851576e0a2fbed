"""Rich's console for the client's own widgets: so many colours as the terminal has."""

from __future__ import annotations

from typing import IO, Literal

from rich.console import Console

from aimux.abilities.features import MONOCHROME

_COLOUR_SYSTEMS: dict[int, Literal["256", "truecolor"]] = {256: "256", 1 << 24: "truecolor"}


def console_of_depth(depth: int, file: IO[str]) -> Console:
    """A console that draws with so many colours; by itself Rich only knows the environment.

    Args:
        depth: 2, 16, 256 or 16777216.
        file: Where it would write.
    """
    return Console(
        color_system=_COLOUR_SYSTEMS.get(depth, "standard"),
        file=file,
        force_terminal=True,
        legacy_windows=False,
        no_color=depth == MONOCHROME or None,
        emoji=False,
        highlight=False,
        safe_box=False,
        soft_wrap=False,
    )
