"""Every command by name: the families' rows, and the rows of what this version does not have."""

from __future__ import annotations

from aimux.commands import (
    buffers,
    capture,
    choosing,
    clock_mode,
    display,
    keys,
    layouts,
    listing,
    modes,
    options,
    options_mode,
    pane_places,
    panes,
    running,
    sessions,
    windows,
)
from aimux.commands.arguments import always_commands, menu_commands
from aimux.commands.command import Command, Flags

# (name, alias, getopt, fewest and most words, usage): parsed in full, refused when run.
_MISSING: tuple[tuple[str, str | None, str, tuple[int, int | None], str], ...] = (
    ("clear-prompt-history", "clearphist", "T:", (0, 0), "[-T type]"),
    (
        "display-menu",
        "menu",
        "c:t:OT:x:y:",
        (1, None),
        "[-O] [-c target-client] [-t target-pane] [-T title] [-x position] [-y position]"
        " name key command ...",
    ),
    (
        "display-panes",
        "displayp",
        "bd:Nt:",
        (0, 1),
        "[-bN] [-d duration] [-t target-client] [template]",
    ),
    (
        "display-popup",
        "popup",
        "Bb:Cc:d:e:Eh:s:S:t:T:w:x:y:",
        (0, None),
        "[-BCE] [-b border-lines] [-c target-client] [-d start-directory] [-e environment]"
        " [-h height] [-s style] [-S border-style] [-t target-pane][-T title] [-w width]"
        " [-x position] [-y position] [shell-command]",
    ),
    ("lock-client", "lockc", "t:", (0, 0), "[-t target-client]"),
    ("lock-server", "lock", "", (0, 0), ""),
    ("lock-session", "locks", "t:", (0, 0), "[-t target-session]"),
    ("pipe-pane", "pipep", "IOot:", (0, 1), "[-IOo] [-t target-pane] [shell-command]"),
    ("server-access", None, "adlrw", (0, 1), "[-adlrw] [-t target-pane] [user]"),
    ("show-prompt-history", "showphist", "T:", (0, 0), "[-T type]"),
    ("wait-for", "wait", "LSU", (1, 1), "[-L|-S|-U] channel"),
)
_KINDS = {
    "display-menu": menu_commands,
    "display-panes": always_commands,
}


def _missing() -> list[Command]:
    rows = []
    for name, alias, getopt, arity, usage in _MISSING:
        row = Command(name, alias, getopt, arity, usage, run=None, flags=Flags.CAN_FAIL)
        if name in _KINDS:
            row = Command(
                name, alias, getopt, arity, usage, None, flags=Flags.CAN_FAIL, kind=_KINDS[name]
            )
        rows.append(row)
    return rows


_FAMILIES = (
    buffers,
    capture,
    choosing,
    clock_mode,
    display,
    keys,
    layouts,
    listing,
    modes,
    options,
    options_mode,
    pane_places,
    panes,
    running,
    sessions,
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
