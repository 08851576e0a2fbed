"""Every command by name: the families' rows, and the rows of what this version does not have."""

from __future__ import annotations

from aimux.commands import (
    access,
    buffers,
    capture,
    choosing,
    display,
    keys,
    layouts,
    listing,
    locking,
    modes,
    options,
    pane_places,
    panes,
    pipes,
    prompt_history,
    refresh,
    running,
    sessions,
    waiting,
    windows,
)
from aimux.commands.arguments import always_commands, menu_commands
from aimux.commands.command import Command, Flags
from aimux.commands.later_tmux import LATER_COMMANDS

# (name, alias, getopt, fewest and most words, usage): parsed in full, refused when run.
_MISSING: tuple[tuple[str, str | None, str, tuple[int, int | None], str], ...] = (
    (
        "choose-buffer",
        None,
        "F:f:K:NO:rt:Z",
        (0, 1),
        "[-NrZ] [-F format] [-f filter] [-K key-format] [-O sort-order] [-t target-pane]"
        " [template]",
    ),
    (
        "choose-client",
        None,
        "F:f:K:NO:rt:Z",
        (0, 1),
        "[-NrZ] [-F format] [-f filter] [-K key-format] [-O sort-order] [-t target-pane]"
        " [template]",
    ),
    ("clock-mode", None, "t:", (0, 0), "[-t target-pane]"),
    (
        "customize-mode",
        None,
        "F:f:Nt:Z",
        (0, 0),
        "[-NZ] [-F format] [-f filter] [-t target-pane]",
    ),
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
    ("find-window", "findw", "CiNrt:TZ", (1, 1), "[-CiNrTZ] [-t target-pane] match-string"),
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
_KINDS = {
    "choose-buffer": always_commands,
    "choose-client": always_commands,
    "display-menu": menu_commands,
    "display-panes": always_commands,
}


def _missing() -> list[Command]:
    rows = []
    for name, alias, getopt, arity, usage in _MISSING:
        row = Command(
            name,
            alias,
            getopt,
            arity,
            usage,
            run=None,
            flags=Flags.CAN_FAIL,
            is_addition=name in LATER_COMMANDS,
        )
        if name in _KINDS:
            row = Command(
                name, alias, getopt, arity, usage, None, flags=Flags.CAN_FAIL, kind=_KINDS[name]
            )
        rows.append(row)
    return rows


_FAMILIES = (
    access,
    buffers,
    capture,
    choosing,
    display,
    keys,
    layouts,
    listing,
    locking,
    modes,
    options,
    pane_places,
    panes,
    refresh,
    pipes,
    prompt_history,
    running,
    sessions,
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
