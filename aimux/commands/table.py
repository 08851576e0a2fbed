"""Every command by name: the families' rows, and the rows of what this version does not have."""

from __future__ import annotations

from aimux.commands import (
    access,
    agents,
    buffers,
    capture,
    choose_history,
    choosing,
    clock_mode,
    display,
    execute,
    history,
    keys,
    layouts,
    listing,
    locking,
    modes,
    options,
    options_mode,
    overlays,
    pane_places,
    panes,
    pipes,
    popups,
    problems,
    prompt_history,
    refresh,
    results,
    running,
    sessions,
    suggest,
    until,
    waiting,
    windows,
)
from aimux.commands.command import Command, Flags
from aimux.commands.later_tmux import LATER_COMMANDS

# (name, alias, getopt, fewest and most words, usage): parsed in full, refused when run.
_MISSING: tuple[tuple[str, str | None, str, tuple[int, int | None], str], ...] = (
    (
        "new-pane",
        "newp",
        "bc:de:EfF:hIkl:Lm:p:PR:s:S:t:vx:X:y:Y:Z",
        (0, None),
        "[-bdEfhIkLPvZ] [-c start-directory] [-e environment] [-F format] [-l size] [-m message]"
        " [-p percentage] [-R inactive-style] [-s style] [-S border-style] [-t target-pane]"
        " [-x width] [-X x-position] [-y height] [-Y y-position] [shell-command [argument ...]]",
    ),
)


def _missing() -> list[Command]:
    return [
        Command(*row, run=None, flags=Flags.CAN_FAIL, is_addition=row[0] in LATER_COMMANDS)
        for row in _MISSING
    ]


_FAMILIES = (
    access,
    agents,
    buffers,
    capture,
    choose_history,
    choosing,
    clock_mode,
    display,
    execute,
    history,
    keys,
    layouts,
    listing,
    locking,
    modes,
    options,
    overlays,
    options_mode,
    pane_places,
    panes,
    refresh,
    pipes,
    problems,
    prompt_history,
    popups,
    results,
    running,
    sessions,
    suggest,
    until,
    waiting,
    windows,
)

# In tmux's order, which is the alphabet's but for one.
_ORDER = {"display-panes": "display-popup "}
COMMANDS: dict[str, Command] = {
    row.name: row
    for row in sorted(
        [row for family in _FAMILIES for row in family.COMMANDS] + _missing(),
        key=lambda row: _ORDER.get(row.name, row.name),
    )
}
