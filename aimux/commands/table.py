"""Every command by name: the rows of all families."""

from __future__ import annotations

from aimux.commands import (
    access,
    agents,
    buffers,
    capture,
    choosing,
    clock_mode,
    display,
    floating,
    keys,
    keys_command,
    layouts,
    links,
    listing,
    locking,
    modes,
    options,
    options_mode,
    overlays,
    palette,
    pane_drag,
    pane_places,
    panes,
    pipes,
    popups,
    prompt_history,
    refresh,
    running,
    sessions,
    theme,
    waiting,
    windows,
)
from aimux.commands.command import Command

_FAMILIES = (
    access,
    agents,
    buffers,
    capture,
    choosing,
    clock_mode,
    display,
    floating,
    keys,
    keys_command,
    layouts,
    links,
    listing,
    locking,
    modes,
    options,
    overlays,
    options_mode,
    palette,
    pane_drag,
    pane_places,
    panes,
    refresh,
    pipes,
    prompt_history,
    popups,
    running,
    sessions,
    theme,
    waiting,
    windows,
)

# In tmux's order, which is the alphabet's but for one.
_ORDER = {"display-panes": "display-popup "}
COMMANDS: dict[str, Command] = {
    row.name: row
    for row in sorted(
        (row for family in _FAMILIES for row in family.COMMANDS),
        key=lambda row: _ORDER.get(row.name, row.name),
    )
}
