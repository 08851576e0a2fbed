"""The modes that a pane is in, one over the other: entering, raising and leaving them."""

from __future__ import annotations

from aimux.commands.key_mode import KeyMode
from aimux.model.pane import Mode, Pane


def cover(pane: Pane, mode: Mode) -> None:
    """Put a mode over a pane and over the modes that it is in."""
    if pane.mode is not None:
        pane.covered.append(pane.mode)
    pane.mode = mode


def raise_mode(pane: Pane, name: str) -> bool:
    """Show the mode of that name that the pane is in already; False if it is in none."""
    if pane.mode is not None and pane.mode.name == name:
        return True
    below = next((mode for mode in pane.covered if mode.name == name), None)
    if below is None:
        return False
    pane.covered.remove(below)
    cover(pane, below)
    return True


def leave(pane: Pane) -> None:
    """Take the pane's mode off: the one below it is shown again, or the pane's screen."""
    mode = pane.mode
    pane.mode = pane.covered.pop() if pane.covered else None
    if isinstance(mode, KeyMode):
        mode.closed()


def leave_all(pane: Pane) -> None:
    """Show the pane's screen again."""
    while pane.mode is not None:
        leave(pane)
