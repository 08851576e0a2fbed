"""What commands ask for, done for real (`aimux.commands.effects.Effects`)."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import glob
import os
import shlex
import signal
import stat
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from aimux.commands.agent_book import AgentBook, AgentProcess
from aimux.commands.effects import (
    NO_WISH,
    Battery,
    LastWish,
    Program,
    RunningJob,
    ShellResult,
)
from aimux.commands.exchange import Exchange
from aimux.commands.records import Records
from aimux.commands.targets import MousePlace, Target
from aimux.errors import CommandError, PathError
from aimux.events import Event
from aimux.ids import PaneId
from aimux.integrations.shell_integration import inject, interactive_shell
from aimux.integrations.tmux_shim import module_path
from aimux.keys.mouse import MouseEvent
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.state import State
from aimux.paths import make_state_directory
from aimux.protocol.facts import AgentFact
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
from aimux.server.battery import BatteryReader
from aimux.server.clock import Clock
from aimux.server.jobs import Jobs
from aimux.server.pane_pipe import Pipes
from aimux.server.pane_process import PaneProcess
from aimux.server.supervision import guarded
from aimux.styles.draw import StyleRange

MAX_FILE = 16 << 20
MAX_PATH_CELLS = 4096


class Host(Protocol):
    """The server as the effects see it."""

    processes: dict[int, PaneProcess]

    def adopt(self, pane: Pane, process: PtyProcess) -> None:
        """A pane has a program: read what it writes."""
        ...

    def began(self, pane: Pane, text: str, *, trusted: bool) -> None:
        """A pane's program is one command."""
        ...

    def adopt_popup(self, pane: Pane, process: PtyProcess, ended: Callable[[int], None]) -> None:
        """A popup has a program: read what it writes."""
        ...

    def move_in(self, pane: Pane, identity: PaneId) -> None:
        """A popup's program is a pane's."""
        ...

    def status_ranges(self, client: Client) -> tuple[StyleRange, ...]:
        """What the mouse means in a client's status line."""
        ...

    def run_at(
        self,
        client: Client,
        commands: CommandBlock | str,
        *,
        current: Target,
        mouse: MousePlace | None,
        mouse_event: MouseEvent | None,
    ) -> None:
        """A person's commands are to be run."""
        ...

    def press(self, client: Client, key: str) -> None:
        """A command presses a key at a client."""
        ...

    def attach_client(self, client: Client) -> None:
        """A client shows a session."""
        ...

    def detach_client(self, client: Client, message: str, wish: LastWish = NO_WISH) -> None:
        """A client is to leave."""
        ...

    def lock_client(self, client: Client, command: str) -> None:
        """A client's terminal is to run a command."""
        ...

    def toggle_sidebar(self, client: Client) -> None:
        """A client is to show or hide its sidebar."""
        ...

    def focus_sidebar(self, client: Client, *, focused: bool) -> None:
        """A client's sidebar is to have its keys, or no longer."""
        ...

    def agent(self, pane: Pane) -> AgentFact | None:
        """What is known of the agent in a pane."""
        ...

    def agent_process(self, pane: Pane) -> AgentProcess | None:
        """The process of the agent in a pane."""
        ...

    @property
    def agent_book(self) -> AgentBook:
        """What agents tell, and why their states are what they are."""
        ...

    def agent_states(self) -> Sequence[str]:
        """The states of all agents."""
        ...

    def agents(self) -> Sequence[AgentFact]:
        """The agents of all panes."""
        ...

    def open_link(self, client: Client, target: str) -> None:
        """A client is to open a link."""
        ...

    def suspend_client(self, client: Client) -> None:
        """A client is to stop."""
        ...

    def redraw_client(self, client: Client) -> None:
        """A client is to be sent everything."""
        ...

    def offer_clipboard(self, data: bytes, *, client: Client | None = None) -> None:
        """A client's terminal, or all that are attached, are to be offered data."""
        ...

    def ask_clipboard(self, client: Client) -> None:
        """A client's terminal is to be asked for its clipboard."""
        ...

    def published(self, event: Event) -> None:
        """Something happened."""
        ...

    def look(self) -> None:
        """The state may have changed."""
        ...

    def settle_soon(self) -> None:
        """Something that is drawn may have changed."""
        ...

    def stop(self) -> None:
        """The server is to end."""
        ...


