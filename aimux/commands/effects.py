"""What commands ask of the world. The server does it; tests record it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Protocol

from msgspec import Struct

from aimux.commands.agent_book import AgentBook, AgentProcess
from aimux.commands.exchange import Exchange
from aimux.commands.records import Records
from aimux.commands.targets import MousePlace, Target
from aimux.events import Event
from aimux.ids import PaneId
from aimux.keys.mouse import MouseEvent
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.protocol.facts import AgentFact
from aimux.styles.draw import StyleRange


class Program(Struct, frozen=True):
    """A program to start in a pane.

    Attributes:
        argv: The program and its arguments; one word is a command for the shell, none is the shell.
        shell: The shell that runs a command of one word, or that is started as a login shell.
        path: The directory to start in.
        environment: The whole environment.
        integrate: Whether an interactive shell is to report its commands by OSC 133.
        direct: One word, too, is a program and no command for the shell.
        text: Its command line, where it is recorded as one command; empty for a shell.
        is_sealed: Nothing that it prints may end that record.
        may_be_missing: That there is no such program ends it with status 1 and is no error: so
            does tmux.
    """

    argv: tuple[str, ...]
    shell: str
    path: str
    environment: dict[str, str]
    integrate: bool
    direct: bool = False
    text: str = ""
    is_sealed: bool = False
    may_be_missing: bool = False


class ShellResult(Struct, frozen=True):
    """How a `run-shell` command ended: `status` is its exit code, or 128 and the signal."""

    status: int
    output: str


class RunningJob(Struct, frozen=True):
    """A shell command that the server runs, and its process."""

    command: str
    pid: int


class Charge(Enum):
    """What a battery does, by the names of tmux-battery's options."""

    CHARGED = "charged"
    CHARGING = "charging"
    DISCHARGING = "discharging"
    ATTACHED = "attached"
    UNKNOWN = "unknown"


class Battery(Struct, frozen=True):
    """The machine's battery.

    Attributes:
        percent: 0-100.
        charge: What it does.
        minutes: Until it is empty, or full if it is charged; None where that is not known.
    """

    percent: int
    charge: Charge
    minutes: int | None = None


class LastWish(Struct, frozen=True):
    """What a client does after it was detached.

    Attributes:
        hangup_parent: Send SIGHUP to the process that started it (`detach-client -P`).
        command: Run this instead of ending (`detach-client -E`).
        shell: The shell that runs it.
    """

    hangup_parent: bool = False
    command: str = ""
    shell: str = ""


NO_WISH = LastWish()


