"""Panes' programs, for commands: started, typed into, hung up, and asked what they run."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable

from aimux.commands.effects import Program
from aimux.ids import PaneId
from aimux.integrations.shell_integration import inject, interactive_shell
from aimux.model.pane import Pane
from aimux.pty.foreground import (
    command_line,
    command_name,
    foreground_command,
    foreground_group,
    foreground_path,
)
from aimux.pty.process import PtyProcess, spawn
from aimux.pty.processes import descendants
from aimux.security.clean import clean
from aimux.server.host import HostEffects

MAX_PATH_CELLS = 4096

Start = tuple[list[str], dict[str, str], str | None]
"""The words of a program, its environment, and its file where that is not the first word."""


class ProgramEffects(HostEffects):
    """The effects that concern the programs of panes and popups."""

    def spawn(self, pane: Pane, program: Program) -> None:
        """Start a pane's program; an interactive shell reports its commands."""
        start = _command_line(program)
        shell = _shell_words(program) if program.integrate else None
        if shell is not None:
            start = (*inject(shell, dict(program.environment), nonce=pane.nonce), None)
        process = _spawn(pane, program, start)
        self._host.programs.adopt(pane, process)
        if program.text and shell is None:
            self._host.facts.began(pane, program.text, trusted=program.is_sealed)

    def run_popup(self, pane: Pane, program: Program, *, ended: Callable[[int], None]) -> None:
        """Start a popup's program."""
        process = _spawn(pane, program, _command_line(program))
        self._host.programs.adopt_popup(pane, process, ended)

    def move_in(self, pane: Pane, identity: PaneId) -> None:
        """Make a popup's program a pane's."""
        self._host.programs.move_in(pane, identity)

    def kill(self, pane: Pane) -> None:
        """Hang a pane's program up."""
        self._host.programs.hang_up(pane)

    def write(self, pane: Pane, data: bytes) -> None:
        """Type into a pane."""
        running = self._host.programs.of(pane)
        if running is not None:
            running.write(data)

    def foreground_command(self, pane: Pane) -> str:
        """The program in the pane's foreground, clean; the one that was started if unknown."""
        running = self._host.programs.of(pane)
        name = foreground_command(running.process.fd) if running is not None else None
        if name is None:
            shell = self._state.session_options.text("default-shell")
            name = command_name(" ".join(pane.argv) or shell)
        return clean(name)

    def foreground_words(self, pane: Pane) -> tuple[str, ...]:
        """The command line of that program, as the kernel has it."""
        group = self._foreground_group(pane)
        with contextlib.suppress(OSError):
            return command_line(group) if group is not None else ()
        return ()

    def restart_words(self, pane: Pane) -> tuple[str, ...]:
        """The same, unless it is the shell that the pane was started with."""
        if not pane.argv and self._foreground_group(pane) == pane.pid:
            return ()
        return self.foreground_words(pane)

    def _foreground_group(self, pane: Pane) -> int | None:
        running = self._host.programs.of(pane)
        return foreground_group(running.process.fd) if running is not None else None

    def foreground_path(self, pane: Pane) -> str:
        """The directory of that program, clean."""
        running = self._host.programs.of(pane)
        path = foreground_path(running.process.fd) if running is not None else None
        return clean(path or "", limit=MAX_PATH_CELLS)

    def hang_up_agent(self, pane: Pane) -> None:
        """Send SIGHUP to the process of the agent in a pane."""
        found = self._host.facts.agent_process(pane)
        alive = {pane.pid, *(process.pid for process in descendants(pane.pid or 0))}
        if found is not None and found.pid in alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(found.pid, signal.SIGHUP)


def _shell_words(program: Program) -> list[str] | None:
    """The words of an interactive shell that is to report, with tmux's dash for a login shell.

    None where something else is started. A command such as `exec /bin/zsh -l`, as in
    `default-command`, is that shell.
    """
    if not program.argv:
        return [f"-{program.shell}"]
    if program.is_sealed or program.direct or len(program.argv) != 1:
        return None
    return interactive_shell(program.argv[0])


def _command_line(program: Program) -> Start:
    """What to execute: the login shell, a command for the shell, or a program with arguments."""
    environment = dict(program.environment)
    name = program.shell.rpartition("/")[2]
    if program.direct:
        return list(program.argv), environment, None
    if not program.argv:
        return [f"-{name}"], environment, program.shell
    if len(program.argv) == 1:
        return [name, "-c", program.argv[0]], environment, program.shell
    return list(program.argv), environment, None


def _spawn(pane: Pane, program: Program, start: Start) -> PtyProcess:
    argv, environment, executable = start
    process = spawn(
        argv,
        cwd=program.path,
        environment=environment,
        rows=pane.rows,
        columns=pane.columns,
        executable=executable,
        may_be_missing=program.may_be_missing,
    )
    pane.pid, pane.tty = process.pid, process.tty
    return process
