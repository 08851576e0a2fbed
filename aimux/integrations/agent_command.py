"""`aimux agent SUBCOMMAND ...`: what needs no server and concerns the pane it runs in."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from aimux.agents import explain
from aimux.errors import LinkError
from aimux.integrations import agent_setup
from aimux.integrations.tmux_shim import make_shim
from aimux.paths import make_state_directory

USAGE = (
    "usage: aimux agent start|prompt|wait|stop|resume|explain|inbox|report [argument ...]\n"
    f"usage: aimux agent teams [argument ...]\n{explain.USAGE}\n{agent_setup.USAGE}"
)
PROGRAM = "claude"
SHIM_DIRECTORY = "shim"


def run_agent_command(words: Sequence[str]) -> int:
    """Run a subcommand.

    Args:
        words: The subcommand and its arguments.

    Raises:
        AimuxError: There is no such subcommand, or it cannot do what it is for.
    """
    run = SUBCOMMANDS.get(words[0]) if words else None
    if run is None:
        raise LinkError(USAGE if not words else f"unknown subcommand: {words[0]}\n{USAGE}")
    return run(words[1:])


def teams_environment(environment: Mapping[str, str], shim: Path) -> dict[str, str]:
    """The environment in which Claude Code finds tmux, and opens its team in panes.

    Args:
        environment: That of the pane; AIMUX and AIMUX_PANE have the form of tmux's variables.
        shim: The directory of a `tmux` that is aimux.

    Raises:
        LinkError: It is no pane of aimux.
    """
    server, pane = environment.get("AIMUX"), environment.get("AIMUX_PANE")
    if not server or not pane:
        raise LinkError("agent teams: not in a pane of aimux")
    return {
        "CLAUDE_CODE_EXPERIMENTAL_AGENT_TEAMS": "1",
        **environment,
        "TMUX": server,
        "TMUX_PANE": pane,
        "PATH": os.pathsep.join([str(shim), *filter(None, [environment.get("PATH")])]),
        # With TMUX it would draw in 256 colours.
        "CLAUDE_CODE_TMUX_TRUECOLOR": "1",
    }


def _teams(arguments: Sequence[str]) -> int:
    """Become Claude Code, in this pane, with what its agent teams look for."""
    shim = Path(make_state_directory(os.environ), SHIM_DIRECTORY)
    environment = teams_environment(os.environ, shim)
    make_shim(shim)
    try:
        os.execvpe(PROGRAM, [PROGRAM, *arguments], environment)  # noqa: S606  # no shell is meant
    except OSError as error:
        raise LinkError(f"agent teams: {PROGRAM}: {error.strerror}") from error


SUBCOMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = {
    "explain": explain.main,
    "setup": agent_setup.main,
    "teams": _teams,
}