class Effects(Protocol):
    """The world as commands see it."""

    def now(self) -> float:
        """Wall-clock seconds since the epoch."""
        ...

    def spawn(self, pane: Pane, program: Program) -> None:
        """Start `program` on a PTY of the pane's size. Raises SpawnError."""
        ...

    def run_popup(self, pane: Pane, program: Program, *, ended: Callable[[int], None]) -> None:
        """Start a program on a PTY of the size of a pane that is in no window.

        What it writes changes the pane's screen and nothing else. `ended` is called once, with
        its exit status or the number of the signal that killed it. Raises SpawnError.
        """
        ...

    def move_in(self, pane: Pane, identity: PaneId) -> None:
        """Make such a pane one like all others, of that identity; `ended` is not called."""
        ...

    def kill(self, pane: Pane) -> None:
        """Hang the pane's program up and close its PTY; nothing if it has none."""
        ...

    def write(self, pane: Pane, data: bytes) -> None:
        """Hand bytes to the pane's program as if they were typed."""
        ...

    def foreground_command(self, pane: Pane) -> str:
        """The name of the program that owns the pane's terminal; empty when unknown."""
        ...

    def foreground_words(self, pane: Pane) -> tuple[str, ...]:
        """The command line in a pane's foreground; empty where it is not known."""
        ...

    def restart_words(self, pane: Pane) -> tuple[str, ...]:
        """The same; empty also for the shell that the pane was started with."""
        ...

    def foreground_path(self, pane: Pane) -> str:
        """The working directory of that program; empty when unknown."""
        ...

    def publish(self, event: Event) -> None:
        """Tell whoever listens that something happened."""
        ...

    def look(self) -> None:
        """A command has run: publish what it changed."""
        ...

    def attach(self, client: Client, session: Session) -> None:
        """Show `session` on a client that shows none yet."""
        ...

    def detach(self, client: Client, message: str, wish: LastWish = NO_WISH) -> None:
        """Take the client's session away and make it end with `message`, then do its last wish."""
        ...

    def suspend(self, client: Client) -> None:
        """Stop the client's process as ctrl-z would."""
        ...

    def lock(self, client: Client, command: str) -> None:
        """Let a shell command have the client's terminal until it ends."""
        ...

    def toggle_sidebar(self, client: Client) -> None:
        """Show or hide the client's sidebar."""
        ...

    def focus_sidebar(self, client: Client, *, focused: bool) -> None:
        """Let the client's sidebar have its keys, or no longer."""
        ...

    def agent(self, pane: Pane) -> AgentFact | None:
        """What is known of the agent in a pane; None if there is none."""
        ...

    def agent_process(self, pane: Pane) -> AgentProcess | None:
        """The process of the agent in a pane; None if none has been seen."""
        ...

    def hang_up_agent(self, pane: Pane) -> None:
        """Send SIGHUP to the process of the agent in a pane, and to nothing else there."""
        ...

    def agent_states(self) -> Sequence[str]:
        """The states of all agents; cheap enough to be asked with every status line."""
        ...

    def agents(self) -> Sequence[AgentFact]:
        """The agents of all panes, each once for every session that it is in."""
        ...

    def status_ranges(self, client: Client) -> tuple[StyleRange, ...]:
        """What the mouse means in the first row of the client's status line."""
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
        """Run commands for the person at a client, in a queue of their own.

        Args:
            client: Where output and errors are shown; nothing happens if it shows no session.
            commands: The commands, or text to read them from.
            current: What they mean without a target.
            mouse: The mouse event that they are run for.
            mouse_event: The event itself.
        """
        ...

    def press(self, client: Client, keys: Sequence[str]) -> None:
        """Take keys as if a client's terminal had sent them, once the running commands have ended.

        Args:
            client: Whose prompt, menu, key table or pane gets them.
            keys: Their canonical names.
        """
        ...

    def redraw(self, client: Client) -> None:
        """Send the client everything again."""
        ...

    def run_shell(
        self,
        command: str,
        *,
        path: str,
        session: Session | None,
        done: Callable[[ShellResult], None],
        with_errors: bool = False,
    ) -> None:
        """Run a shell command and call `done` with how it ended.

        Its standard error counts as output only `with_errors`; else it is dropped.
        """
        ...

    def pipe_text(self, command: str, text: str, *, session: Session | None) -> None:
        """Run a shell command with text as its input; its output is dropped."""
        ...

    def open_pipe(
        self, pane: Pane, command: str, *, session: Session, to_command: bool, to_pane: bool
    ) -> None:
        """Run a shell command beside a pane: it reads the program's output, types into it, or both.

        Raises CommandError if it cannot be started.
        """
        ...

    def close_pipe(self, pane: Pane) -> None:
        """End a pane's pipe, if it has one; the command sees the end of its input."""
        ...

    def format_job(self, command: str, *, path: str, session: Session | None) -> str:
        """The last line that a `#()` command printed; starts it if it is due."""
        ...

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Call `action` later."""
        ...

    def read_file(self, path: str) -> str:
        """A text file's content. Raises CommandError in tmux's words."""
        ...

    def write_file(self, path: str, text: str, *, append: bool) -> None:
        """Write a text file. Raises CommandError in tmux's words."""
        ...

    def replace_file(self, path: str, text: str) -> None:
        """Write a text file that nobody else may read, in one step.

        What it was before is kept as `path~`. Raises CommandError in tmux's words.
        """
        ...

    def state_file(self, name: str) -> str:
        """The path of a file in aimux's own directory, which is there. Raises CommandError."""
        ...

    def own_command(self, words: Sequence[str]) -> str:
        """A shell command that runs aimux with these words, on this server."""
        ...

    def new_file(self, data: bytes) -> str:
        """The path of a new file with that content, which nobody else may read.

        Raises CommandError if it cannot be written.
        """
        ...

    def take_file(self, path: str) -> bytes | None:
        """The content of such a file, which is removed; None if it cannot be read or is too big."""
        ...

    def matching_files(self, pattern: str, *, path: str) -> list[str]:
        """The files that a glob pattern names, relative to `path`."""
        ...

    def set_clipboard(self, data: bytes, *, client: Client | None = None) -> None:
        """Offer bytes to the clipboard of a client's terminal, or of all that are attached."""
        ...

    def open_link(self, client: Client, target: str) -> None:
        """Open a link that a person has agreed to where a client runs."""
        ...

    def ask_clipboard(self, client: Client) -> None:
        """Ask a client's terminal for its clipboard; `take_clipboard` hears what it tells."""
        ...

    def battery(self) -> Battery | None:
        """The machine's battery, cheap enough for a status line; None without one."""
        ...

    def jobs(self) -> list[RunningJob]:
        """The shell commands that run now for run-shell, if-shell, formats and copying."""
        ...

    @property
    def agent_book(self) -> AgentBook:
        """What agents tell, and why their states are what they are."""
        ...

    @property
    def records(self) -> Records:
        """What ran, and the store."""
        ...

    @property
    def exchange(self) -> Exchange:
        """Who talks to whom."""
        ...

    def shutdown(self) -> None:
        """End the server once the running commands have been answered."""
        ...
