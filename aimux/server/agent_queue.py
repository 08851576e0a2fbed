"""An agent's own queue (`codex queue`): its program is run with the surroundings of its process."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from aimux.agents.kinds import Kind
from aimux.commands.agent_book import AgentProcess
from aimux.commands.effects import ShellResult
from aimux.errors import CommandError
from aimux.pty.processes import directory, environment


class Run(Protocol):
    """How the server runs a line for the shell."""

    def __call__(
        self,
        command: str,
        *,
        path: str,
        environment: dict[str, str],
        done: Callable[[ShellResult], None],
    ) -> None:
        """Run it. Raises CommandError: too many run."""
        ...


def has_queue(kind: Kind | None, process: AgentProcess | None) -> bool:
    """Whether a message can be queued: there is a way, and the session is known for certain."""
    launch = kind.launch if kind is not None else None
    return launch is not None and bool(launch.queue) and bool(process and process.session)


def queue(
    kind: Kind, process: AgentProcess, text: str, run: Run, done: Callable[[bool], None]
) -> None:
    """Queue a text for an agent's session; `done` is told whether its program took it."""
    launch = kind.launch
    words = launch.queueing(process.session, text) if launch is not None else ()
    try:
        run(
            shlex.join((_program(words[0], kind, process.pid), *words[1:])),
            path=directory(process.pid) or "/",
            environment=environment(process.pid),
            done=lambda result: done(result.status == 0),
        )
    except CommandError:
        done(False)


def _program(word: str, kind: Kind, pid: int) -> str:
    """The very program that runs there, where that is one: another version may not know it."""
    try:
        path = os.readlink(f"/proc/{pid}/exe")  # noqa: PTH115  # the link is all that is wanted
    except OSError:
        return word
    return path if Path(path).name in kind.process.programs else word
