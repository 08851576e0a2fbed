"""The `run` request: what a one-shot command tells the server of itself and its terminal."""

# No pathlib here: it costs a one-shot command 10 ms of its start.
# ruff: noqa: PTH109, PTH121

from __future__ import annotations

import os

from aimux import __version__
from aimux.paths import home_directory

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Environment = Mapping[str, str]

PROTOCOL = (1, 1)
TRUE_COLOUR = 1 << 24
TRUE_COLOUR_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "iterm2")
NO_SCREEN_TERMS = ("", "dumb", "unknown")


def run_request(
    argv: Sequence[str], environment: Environment, *, flags: Mapping[str, object]
) -> dict[str, object]:
    """The request for the command words `argv`; empty means `new-session`.

    Args:
        argv: The command and its arguments.
        environment: The whole environment.
        flags: What the global options said: `utf8`, `control` (0, 1 or 2), `login`, `features`
            (names separated by commas) and so on.
    """
    return {
        "type": "run",
        "protocol": list(PROTOCOL),
        "version": __version__,
        "argv": list(argv),
        "cwd": working_directory(environment),
        "environment": dict(environment),
        "pid": os.getpid(),
        "flags": dict(flags),
        "terminal": terminal(environment, features=str(flags.get("features", ""))),
    }


def working_directory(environment: Environment) -> str:
    """Where the command runs: $PWD if it names that place, as it may hold symbolic links.

    A deleted directory gives the home directory, and `/` where there is none.
    """
    try:
        directory = os.getcwd()
    except OSError:
        return home_directory(environment) or "/"
    named = environment.get("PWD", "")
    try:
        return named if named.startswith("/") and os.path.samefile(named, directory) else directory
    except OSError:
        return directory


def terminal(environment: Environment, *, features: str = "") -> dict[str, object] | None:
    """What the server must know of the terminal; None if standard input or output is none."""
    try:
        tty = os.ttyname(0)
        if not os.isatty(1):
            return None
        size = os.get_terminal_size(0)
    except OSError:
        return None
    return {
        "tty": tty,
        "term": environment.get("TERM", ""),
        "columns": size.columns or 80,
        "rows": size.lines or 24,
        "depth": colour_depth(environment, features=features),
    }


def colour_depth(environment: Environment, *, features: str = "") -> int:
    """How many colours the terminal shows, from its environment: 16, 256 or 16777216.

    Args:
        environment: Says it by $COLORTERM and $TERM.
        features: tmux's names of terminal features, separated by commas or colons; `256` and
            `RGB` count here.
    """
    named = features.replace(":", ",").split(",")
    term = environment.get("TERM", "")
    if (
        "RGB" in named
        or environment.get("COLORTERM", "") in ("truecolor", "24bit")
        or term.startswith(TRUE_COLOUR_TERMS)
        or term.endswith("-direct")
    ):
        return TRUE_COLOUR
    return 256 if "256" in named or "256color" in term else 16


def has_screen(environment: Environment) -> bool:
    """Whether $TERM names a terminal that can be drawn on; one that is unknown to us may."""
    return environment.get("TERM", "") not in NO_SCREEN_TERMS


def speaks_utf8(environment: Environment) -> bool:
    """Whether the terminal is taken for UTF-8, as tmux decides (tmux.c, `main`)."""
    if "AIMUX" in environment or "TMUX" in environment:
        return True
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    return any(name in locale.upper() for name in ("UTF-8", "UTF8"))