class ServerEffects:
    """The effects of one server."""

    def __init__(  # noqa: PLR0913  # it is where what the server can do meets
        self,
        host: Host,
        state: State,
        jobs: Jobs,
        pipes: Pipes,
        clock: Clock,
        *,
        records: Records,
        exchange: Exchange,
        as_tmux: bool,
    ) -> None:
        self.records = records
        self.exchange = exchange
        self._pipes = pipes
        self._host = host
        self._state = state
        self._jobs = jobs
        self._clock = clock
        self._as_tmux = as_tmux
        self._battery = BatteryReader(clock.monotonic)

    def now(self) -> float:
        """Wall-clock seconds."""
        return self._clock.wall()

    # ---- programs ----

    def spawn(self, pane: Pane, program: Program) -> None:
        """Start a pane's program; an interactive shell reports its commands."""
        argv, environment, executable = _command_line(program)
        shell = _shell_words(program) if program.integrate else None
        if shell is not None:
            argv, environment = inject(shell, environment, nonce=pane.nonce)
            executable = None
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
        self._host.adopt(pane, process)
        if program.text and shell is None:
            self._host.began(pane, program.text, trusted=program.is_sealed)

    def run_popup(self, pane: Pane, program: Program, *, ended: Callable[[int], None]) -> None:
        """Start a popup's program."""
        argv, environment, executable = _command_line(program)
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
        self._host.adopt_popup(pane, process, ended)

    def move_in(self, pane: Pane, identity: PaneId) -> None:
        """Make a popup's program a pane's."""
        self._host.move_in(pane, identity)

    def kill(self, pane: Pane) -> None:
        """Hang a pane's program up."""
        self._pipes.close(pane)
        running = self._host.processes.get(pane.id)
        if running is not None:
            running.close()

    def write(self, pane: Pane, data: bytes) -> None:
        """Type into a pane."""
        running = self._host.processes.get(pane.id)
        if running is not None:
            running.write(data)

    def foreground_command(self, pane: Pane) -> str:
        """The program in the pane's foreground, clean; the one that was started if unknown."""
        running = self._host.processes.get(pane.id)
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
        running = self._host.processes.get(pane.id)
        return foreground_group(running.process.fd) if running is not None else None

    def foreground_path(self, pane: Pane) -> str:
        """The directory of that program, clean."""
        running = self._host.processes.get(pane.id)
        path = foreground_path(running.process.fd) if running is not None else None
        return clean(path or "", limit=MAX_PATH_CELLS)

    # ---- clients ----

    def publish(self, event: Event) -> None:
        """Pass news on."""
        self._host.published(event)

    def look(self) -> None:
        """Let the server find out what changed."""
        self._host.look()

    def attach(self, client: Client, session: Session) -> None:
        """Attach a client; its session is set already."""
        del session
        self._host.attach_client(client)

    def detach(self, client: Client, message: str, wish: LastWish = NO_WISH) -> None:
        """Detach a client."""
        self._host.detach_client(client, message, wish)

    def suspend(self, client: Client) -> None:
        """Stop a client's process."""
        self._host.suspend_client(client)

    def lock(self, client: Client, command: str) -> None:
        """Let a command have a client's terminal."""
        self._host.lock_client(client, command)

    def toggle_sidebar(self, client: Client) -> None:
        """Show or hide a client's sidebar."""
        self._host.toggle_sidebar(client)

    def focus_sidebar(self, client: Client, *, focused: bool) -> None:
        """Let a client's sidebar have its keys, or no longer."""
        self._host.focus_sidebar(client, focused=focused)

    def agent(self, pane: Pane) -> AgentFact | None:
        """What is known of the agent in a pane."""
        return self._host.agent(pane)

    def agent_process(self, pane: Pane) -> AgentProcess | None:
        """The process of the agent in a pane."""
        return self._host.agent_process(pane)

    def hang_up_agent(self, pane: Pane) -> None:
        """Send SIGHUP to the process of the agent in a pane."""
        found = self._host.agent_process(pane)
        alive = {pane.pid, *(process.pid for process in descendants(pane.pid or 0))}
        if found is not None and found.pid in alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(found.pid, signal.SIGHUP)

    def agent_states(self) -> Sequence[str]:
        """The states of all agents."""
        return self._host.agent_states()

    def agents(self) -> Sequence[AgentFact]:
        """The agents of all panes."""
        return self._host.agents()

    @property
    def agent_book(self) -> AgentBook:
        """What agents tell, and why their states are what they are."""
        return self._host.agent_book

    def status_ranges(self, client: Client) -> tuple[StyleRange, ...]:
        """What the mouse means in a client's status line."""
        return self._host.status_ranges(client)

    def run_at(
        self,
        client: Client,
        commands: CommandBlock | str,
        *,
        current: Target,
        mouse: MousePlace | None,
        mouse_event: MouseEvent | None,
    ) -> None:
        """Run commands for the person at a client."""
        self._host.run_at(client, commands, current=current, mouse=mouse, mouse_event=mouse_event)

    def press(self, client: Client, keys: Sequence[str]) -> None:
        """Press keys at a client."""

        def press_all() -> None:
            for key in keys:
                self._host.press(client, key)

        self.after(0, press_all)

    def redraw(self, client: Client) -> None:
        """Send a client everything again."""
        self._host.redraw_client(client)

    def set_clipboard(self, data: bytes, *, client: Client | None = None) -> None:
        """Offer data to terminals' clipboards, unless `set-clipboard` is off."""
        if self._state.server_options.text("set-clipboard") != "off":
            self._host.offer_clipboard(data, client=client)

    def open_link(self, client: Client, target: str) -> None:
        """Open a link where a client runs."""
        self._host.open_link(client, target)

    def ask_clipboard(self, client: Client) -> None:
        """Ask a terminal for its clipboard."""
        self._host.ask_clipboard(client)

    # ---- jobs and time ----

    def run_shell(
        self,
        command: str,
        *,
        path: str,
        session: Session | None,
        done: Callable[[ShellResult], None],
        with_errors: bool = False,
    ) -> None:
        """Run a shell command."""

        def finished(result: ShellResult) -> None:
            done(result)
            self._host.settle_soon()

        environment = self._job_environment(session)
        self._jobs.run(
            command, path=path, environment=environment, done=finished, with_errors=with_errors
        )

    def pipe_text(self, command: str, text: str, *, session: Session | None) -> None:
        """Run a shell command with text as its input."""
        self._jobs.run(
            command,
            path=session.path if session is not None else "/",
            environment=self._job_environment(session),
            done=lambda _result: None,
            given=text.encode("utf-8", "surrogateescape"),
        )

    def open_pipe(
        self, pane: Pane, command: str, *, session: Session, to_command: bool, to_pane: bool
    ) -> None:
        """Run a shell command beside a pane."""
        try:
            self._pipes.open(
                pane,
                self._host.processes.get(pane.id),
                ["/bin/sh", "-c", command],
                path=session.path,
                environment=self._job_environment(session),
                to_command=to_command,
                to_pane=to_pane,
            )
        except OSError as error:
            raise CommandError(f"pipe error: {error.strerror}") from error

    def close_pipe(self, pane: Pane) -> None:
        """End a pane's pipe."""
        self._pipes.close(pane)

    def format_job(self, command: str, *, path: str, session: Session | None) -> str:
        """What a `#()` command printed last."""
        return self._jobs.format_job(command, path=path, environment=self._job_environment(session))

    def _job_environment(self, session: Session | None) -> dict[str, str]:
        state = self._state
        values = state.environment.visible()
        number = session.id if session is not None else -1
        if session is not None:
            session.environment.apply(values)
        values["AIMUX"] = f"{state.socket_path},{state.pid},{number}"
        if session.options.flag("tmux-env") if session is not None else self._as_tmux:
            values["TMUX"] = values["AIMUX"]
        if state.is_configured:  # before, a configuration asks for the starter's terminal
            values["TERM"] = state.server_options.text("default-terminal")
        values.pop("AIMUX_PANE", None)
        return values

    def battery(self) -> Battery | None:
        """The battery, read now and then."""
        return self._battery.read()

    def jobs(self) -> list[RunningJob]:
        """What runs."""
        return self._jobs.running()

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Call an action later and look at what it changed."""

        def late() -> None:
            action()
            self._host.settle_soon()

        asyncio.get_running_loop().call_later(seconds, guarded("timer", late))

    # ---- files ----

    def read_file(self, path: str) -> str:
        """A text file's content."""
        try:
            with open_regular(path, os.O_RDONLY) as file:
                data = file.read(MAX_FILE + 1)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        if len(data) > MAX_FILE:
            raise CommandError(f"{path}: File too large")
        return data.decode("utf-8", "surrogateescape")

    def write_file(self, path: str, text: str, *, append: bool) -> None:
        """Write or extend a file."""
        end = os.O_APPEND if append else os.O_TRUNC
        try:
            with open_regular(path, os.O_WRONLY | os.O_CREAT | end) as file:
                file.write(text.encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error

    def replace_file(self, path: str, text: str) -> None:
        """Write a new file and put it in the old one's place."""
        written = f"{path}.new"
        try:
            descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8", "surrogateescape"))
            with contextlib.suppress(FileNotFoundError):
                os.replace(path, f"{path}~")  # noqa: PTH105  # a plain path
            os.replace(written, path)  # noqa: PTH105  # a plain path
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error

    def state_file(self, name: str) -> str:
        """A path in the state directory."""
        try:
            return f"{make_state_directory(os.environ)}/{name}"
        except PathError as error:
            raise CommandError(str(error)) from error

    def own_command(self, words: Sequence[str]) -> str:
        """This Python, with this aimux."""
        modules = ":".join(module_path(sys.path))
        program = (sys.executable, "-m", "aimux", "-S", self._state.socket_path)
        return f"PYTHONPATH={shlex.quote(modules)} {shlex.join((*program, *words))}"

    def new_file(self, data: bytes) -> str:
        """Write a file of our own."""
        try:
            descriptor, path = tempfile.mkstemp(prefix="aimux.")
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
        except OSError as error:
            raise CommandError(f"{tempfile.gettempdir()}: {error.strerror}") from error
        return path

    def take_file(self, path: str) -> bytes | None:
        """Read and remove such a file; an editor may have put another one in its place."""
        try:
            with open_regular(path, os.O_RDONLY) as file:
                data = file.read(MAX_FILE + 1)
        except OSError:
            return None
        finally:
            with contextlib.suppress(OSError):
                os.unlink(path)  # noqa: PTH108  # a plain path
        return data if len(data) <= MAX_FILE else None

    def matching_files(self, pattern: str, *, path: str) -> list[str]:
        """The files that a pattern names, in order."""
        full = os.path.join(path, pattern)  # noqa: PTH118  # an absolute pattern wins
        return sorted(glob.glob(full))  # noqa: PTH207  # the pattern may be absolute

    def shutdown(self) -> None:
        """End the server."""
        self._host.stop()


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


def _command_line(program: Program) -> tuple[list[str], dict[str, str], str | None]:
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


def open_regular(path: str, flags: int) -> BinaryIO:
    """Open a file without ever waiting for it.

    Raises:
        OSError: It cannot be opened, or is neither a regular file nor the null device.
    """
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC, 0o666)
    status = os.fstat(descriptor)
    if not (stat.S_ISREG(status.st_mode) or status.st_rdev == Path(os.devnull).stat().st_rdev):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "Not a regular file")
    return os.fdopen(descriptor, "wb" if flags & os.O_WRONLY else "rb")
